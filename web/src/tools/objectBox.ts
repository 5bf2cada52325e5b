// SPDX-License-Identifier: Apache-2.0
/** Box: from corner to corner. */
import type { Point } from "../core/geometry.ts";
import type { Geometry } from "../core/item.ts";
import { pathsOf } from "../core/objectShape.ts";
import { placesTool } from "./placesTool.ts";

function boxOf([a, b]: readonly Point[]): Geometry {
  return {
    kind: "box",
    box_xyxy: [Math.min(a.x, b.x), Math.min(a.y, b.y), Math.max(a.x, b.x), Math.max(a.y, b.y)],
  };
}

export const objectBox = placesTool(
  {
    kind: "box",
    least: 2,
    most: 2,
    closed: true,
    constrain: ([a], at) => {
      const side = Math.max(Math.abs(at.x - a.x), Math.abs(at.y - a.y));
      return { x: a.x + (at.x < a.x ? -side : side), y: a.y + (at.y < a.y ? -side : side) };
    },
    geometry: (places, leastPx) => {
      const [a, b] = places;
      return Math.abs(a.x - b.x) < leastPx || Math.abs(a.y - b.y) < leastPx ? null : boxOf(places);
    },
    paths: (places) => (places.length < 2 ? [] : pathsOf(boxOf(places))),
  },
  { title: "Box", key: "Shift+B", hint: "Drag from corner to corner, or click both. Shift makes a square." },
);
