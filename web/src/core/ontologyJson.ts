// SPDX-License-Identifier: Apache-2.0
/** The ontology's JSON (contract/ontology.md), read strictly, with what may be missing filled in. */
import { isRecord } from "./json.ts";
import { STUFF_ID_MAX } from "./limits.ts";
import {
  CLASS_KINDS,
  GEOMETRY_KINDS,
  type Ontology,
  type OntologyClass,
  type OntologyLayer,
  type ProtectionRule,
  type RelationDef,
} from "./ontology.ts";
import { checkOntology } from "./ontologyCheck.ts";
import { booleanAt, given, listAt, objectAt, oneOfAt, refuse, textAt, wholeAt } from "./ontologyRead.ts";
import { nextColour } from "./palette.ts";
import { questionsFromJson } from "./questionJson.ts";

/** Throws `OntologyError` with a code that names what is wrong, and the place. */
export function ontologyFromJson(value: unknown): Ontology {
  const later = ["version", "questions", "questions_when", "relations", "protection"];
  const fields = objectAt(value, "ontology", ["layers", "classes"], later);
  const each = <T>(key: string, read: (entry: unknown, where: string) => T): readonly T[] =>
    listAt(given(fields, key, []), key).map((entry, i) => read(entry, `${key}[${i}]`));
  const ontology: Ontology = {
    version: wholeAt(given(fields, "version", 1), "version"),
    layers: each("layers", layerFromJson),
    classes: classesFromJson(listAt(fields.classes, "classes")),
    questions: questionsFromJson(given(fields, "questions", []), "questions"),
    questions_when: oneOfAt(given(fields, "questions_when", "last"), ["first", "last"], "questions_when"),
    relations: each("relations", relationFromJson),
    protection: each("protection", protectionFromJson),
  };
  checkOntology(ontology);
  return ontology;
}

function layerFromJson(value: unknown, where: string): OntologyLayer {
  const fields = objectAt(value, where, ["name"], ["title"]);
  const name = textAt(fields.name, `${where}.name`);
  return { name, title: textAt(given(fields, "title", name), `${where}.title`) };
}

/** Classes without a colour get the next one of the palette, in order. */
function classesFromJson(items: readonly unknown[]): readonly OntologyClass[] {
  if (items.length > STUFF_ID_MAX)
    refuse("too_many_classes", `An ontology has at most ${STUFF_ID_MAX} classes.`, "classes");
  const used = items.flatMap((item) => (isRecord(item) && typeof item.colour === "string" ? [item.colour] : []));
  return items.map((item, i) => {
    const lacks = isRecord(item) && (item.colour ?? null) === null;
    const colour = lacks ? nextColour(used) : "";
    if (lacks) used.push(colour);
    return classFromJson(item, `classes[${i}]`, colour);
  });
}

function classFromJson(value: unknown, where: string, freeColour: string): OntologyClass {
  const needed = ["number", "name", "kind", "layer"];
  const later = ["colour", "key", "retired", "parent", "geometry", "priority", "description", "questions"];
  const fields = objectAt(value, where, needed, later);
  const kind = CLASS_KINDS.find((known) => known === fields.kind);
  if (kind === undefined) refuse("bad_class_kind", "A class is thing, stuff or ignore.", `${where}.kind`);
  const key = given(fields, "key", null);
  const parent = given(fields, "parent", null);
  const geometry = listAt(given(fields, "geometry", ["mask"]), `${where}.geometry`);
  return {
    number: wholeAt(fields.number, `${where}.number`),
    name: textAt(fields.name, `${where}.name`),
    kind,
    layer: textAt(fields.layer, `${where}.layer`),
    colour: textAt(fields.colour ?? freeColour, `${where}.colour`).toUpperCase(),
    key: key === null ? null : textAt(key, `${where}.key`),
    retired: booleanAt(given(fields, "retired", false), `${where}.retired`),
    parent: parent === null ? null : wholeAt(parent, `${where}.parent`),
    geometry: geometry.map((name) => geometryFromJson(name, `${where}.geometry`)),
    priority: wholeAt(given(fields, "priority", 0), `${where}.priority`),
    description: textAt(given(fields, "description", ""), `${where}.description`),
    questions: questionsFromJson(given(fields, "questions", []), `${where}.questions`),
  };
}

function geometryFromJson(value: unknown, where: string): (typeof GEOMETRY_KINDS)[number] {
  const known = GEOMETRY_KINDS.find((kind) => kind === value);
  return known ?? refuse("bad_geometry", `Geometry is any of ${GEOMETRY_KINDS.join(", ")}.`, where);
}

function relationFromJson(value: unknown, where: string): RelationDef {
  const fields = objectAt(value, where, ["id", "title"], ["directed", "from", "to", "retired"]);
  const numbers = (key: string): readonly number[] =>
    listAt(given(fields, key, []), `${where}.${key}`).map((entry) => wholeAt(entry, `${where}.${key}`));
  return {
    id: textAt(fields.id, `${where}.id`),
    title: textAt(fields.title, `${where}.title`),
    directed: booleanAt(given(fields, "directed", true), `${where}.directed`),
    from: numbers("from"),
    to: numbers("to"),
    retired: booleanAt(given(fields, "retired", false), `${where}.retired`),
  };
}

function protectionFromJson(value: unknown, where: string): ProtectionRule {
  const fields = objectAt(value, where, ["taker", "owner", "allow"], []);
  return {
    taker: wholeAt(fields.taker, `${where}.taker`),
    owner: wholeAt(fields.owner, `${where}.owner`),
    allow: booleanAt(fields.allow, `${where}.allow`),
  };
}
