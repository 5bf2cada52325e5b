// SPDX-License-Identifier: Apache-2.0
/**
 * Round brush: union of capsules (contract/raster.md, "Round brush"). Which pixels belong is decided only by the
 * predicate of the contract; the estimate merely says where in a row to ask it.
 */
import { type Region, RunCollector, type SizeHw } from "../region.ts";
import { checkRadius, checkSize, checkVertexCount, type FixedPath, firstCentreFrom } from "./quantise.ts";

/** Pixels within `radius` of the path (fixed coordinates). One point is a disc, no point is nothing. */
export function strokeRegion(points: FixedPath, radius: number, sizeHw: SizeHw): Region {
  checkSize(sizeHw);
  checkRadius(radius);
  checkVertexCount(points.length / 2);
  const runs = new RunCollector(256);
  if (points.length === 2) fillCapsule(points[0], points[1], points[0], points[1], radius, sizeHw, runs);
  for (let i = 2; i < points.length; i += 2) {
    fillCapsule(points[i - 2], points[i - 1], points[i], points[i + 1], radius, sizeHw, runs);
  }
  return runs.toRegion();
}

/** One capsule's predicate; values as float64 in the written order of operations. */
function inCapsule(X: number, Y: number, ax: number, ay: number, bx: number, by: number, radius: number): boolean {
  const dx = bx - ax;
  const dy = by - ay;
  const px = X - ax;
  const py = Y - ay;
  const L = dx * dx + dy * dy;
  const t = px * dx + py * dy;
  const r2 = radius * radius;
  if (t <= 0 || L === 0) return px * px + py * py <= r2;
  if (t >= L) {
    const qx = X - bx;
    const qy = Y - by;
    return qx * qx + qy * qy <= r2;
  }
  const c = px * dy - py * dx;
  return c * c <= r2 * L;
}

function fillCapsule(
  ax: number,
  ay: number,
  bx: number,
  by: number,
  radius: number,
  sizeHw: SizeHw,
  runs: RunCollector,
): void {
  const [h, w] = sizeHw;
  const y0 = Math.max(0, firstCentreFrom(Math.min(ay, by) - radius));
  const y1 = Math.min(h, firstCentreFrom(Math.max(ay, by) + radius + 1));
  const span: Span = { low: 0, high: 0 };
  const rootL = Math.sqrt((bx - ax) * (bx - ax) + (by - ay) * (by - ay));
  for (let y = y0; y < y1; y++) {
    const Y = 256 * y + 128;
    estimate(Y, ax, ay, bx, by, radius, rootL, span);
    if (span.low > span.high) continue;
    let first = Math.max(0, Math.floor((span.low - 128) / 256) - 1);
    let last = Math.min(w - 1, Math.ceil((span.high - 128) / 256) + 1);
    while (first <= last && !inCapsule(256 * first + 128, Y, ax, ay, bx, by, radius)) first++;
    while (last > first && !inCapsule(256 * last + 128, Y, ax, ay, bx, by, radius)) last--;
    runs.push(y, first, last + 1);
  }
}

interface Span {
  low: number;
  high: number;
}

/** Where the row's line enters and leaves the capsule, in fixed units, good to a small part of a pixel; low > high: misses. */
function estimate(
  Y: number,
  ax: number,
  ay: number,
  bx: number,
  by: number,
  radius: number,
  rootL: number,
  span: Span,
): void {
  span.low = Number.POSITIVE_INFINITY;
  span.high = Number.NEGATIVE_INFINITY;
  const r2 = radius * radius;
  const halfA2 = r2 - (Y - ay) * (Y - ay);
  if (halfA2 >= 0) widen(span, ax - Math.sqrt(halfA2), ax + Math.sqrt(halfA2));
  const halfB2 = r2 - (Y - by) * (Y - by);
  if (halfB2 >= 0) widen(span, bx - Math.sqrt(halfB2), bx + Math.sqrt(halfB2));
  const dx = bx - ax;
  const dy = by - ay;
  const py = Y - ay;
  let low = Number.NEGATIVE_INFINITY;
  let high = Number.POSITIVE_INFINITY;
  if (dy !== 0) {
    const mid = (py * dx) / dy;
    const half = (radius * rootL) / Math.abs(dy);
    low = mid - half;
    high = mid + half;
  } else if (py * py > r2) return;
  if (dx !== 0) {
    const a = (-py * dy) / dx;
    const b = a + (rootL * rootL) / dx;
    low = Math.max(low, Math.min(a, b));
    high = Math.min(high, Math.max(a, b));
  } else if (dy === 0 || py * dy < 0 || py * dy > dy * dy) return;
  // A sliver lost to rounding lies at a corner, hence on a disc, and the caller asks one pixel farther on both sides.
  if (low <= high) widen(span, low + ax, high + ax);
}

function widen(span: Span, low: number, high: number): void {
  if (low < span.low) span.low = low;
  if (high > span.high) span.high = high;
}
