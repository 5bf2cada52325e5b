// SPDX-License-Identifier: Apache-2.0
/** What the tests on objects share. */
import type { Geometry } from "../../src/core/item.ts";
import type { Bench } from "../editor/bench.ts";

/** Geometries of the objects that are shown, the oldest first. */
export const geometriesOf = (bench: Bench): readonly Geometry[] =>
  bench.session.canvas.objects.shapes.map(({ geometry }) => geometry);

export const box = (x0: number, y0: number, x1: number, y1: number): Geometry => ({
  kind: "box",
  box_xyxy: [x0, y0, x1, y1],
});

/** With Mod a place is where the pointer is, whatever lies near. */
export const free = { mod: true } as const;
