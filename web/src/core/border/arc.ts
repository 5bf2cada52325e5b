// SPDX-License-Identifier: Apache-2.0
/**
 * One border of a map, followed crack by crack from where the pointer is to the junctions at its ends: the arc of
 * contract/vector-view.md with every lattice vertex. Costs its length, never the map's size.
 */
import { nearestOnSegment, type Point } from "../geometry.ts";
import { OUTSIDE, STEP_X, STEP_Y } from "../vectorize.ts";
import type { MapView } from "./mapView.ts";

/** At small zoom a radius on screen covers many pixels; looking further than this is slow and meaningless. */
const REACH_MAX_PX = 24;
/** A longer border is followed this far in each direction; its ends then count as junctions. */
const CRACKS_MAX = 200_000;

/** A unit edge: from lattice vertex (x, y) one step in the direction (+x, +y, −x, −y), with different ids on its sides. */
export interface Crack {
  readonly x: number;
  readonly y: number;
  readonly direction: number;
}

export interface BorderArc {
  /** Lattice vertices, one a crack and one more; a closed arc ends where it begins. */
  readonly xs: Int32Array;
  readonly ys: Int32Array;
  /** Ids on the two sides, seen along the arc: left is the upper pixel of a step to the right. −1: beyond the frame. */
  readonly left: number;
  readonly right: number;
  readonly closed: boolean;
}

export const crackCount = (arc: BorderArc): number => arc.xs.length - 1;

/** The crack nearest to a place (image px) within reach, not one of the image's frame; null: none. */
export function crackNear(map: MapView, at: Point, reachPx: number): Crack | null {
  const reach = Math.min(reachPx, REACH_MAX_PX);
  const x0 = Math.max(0, Math.floor(at.x - reach) - 1);
  const y0 = Math.max(0, Math.floor(at.y - reach) - 1);
  const x1 = Math.min(map.width - 1, Math.floor(at.x + reach) + 1);
  const y1 = Math.min(map.height - 1, Math.floor(at.y + reach) + 1);
  let best: Crack | null = null;
  let bestDistance = reach;
  const offer = (crack: Crack): void => {
    const from = { x: crack.x, y: crack.y };
    const to = { x: crack.x + STEP_X[crack.direction], y: crack.y + STEP_Y[crack.direction] };
    const { distance } = nearestOnSegment(at, from, to);
    if (distance > bestDistance || (distance === bestDistance && best !== null)) return;
    best = crack;
    bestDistance = distance;
  };
  for (let y = y0; y <= y1; y++) {
    for (let x = x0; x <= x1; x++) {
      const here = map.get(x, y);
      if (x < x1 && map.get(x + 1, y) !== here) offer({ x: x + 1, y, direction: 1 });
      if (y < y1 && map.get(x, y + 1) !== here) offer({ x, y: y + 1, direction: 0 });
    }
  }
  return best;
}

/** The whole arc that a crack is part of, in the direction in which left < right. */
export function arcThrough(map: MapView, crack: Crack): BorderArc {
  const ahead = follow(map, crack);
  const closed = ahead.closed;
  const back = closed ? { places: [], closed } : follow(map, reversed(crack));
  const places: number[] = [];
  for (let i = back.places.length - 2; i >= 4; i -= 2) places.push(back.places[i], back.places[i + 1]);
  for (const value of ahead.places) places.push(value);
  const [left, right] = sidesOf(map, crack);
  const turned = left > right;
  const count = places.length / 2;
  const xs = new Int32Array(count);
  const ys = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    const k = turned ? count - 1 - i : i;
    xs[i] = places[2 * k];
    ys[i] = places[2 * k + 1];
  }
  return { xs, ys, left: Math.min(left, right), right: Math.max(left, right), closed };
}

