// SPDX-License-Identifier: Apache-2.0
/** Fewer vertices for the arcs of a vector view: once per arc, so that the two sides of a border stay one. */
import { quantise } from "./raster/quantise.ts";
import { ArcThinner } from "./thinning.ts";
import { arcCount, arcVertices, requireExact, type VectorView } from "./vectorize.ts";

const EXACT_TOLERANCE = 192;
const HALF_RIB_MAX = 127;

/**
 * The exact `view` with fewer vertices: old and new border are nowhere farther apart than the tolerance. Arcs keep their
 * order, ends and sides. Up to 0.75 px no pixel changes; beyond, borders may move over pixel centres, and each pixel still
 * has exactly one owner. Throws `coordinate_not_finite`, `not_exact`.
 */
export function simplify(view: VectorView, tolerancePx: number): VectorView {
  requireExact(view);
  const tolerance = quantise(tolerancePx);
  const halfRib = Math.min(HALF_RIB_MAX, Math.floor((181 * tolerance) / 128) - 128);
  if (halfRib < 0) return view;
  const thinner = new ArcThinner();
  const arcs: Int32Array[] = [];
  for (let k = 0; k < arcCount(view); k++) {
    const exact = arcVertices(view, k);
    if (exact.length === 4) arcs.push(exact);
    else {
      const thinned = thinner.thin(exact, halfRib);
      arcs.push(tolerance > EXACT_TOLERANCE ? coarsened(thinned, tolerance - EXACT_TOLERANCE) : thinned);
    }
  }
  return withArcs(view, arcs);
}

function withArcs(view: VectorView, arcs: readonly Int32Array[]): VectorView {
  const offsets = new Int32Array(arcs.length + 1);
  arcs.forEach((arc, k) => {
    offsets[k + 1] = offsets[k] + arc.length / 2;
  });
  const xy = new Int32Array(2 * offsets[arcs.length]);
  arcs.forEach((arc, k) => {
    xy.set(arc, 2 * offsets[k]);
  });
  return { ...view, xy, offsets };
}

/** Douglas–Peucker; a closed arc that would collapse stays as it is. */
function coarsened(xy: Int32Array, tolerance: number): Int32Array {
  const n = xy.length / 2;
  const keep = new Uint8Array(n);
  keep[0] = 1;
  keep[n - 1] = 1;
  const closed = xy[0] === xy[2 * n - 2] && xy[1] === xy[2 * n - 1];
  const open: number[] = [];
  if (closed) {
    const cut = farthestFromFirst(xy);
    keep[cut] = 1;
    open.push(0, cut, cut, n - 1);
  } else open.push(0, n - 1);
  for (let last = open.pop(); last !== undefined; last = open.pop()) {
    const first = open.pop() as number;
    const worst = farVertex(xy, first, last, tolerance * tolerance);
    if (worst < 0) continue;
    keep[worst] = 1;
    open.push(first, worst, worst, last);
  }
  const kept = xy.filter((_, i) => keep[i >> 1] === 1);
  if (!closed) return kept;
  const few = kept.length / 2 - 1 < 4;
  return few || 2 * Math.abs(doubledArea(kept)) < Math.abs(doubledArea(xy)) ? xy : kept;
}

/** The first of the vertices between two that are farthest from their segment, when farther than the limit; else −1. */
function farVertex(xy: Int32Array, first: number, last: number, limit2: number): number {
  const ax = xy[2 * first];
  const ay = xy[2 * first + 1];
  const bx = xy[2 * last];
  const by = xy[2 * last + 1];
  const dx = bx - ax;
  const dy = by - ay;
  const L = dx * dx + dy * dy;
  let worst = -1;
  let far = limit2;
  for (let i = first + 1; i < last; i++) {
    const px = xy[2 * i] - ax;
    const py = xy[2 * i + 1] - ay;
    const t = px * dx + py * dy;
    let distance2: number;
    if (t <= 0) distance2 = px * px + py * py;
    else if (t >= L) {
      const qx = xy[2 * i] - bx;
      const qy = xy[2 * i + 1] - by;
      distance2 = qx * qx + qy * qy;
    } else {
      const c = px * dy - py * dx;
      distance2 = (c * c) / L;
    }
    if (distance2 > far) {
      far = distance2;
      worst = i;
    }
  }
  return worst;
}

function farthestFromFirst(xy: Int32Array): number {
  let best = 0;
  let far = -1;
  for (let i = 0; 2 * i < xy.length; i++) {
    const dx = xy[2 * i] - xy[0];
    const dy = xy[2 * i + 1] - xy[1];
    const distance2 = dx * dx + dy * dy;
    if (distance2 > far) {
      far = distance2;
      best = i;
    }
  }
  return best;
}

/** Twice the signed area of a closed arc, relative to its first vertex so that products stay exact. */
function doubledArea(xy: Int32Array): number {
  let sum = 0;
  for (let i = 2; i + 3 < xy.length; i += 2) {
    sum += (xy[i] - xy[0]) * (xy[i + 3] - xy[1]) - (xy[i + 2] - xy[0]) * (xy[i + 1] - xy[1]);
  }
  return sum;
}
