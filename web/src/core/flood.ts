// SPDX-License-Identifier: Apache-2.0
/** The fill bounded by borders: the 4-connected part around one pixel; only rows that it reaches are read. */
import { GeometryError } from "./errors.ts";
import type { LabelMap } from "./labelMap.ts";
import { type Region, RunCollector } from "./region.ts";

/** The 4-connected region of pixels that hold the id of pixel (x, y). Throws `out_of_image`. */
export function floodRegion(map: LabelMap, x: number, y: number): Region {
  if (!(x >= 0 && y >= 0 && x < map.width && y < map.height)) throw new GeometryError("out_of_image");
  const rows = new RowRuns(map, map.get(x, y));
  const found = new RunCollector(256);
  const open: number[] = [];
  const take = (row: number, x0: number, x1: number): void => {
    rows.takeWithin(row, x0, x1, (from, to) => {
      found.push(row, from, to);
      open.push(row, from, to);
    });
  };
  take(y, x, x + 1);
  for (let x1 = open.pop(); x1 !== undefined; x1 = open.pop()) {
    const x0 = open.pop() as number;
    const row = open.pop() as number;
    take(row - 1, x0, x1);
    take(row + 1, x0, x1);
  }
  return found.toRegion();
}

/** Runs of one id in the rows that were asked for, each given out once. */
class RowRuns {
  private readonly map: LabelMap;
  private readonly id: number;
  /** Per row x0, x1 of each run, ascending; x1 negated once the run is taken. */
  private readonly rows = new Map<number, number[]>();

  constructor(map: LabelMap, id: number) {
    this.map = map;
    this.id = id;
  }

  /** Gives out the runs of a row that share a column with [x0, x1) and were not given out before. */
  takeWithin(y: number, x0: number, x1: number, give: (x0: number, x1: number) => void): void {
    if (y < 0 || y >= this.map.height) return;
    const runs = this.ofRow(y);
    for (let i = firstEndingAfter(runs, x0); i < runs.length && runs[i] < x1; i += 2) {
      if (runs[i + 1] < 0) continue;
      give(runs[i], runs[i + 1]);
      runs[i + 1] = -runs[i + 1];
    }
  }

  private ofRow(y: number): number[] {
    const known = this.rows.get(y);
    if (known !== undefined) return known;
    const runs: number[] = [];
    this.map.forEachRun(y, 0, this.map.width, (x0, x1, id) => {
      if (id === this.id) runs.push(x0, x1);
    });
    this.rows.set(y, runs);
    return runs;
  }
}

/** Index of the first run that ends right of x; binary search. */
function firstEndingAfter(runs: readonly number[], x: number): number {
  let low = 0;
  let high = runs.length / 2;
  while (low < high) {
    const mid = (low + high) >> 1;
    if (Math.abs(runs[2 * mid + 1]) <= x) low = mid + 1;
    else high = mid;
  }
  return 2 * low;
}
