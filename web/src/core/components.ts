// SPDX-License-Identifier: Apache-2.0
/** 4-connected parts of one id's pixels, by runs and union-find; tiles without the id are not read. */
import type { Point } from "./geometry.ts";
import type { LabelMap } from "./labelMap.ts";
import type { BoxXyxy } from "./region.ts";

export interface Component {
  readonly box: BoxXyxy;
  readonly areaPx: number;
  /** A pixel of the component: the middle of one of its longest runs. */
  readonly insidePx: Point;
}

/** Parts of `id`, in the order of their first pixel, row-major. */
export function componentsOf(map: LabelMap, id: number): Component[] {
  const parts = new Parts();
  let above: number[] = [];
  let aboveY = -2;
  for (let y = 0; y < map.height; y++) {
    const row = runsOf(map, id, y);
    if (row.length === 0) continue;
    for (let k = 0; k < row.length; k += 3) row[k + 2] = parts.add(y, row[k], row[k + 1]);
    if (aboveY === y - 1) joinRows(above, row, parts);
    above = row;
    aboveY = y;
  }
  return parts.list();
}

/** Gaps of the partition: parts of the unlabelled pixels. */
export function unlabelledComponents(map: LabelMap): Component[] {
  return map.areaOf(0) === 0 ? [] : componentsOf(map, 0);
}

/** Runs of `id` in row y as x0, x1, (place for the run's part). */
function runsOf(map: LabelMap, id: number, y: number): number[] {
  const runs: number[] = [];
  const note = (x0: number, x1: number, found: number): void => {
    if (found !== id) return;
    const last = runs.length - 3;
    if (last >= 0 && runs[last + 1] === x0) runs[last + 1] = x1;
    else runs.push(x0, x1, 0);
  };
  const first = (y >> 8) * map.tileColumns;
  for (let tx = 0; tx < map.tileColumns; tx++) {
    const tile = map.tileIndexView(first + tx);
    if (map.tileHolds(first + tx, id)) map.forEachRun(y, tile.x0, tile.x0 + tile.width, note);
  }
  return runs;
}

/** Joins runs of neighbouring rows that share a column. */
function joinRows(above: readonly number[], row: readonly number[], parts: Parts): void {
  let a = 0;
  let r = 0;
  while (a < above.length && r < row.length) {
    if (above[a + 1] > row[r] && row[r + 1] > above[a]) parts.join(above[a + 2], row[r + 2]);
    if (above[a + 1] < row[r + 1]) a += 3;
    else r += 3;
  }
}

/** Union-find over runs; a root is the oldest run of its part and holds the sums. */
class Parts {
  private readonly parent: number[] = [];
  private readonly sums: { x0: number; y0: number; x1: number; y1: number; px: number; best: number; at: Point }[] = [];

  add(y: number, x0: number, x1: number): number {
    this.parent.push(this.parent.length);
    const at = { x: (x0 + x1 - 1) >> 1, y };
    this.sums.push({ x0, y0: y, x1, y1: y + 1, px: x1 - x0, best: x1 - x0, at });
    return this.parent.length - 1;
  }

  join(a: number, b: number): void {
    const p = this.root(a);
    const q = this.root(b);
    if (p === q) return;
    const older = Math.min(p, q);
    const newer = Math.max(p, q);
    this.parent[newer] = older;
    const into = this.sums[older];
    const from = this.sums[newer];
    into.x0 = Math.min(into.x0, from.x0);
    into.y0 = Math.min(into.y0, from.y0);
    into.x1 = Math.max(into.x1, from.x1);
    into.y1 = Math.max(into.y1, from.y1);
    into.px += from.px;
    if (from.best > into.best) {
      into.best = from.best;
      into.at = from.at;
    }
  }

  list(): Component[] {
    const found: Component[] = [];
    for (let i = 0; i < this.parent.length; i++) {
      if (this.parent[i] !== i) continue;
      const s = this.sums[i];
      found.push({ box: [s.x0, s.y0, s.x1, s.y1], areaPx: s.px, insidePx: s.at });
    }
    return found;
  }

  private root(i: number): number {
    let r = i;
    while (this.parent[r] !== r) r = this.parent[r];
    for (let k = i; this.parent[k] !== r; ) {
      const up = this.parent[k];
      this.parent[k] = r;
      k = up;
    }
    return r;
  }
}
