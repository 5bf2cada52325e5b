// SPDX-License-Identifier: Apache-2.0
/** Classes of the ontology by number, and their colours as the renderer wants them. */
import { type Protection, protectionOf } from "../core/protection.ts";
import type { OntologyClassDoc, OntologyDoc } from "./ports.ts";
import type { ClassInfo } from "./state.ts";

export interface ClassEntry {
  readonly info: ClassInfo;
  readonly colour: number; // 0xRRGGBB
  readonly dark: boolean; // L* < 50
}

export type ClassTable = ReadonlyMap<number, ClassEntry>;

export const DEFAULT_LAYER = "main";

const FALLBACK_COLOUR = 0x808080;
const MASK = ["mask"] as const;

export function classTable(ontology: OntologyDoc): ClassTable {
  return new Map(ontology.classes.map((info) => [info.number, classEntry(info)]));
}

/** Which class may take pixels of which. */
export function protectionFor(classes: ClassTable, ontology: OntologyDoc | null): Protection {
  return protectionOf({
    classes: [...classes.values()].map((entry) => entry.info),
    protection: ontology?.protection ?? [],
  });
}

function classEntry(doc: OntologyClassDoc): ClassEntry {
  const info: ClassInfo = { parent: null, geometry: MASK, priority: 0, description: "", questions: [], ...doc };
  const parsed = Number.parseInt(info.colour.slice(1), 16);
  const colour = Number.isNaN(parsed) ? FALLBACK_COLOUR : parsed;
  return { info, colour, dark: lightness(colour) < 50 };
}

/** CIE L* of an sRGB colour 0xRRGGBB. */
export function lightness(rgb: number): number {
  const linear = (value: number): number => {
    const c = value / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  const y = 0.2126 * linear((rgb >> 16) & 255) + 0.7152 * linear((rgb >> 8) & 255) + 0.0722 * linear(rgb & 255);
  return y > 216 / 24389 ? 116 * Math.cbrt(y) - 16 : (24389 / 27) * y;
}

/** The palette in assignment order; "colour by segment" walks through it. */
export const PALETTE: readonly number[] = [
  0x2c9ef3, 0xcf5200, 0xe1f812, 0xa21e44, 0x96fcfb, 0x3e8d90, 0x1e2bfc, 0xa1af6c, 0xcbf7c6, 0x72456f, 0xb81110,
  0xaac0f8, 0x02614c, 0xf7b8ce, 0xe48c16, 0x2fbd9e, 0x9203a8, 0x90754d, 0xc0557e, 0x2c72f6, 0x7769a5, 0xba89b5,
  0xebd078, 0xc27f7d,
];
