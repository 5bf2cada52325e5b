// SPDX-License-Identifier: Apache-2.0
/** The ontology of a project as values, and its JSON. */
import { badJson, isRecord, isWhole } from "./json.ts";
import { LAYER_NAME_MAX_CHARS, STUFF_ID_MAX } from "./limits.ts";

/** `thing`: a segment each; `stuff`: one segment per layer; `ignore`: deliberately void, counts as covered. */
export type ClassKind = "thing" | "stuff" | "ignore";

export interface OntologyLayer {
  readonly name: string;
  readonly title: string;
}

export interface OntologyClass {
  /** Permanent, 1..65,535, never reused; the segment id of a stuff or ignore class. */
  readonly number: number;
  readonly name: string;
  readonly kind: ClassKind;
  readonly layer: string;
  /** `#RRGGBB` */
  readonly colour: string;
  readonly key: string | null;
  readonly retired: boolean;
}

export interface Ontology {
  readonly version: number;
  readonly layers: readonly OntologyLayer[];
  readonly classes: readonly OntologyClass[];
}

/** JSON value → ontology. Keys not known here are ignored, so that an older page reads a newer server. Throws `bad_json`. */
export function ontologyFromJson(value: unknown): Ontology {
  if (!isRecord(value) || !Array.isArray(value.layers) || !Array.isArray(value.classes))
    throw badJson("ontology", "ontology");
  if (!isWhole(value.version, 0, Number.MAX_SAFE_INTEGER)) throw badJson("ontology", "version");
  const layers = value.layers.map(layerFromJson);
  const names = new Set(layers.map((layer) => layer.name));
  if (names.size !== layers.length) throw badJson("ontology", "a layer twice");
  const classes = value.classes.map((item) => classFromJson(item, names));
  if (new Set(classes.map((c) => c.number)).size !== classes.length) throw badJson("ontology", "a class number twice");
  return { version: value.version, layers, classes };
}

function layerFromJson(value: unknown): OntologyLayer {
  if (!isRecord(value)) throw badJson("ontology", "layer");
  const { name, title } = value;
  if (typeof name !== "string" || name === "" || [...name].length > LAYER_NAME_MAX_CHARS)
    throw badJson("ontology", "layer name");
  return { name, title: typeof title === "string" ? title : name };
}

function classFromJson(value: unknown, layers: ReadonlySet<string>): OntologyClass {
  if (!isRecord(value)) throw badJson("ontology", "class");
  const { number, name, kind, layer, colour, key, retired } = value;
  if (!isWhole(number, 1, STUFF_ID_MAX)) throw badJson("ontology", "class number");
  if (typeof name !== "string" || name === "") throw badJson("ontology", "class name");
  if (kind !== "thing" && kind !== "stuff" && kind !== "ignore") throw badJson("ontology", "class kind");
  if (typeof layer !== "string" || !layers.has(layer)) throw badJson("ontology", "class layer");
  if (typeof colour !== "string" || !/^#[0-9a-fA-F]{6}$/.test(colour)) throw badJson("ontology", "class colour");
  if (key !== undefined && key !== null && typeof key !== "string") throw badJson("ontology", "class key");
  return { number, name, kind, layer, colour, key: key ?? null, retired: retired === true };
}

/** The id of the class's own segment when it has just one per layer (stuff, ignore), else null. */
export function ownSegmentId(ontologyClass: OntologyClass): number | null {
  return ontologyClass.kind === "thing" ? null : ontologyClass.number;
}

export function classByNumber(ontology: Ontology, number: number): OntologyClass | undefined {
  return ontology.classes.find((c) => c.number === number);
}
