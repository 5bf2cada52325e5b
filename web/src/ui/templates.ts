// SPDX-License-Identifier: Apache-2.0
/** Classes to start a project with. Colours follow the palette, keys the digits, numbers the order. */
import type { ClassKind, Ontology } from "../api/types.ts";
import { classPalette } from "./colour.ts";

export type TemplateId = "empty" | "driving" | "medical" | "retail";

type Entry = readonly [name: string, kind: ClassKind];

const entries: Readonly<Record<TemplateId, readonly Entry[]>> = {
  empty: [],
  driving: [
    ["Car", "thing"],
    ["Road", "stuff"],
    ["Person", "thing"],
    ["Sidewalk", "stuff"],
    ["Building", "stuff"],
    ["Vegetation", "stuff"],
    ["Sky", "stuff"],
    ["Traffic sign", "thing"],
    ["Traffic light", "thing"],
    ["Bicycle", "thing"],
    ["Truck or bus", "thing"],
    ["Pole", "thing"],
    ["Ignore", "ignore"],
  ],
  medical: [
    ["Lesion", "thing"],
    ["Tissue", "stuff"],
    ["Background", "stuff"],
    ["Vessel", "thing"],
    ["Organ", "thing"],
    ["Instrument", "thing"],
    ["Ignore", "ignore"],
  ],
  retail: [
    ["Product", "thing"],
    ["Shelf", "stuff"],
    ["Price tag", "thing"],
    ["Person", "thing"],
    ["Empty place", "thing"],
    ["Floor", "stuff"],
    ["Ignore", "ignore"],
  ],
};

export const templateIds: readonly TemplateId[] = ["empty", "driving", "medical", "retail"];

export function templateOntology(id: TemplateId): Ontology {
  return {
    version: 1,
    layers: [{ name: "main", title: "Main" }],
    classes: entries[id].map(([name, kind], index) => ({
      number: index + 1,
      name,
      kind,
      layer: "main",
      colour: classPalette[index % classPalette.length],
      key: index < 10 ? String((index + 1) % 10) : null,
      retired: false,
    })),
  };
}

/** The first names of a template, for its card. */
export function templateNames(id: TemplateId): readonly string[] {
  return entries[id].map(([name]) => name);
}
