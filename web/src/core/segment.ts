// SPDX-License-Identifier: Apache-2.0
/** Segments: what owns pixels. Fields as values, and their changes (contract/edit.md). */
import { EditError } from "./errors.ts";
import { type Json, jsonEqual } from "./json.ts";

export { type Json, jsonEqual } from "./json.ts";
export type Answers = { readonly [questionId: string]: Json };
export type SegmentState = "live" | "deleted" | "merged";

export interface SegmentFields {
  /** Number of the class in the ontology. */
  readonly class: number;
  readonly crowd: boolean;
  readonly instancesUnknown: boolean;
  readonly answers: Answers;
  readonly state: SegmentState;
  /** Target id when `state` is `merged`, else null. */
  readonly mergedInto: number | null;
}

export interface Segment extends SegmentFields {
  readonly id: number;
}

/** `before` null: the segment is new. `after` null: only as the inverse of that. */
export interface SegmentChange {
  readonly id: number;
  readonly before: SegmentFields | null;
  readonly after: SegmentFields | null;
}

/** Fields of a fresh segment of a class. */
export function newSegmentFields(classNumber: number): SegmentFields {
  return {
    class: classNumber,
    crowd: false,
    instancesUnknown: false,
    answers: {},
    state: "live",
    mergedInto: null,
  };
}

export function fieldsEqual(a: SegmentFields | null, b: SegmentFields | null): boolean {
  if (a === null || b === null) return a === b;
  return (
    a.class === b.class &&
    a.crowd === b.crowd &&
    a.instancesUnknown === b.instancesUnknown &&
    a.state === b.state &&
    a.mergedInto === b.mergedInto &&
    jsonEqual(a.answers, b.answers)
  );
}

export function invertChanges(changes: readonly SegmentChange[]): SegmentChange[] {
  return changes.map(({ id, before, after }) => ({ id, before: after, after: before }));
}

/** Changes of a, then b; sorted by id. Throws `not_composable` where b does not begin as a ended. */
export function composeChanges(a: readonly SegmentChange[], b: readonly SegmentChange[]): SegmentChange[] {
  const byId = new Map(a.map((change) => [change.id, change]));
  for (const change of b) {
    const first = byId.get(change.id);
    if (first === undefined) {
      byId.set(change.id, change);
      continue;
    }
    if (!fieldsEqual(first.after, change.before)) throw new EditError("not_composable", `segment ${change.id}`);
    byId.set(change.id, { id: change.id, before: first.before, after: change.after });
  }
  return [...byId.values()].filter((c) => !fieldsEqual(c.before, c.after)).sort((p, q) => p.id - q.id);
}
