// SPDX-License-Identifier: Apache-2.0
/** Classes below their parents. */
import type { OntologyClass } from "../core/ontology.ts";

/** A class in the tree: in display order, below its parent. */
export interface ClassNode {
  readonly entry: OntologyClass;
  readonly depth: number;
  readonly children: readonly ClassNode[];
}

/** Depth first; siblings keep the order of the ontology. Retired ones too. */
export function classTree(classes: readonly OntologyClass[]): readonly ClassNode[] {
  const known = new Set(classes.map((entry) => entry.number));
  const below = new Map<number | null, OntologyClass[]>();
  for (const entry of classes) {
    const parent = entry.parent !== null && known.has(entry.parent) ? entry.parent : null;
    below.set(parent, [...(below.get(parent) ?? []), entry]);
  }
  const nodes = (parent: number | null, depth: number): readonly ClassNode[] =>
    (below.get(parent) ?? []).map((entry) => ({ entry, depth, children: nodes(entry.number, depth + 1) }));
  return nodes(null, 0);
}

/** Nodes in the order in which they are shown, without those below a folded one. */
export function flatTree(nodes: readonly ClassNode[], folded: ReadonlySet<number> = new Set()): readonly ClassNode[] {
  return nodes.flatMap((node) => [node, ...(folded.has(node.entry.number) ? [] : flatTree(node.children, folded))]);
}
