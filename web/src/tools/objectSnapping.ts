// SPDX-License-Identifier: Apache-2.0
/** Draws a place to vertices and edges of other objects, to the image's edge and to borders of the map: the nearest. */
import { nearestEdge, type Point } from "../core/geometry.ts";
import { boundsMeet } from "../core/objectShape.ts";
import type { ShownObject } from "./objectContext.ts";
import { type SnapScene, snapPoint } from "./snapping.ts";

/** The place to use instead of `at`, or null when nothing is within `reachPx` (image px). Vertices win over edges. */
export function snapToObjects(
  scene: SnapScene,
  at: Point,
  others: readonly ShownObject[],
  own: readonly Point[],
  reachPx: number,
): Point | null {
  const near = others.filter(({ bounds }) =>
    boundsMeet(bounds, [at.x - reachPx, at.y - reachPx, at.x + reachPx, at.y + reachPx]),
  );
  const vertices = [...own, ...near.flatMap(({ paths }) => paths.flatMap((path) => path.points))];
  const vertex = nearestOf(vertices, at, reachPx);
  if (vertex !== null) return vertex;
  const edges = near.flatMap(({ paths }) =>
    paths.flatMap(({ points, closed }) => nearestEdge(at, points, reachPx, closed)?.point ?? []),
  );
  return snapPoint(scene, at, edges, reachPx);
}

function nearestOf(places: readonly Point[], at: Point, reachPx: number): Point | null {
  let best: Point | null = null;
  let least = reachPx;
  for (const place of places) {
    const d = Math.hypot(place.x - at.x, place.y - at.y);
    if (d > least) continue;
    best = place;
    least = d;
  }
  return best;
}
