// SPDX-License-Identifier: Apache-2.0
/** Draws a pointer to the image's edge, to borders that exist already, or to the outline's own vertices: the nearest. */
import { distance, nearestOnSegment, nearestVertex, type Point } from "../core/geometry.ts";

/** At small zoom a screen radius covers many pixels; looking further than this is slow and meaningless. */
const REACH_MAX_PX = 24;

export interface SnapScene {
  readonly sizeHw: readonly [number, number];
  segmentAt(x: number, y: number): number;
}

/** The place to use instead of `point` (image px), or null when nothing is within `reachPx`. */
export function snapPoint(scene: SnapScene, point: Point, own: readonly Point[], reachPx: number): Point | null {
  const reach = Math.min(reachPx, REACH_MAX_PX);
  let best: Point | null = null;
  let bestDistance = reach;
  const offer = (candidate: Point | null): void => {
    if (candidate === null) return;
    const d = distance(point, candidate);
    if (d < bestDistance) {
      best = candidate;
      bestDistance = d;
    }
  };
  offer(nearestImageEdge(scene.sizeHw, point, reach));
  offer(nearestBorder(scene, point, reach));
  const vertex = nearestVertex(point, own, reach);
  if (vertex !== null) offer(own[vertex]);
  return best;
}

function nearestImageEdge(sizeHw: readonly [number, number], point: Point, reach: number): Point | null {
  const [h, w] = sizeHw;
  const x = nearestOf(point.x, 0, w, reach);
  const y = nearestOf(point.y, 0, h, reach);
  if (x === null && y === null) return null;
  return { x: x ?? clamp(point.x, 0, w), y: y ?? clamp(point.y, 0, h) };
}

function nearestOf(value: number, low: number, high: number, reach: number): number | null {
  if (Math.abs(value - low) <= reach) return low;
  if (Math.abs(value - high) <= reach) return high;
  return null;
}

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/** Nearest point on the cracks between pixels of different owners. */
function nearestBorder(scene: SnapScene, point: Point, reach: number): Point | null {
  const [h, w] = scene.sizeHw;
  const x0 = Math.max(0, Math.floor(point.x - reach) - 1);
  const y0 = Math.max(0, Math.floor(point.y - reach) - 1);
  const x1 = Math.min(w - 1, Math.floor(point.x + reach) + 1);
  const y1 = Math.min(h - 1, Math.floor(point.y + reach) + 1);
  let best: Point | null = null;
  let bestDistance = reach;
  const offer = (a: Point, b: Point): void => {
    const hit = nearestOnSegment(point, a, b);
    if (hit.distance >= bestDistance) return;
    best = hit.point;
    bestDistance = hit.distance;
  };
  for (let y = y0; y <= y1; y++) {
    for (let x = x0; x <= x1; x++) {
      const here = scene.segmentAt(x, y);
      if (x < x1 && scene.segmentAt(x + 1, y) !== here) offer({ x: x + 1, y }, { x: x + 1, y: y + 1 });
      if (y < y1 && scene.segmentAt(x, y + 1) !== here) offer({ x, y: y + 1 }, { x: x + 1, y: y + 1 });
    }
  }
  return best;
}
