// SPDX-License-Identifier: Apache-2.0
/** What a version changes and what of the stored work that concerns, as lines to read. */
import type { OntologyChange } from "../../api/types.ts";
import { impactWords as words } from "../ontologyWords.ts";

const counted = ["segments", "objects", "relations", "answers", "images"] as const;

export function changeLine(change: OntologyChange): string {
  const { subject, verb, name, field, before, after } = change;
  const text = verb === "renamed" ? words.renamed(textOf(before), textOf(after)) : words.verbs[verb];
  return words.line(words.subjects[subject], name, text, verb === "changed" ? field : null);
}

/** "concerns 2 segments, 1 image, 640 px"; null: nothing that is stored. */
export function concernLine(change: OntologyChange): string | null {
  const parts = counted.filter((key) => change[key] > 0).map((key) => words.counts[key](change[key]));
  if (change.pixels !== null && change.pixels > 0) parts.push(words.counts.pixels(change.pixels));
  return parts.length === 0 ? null : words.concerns(parts);
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));
