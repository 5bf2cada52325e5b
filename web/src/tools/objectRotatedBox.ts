// SPDX-License-Identifier: Apache-2.0
/** Rotated box: one edge, then how far the opposite one is. */
import { distance, type Point } from "../core/geometry.ts";
import { pathsOf } from "../core/objectShape.ts";
import { boxOnEdge } from "../core/rotatedBox.ts";
import { toFifteenDegrees } from "./outline.ts";
import { placesTool } from "./placesTool.ts";

/** Square on the edge, on the pointer's side. */
function squareSide([a, b]: readonly Point[], at: Point): Point {
  const side = (b.x - a.x) * (at.y - a.y) - (b.y - a.y) * (at.x - a.x) < 0 ? -1 : 1;
  return { x: a.x - side * (b.y - a.y), y: a.y + side * (b.x - a.x) };
}

export const objectRotatedBox = placesTool(
  {
    kind: "rotated_box",
    least: 3,
    most: 3,
    closed: true,
    constrain: (places, at) => (places.length === 1 ? toFifteenDegrees(places[0], at) : squareSide(places, at)),
    geometry: ([a, b, side], leastPx) => {
      const box = boxOnEdge(a, b, side);
      return box === null || Math.min(...box.size_wh) < leastPx ? null : box;
    },
    paths: ([a, b, side]) => {
      if (b === undefined) return [];
      const box = side === undefined || distance(a, b) === 0 ? null : boxOnEdge(a, b, side);
      return box === null ? [{ points: [a, b], closed: false }] : pathsOf(box);
    },
  },
  {
    title: "Rotated box",
    key: "Shift+O",
    hint: "Drag along one edge, or click its ends; then click how far the box goes. Shift: steps of 15°.",
  },
);
