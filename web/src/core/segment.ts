// SPDX-License-Identifier: Apache-2.0
/** Segments: what owns pixels. Fields as values, their changes, and both as JSON (contract/edit.md). */
import { CodecError, EditError } from "./errors.ts";
import { SEGMENT_ID_MAX, STUFF_ID_MAX } from "./limits.ts";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
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

/** Equality of JSON values; the order of keys does not matter. */
export function jsonEqual(a: Json, b: Json): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((item, i) => jsonEqual(item, b[i]));
  }
  const left = a as { readonly [key: string]: Json };
  const right = b as { readonly [key: string]: Json };
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length) return false;
  return keys.every((key) => Object.hasOwn(right, key) && jsonEqual(left[key], right[key]));
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

export function fieldsToJson(fields: SegmentFields): { readonly [key: string]: Json } {
  return {
    class: fields.class,
    crowd: fields.crowd,
    instances_unknown: fields.instancesUnknown,
    answers: fields.answers,
    state: fields.state,
    merged_into: fields.mergedInto,
  };
}

/** Throws `bad_json` unless the value has just the six keys, each of its type. */
export function fieldsFromJson(value: unknown): SegmentFields {
  const o = exactKeys(value, ["class", "crowd", "instances_unknown", "answers", "state", "merged_into"]);
  const { state, answers } = o;
  const mergedInto = o.merged_into;
  if (!isWhole(o.class, 1, STUFF_ID_MAX)) throw new CodecError("bad_json", "class");
  if (typeof o.crowd !== "boolean" || typeof o.instances_unknown !== "boolean")
    throw new CodecError("bad_json", "flags");
  if (state !== "live" && state !== "deleted" && state !== "merged") throw new CodecError("bad_json", "state");
  if (state === "merged" ? !isWhole(mergedInto, 1, SEGMENT_ID_MAX) : mergedInto !== null) {
    throw new CodecError("bad_json", "merged_into");
  }
  if (!isRecord(answers)) throw new CodecError("bad_json", "answers");
  return {
    class: o.class as number,
    crowd: o.crowd,
    instancesUnknown: o.instances_unknown,
    answers: answers as Answers,
    state,
    mergedInto: mergedInto as number | null,
  };
}

export function isRecord(value: unknown): value is { [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isWhole(value: unknown, low: number, high: number): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= low && value <= high;
}

/** The value as an object with exactly these keys. Throws `bad_json`. */
export function exactKeys(value: unknown, keys: readonly string[]): { [key: string]: unknown } {
  if (!isRecord(value)) throw new CodecError("bad_json", "not an object");
  const found = Object.keys(value);
  const extra = found.find((key) => !keys.includes(key));
  if (extra !== undefined || found.length !== keys.length)
    throw new CodecError("bad_json", `keys: ${found.join(", ")}`);
  return value;
}
