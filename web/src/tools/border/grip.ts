// SPDX-License-Identifier: Apache-2.0
/** What of a border a press takes hold of: a junction, one of its vertices, or the place under the pointer. */
import { arcsFrom, type BorderArc, cornersOf, crackCount, vertexNear } from "../../core/border/arc.ts";
import type { MapView } from "../../core/border/mapView.ts";
import { localNormal, telling } from "../../core/border/slide.ts";
import { type CursorName, distance, type Point } from "../Tool.ts";

/** From here on the vertices of the border are shown. */
const VERTICES_FROM_SCALE = 4;
const NORMAL_SPAN_PX = 6;
/** Within 22.5° of an axis the cursor lies along it. */
const AXIS_RATIO = 2.4;

export type Grip =
  | { readonly kind: "place"; readonly at: number }
  | { readonly kind: "vertex"; readonly which: number }
  | { readonly kind: "junction"; readonly at: Point };

/** A border as it was when the pointer found it; good for as long as the map stays the same. */
export interface HeldBorder {
  readonly arc: BorderArc;
  readonly corners: readonly Point[];
  /** Indices of its vertices; none where they are too close on screen to be told apart. */
  readonly vertices: readonly number[];
}

export function heldBorder(arc: BorderArc, scale: number): HeldBorder {
  return { arc, corners: cornersOf(arc), vertices: scale >= VERTICES_FROM_SCALE ? telling(arc) : [] };
}

export function gripAt(map: MapView, { arc, vertices }: HeldBorder, at: Point, reachPx: number): Grip {
  const near = (i: number): boolean => distance({ x: arc.xs[i], y: arc.ys[i] }, at) <= reachPx;
  for (const end of arc.closed ? [] : [0, crackCount(arc)]) {
    const place = { x: arc.xs[end], y: arc.ys[end] };
    if (near(end) && arcsFrom(map, place.x, place.y).length > 0) return { kind: "junction", at: place };
  }
  const which = vertices.findIndex((i, k) => k > 0 && k + 1 < vertices.length && near(i));
  return which < 0 ? { kind: "place", at: vertexNear(arc, at) } : { kind: "vertex", which };
}

/** The arrow that shows how the border can be moved there. */
export function cursorAcross(arc: BorderArc, at: number): CursorName {
  const { x, y } = localNormal(arc, at, NORMAL_SPAN_PX);
  const [wide, high] = [Math.abs(x), Math.abs(y)];
  if (wide > AXIS_RATIO * high) return "slide-x";
  if (high > AXIS_RATIO * wide) return "slide-y";
  return x * y > 0 ? "slide-falling" : "slide-rising";
}