/** Arcs that end at a lattice vertex, each turned so that it begins there. Empty where no junction is. */
export function arcsFrom(map: MapView, x: number, y: number): BorderArc[] {
  const directions = cracksAt(map, x, y);
  if (directions.length < 3 && !isCorner(map, x, y)) return [];
  return directions.map((direction) => {
    const { places, closed } = follow(map, { x, y, direction });
    const [left, right] = sidesOf(map, { x, y, direction });
    const xs = Int32Array.from({ length: places.length / 2 }, (_, i) => places[2 * i]);
    const ys = Int32Array.from({ length: places.length / 2 }, (_, i) => places[2 * i + 1]);
    return { xs, ys, left, right, closed };
  });
}

/** Index of the arc's vertex nearest to a place. */
export function vertexNear(arc: BorderArc, at: Point): number {
  let best = 0;
  let bestSquared = Number.POSITIVE_INFINITY;
  for (let i = 0; i < arc.xs.length; i++) {
    const dx = arc.xs[i] - at.x;
    const dy = arc.ys[i] - at.y;
    const squared = dx * dx + dy * dy;
    if (squared < bestSquared) {
      best = i;
      bestSquared = squared;
    }
  }
  return best;
}

/** The arc's ends and corners as points, for drawing. */
export function cornersOf({ xs, ys }: BorderArc): Point[] {
  const corners: Point[] = [];
  for (let i = 0; i < xs.length; i++) {
    const straight =
      i > 0 && i + 1 < xs.length && xs[i] - xs[i - 1] === xs[i + 1] - xs[i] && ys[i] - ys[i - 1] === ys[i + 1] - ys[i];
    if (!straight) corners.push({ x: xs[i], y: ys[i] });
  }
  return corners;
}

/** From the crack's first vertex on, until a junction or back to it. */
function follow(map: MapView, start: Crack): { places: number[]; closed: boolean } {
  const places = [start.x, start.y];
  let { x, y, direction } = start;
  for (let n = 0; n < CRACKS_MAX; n++) {
    x += STEP_X[direction];
    y += STEP_Y[direction];
    places.push(x, y);
    const out = cracksAt(map, x, y);
    if (out.length !== 2 || isCorner(map, x, y)) return { places, closed: false };
    const cameFrom = (direction + 2) & 3;
    direction = out[0] === cameFrom ? out[1] : out[0];
    if (x === start.x && y === start.y) return { places, closed: true };
  }
  return { places, closed: false };
}

const reversed = ({ x, y, direction }: Crack): Crack => ({
  x: x + STEP_X[direction],
  y: y + STEP_Y[direction],
  direction: (direction + 2) & 3,
});

const isCorner = (map: MapView, x: number, y: number): boolean =>
  (x === 0 || x === map.width) && (y === 0 || y === map.height);

function idAt(map: MapView, x: number, y: number): number {
  return x < 0 || y < 0 || x >= map.width || y >= map.height ? OUTSIDE : map.get(x, y);
}

/** Directions of the cracks that meet in a lattice vertex. */
function cracksAt(map: MapView, x: number, y: number): number[] {
  const nw = idAt(map, x - 1, y - 1);
  const ne = idAt(map, x, y - 1);
  const sw = idAt(map, x - 1, y);
  const se = idAt(map, x, y);
  const found: number[] = [];
  if (ne !== se) found.push(0);
  if (sw !== se) found.push(1);
  if (nw !== sw) found.push(2);
  if (nw !== ne) found.push(3);
  return found;
}

/** Ids left and right of a crack. */
function sidesOf(map: MapView, { x, y, direction }: Crack): [left: number, right: number] {
  switch (direction) {
    case 0:
      return [idAt(map, x, y - 1), idAt(map, x, y)];
    case 1:
      return [idAt(map, x, y), idAt(map, x - 1, y)];
    case 2:
      return [idAt(map, x - 1, y), idAt(map, x - 1, y - 1)];
    default:
      return [idAt(map, x - 1, y - 1), idAt(map, x, y - 1)];
  }
}
