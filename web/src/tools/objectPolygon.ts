// SPDX-License-Identifier: Apache-2.0
/** Polygon: an outline by clicks and freehand runs. */
import { toXy } from "../core/objectShape.ts";
import { distinctPlaces, toFifteenDegrees } from "./outline.ts";
import { placesTool } from "./placesTool.ts";

export const objectPolygon = placesTool(
  {
    kind: "polygon",
    least: 3,
    most: null,
    closed: true,
    constrain: (places, at) => toFifteenDegrees(places[places.length - 1], at),
    geometry: (places) => (distinctPlaces(places) < 3 ? null : { kind: "polygon", rings: [places.map(toXy)] }),
    paths: (points) => (points.length < 2 ? [] : [{ points, closed: true }]),
  },
  { title: "Polygon", key: "Shift+P", hint: "Click for straight lines, drag for freehand. Enter closes." },
);
