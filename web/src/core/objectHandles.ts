// SPDX-License-Identifier: Apache-2.0
/** Places of an object that can be dragged, and what dragging one of them makes of it. Image px. */
import type { Point } from "./geometry.ts";
import type { Geometry, RotatedBoxGeometry, Xy } from "./item.ts";
import { toPoint, toXy } from "./objectShape.ts";
import { axesOf, placeIn } from "./rotatedBox.ts";

/** A side or corner of a box by its place in half widths and heights from the centre, a vertex of a ring, or the point. */
export type Handle =
  | { readonly kind: "side"; readonly u: -1 | 0 | 1; readonly v: -1 | 0 | 1; readonly at: Point }
  | { readonly kind: "vertex"; readonly ring: number; readonly index: number; readonly at: Point };

const SIDES: readonly (readonly [-1 | 0 | 1, -1 | 0 | 1])[] = [
  [-1, -1],
  [1, -1],
  [1, 1],
  [-1, 1],
  [0, -1],
  [1, 0],
  [0, 1],
  [-1, 0],
];

/** Corners before sides, so that a corner wins where a box is small. */
export function handlesOf(geometry: Geometry): readonly Handle[] {
  const vertices = (points: readonly Xy[], ring: number): Handle[] =>
    points.map((point, index) => ({ kind: "vertex", ring, index, at: toPoint(point) }));
  switch (geometry.kind) {
    case "box":
      return handlesOf(asRotated(geometry.box_xyxy));
    case "rotated_box":
      return SIDES.map(([u, v]) => ({ kind: "side", u, v, at: placeIn(geometry, u, v) }));
    case "polygon":
      return geometry.rings.flatMap(vertices);
    case "polyline":
      return vertices(geometry.points, 0);
    case "point":
      return vertices([geometry.point], 0);
  }
}

/** The geometry with a handle dragged to a place. `keepShape`: a corner keeps width and height in proportion. */
export function withHandleAt(geometry: Geometry, handle: Handle, to: Point, keepShape = false): Geometry {
  if (handle.kind === "vertex")
    return withVertices(geometry, handle.ring, (points) => points.splice(handle.index, 1, toXy(to)));
  if (geometry.kind === "rotated_box") return resized(geometry, handle, to, keepShape);
  if (geometry.kind !== "box") return geometry;
  const { centre, size_wh } = resized(asRotated(geometry.box_xyxy), handle, to, keepShape);
  const [dx, dy] = [size_wh[0] / 2, size_wh[1] / 2];
  return { kind: "box", box_xyxy: [centre[0] - dx, centre[1] - dy, centre[0] + dx, centre[1] + dy] };
}

/** A vertex more, after the one at `index` of a ring. */
export function withVertex(geometry: Geometry, ring: number, index: number, at: Point): Geometry {
  return withVertices(geometry, ring, (points) => points.splice(index + 1, 0, toXy(at)));
}

/** A vertex less; null when too few would be left. A hole that is too small to be one goes. */
export function withoutVertex(geometry: Geometry, ring: number, index: number): Geometry | null {
  if (geometry.kind === "polyline")
    return geometry.points.length <= 2 ? null : withVertices(geometry, 0, (points) => points.splice(index, 1));
  if (geometry.kind !== "polygon") return null;
  if (geometry.rings[ring].length > 3) return withVertices(geometry, ring, (points) => points.splice(index, 1));
  return ring === 0 ? null : { kind: "polygon", rings: geometry.rings.filter((_, i) => i !== ring) };
}

function withVertices(geometry: Geometry, ring: number, change: (points: Xy[]) => void): Geometry {
  const changed = (points: readonly Xy[]): readonly Xy[] => {
    const next = [...points];
    change(next);
    return next;
  };
  switch (geometry.kind) {
    case "polygon":
      return { kind: "polygon", rings: geometry.rings.map((points, i) => (i === ring ? changed(points) : points)) };
    case "polyline":
      return { kind: "polyline", points: changed(geometry.points) };
    case "point":
      return { kind: "point", point: changed([geometry.point])[0] };
    default:
      return geometry;
  }
}

function asRotated([x0, y0, x1, y1]: readonly [number, number, number, number]): RotatedBoxGeometry {
  return { kind: "rotated_box", centre: [(x0 + x1) / 2, (y0 + y1) / 2], size_wh: [x1 - x0, y1 - y0], angle_deg: 0 };
}

/** What lies opposite the handle stays; crossing it turns the box over. */
function resized(
  box: RotatedBoxGeometry,
  { u, v }: { readonly u: -1 | 0 | 1; readonly v: -1 | 0 | 1 },
  to: Point,
  keepShape: boolean,
): RotatedBoxGeometry {
  const { along, across } = axesOf(box.angle_deg);
  const anchor = placeIn(box, -u, -v);
  const [dx, dy] = [to.x - anchor.x, to.y - anchor.y];
  let width = u === 0 ? box.size_wh[0] : dx * along.x + dy * along.y;
  let height = v === 0 ? box.size_wh[1] : dx * across.x + dy * across.y;
  if (keepShape && u !== 0 && v !== 0) {
    const scale = Math.max(Math.abs(width) / box.size_wh[0], Math.abs(height) / box.size_wh[1]);
    width = (width < 0 ? -1 : 1) * scale * box.size_wh[0];
    height = (height < 0 ? -1 : 1) * scale * box.size_wh[1];
  }
  const [du, dv] = [u === 0 ? 0 : width / 2, v === 0 ? 0 : height / 2];
  return {
    kind: "rotated_box",
    centre: [anchor.x + du * along.x + dv * across.x, anchor.y + du * along.y + dv * across.y],
    size_wh: [Math.abs(width), Math.abs(height)],
    angle_deg: box.angle_deg,
  };
}
