// SPDX-License-Identifier: Apache-2.0
/** Polygon fill by exact row crossings (contract/raster.md, "Polygon"). Cost: edges + crossings + runs. */
import { GeometryError } from "../errors.ts";
import { type Region, RunCollector, type SizeHw } from "../region.ts";
import { checkSize, checkVertexCount, type FixedPath, firstCentreFrom } from "./quantise.ts";

export type FillRule = "nonzero" | "evenodd";

/** Bounds the memory of an outline that goes up and down the whole image many times. */
const CROSSINGS_AT_ONCE = 2_000_000;

/** Pixels inside the rings (fixed coordinates). Throws `ring_too_short`, `too_many_vertices`, `size_out_of_range`. */
export function polygonRegion(rings: readonly FixedPath[], rule: FillRule, sizeHw: SizeHw): Region {
  checkSize(sizeHw);
  checkVertexCount(rings.reduce((sum, ring) => sum + ring.length / 2, 0));
  if (rings.some((ring) => ring.length < 6)) throw new GeometryError("ring_too_short");
  const runs = new RunCollector(256);
  fillRings(rings, rule, sizeHw, runs);
  return runs.toRegion();
}

/** As `polygonRegion`, without checks, appending to `runs`: rows ascending, runs ascending and maximal in each row. */
export function fillRings(rings: readonly FixedPath[], rule: FillRule, sizeHw: SizeHw, runs: RunCollector): void {
  const [h, w] = sizeHw;
  const [top, bottom] = rowSpan(rings, h);
  if (bottom <= top) return;
  const counts = countCrossings(rings, top, bottom);
  const emit = rule === "evenodd" ? emitEvenOdd : emitNonZero;
  for (let from = top; from < bottom; ) {
    let to = from;
    let total = 0;
    do total += counts[to++ - top];
    while (to < bottom && total + counts[to - top] <= CROSSINGS_AT_ONCE);
    fillBand(rings, counts.subarray(from - top, to - top), from, total, w, emit, runs);
    from = to;
  }
}

type Emit = typeof emitNonZero;

/** Fills rows top … top + counts.length − 1, which have `total` crossings. */
function fillBand(
  rings: readonly FixedPath[],
  counts: Int32Array,
  top: number,
  total: number,
  w: number,
  emit: Emit,
  runs: RunCollector,
): void {
  const crossings = new Int32Array(total);
  const next = new Int32Array(counts.length);
  for (let r = 1; r < next.length; r++) next[r] = next[r - 1] + counts[r - 1];
  writeCrossings(rings, top, top + counts.length, w, next, crossings);
  for (let r = 0, from = 0; r < counts.length; from += counts[r++]) {
    if (counts[r] === 0) continue;
    sortRange(crossings, from, from + counts[r]);
    emit(crossings, from, from + counts[r], top + r, w, runs);
  }
}

/** Rows [top, bottom) of the image in which some edge may cross. */
function rowSpan(rings: readonly FixedPath[], heightPx: number): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i += 2) {
      if (ring[i] < low) low = ring[i];
      if (ring[i] > high) high = ring[i];
    }
  }
  return [Math.max(0, firstCentreFrom(low)), Math.min(heightPx, firstCentreFrom(high))];
}

/** Crossings per row. Counted by differences, so a long edge costs two steps. */
function countCrossings(rings: readonly FixedPath[], top: number, bottom: number): Int32Array {
  const counts = new Int32Array(bottom - top + 1);
  for (const ring of rings) {
    let ay = ring[ring.length - 1];
    for (let i = 1; i < ring.length; i += 2) {
      const by = ring[i];
      const y0 = Math.max(top, firstCentreFrom(Math.min(ay, by)));
      const y1 = Math.min(bottom, firstCentreFrom(Math.max(ay, by)));
      if (y1 > y0) {
        counts[y0 - top]++;
        counts[y1 - top]--;
      }
      ay = by;
    }
  }
  for (let r = 1; r < counts.length; r++) counts[r] += counts[r - 1];
  return counts;
}

/** Stores each crossing as 2·x + (1 when the edge runs down), x clamped to 0..w; `next` holds the place per row. */
function writeCrossings(
  rings: readonly FixedPath[],
  top: number,
  bottom: number,
  w: number,
  next: Int32Array,
  crossings: Int32Array,
): void {
  for (const ring of rings) {
    let px = ring[ring.length - 2];
    let py = ring[ring.length - 1];
    for (let i = 0; i < ring.length; i += 2) {
      const qx = ring[i];
      const qy = ring[i + 1];
      const down = qy > py ? 1 : 0;
      const ax = down ? px : qx;
      const ay = down ? py : qy;
      const D = down ? qy - py : py - qy;
      const dx = down ? qx - px : px - qx;
      px = qx;
      py = qy;
      const y0 = Math.max(top, firstCentreFrom(ay));
      const y1 = Math.min(bottom, firstCentreFrom(ay + D));
      if (y1 <= y0) continue;
      const D256 = 256 * D;
      let N = (ax - 128) * D + (256 * y0 + 128 - ay) * dx;
      const step = 256 * dx;
      for (let y = y0; y < y1; y++, N += step) {
        const x = N <= 0 ? 0 : ceilDiv(N, D256);
        crossings[next[y - top]++] = 2 * Math.min(x, w) + down;
      }
    }
  }
}

/**
 * Exact ceil(n / d) for |n| <= 2^52, 0 < d < 2^52. A quotient q + r/d with a remainder r >= 1 is never rounded down to q:
 * it lies farther from q than half a step of float64 there, |q|·2^-53, since |q|·d < 2^53.
 */
export function ceilDiv(n: number, d: number): number {
  return Math.ceil(n / d);
}

function sortRange(values: Int32Array, from: number, to: number): void {
  if (to - from > 48) {
    values.subarray(from, to).sort();
    return;
  }
  for (let i = from + 1; i < to; i++) {
    const v = values[i];
    let j = i - 1;
    while (j >= from && values[j] > v) {
      values[j + 1] = values[j];
      j--;
    }
    values[j + 1] = v;
  }
}

function emitNonZero(c: Int32Array, from: number, to: number, y: number, w: number, runs: RunCollector): void {
  let winding = 0;
  let start = -1;
  for (let i = from; i < to; ) {
    const x = c[i] >> 1;
    for (; i < to && c[i] >> 1 === x; i++) winding += c[i] & 1 ? 1 : -1;
    if (winding !== 0 && start < 0) start = x;
    else if (winding === 0 && start >= 0) {
      runs.push(y, start, x);
      start = -1;
    }
  }
  if (start >= 0) runs.push(y, start, w);
}

function emitEvenOdd(c: Int32Array, from: number, to: number, y: number, w: number, runs: RunCollector): void {
  let odd = false;
  let start = -1;
  for (let i = from; i < to; ) {
    const x = c[i] >> 1;
    for (; i < to && c[i] >> 1 === x; i++) odd = !odd;
    if (odd && start < 0) start = x;
    else if (!odd && start >= 0) {
      runs.push(y, start, x);
      start = -1;
    }
  }
  if (start >= 0) runs.push(y, start, w);
}
