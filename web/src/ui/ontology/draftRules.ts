// SPDX-License-Identifier: Apache-2.0
/** Changes of protection, relations and layers in a draft. */
import type { Ontology, OntologyLayer, RelationDef } from "../../core/ontology.ts";
import { freeName } from "./draftClasses.ts";
import { idFor } from "./draftQuestions.ts";

/** What one cell of the matrix says: the priorities decide, or a rule does. */
export type ProtectionCell = "priority" | "allow" | "forbid";

export function cellOf(ontology: Ontology, taker: number, owner: number): ProtectionCell {
  const rule = ontology.protection.find((entry) => entry.taker === taker && entry.owner === owner);
  return rule === undefined ? "priority" : rule.allow ? "allow" : "forbid";
}

export function withCell(ontology: Ontology, taker: number, owner: number, cell: ProtectionCell): Ontology {
  const others = ontology.protection.filter((entry) => entry.taker !== taker || entry.owner !== owner);
  const rules = cell === "priority" ? others : [...others, { taker, owner, allow: cell === "allow" }];
  return { ...ontology, protection: [...rules].sort((a, b) => a.taker - b.taker || a.owner - b.owner) };
}

/** The next state of a cell when it is pressed. */
export const nextCell: Readonly<Record<ProtectionCell, ProtectionCell>> = {
  priority: "forbid",
  forbid: "allow",
  allow: "priority",
};

export function addRelation(ontology: Ontology, title: string): Ontology {
  const ids = new Set(ontology.relations.map((relation) => relation.id));
  const named = freeName(
    title,
    ontology.relations.map((relation) => relation.title),
  );
  const added: RelationDef = {
    id: idFor(named, ids, "relation"),
    title: named,
    directed: true,
    from: [],
    to: [],
    retired: false,
  };
  return { ...ontology, relations: [...ontology.relations, added] };
}

export function changeRelation(ontology: Ontology, id: string, change: Partial<RelationDef> | null): Ontology {
  const relations = ontology.relations.flatMap((entry) =>
    entry.id !== id ? [entry] : change === null ? [] : [{ ...entry, ...change }],
  );
  return { ...ontology, relations };
}

export function addLayer(ontology: Ontology, title: string): Ontology {
  const names = new Set(ontology.layers.map((layer) => layer.name));
  const added: OntologyLayer = { name: idFor(title, names, "layer"), title };
  return { ...ontology, layers: [...ontology.layers, added] };
}

export function changeLayer(ontology: Ontology, name: string, title: string | null): Ontology {
  const layers = ontology.layers.flatMap((layer) =>
    layer.name !== name ? [layer] : title === null ? [] : [{ ...layer, title }],
  );
  return { ...ontology, layers };
}

/** Classes of a layer; one that has some cannot be taken out. */
export const classesIn = (ontology: Ontology, layer: string): number =>
  ontology.classes.filter((entry) => entry.layer === layer).length;
