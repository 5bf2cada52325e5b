// SPDX-License-Identifier: Apache-2.0
/** Boxes that are turned: corners, the one on an edge, and the smallest one round points. Image px, degrees clockwise. */
import type { Point } from "./geometry.ts";
import type { RotatedBoxGeometry } from "./item.ts";

const RADIANS = Math.PI / 180;

/** Unit vectors along its width and its height. */
export function axesOf(angleDeg: number): { readonly along: Point; readonly across: Point } {
  // Quarter turns are exact, or a box turned by 90° would have corners beside the grid.
  const quarter = angleDeg / 90;
  const [cos, sin] = Number.isInteger(quarter)
    ? [[1, 0, -1, 0][((quarter % 4) + 4) % 4], [0, 1, 0, -1][((quarter % 4) + 4) % 4]]
    : [Math.cos(angleDeg * RADIANS), Math.sin(angleDeg * RADIANS)];
  return { along: { x: cos, y: sin }, across: { x: -sin, y: cos } };
}

/** Place given in units of half its width and half its height from its centre. */
export function placeIn(box: RotatedBoxGeometry, u: number, v: number): Point {
  const { along, across } = axesOf(box.angle_deg);
  const [du, dv] = [(u * box.size_wh[0]) / 2, (v * box.size_wh[1]) / 2];
  return {
    x: box.centre[0] + du * along.x + dv * across.x,
    y: box.centre[1] + du * along.y + dv * across.y,
  };
}

/** Clockwise on screen, from the corner that is top left before the turn. */
export const rotatedCorners = (box: RotatedBoxGeometry): readonly Point[] => [
  placeIn(box, -1, -1),
  placeIn(box, 1, -1),
  placeIn(box, 1, 1),
  placeIn(box, -1, 1),
];

/** The box with the edge from `a` to `b` whose opposite edge goes through `side`; null when it would have no area. */
export function boxOnEdge(a: Point, b: Point, side: Point): RotatedBoxGeometry | null {
  const length = Math.hypot(b.x - a.x, b.y - a.y);
  if (length === 0) return null;
  const along = { x: (b.x - a.x) / length, y: (b.y - a.y) / length };
  const depth = (side.x - a.x) * -along.y + (side.y - a.y) * along.x;
  if (depth === 0) return null;
  const centre = {
    x: (a.x + b.x) / 2 - (along.y * depth) / 2,
    y: (a.y + b.y) / 2 + (along.x * depth) / 2,
  };
  const angle = Math.atan2(along.y, along.x) / RADIANS;
  return {
    kind: "rotated_box",
    centre: [centre.x, centre.y],
    size_wh: [length, Math.abs(depth)],
    angle_deg: angle < 0 ? angle + 360 : angle,
  };
}

/** Corners of the smallest convex polygon round the points (Andrew's monotone chain), clockwise on screen. */
export function convexHull(points: readonly Point[]): readonly Point[] {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
  const half = (list: readonly Point[]): Point[] => {
    const chain: Point[] = [];
    for (const point of list) {
      while (chain.length >= 2 && turn(chain[chain.length - 2], chain[chain.length - 1], point) <= 0) chain.pop();
      chain.push(point);
    }
    chain.pop();
    return chain;
  };
  const hull = [...half(sorted), ...half(sorted.reverse())];
  return hull.length > 0 ? hull : sorted.slice(0, 1);
}

const turn = (a: Point, b: Point, c: Point): number => (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);

/**
 * The rotated box of least area round the points. One of its edges lies on the convex hull, so each hull edge is tried
 * while three calipers go round the hull once. Null when the points lie on one line. Angle from 0 to below 90.
 */
export function smallestRotatedBox(points: readonly Point[]): RotatedBoxGeometry | null {
  const hull = convexHull(points);
  const n = hull.length;
  if (n < 3) return null;
  let best: { readonly area: number; readonly box: RotatedBoxGeometry } | null = null;
  let [right, top, left] = [1, 1, 1];
  for (let i = 0; i < n; i++) {
    const a = hull[i];
    const b = hull[(i + 1) % n];
    const length = Math.hypot(b.x - a.x, b.y - a.y);
    const ux = (b.x - a.x) / length;
    const uy = (b.y - a.y) / length;
    const along = (k: number): number => (hull[k % n].x - a.x) * ux + (hull[k % n].y - a.y) * uy;
    const across = (k: number): number => (hull[k % n].x - a.x) * -uy + (hull[k % n].y - a.y) * ux;
    right = Math.max(right, i + 1);
    while (right < i + n && along(right + 1) > along(right)) right++;
    top = Math.max(top, right);
    while (top < i + n && across(top + 1) > across(top)) top++;
    left = Math.max(left, top);
    while (left < i + n && along(left + 1) < along(left)) left++;
    const [low, high, height] = [along(left), along(right), across(top)];
    const area = (high - low) * height;
    if (best !== null && area >= best.area) continue;
    const [s, t] = [(low + high) / 2, height / 2];
    best = {
      area,
      box: uprightTurn({
        kind: "rotated_box",
        centre: [a.x + s * ux - t * uy, a.y + s * uy + t * ux],
        size_wh: [high - low, height],
        angle_deg: Math.atan2(uy, ux) / RADIANS,
      }),
    };
  }
  return best?.box ?? null;
}

/** The same box with the angle from 0 to below 90: of four names for it the one that says least. */
function uprightTurn(box: RotatedBoxGeometry): RotatedBoxGeometry {
  const quarters = Math.floor(box.angle_deg / 90);
  const [w, h] = box.size_wh;
  const angle = box.angle_deg - 90 * quarters;
  return { ...box, size_wh: quarters % 2 === 0 ? [w, h] : [h, w], angle_deg: angle };
}
