// SPDX-License-Identifier: Apache-2.0
/** What the geometry of an object looks like: paths, bounds, what lies under a place. Image px throughout. */
import { distance, nearestEdge, type Point } from "./geometry.ts";
import type { Geometry, Xy } from "./item.ts";
import { rotatedCorners } from "./rotatedBox.ts";

export interface ShapePath {
  readonly points: readonly Point[];
  readonly closed: boolean;
}

/** [x0, y0, x1, y1], both ends included; a point has no width. */
export type Bounds = readonly [number, number, number, number];

export const toPoint = ([x, y]: Xy): Point => ({ x, y });
export const toXy = ({ x, y }: Point): Xy => [x, y];

const gridded = (value: number): number => Math.floor(value * 256 + 0.5) / 256;

/** The place on the grid of 1/256 px on which geometry is kept. */
export const onGrid = ({ x, y }: Point): Point => ({ x: gridded(x), y: gridded(y) });

/** The geometry on the grid of 1/256, its angle from 0 to below 360. */
export function gridGeometry(geometry: Geometry): Geometry {
  const place = ([x, y]: Xy): Xy => [gridded(x), gridded(y)];
  switch (geometry.kind) {
    case "box": {
      const [x0, y0, x1, y1] = geometry.box_xyxy;
      return { kind: "box", box_xyxy: [gridded(x0), gridded(y0), gridded(x1), gridded(y1)] };
    }
    case "rotated_box": {
      const turned = gridded(geometry.angle_deg - 360 * Math.floor(geometry.angle_deg / 360));
      return {
        kind: "rotated_box",
        centre: place(geometry.centre),
        size_wh: place(geometry.size_wh),
        angle_deg: turned >= 360 ? 0 : turned,
      };
    }
    case "polygon":
      return { kind: "polygon", rings: geometry.rings.map((ring) => ring.map(place)) };
    case "polyline":
      return { kind: "polyline", points: geometry.points.map(place) };
    case "point":
      return { kind: "point", point: place(geometry.point) };
  }
}

/** Its lines; a point is a path of one. Corners of boxes clockwise on screen, from the top left one before a turn. */
export function pathsOf(geometry: Geometry): readonly ShapePath[] {
  switch (geometry.kind) {
    case "box": {
      const [x0, y0, x1, y1] = geometry.box_xyxy;
      const points = [
        { x: x0, y: y0 },
        { x: x1, y: y0 },
        { x: x1, y: y1 },
        { x: x0, y: y1 },
      ];
      return [{ points, closed: true }];
    }
    case "rotated_box":
      return [{ points: rotatedCorners(geometry), closed: true }];
    case "polygon":
      return geometry.rings.map((ring) => ({ points: ring.map(toPoint), closed: true }));
    case "polyline":
      return [{ points: geometry.points.map(toPoint), closed: false }];
    case "point":
      return [{ points: [toPoint(geometry.point)], closed: false }];
  }
}

export function boundsOf(paths: readonly ShapePath[]): Bounds {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { points } of paths) {
    for (const { x, y } of points) {
      x0 = Math.min(x0, x);
      y0 = Math.min(y0, y);
      x1 = Math.max(x1, x);
      y1 = Math.max(y1, y);
    }
  }
  return [x0, y0, x1, y1];
}

export const boundsMeet = (a: Bounds, b: Bounds): boolean =>
  a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];

/** Distance from the nearest line or vertex. */
export function outlineDistance(paths: readonly ShapePath[], at: Point): number {
  let best = Number.POSITIVE_INFINITY;
  for (const { points, closed } of paths) {
    const d = points.length === 1 ? distance(at, points[0]) : (nearestEdge(at, points, best, closed)?.distance ?? best);
    best = Math.min(best, d);
  }
  return best;
}

/** Whether the place lies within the closed paths, by even-odd. */
export function encloses(paths: readonly ShapePath[], at: Point): boolean {
  let inside = false;
  for (const { points, closed } of paths) {
    if (!closed) continue;
    for (let i = 0, j = points.length - 1; i < points.length; j = i++) {
      const [a, b] = [points[i], points[j]];
      if (a.y > at.y !== b.y > at.y && at.x < ((b.x - a.x) * (at.y - a.y)) / (b.y - a.y) + a.x) inside = !inside;
    }
  }
  return inside;
}

export function movedBy(geometry: Geometry, dx: number, dy: number): Geometry {
  const move = ([x, y]: Xy): Xy => [x + dx, y + dy];
  switch (geometry.kind) {
    case "box": {
      const [x0, y0, x1, y1] = geometry.box_xyxy;
      return { kind: "box", box_xyxy: [x0 + dx, y0 + dy, x1 + dx, y1 + dy] };
    }
    case "rotated_box":
      return { ...geometry, centre: move(geometry.centre) };
    case "polygon":
      return { kind: "polygon", rings: geometry.rings.map((ring) => ring.map(move)) };
    case "polyline":
      return { kind: "polyline", points: geometry.points.map(move) };
    case "point":
      return { kind: "point", point: move(geometry.point) };
  }
}
