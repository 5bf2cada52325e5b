// SPDX-License-Identifier: Apache-2.0
/** Drafts and what is published: taking over a version published meanwhile, and keeping what a file leaves out. */
import { type Json, jsonEqual } from "../../core/json.ts";
import type { Ontology, OntologyClass, Question } from "../../core/ontology.ts";

const equal = (a: unknown, b: unknown): boolean => jsonEqual(a as Json, b as Json);

/** Mine where I changed it, else theirs. */
function pick<T>(base: T | undefined, mine: T, theirs: T): T {
  return base !== undefined && equal(mine, base) ? theirs : mine;
}

/**
 * The draft as if it had been made from `theirs`, published after `base`. A new class of the draft that got the number
 * of a class published meanwhile gets another one.
 */
export function rebaseDraft(base: Ontology, mine: Ontology, theirs: Ontology): Ontology {
  const old = new Map(base.classes.map((entry) => [entry.number, entry]));
  const arrived = theirs.classes.filter((entry) => !old.has(entry.number));
  const draft = renumbered(mine, old, arrived);
  const keys = new Set(draft.classes.flatMap((entry) => (entry.retired || entry.key === null ? [] : [entry.key])));
  const published = new Map(theirs.classes.map((entry) => [entry.number, entry]));
  const classes = [
    ...draft.classes.map((entry) => mergedClass(old.get(entry.number), entry, published.get(entry.number))),
    ...arrived.map((entry) => (entry.key !== null && keys.has(entry.key) ? { ...entry, key: null } : entry)),
  ];
  const { layers } = mine;
  const newLayers = theirs.layers.filter((layer) => layers.every(({ name }) => name !== layer.name));
  const merged: Ontology = {
    version: theirs.version,
    layers: [...layers, ...newLayers],
    classes,
    questions: pick(base.questions, draft.questions, theirs.questions),
    questions_when: pick(base.questions_when, draft.questions_when, theirs.questions_when),
    relations: pick(base.relations, draft.relations, theirs.relations),
    protection: pick(base.protection, draft.protection, theirs.protection),
  };
  return keepPublished(theirs, merged);
}

function mergedClass(
  base: OntologyClass | undefined,
  mine: OntologyClass,
  theirs: OntologyClass | undefined,
): OntologyClass {
  if (base === undefined || theirs === undefined) return mine;
  const keys = Object.keys(mine) as (keyof OntologyClass)[];
  return Object.fromEntries(
    keys.map((key) => [key, pick(base[key], mine[key], theirs[key])]),
  ) as unknown as OntologyClass;
}

function renumbered(
  mine: Ontology,
  old: ReadonlyMap<number, OntologyClass>,
  arrived: readonly OntologyClass[],
): Ontology {
  const taken = new Set(arrived.map((entry) => entry.number));
  let free = Math.max(0, ...mine.classes.map((entry) => entry.number), ...taken) + 1;
  const moves = new Map<number, number>();
  for (const entry of mine.classes)
    if (!old.has(entry.number) && taken.has(entry.number)) moves.set(entry.number, free++);
  const now = (number: number): number => moves.get(number) ?? number;
  return {
    ...mine,
    classes: mine.classes.map((entry) => ({
      ...entry,
      number: now(entry.number),
      parent: entry.parent === null ? null : now(entry.parent),
    })),
    relations: mine.relations.map((entry) => ({ ...entry, from: entry.from.map(now), to: entry.to.map(now) })),
    protection: mine.protection.map((rule) => ({ ...rule, taker: now(rule.taker), owner: now(rule.owner) })),
  };
}

/** `next` with all that was ever published: what it leaves out is there as retired, since ids are never used again. */
export function keepPublished(published: Ontology, next: Ontology): Ontology {
  const has = new Set(next.classes.map((entry) => entry.number));
  const classes = new Map(published.classes.map((entry) => [entry.number, entry]));
  const relations = new Set(next.relations.map((entry) => entry.id));
  const layers = new Set(next.layers.map((layer) => layer.name));
  return {
    ...next,
    version: published.version,
    layers: [...next.layers, ...published.layers.filter((layer) => !layers.has(layer.name))],
    classes: [
      ...next.classes.map((entry) => ({
        ...entry,
        questions: keptQuestions(classes.get(entry.number)?.questions ?? [], entry.questions),
      })),
      ...published.classes
        .filter((entry) => !has.has(entry.number))
        .map((entry) => ({
          ...entry,
          retired: true,
          parent: entry.parent !== null && has.has(entry.parent) ? entry.parent : null,
        })),
    ],
    questions: keptQuestions(published.questions, next.questions),
    relations: [
      ...next.relations,
      ...published.relations.filter((entry) => !relations.has(entry.id)).map((entry) => ({ ...entry, retired: true })),
    ],
  };
}

function keptQuestions(published: readonly Question[], next: readonly Question[]): readonly Question[] {
  const old = new Map(published.map((question) => [question.id, question]));
  const has = new Set(next.map((question) => question.id));
  const gone = published
    .filter((question) => !has.has(question.id))
    .map((question) => ({ ...question, retired: true }));
  const kept = next.map((question) => keptOptions(old.get(question.id), question));
  return gone.length === 0 && kept.every((question, i) => question === next[i]) ? next : [...kept, ...gone];
}

function keptOptions(published: Question | undefined, next: Question): Question {
  if (published === undefined || !("options" in published) || !("options" in next)) return next;
  const old = new Map(published.options.map((option) => [option.id, option]));
  const has = new Set(next.options.map((option) => option.id));
  const gone = published.options
    .filter((option) => !has.has(option.id))
    .map((option) => ({ ...option, retired: true }));
  const kept = next.options.map((option) => {
    const questions = keptQuestions(old.get(option.id)?.questions ?? [], option.questions);
    return questions === option.questions ? option : { ...option, questions };
  });
  return gone.length === 0 && kept.every((option, i) => option === next.options[i])
    ? next
    : { ...next, options: [...kept, ...gone] };
}
