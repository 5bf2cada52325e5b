// SPDX-License-Identifier: Apache-2.0
/**
 * A region: the pixels a shape takes, as runs `[x0s[i], x1s[i])` of row `ys[i]`; sorted by row then x, disjoint and
 * maximal (two runs of one row never touch), inside the image. It has no segment id.
 */

/** Height and width of an image or map in px. */
export type SizeHw = readonly [heightPx: number, widthPx: number];

/** Half-open box in px. */
export type BoxXyxy = readonly [x0: number, y0: number, x1: number, y1: number];

export interface Region {
  readonly ys: Int32Array;
  readonly x0s: Int32Array;
  readonly x1s: Int32Array;
  readonly count: number;
}

export function emptyRegion(): Region {
  return { ys: new Int32Array(0), x0s: new Int32Array(0), x1s: new Int32Array(0), count: 0 };
}

/** Collects runs in any order, also overlapping ones; `toRegion` makes them canonical. Reusable after `clear`. */
export class RunCollector {
  count = 0;
  ys: Int32Array;
  x0s: Int32Array;
  x1s: Int32Array;
  private canonical = true;

  constructor(capacity = 64) {
    this.ys = new Int32Array(capacity);
    this.x0s = new Int32Array(capacity);
    this.x1s = new Int32Array(capacity);
  }

  clear(): void {
    this.count = 0;
    this.canonical = true;
  }

  /** Adds the run `[x0, x1)` of row `y`; an empty run is ignored. */
  push(y: number, x0: number, x1: number): void {
    if (x1 <= x0) return;
    const n = this.count;
    if (n === this.ys.length) this.grow();
    if (n > 0 && this.canonical) {
      const lastY = this.ys[n - 1];
      this.canonical = y > lastY || (y === lastY && x0 > this.x1s[n - 1]);
    }
    this.ys[n] = y;
    this.x0s[n] = x0;
    this.x1s[n] = x1;
    this.count = n + 1;
  }

  /** The union of what was collected, as a canonical region with arrays of its own. */
  toRegion(): Region {
    const n = this.count;
    if (!this.canonical) return mergeRuns(this.ys, this.x0s, this.x1s, n);
    return { ys: this.ys.slice(0, n), x0s: this.x0s.slice(0, n), x1s: this.x1s.slice(0, n), count: n };
  }

  private grow(): void {
    const capacity = this.ys.length * 2;
    this.ys = grown(this.ys, capacity);
    this.x0s = grown(this.x0s, capacity);
    this.x1s = grown(this.x1s, capacity);
  }
}

function grown(old: Int32Array, capacity: number): Int32Array {
  const next = new Int32Array(capacity);
  next.set(old);
  return next;
}

/** Canonical union of `n` runs in any order: counting sort by row, then by x within the row. */
function mergeRuns(ys: Int32Array, x0s: Int32Array, x1s: Int32Array, n: number): Region {
  const order = orderByRow(ys, x0s, n);
  const outY = new Int32Array(n);
  const out0 = new Int32Array(n);
  const out1 = new Int32Array(n);
  let m = -1;
  for (let k = 0; k < n; k++) {
    const i = order[k];
    if (m >= 0 && outY[m] === ys[i] && x0s[i] <= out1[m]) {
      if (x1s[i] > out1[m]) out1[m] = x1s[i];
      continue;
    }
    m++;
    outY[m] = ys[i];
    out0[m] = x0s[i];
    out1[m] = x1s[i];
  }
  const count = m + 1;
  return { ys: outY.slice(0, count), x0s: out0.slice(0, count), x1s: out1.slice(0, count), count };
}

/** Indices 0..n−1 sorted by (ys, x0s). Linear in the rows covered plus the runs, when rows hold few runs each. */
export function orderByRow(ys: Int32Array, x0s: Int32Array, n: number): Int32Array {
  const order = new Int32Array(n);
  if (n === 0) return order;
  let low = ys[0];
  let high = ys[0];
  for (let i = 1; i < n; i++) {
    if (ys[i] < low) low = ys[i];
    else if (ys[i] > high) high = ys[i];
  }
  const starts = new Int32Array(high - low + 2);
  for (let i = 0; i < n; i++) starts[ys[i] - low + 1]++;
  for (let r = 1; r < starts.length; r++) starts[r] += starts[r - 1];
  const next = starts.slice();
  for (let i = 0; i < n; i++) order[next[ys[i] - low]++] = i;
  for (let r = 0; r + 1 < starts.length; r++) sortByX(order, x0s, starts[r], starts[r + 1]);
  return order;
}

function sortByX(order: Int32Array, x0s: Int32Array, from: number, to: number): void {
  if (to - from > 48) {
    order.subarray(from, to).sort((a, b) => x0s[a] - x0s[b]);
    return;
  }
  for (let i = from + 1; i < to; i++) {
    const v = order[i];
    const x = x0s[v];
    let j = i - 1;
    while (j >= from && x0s[order[j]] > x) {
      order[j + 1] = order[j];
      j--;
    }
    order[j + 1] = v;
  }
}

export function regionAreaPx(region: Region): number {
  let area = 0;
  for (let i = 0; i < region.count; i++) area += region.x1s[i] - region.x0s[i];
  return area;
}

/** Smallest box that holds the region, or null when it is empty. */
export function regionBox(region: Region): BoxXyxy | null {
  if (region.count === 0) return null;
  let x0 = region.x0s[0];
  let x1 = region.x1s[0];
  for (let i = 1; i < region.count; i++) {
    if (region.x0s[i] < x0) x0 = region.x0s[i];
    if (region.x1s[i] > x1) x1 = region.x1s[i];
  }
  return [x0, region.ys[0], x1, region.ys[region.count - 1] + 1];
}

export function unionRegions(regions: readonly Region[]): Region {
  if (regions.length === 1) return regions[0];
  let total = 0;
  for (const region of regions) total += region.count;
  const runs = new RunCollector(Math.max(1, total));
  for (const region of regions) {
    for (let i = 0; i < region.count; i++) runs.push(region.ys[i], region.x0s[i], region.x1s[i]);
  }
  return runs.toRegion();
}

export function regionsEqual(a: Region, b: Region): boolean {
  if (a.count !== b.count) return false;
  for (let i = 0; i < a.count; i++) {
    if (a.ys[i] !== b.ys[i] || a.x0s[i] !== b.x0s[i] || a.x1s[i] !== b.x1s[i]) return false;
  }
  return true;
}

/** Whether pixel (x, y) is in the region; binary search. */
export function regionHas(region: Region, x: number, y: number): boolean {
  let low = 0;
  let high = region.count - 1;
  while (low <= high) {
    const mid = (low + high) >> 1;
    if (region.ys[mid] < y || (region.ys[mid] === y && region.x1s[mid] <= x)) low = mid + 1;
    else if (region.ys[mid] > y || region.x0s[mid] > x) high = mid - 1;
    else return true;
  }
  return false;
}
