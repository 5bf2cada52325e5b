// SPDX-License-Identifier: Apache-2.0
/** Changes of classes in a draft of the ontology: each gives a new draft. What is published is retired, never removed. */
import type { Ontology, OntologyClass } from "../../core/ontology.ts";
import { nextColour } from "../../core/palette.ts";
import { classTree, flatTree } from "../classTree.ts";

const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"];

export function addClass(
  ontology: Ontology,
  name: string,
  parent: number | null,
): { ontology: Ontology; number: number } {
  const live = ontology.classes.filter((entry) => !entry.retired);
  const number = Math.max(0, ...ontology.classes.map((entry) => entry.number)) + 1;
  const above = ontology.classes.find((entry) => entry.number === parent);
  const added: OntologyClass = {
    number,
    name: freeName(
      name,
      live.map((entry) => entry.name),
    ),
    kind: "thing",
    layer: above?.layer ?? ontology.layers[0].name,
    colour: nextColour(live.map((entry) => entry.colour)),
    key: DIGITS.find((digit) => live.every((entry) => entry.key !== digit)) ?? null,
    retired: false,
    parent,
    geometry: ["mask"],
    priority: 0,
    description: "",
    questions: [],
  };
  return { ontology: ordered({ ...ontology, classes: [...ontology.classes, added] }), number };
}

/** "Class", "Class 2", … whichever is free. */
export function freeName(wanted: string, taken: readonly string[]): string {
  if (!taken.includes(wanted)) return wanted;
  for (let n = 2; ; n++) if (!taken.includes(`${wanted} ${n}`)) return `${wanted} ${n}`;
}

export function changeClass(ontology: Ontology, number: number, change: Partial<OntologyClass>): Ontology {
  const classes = ontology.classes.map((entry) => (entry.number === number ? { ...entry, ...change } : entry));
  return ordered({ ...ontology, classes });
}

/** A class that was never published is taken out, with all that names it; its children go up to its parent. */
export function removeClass(ontology: Ontology, number: number): Ontology {
  const gone = ontology.classes.find((entry) => entry.number === number);
  if (gone === undefined) return ontology;
  const without = (numbers: readonly number[]): readonly number[] => numbers.filter((entry) => entry !== number);
  return {
    ...ontology,
    classes: ontology.classes
      .filter((entry) => entry !== gone)
      .map((entry) => (entry.parent === number ? { ...entry, parent: gone.parent } : entry)),
    relations: ontology.relations.map((entry) => ({ ...entry, from: without(entry.from), to: without(entry.to) })),
    protection: ontology.protection.filter((rule) => rule.taker !== number && rule.owner !== number),
  };
}

/** Whether `number` stands under `above`, or is it. */
export function isUnder(classes: readonly OntologyClass[], number: number, above: number): boolean {
  for (let at: number | null = number, steps = 0; at !== null && steps <= classes.length; steps++) {
    if (at === above) return true;
    at = classes.find((entry) => entry.number === at)?.parent ?? null;
  }
  return false;
}

/** Puts a class, and what is under it, at a place among the children of `parent`. Under itself it cannot go. */
export function moveClass(ontology: Ontology, number: number, parent: number | null, index: number): Ontology {
  const { classes } = ontology;
  if (parent !== null && isUnder(classes, parent, number)) return ontology;
  const moved = classes.find((entry) => entry.number === number);
  if (moved === undefined) return ontology;
  const siblings = siblingsOf(classes, parent).filter((entry) => entry.number !== number);
  const at = Math.min(siblings.length, Math.max(0, index));
  const order = [...siblings.slice(0, at), { ...moved, parent }, ...siblings.slice(at)];
  const rest = classes.filter((entry) => entry.number !== number && !siblings.includes(entry));
  return ordered({ ...ontology, classes: [...order, ...rest] }, classes);
}

export type TreeStep = "up" | "down" | "in" | "out";

/** One step: among its siblings, under the one before it, or out beside its parent. The same draft when there is none. */
export function stepClass(ontology: Ontology, number: number, step: TreeStep): Ontology {
  const { classes } = ontology;
  const entry = classes.find((candidate) => candidate.number === number);
  if (entry === undefined) return ontology;
  const siblings = siblingsOf(classes, entry.parent);
  const at = siblings.findIndex((candidate) => candidate.number === number);
  if (step === "up" || step === "down") {
    const to = at + (step === "up" ? -1 : 1);
    return to < 0 || to >= siblings.length ? ontology : moveClass(ontology, number, entry.parent, to);
  }
  if (step === "in") {
    const before = siblings[at - 1];
    if (before === undefined) return ontology;
    return moveClass(ontology, number, before.number, siblingsOf(classes, before.number).length);
  }
  const parent = classes.find((candidate) => candidate.number === entry.parent);
  if (parent === undefined) return ontology;
  const place = siblingsOf(classes, parent.parent).findIndex((candidate) => candidate.number === parent.number);
  return moveClass(ontology, number, parent.parent, place + 1);
}

function siblingsOf(classes: readonly OntologyClass[], parent: number | null): readonly OntologyClass[] {
  return classes.filter((entry) => entry.parent === parent);
}

/** Classes in the order of the tree; roots keep the places that they had among roots. */
function ordered(ontology: Ontology, before?: readonly OntologyClass[]): Ontology {
  if (before === undefined)
    return { ...ontology, classes: flatTree(classTree(ontology.classes)).map(({ entry }) => entry) };
  // Siblings of the moved one stand in front: those of all other parents keep the order that they had.
  const place = new Map(before.map((entry, i) => [entry.number, i]));
  const [front] = ontology.classes;
  const group = ontology.classes.filter((entry) => entry.parent === front.parent);
  const others = ontology.classes.filter((entry) => entry.parent !== front.parent);
  others.sort((a, b) => place.get(a.number)! - place.get(b.number)!);
  return { ...ontology, classes: flatTree(classTree([...group, ...others])).map(({ entry }) => entry) };
}
