// SPDX-License-Identifier: Apache-2.0
/** 4-connected parts of a label map, by runs and union-find; tiles without a wanted id are not read. */
import type { LabelMap } from "./labelMap.ts";
import type { BoxXyxy, Region } from "./region.ts";
import { RunCollector } from "./region.ts";

/** One 4-connected part of the pixels of one id. */
export interface Part {
  readonly segmentId: number;
  readonly areaPx: number;
  readonly box: BoxXyxy;
  readonly region: Region;
}

/**
 * Parts of the given ids (of every id when null), in the order of their first pixel, row-major. Pixels of different ids
 * are never of one part; 0 is an id like any other.
 */
export function partsOf(map: LabelMap, ids: ReadonlySet<number> | null): Part[] {
  const runs = new RunForest();
  let above = 0;
  for (let y = 0; y < map.height; y++) {
    const row = runs.count;
    collectRow(map, ids, y, runs);
    if (row > above && runs.ys[above] === y - 1) runs.joinRows(above, row);
    if (runs.count > row) above = row;
  }
  return runs.parts();
}

/** Adds the wanted runs of row y, skipping tiles that hold none of the ids. */
function collectRow(map: LabelMap, ids: ReadonlySet<number> | null, y: number, runs: RunForest): void {
  if (ids === null) {
    map.forEachRun(y, 0, map.width, (x0, x1, id) => runs.add(y, x0, x1, id));
    return;
  }
  const note = (x0: number, x1: number, id: number): void => {
    if (ids.has(id)) runs.add(y, x0, x1, id);
  };
  const first = (y >> 8) * map.tileColumns;
  for (let tx = 0; tx < map.tileColumns; tx++) {
    const tile = map.tileIndexView(first + tx);
    for (const id of ids) {
      if (!map.tileHolds(first + tx, id)) continue;
      map.forEachRun(y, tile.x0, tile.x0 + tile.width, note);
      break;
    }
  }
}

/** Runs row-major, and a union-find over them; the root of a part is its first run. */
class RunForest {
  count = 0;
  ys = new Int32Array(256);
  private x0s = new Int32Array(256);
  private x1s = new Int32Array(256);
  private ids = new Uint32Array(256);
  private parent = new Int32Array(256);

  /** Adds a run, or lengthens the last one when it goes on across a tile border. */
  add(y: number, x0: number, x1: number, id: number): void {
    const i = this.count;
    if (i > 0 && this.ys[i - 1] === y && this.x1s[i - 1] === x0 && this.ids[i - 1] === id) {
      this.x1s[i - 1] = x1;
      return;
    }
    if (i === this.ys.length) this.grow();
    this.ys[i] = y;
    this.x0s[i] = x0;
    this.x1s[i] = x1;
    this.ids[i] = id;
    this.parent[i] = i;
    this.count = i + 1;
  }

  /** Joins runs [above, row) with runs [row, count) of the row below, where they share an id and a column. */
  joinRows(above: number, row: number): void {
    const { x0s, x1s, ids } = this;
    let a = above;
    let r = row;
    while (a < row && r < this.count) {
      if (x1s[a] > x0s[r] && x1s[r] > x0s[a] && ids[a] === ids[r]) this.join(a, r);
      if (x1s[a] < x1s[r]) a++;
      else r++;
    }
  }

  parts(): Part[] {
    const numbers = new Int32Array(this.count);
    const runs: RunCollector[] = [];
    const firsts: number[] = [];
    for (let i = 0; i < this.count; i++) {
      const root = this.root(i);
      if (root === i) {
        numbers[i] = runs.length;
        firsts.push(i);
        runs.push(new RunCollector(4));
      }
      runs[numbers[root]].push(this.ys[i], this.x0s[i], this.x1s[i]);
    }
    return runs.map((collected, k) => partFrom(this.ids[firsts[k]], collected.toRegion()));
  }

  private join(a: number, b: number): void {
    const p = this.root(a);
    const q = this.root(b);
    if (p < q) this.parent[q] = p;
    else this.parent[p] = q;
  }

  private root(i: number): number {
    const { parent } = this;
    let r = i;
    while (parent[r] !== r) r = parent[r];
    for (let k = i; parent[k] !== r; ) {
      const up = parent[k];
      parent[k] = r;
      k = up;
    }
    return r;
  }

  private grow(): void {
    const capacity = 2 * this.ys.length;
    const wider = <T extends Int32Array | Uint32Array>(from: T, to: T): T => {
      to.set(from);
      return to;
    };
    this.ys = wider(this.ys, new Int32Array(capacity));
    this.x0s = wider(this.x0s, new Int32Array(capacity));
    this.x1s = wider(this.x1s, new Int32Array(capacity));
    this.ids = wider(this.ids, new Uint32Array(capacity));
    this.parent = wider(this.parent, new Int32Array(capacity));
  }
}

function partFrom(segmentId: number, region: Region): Part {
  const { ys, x0s, x1s, count } = region;
  let [left, right, areaPx] = [x0s[0], x1s[0], 0];
  for (let i = 0; i < count; i++) {
    left = Math.min(left, x0s[i]);
    right = Math.max(right, x1s[i]);
    areaPx += x1s[i] - x0s[i];
  }
  return { segmentId, areaPx, box: [left, ys[0], right, ys[count - 1] + 1], region };
}
