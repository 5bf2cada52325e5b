// SPDX-License-Identifier: Apache-2.0
/** Texts about objects and relations. */
import type { GeometryKind } from "../core/item.ts";
import { count } from "./figures.ts";

export const objectKinds: Readonly<Record<GeometryKind, { readonly one: string; readonly many: string }>> = {
  box: { one: "box", many: "boxes" },
  rotated_box: { one: "rotated box", many: "rotated boxes" },
  polygon: { one: "polygon", many: "polygons" },
  polyline: { one: "polyline", many: "polylines" },
  point: { one: "point", many: "points" },
};

export const objects = {
  group: (n: number): string => `Objects ${count(n)}`,
  relations: (n: number): string => `Relations ${count(n)}`,
  name: (className: string, kind: GeometryKind, number: number): string =>
    `${className} ${objectKinds[kind].one} ${number}`,
  describe: (name: string, locked: boolean, hidden: boolean): string =>
    [name, ...(locked ? ["locked"] : []), ...(hidden ? ["hidden"] : [])].join(", "),
  broken: "An end of this relation is not there any more.",
  brokenShort: "broken",
  deleteRelation: (text: string): string => `Delete the relation ${text}`,
  toSegment: "Segment from it",
  duplicate: "Duplicate",
  relate: "Relate",
  relateTitle: "Relate two things",
  relateHow: "How they are related",
} as const;

export const objectNumbers = {
  title: "Exact numbers",
  fields: {
    box: ["Left, px", "Top, px", "Right, px", "Bottom, px"],
    rotated_box: ["Centre x, px", "Centre y, px", "Width, px", "Height, px", "Turn, degrees clockwise"],
    polygon: [],
    polyline: [],
    point: ["x, px", "y, px"],
  } as Readonly<Record<GeometryKind, readonly string[]>>,
  wrong: (field: string): string => `${field}: give a number.`,
  apply: "Apply",
} as const;
