// SPDX-License-Identifier: Apache-2.0
/** What an ontology must not contradict itself in; each rule has its code, the same as in Python. */
import { LAYER_NAME_MAX_CHARS, STUFF_ID_MAX } from "./limits.ts";
import { GEOMETRY_KINDS, type Ontology, type OntologyClass } from "./ontology.ts";
import { refuse } from "./ontologyRead.ts";
import { checkQuestions, hasControl, ID_PATTERN, isPlainText, TITLE_MAX_CHARS } from "./questionCheck.ts";

const LAYERS_MAX = 64;
const RELATIONS_MAX = 1000;
export const PRIORITY_MAX = 1000;
export const DESCRIPTION_MAX_CHARS = 2000;

/** Throws `OntologyError` for the first thing that is wrong. */
export function checkOntology(ontology: Ontology): void {
  const layers = checkLayers(ontology);
  const numbers = ontology.classes.map((entry) => entry.number);
  unique(numbers, "duplicate_class_number", "Two classes have one number");
  const live = ontology.classes.filter((entry) => !entry.retired);
  const names = live.map((entry) => entry.name);
  unique(names, "duplicate_class_name", "Two classes have one name");
  const keys = live.flatMap((entry) => (entry.key === null ? [] : [entry.key]));
  unique(keys, "duplicate_key", "Two classes have one key");
  for (const entry of ontology.classes) checkClass(entry, layers);
  const classes = new Map(ontology.classes.map((entry) => [entry.number, entry]));
  for (const entry of ontology.classes) checkParents(entry, classes);
  checkQuestions(ontology);
  checkRelations(ontology, classes);
  checkProtection(ontology, classes);
}

type ClassMap = ReadonlyMap<number, OntologyClass>;

function checkLayers({ layers }: Ontology): ReadonlySet<string> {
  if (layers.length < 1 || layers.length > LAYERS_MAX)
    refuse("bad_layer", `An ontology has 1 to ${LAYERS_MAX} layers.`, "layers");
  for (const { name, title } of layers) {
    if (!/^[a-z0-9][a-z0-9_-]*$/.test(name) || name.length > LAYER_NAME_MAX_CHARS)
      refuse("bad_layer", "A layer's name is made of a-z, 0-9, - and _, and has at most 64 characters.", name);
    checkTitle(title, "bad_layer", `layer ${name}`);
  }
  const names = layers.map((layer) => layer.name);
  unique(names, "duplicate_layer", "Two layers have one name");
  return new Set(names);
}

function checkClass(entry: OntologyClass, layers: ReadonlySet<string>): void {
  const where = `class ${entry.number}`;
  const { kind, key, geometry } = entry;
  if (entry.number < 1 || entry.number > STUFF_ID_MAX)
    refuse("bad_class_number", `A class number lies between 1 and ${STUFF_ID_MAX}.`, where);
  checkTitle(entry.name, "bad_class_name", where);
  if (!layers.has(entry.layer)) refuse("unknown_layer", `It names layer "${entry.layer}", which is not there.`, where);
  if (!/^#[0-9A-Fa-f]{6}$/.test(entry.colour)) refuse("bad_colour", "A colour is written #RRGGBB.", where);
  if (key !== null && ([...key].length !== 1 || hasControl(key) || key.trim() === ""))
    refuse("bad_key", "A key is one character.", where);
  const order = geometry.map((name) => GEOMETRY_KINDS.indexOf(name));
  if (order.some((place, i) => place < 0 || (i > 0 && place <= order[i - 1])))
    refuse("bad_geometry", `Each of ${GEOMETRY_KINDS.join(", ")} is listed once, in this order.`, where);
  if (kind !== "thing" && geometry.some((name) => name !== "mask"))
    refuse("bad_geometry", "Stuff and ignore are drawn as a mask or not at all.", where);
  if (Math.abs(entry.priority) > PRIORITY_MAX)
    refuse("bad_priority", "A priority lies between −1,000 and 1,000.", where);
  if ([...entry.description].length > DESCRIPTION_MAX_CHARS || !isPlainText(entry.description))
    refuse("bad_description", "A description has at most 2,000 characters.", where);
}

function checkParents(entry: OntologyClass, classes: ClassMap): void {
  const seen = new Set([entry.number]);
  for (let at = entry.parent; at !== null; ) {
    const parent = classes.get(at);
    if (parent === undefined) refuse("unknown_parent", `Its parent ${at} is not there.`, `class ${entry.number}`);
    if (seen.has(at)) refuse("parent_cycle", "A class cannot stand under itself.", `class ${entry.number}`);
    seen.add(at);
    at = parent.parent;
  }
}

function checkRelations({ relations }: Ontology, classes: ClassMap): void {
  if (relations.length > RELATIONS_MAX)
    refuse("bad_relation", `An ontology has at most ${RELATIONS_MAX} relations.`, "relations");
  const ids = relations.map((relation) => relation.id);
  unique(ids, "duplicate_relation", "Two relations have one id");
  for (const relation of relations) {
    const where = `relation ${relation.id}`;
    if (!ID_PATTERN.test(relation.id)) refuse("bad_relation", "An id is made of a-z, 0-9, - and _.", where);
    checkTitle(relation.title, "bad_relation", where);
    for (const ends of [relation.from, relation.to]) {
      for (const number of ends) checkKnown(number, classes, where);
      if (new Set(ends).size < ends.length) refuse("bad_relation", "It names a class twice.", where);
    }
  }
}

function checkProtection({ protection }: Ontology, classes: ClassMap): void {
  for (const { taker, owner } of protection) {
    for (const number of [taker, owner]) if (number !== 0) checkKnown(number, classes, "protection");
    if (owner === 0 || owner === taker)
      refuse(
        "bad_protection",
        "Unlabelled pixels are always free, and a class may always take its own.",
        `protection ${taker}, ${owner}`,
      );
  }
  const pairs = protection.map(({ taker, owner }) => `${taker}, ${owner}`);
  unique(pairs, "duplicate_protection", "Two rules of protection are for one taker and owner");
}

function checkKnown(number: number, classes: ClassMap, where: string): void {
  if (!classes.has(number)) refuse("unknown_class", `It names class ${number}, which is not there.`, where);
}

function checkTitle(text: string, code: string, where: string): void {
  if (text.trim() === "" || [...text].length > TITLE_MAX_CHARS || hasControl(text))
    refuse(code, `A name has 1 to ${TITLE_MAX_CHARS} characters, none of them a control character.`, where);
}

function unique(values: readonly (string | number)[], code: string, what: string): void {
  const seen = new Set<string | number>();
  for (const value of values) {
    if (seen.has(value)) refuse(code, `${what}: ${value}.`, String(value));
    seen.add(value);
  }
}
