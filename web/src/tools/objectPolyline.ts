// SPDX-License-Identifier: Apache-2.0
/** Polyline: an open line by clicks and freehand runs. */
import { toXy } from "../core/objectShape.ts";
import { toFifteenDegrees } from "./outline.ts";
import { placesTool } from "./placesTool.ts";

export const objectPolyline = placesTool(
  {
    kind: "polyline",
    least: 2,
    most: null,
    closed: false,
    constrain: (places, at) => toFifteenDegrees(places[places.length - 1], at),
    geometry: (places) => (places.length < 2 ? null : { kind: "polyline", points: places.map(toXy) }),
    paths: (points) => (points.length < 2 ? [] : [{ points, closed: false }]),
  },
  {
    title: "Polyline",
    key: "Shift+K",
    hint: "Click for straight lines, drag for freehand. Enter or a double click ends.",
  },
);
