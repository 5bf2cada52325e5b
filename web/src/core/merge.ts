// SPDX-License-Identifier: Apache-2.0
/** Replay of an edit on a head that moved (contract/edit.md, "replay"). */
import type { Edit } from "./edit.ts";
import { EditError } from "./errors.ts";
import type { LabelMap } from "./labelMap.ts";
import { PixelRunCollector, type PixelRuns } from "./pixelRuns.ts";
import { fieldsEqual, type Json, jsonEqual, type SegmentChange, type SegmentFields } from "./segment.ts";

export interface Head {
  readonly map: LabelMap;
  readonly segments: ReadonlyMap<number, SegmentFields>;
}

/** A field that both sides changed: `class`, `crowd`, `instances_unknown`, `answers.<question>`, `state`. */
export interface FieldConflict {
  readonly id: number;
  readonly field: string;
  readonly head: Json;
  readonly wanted: Json;
}

export interface Replay {
  /** What to do on the head, exactly; empty when nothing is left to do. */
  readonly applied: Edit;
  /** before = what the head keeps, after = what was wanted. */
  readonly conflictPixels: PixelRuns;
  readonly conflictFields: readonly FieldConflict[];
}

/** Follows `merged` segments to the one that took their place. Throws `alias_cycle`. */
export function resolveId(id: number, segments: ReadonlyMap<number, SegmentFields>): number {
  let at = id;
  for (let steps = 0; steps <= segments.size; steps++) {
    const fields = segments.get(at);
    if (fields === undefined || fields.state !== "merged" || fields.mergedInto === null) return at;
    at = fields.mergedInto;
  }
  throw new EditError("alias_cycle", `segment ${id}`);
}

/** What the edit still does on the head, and what it cannot. Does not change the head. */
export function replay(head: Head, edit: Edit): Replay {
  const resolved = new Map<number, number>();
  const resolve = (id: number): number => {
    const known = resolved.get(id);
    if (known !== undefined) return known;
    const target = resolveId(id, head.segments);
    resolved.set(id, target);
    return target;
  };
  const conflictFields: FieldConflict[] = [];
  const changes = new Map<number, SegmentChange>();
  for (const change of edit.segments) {
    const done = replayChange(head.segments.get(change.id) ?? null, change, conflictFields);
    if (done !== null) changes.set(change.id, done);
  }
  const { written, conflicts } = replayPixels(head.map, edit.pixels, resolve);
  revive(written, head.segments, changes);
  const segments = [...changes.values()].sort((a, b) => a.id - b.id);
  return { applied: { ...edit, pixels: written, segments }, conflictPixels: conflicts, conflictFields };
}

function replayPixels(
  map: LabelMap,
  pixels: PixelRuns,
  resolve: (id: number) => number,
): { written: PixelRuns; conflicts: PixelRuns } {
  const written = new PixelRunCollector(Math.max(16, pixels.count));
  const conflicts = new PixelRunCollector(16);
  let y = 0;
  let before = 0;
  let after = 0;
  const visit = (x0: number, x1: number, id: number): void => {
    if (id === after) return;
    (id === before ? written : conflicts).push(y, x0, x1, id, after);
  };
  for (let i = 0; i < pixels.count; i++) {
    y = pixels.ys[i];
    before = resolve(pixels.befores[i]);
    after = resolve(pixels.afters[i]);
    map.forEachRun(y, pixels.x0s[i], pixels.x1s[i], visit);
  }
  return { written: written.toRuns(), conflicts: conflicts.toRuns() };
}

/** The part of a change that the head takes, or null; what it does not take goes to `conflicts`. */
function replayChange(
  head: SegmentFields | null,
  change: SegmentChange,
  conflicts: FieldConflict[],
): SegmentChange | null {
  const { id, before, after } = change;
  if (head === null) {
    if (before !== null) throw new EditError("unknown_segment", `segment ${id}`);
    return after === null ? null : { id, before: null, after };
  }
  if (after === null) throw new EditError("bad_json", "a segment cannot be un-made on another head");
  const wanted = fieldList(after);
  const found = fieldList(head);
  const from = before === null ? null : fieldList(before);
  const next = new Map(found);
  for (const field of new Set([...wanted.keys(), ...(from?.keys() ?? [])])) {
    const was = from?.get(field);
    const to = wanted.get(field);
    const now = found.get(field);
    if (from !== null && sameValue(was, to)) continue;
    if (sameValue(now, to)) continue;
    if (from !== null && sameValue(now, was)) {
      if (to === undefined) next.delete(field);
      else next.set(field, to);
    } else conflicts.push({ id, field, head: now ?? null, wanted: to ?? null });
  }
  const fields = fieldsOf(next);
  return fieldsEqual(head, fields) ? null : { id, before: head, after: fields };
}

function sameValue(a: Json | undefined, b: Json | undefined): boolean {
  return a === undefined || b === undefined ? a === b : jsonEqual(a, b);
}

/** Fields that conflict one by one; an absent answer has no entry. */
function fieldList(fields: SegmentFields): Map<string, Json> {
  const list = new Map<string, Json>([
    ["class", fields.class],
    ["crowd", fields.crowd],
    ["instances_unknown", fields.instancesUnknown],
    ["state", [fields.state, fields.mergedInto]],
  ]);
  for (const [question, value] of Object.entries(fields.answers)) list.set(`answers.${question}`, value);
  return list;
}

function fieldsOf(list: ReadonlyMap<string, Json>): SegmentFields {
  const answers: { [question: string]: Json } = {};
  for (const [field, value] of list) if (field.startsWith("answers.")) answers[field.slice(8)] = value;
  const [state, mergedInto] = list.get("state") as [SegmentFields["state"], number | null];
  return {
    class: list.get("class") as number,
    crowd: list.get("crowd") as boolean,
    instancesUnknown: list.get("instances_unknown") as boolean,
    answers,
    state,
    mergedInto,
  };
}

/** Deleted segments that get pixels live again. */
function revive(
  written: PixelRuns,
  segments: ReadonlyMap<number, SegmentFields>,
  changes: Map<number, SegmentChange>,
): void {
  for (const id of new Set(written.afters)) {
    const head = segments.get(id) ?? null;
    const now = changes.get(id)?.after ?? head;
    if (now?.state !== "deleted") continue;
    const after: SegmentFields = { ...now, state: "live", mergedInto: null };
    if (fieldsEqual(head, after)) changes.delete(id);
    else changes.set(id, { id, before: head, after });
  }
}
