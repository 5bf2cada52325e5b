// SPDX-License-Identifier: Apache-2.0
/** Which class may take pixels of which (contract/ontology.md). */
import type { Ontology } from "./ontology.ts";

/** Class 0 as taker is the eraser, as owner the unlabelled pixels. */
export interface Protection {
  mayTake(taker: number, owner: number): boolean;
  /** What the priorities alone say. */
  byPriority(taker: number, owner: number): boolean;
  /** Nothing is protected from anybody: nobody needs to ask. */
  readonly open: boolean;
}

type Source = Pick<Ontology, "protection"> & {
  readonly classes: readonly { readonly number: number; readonly priority: number }[];
};

export function protectionOf(ontology: Source): Protection {
  const priority = new Map(ontology.classes.map((entry) => [entry.number, entry.priority]));
  const rules = new Map(ontology.protection.map((rule) => [pairKey(rule.taker, rule.owner), rule.allow]));
  const byPriority = (taker: number, owner: number): boolean =>
    owner === 0 || taker === 0 || taker === owner || (priority.get(taker) ?? 0) >= (priority.get(owner) ?? 0);
  return {
    byPriority,
    mayTake: (taker, owner) =>
      owner === 0 || taker === owner || (rules.get(pairKey(taker, owner)) ?? byPriority(taker, owner)),
    open: new Set(priority.values()).size <= 1 && ontology.protection.every((rule) => rule.allow),
  };
}

/** Whether class `taker` may take a pixel of class `owner`. */
export function mayTake(ontology: Source, taker: number, owner: number): boolean {
  return protectionOf(ontology).mayTake(taker, owner);
}

/** Class numbers are below 2^16. */
const pairKey = (taker: number, owner: number): number => taker * 65_536 + owner;
