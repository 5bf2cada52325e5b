// SPDX-License-Identifier: Apache-2.0
/** Point: one click. */
import { toXy } from "../core/objectShape.ts";
import { placesTool } from "./placesTool.ts";

export const objectPoint = placesTool(
  {
    kind: "point",
    least: 1,
    most: 1,
    closed: false,
    constrain: (_places, at) => at,
    geometry: ([place]) => ({ kind: "point", point: toXy(place) }),
    paths: () => [],
  },
  { title: "Point", key: "Shift+D", hint: "Click sets a point." },
);
