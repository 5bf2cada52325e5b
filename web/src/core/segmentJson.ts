// SPDX-License-Identifier: Apache-2.0
/** Segments and their changes as JSON (contract/edit.md), read strictly. */
import { badJson, booleanFrom, checkJson, exactKeys, isRecord, type Json, wholeFrom } from "./json.ts";
import { SEGMENT_ID_MAX, SEGMENTS_PER_ANNOTATION_MAX, STUFF_ID_MAX } from "./limits.ts";
import { fieldsEqual, type SegmentChange, type SegmentFields } from "./segment.ts";

const FIELD_KEYS = ["class", "crowd", "instances_unknown", "answers", "state", "merged_into"];
const ANSWER_DEPTH_MAX = 16;

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
export function fieldsFromJson(value: unknown, where: string): SegmentFields {
  const o = exactKeys(value, FIELD_KEYS, where);
  const { state, answers } = o;
  if (state !== "live" && state !== "deleted" && state !== "merged") throw badJson(where, "not a state");
  if ((state === "merged") !== (o.merged_into !== null))
    throw badJson(where, "merged_into belongs to merged, and only");
  checkJson(answers, ANSWER_DEPTH_MAX, `${where}.answers`);
  if (!isRecord(answers)) throw badJson(where, "answers are an object, by question");
  return {
    class: wholeFrom(o.class, 1, STUFF_ID_MAX, `${where}.class`),
    crowd: booleanFrom(o.crowd, `${where}.crowd`),
    instancesUnknown: booleanFrom(o.instances_unknown, `${where}.instances_unknown`),
    answers,
    state,
    mergedInto: o.merged_into === null ? null : wholeFrom(o.merged_into, 1, SEGMENT_ID_MAX, `${where}.merged_into`),
  };
}

export function changesToJson(changes: readonly SegmentChange[]): Json[] {
  return changes.map(({ id, before, after }) => ({
    id,
    before: before === null ? null : fieldsToJson(before),
    after: after === null ? null : fieldsToJson(after),
  }));
}

/** Throws `bad_json`, also when the changes are not sorted by id, or one changes nothing. */
export function changesFromJson(value: unknown): SegmentChange[] {
  if (!Array.isArray(value) || value.length > SEGMENTS_PER_ANNOTATION_MAX) throw badJson("segments", "not such a list");
  let last = 0;
  return value.map((item, i) => {
    const where = `segments[${i}]`;
    const o = exactKeys(item, ["id", "before", "after"], where);
    const id = wholeFrom(o.id, last + 1, SEGMENT_ID_MAX, `${where}.id`);
    last = id;
    const before = o.before === null ? null : fieldsFromJson(o.before, `${where}.before`);
    const after = o.after === null ? null : fieldsFromJson(o.after, `${where}.after`);
    if (fieldsEqual(before, after)) throw badJson(where, "changes nothing");
    return { id, before, after };
  });
}
