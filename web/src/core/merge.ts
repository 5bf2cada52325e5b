// SPDX-License-Identifier: Apache-2.0
/** Replay of an edit on a head that moved (contract/edit.md, "replay"). */
import { type Annotation, layerMap, writeSegments } from "./annotation.ts";
import type { Edit } from "./edit.ts";
import { EditError } from "./errors.ts";
import { writeItems } from "./item.ts";
import { type ItemConflict, replayItems } from "./itemMerge.ts";
import type { LabelMap } from "./labelMap.ts";
import { areaAfter, carriedOver } from "./leftBehind.ts";
import { applyPixels, checkFits, PixelRunCollector, type PixelRuns } from "./pixelRuns.ts";
import { fieldsEqual, type Json, jsonEqual, type SegmentChange, type SegmentFields } from "./segment.ts";
import { byCodePoint } from "./textOrder.ts";

/**
 * A field that head and edit changed to different values; the head keeps its own. `field` is `class`, `crowd`,
 * `instances_unknown`, `state` (values `{state, merged_into}`) or `answers.<question>` (null: no answer).
 */
export interface FieldConflict {
  readonly id: number;
  readonly field: string;
  readonly head: Json;
  readonly wanted: Json;
}

export interface Replay {
  /** The edit as it really happens, exact against the head. */
  readonly applied: Edit;
  /** Pixels the head keeps: before = its id, after = the wanted id. */
  readonly conflictPixels: PixelRuns;
  readonly conflictFields: readonly FieldConflict[];
  readonly conflictItems: readonly ItemConflict[];
}

type Segments = ReadonlyMap<number, SegmentFields>;

/** Follows merges to the segment that took the pixels over. Throws `alias_cycle`. */
export function resolveAlias(segments: Segments, id: number): number {
  const seen = new Set<number>();
  let at = id;
  for (;;) {
    const fields = segments.get(at);
    if (fields === undefined || fields.state !== "merged" || fields.mergedInto === null) return at;
    if (seen.has(at)) throw new EditError("alias_cycle", `segment ${at}`);
    seen.add(at);
    at = fields.mergedInto;
  }
}

/** What the edit still does on the head, and what it cannot. Throws `unknown_layer`, `unknown_segment`, `unknown_item`, `alias_cycle`. */
export function planReplay(head: Annotation, edit: Edit): Replay {
  const map = layerMap(head, edit.layer);
  for (const { id, before } of edit.segments) {
    if (before !== null && !head.segments.has(id)) throw new EditError("unknown_segment", `segment ${id}`);
  }
  const items = replayItems(head.items, edit.items);
  const { written, conflicts } = replayPixels(map, edit.pixels, aliasResolver(head.segments, edit));
  const next = new Map<number, SegmentFields>();
  const current = (id: number): SegmentFields | null => next.get(id) ?? head.segments.get(id) ?? null;
  const gaining = new Set(written.afters);
  revive(gaining, current, next);
  const conflictFields: FieldConflict[] = [];
  for (const change of edit.segments) next.set(change.id, mergeChange(current(change.id), change, conflictFields));
  revive(gaining, current, next);
  const pixels = withoutRemains(map, written, head.segments, next);
  const segments: SegmentChange[] = [];
  for (const id of [...next.keys()].sort((a, b) => a - b)) {
    const before = head.segments.get(id) ?? null;
    const after = current(id);
    if (!fieldsEqual(before, after)) segments.push({ id, before, after });
  }
  return {
    applied: { ...edit, pixels, segments, items: items.applied },
    conflictPixels: conflicts,
    conflictFields,
    conflictItems: items.conflicts,
  };
}

/** `planReplay`, then does it on the head. */
export function replay(head: Annotation, edit: Edit): Replay {
  const plan = planReplay(head, edit);
  applyPixels(layerMap(head, edit.layer), plan.applied.pixels);
  writeSegments(head, plan.applied.segments);
  writeItems(head.items, plan.applied.items);
  return plan;
}

/** Ids as the head knows them now; a merge that this very edit takes back is not followed, or its pixels could not return. */
function aliasResolver(segments: Segments, edit: Edit): (id: number) => number {
  const known = new Map(segments);
  for (const { id, before, after } of edit.segments) {
    const head = segments.get(id);
    const unmerges = before?.state === "merged" && after?.state !== "merged";
    if (unmerges && head?.state === "merged" && head.mergedInto === before.mergedInto) known.delete(id);
  }
  const resolved = new Map<number, number>();
  return (id) => {
    let target = resolved.get(id);
    if (target === undefined) {
      target = resolveAlias(known, id);
      resolved.set(id, target);
    }
    return target;
  };
}

function replayPixels(
  map: LabelMap,
  pixels: PixelRuns,
  resolve: (id: number) => number,
): { written: PixelRuns; conflicts: PixelRuns } {
  const befores = pixels.befores.map(resolve);
  const afters = pixels.afters.map(resolve);
  checkFits(map, pixels);
  const written = new PixelRunCollector(Math.max(16, pixels.count));
  const conflicts = new PixelRunCollector(16);
  let i = 0;
  const visit = (x0: number, x1: number, id: number): void => {
    if (id === afters[i]) return;
    (id === befores[i] ? written : conflicts).push(pixels.ys[i], x0, x1, id, afters[i]);
  };
  for (; i < pixels.count; i++) map.forEachRun(pixels.ys[i], pixels.x0s[i], pixels.x1s[i], visit);
  return { written: written.toRuns(), conflicts: conflicts.toRuns() };
}

/**
 * The pixels written such that no segment that the edit merged or deleted owns any: what a merge did not name goes the
 * same way; a segment of which a deletion did not name all pixels stays live in `next`.
 */
function withoutRemains(
  map: LabelMap,
  written: PixelRuns,
  head: Segments,
  next: Map<number, SegmentFields>,
): PixelRuns {
  const ended = [...next].filter(
    ([id, fields]) => fields.state !== "live" && !fieldsEqual(head.get(id) ?? null, fields),
  );
  const merged = ended.filter(([, fields]) => fields.state === "merged");
  let pixels = written;
  if (merged.length > 0) {
    const after = new Map([...head, ...next]);
    pixels = carriedOver(map, written, new Map(merged.map(([id]) => [id, resolveAlias(after, id)])));
    revive(new Set(pixels.afters), (id) => after.get(id) ?? null, next);
  }
  for (const [id, fields] of ended) {
    if (fields.state === "deleted" && areaAfter(map, pixels, id) > 0) next.set(id, { ...fields, state: "live" });
  }
  return pixels;
}

/** Deleted segments that gain pixels live again. */
function revive(
  gaining: ReadonlySet<number>,
  current: (id: number) => SegmentFields | null,
  next: Map<number, SegmentFields>,
): void {
  for (const id of gaining) {
    const fields = current(id);
    if (fields?.state === "deleted") next.set(id, { ...fields, state: "live", mergedInto: null });
  }
}

/** The head's segment after one change, field by field; what the head does not take goes to `conflicts`. */
function mergeChange(head: SegmentFields | null, change: SegmentChange, conflicts: FieldConflict[]): SegmentFields {
  const { id, before } = change;
  const after = change.after ?? stoneOf(change);
  if (head === null) return after;
  let merged = head;
  for (const field of fieldNames(before ?? head, after)) {
    const was = before === null ? null : fieldOf(before, field);
    const wanted = fieldOf(after, field);
    const mine = fieldOf(head, field);
    if ((before !== null && jsonEqual(was, wanted)) || jsonEqual(mine, wanted)) continue;
    if (before !== null && jsonEqual(mine, was)) merged = withField(merged, field, wanted);
    else conflicts.push({ id, field, head: mine, wanted });
  }
  return merged;
}

/** A creation taken back: ids are never forgotten, so the segment becomes a deleted stone. */
function stoneOf({ id, before }: SegmentChange): SegmentFields {
  if (before === null) throw new EditError("empty_change", `segment ${id}`);
  return { ...before, state: "deleted", mergedInto: null };
}

const ANSWER = "answers.";

/** Fields in which two states may differ; of a segment that both sides made, those are the head's and the wanted ones. */
function fieldNames(from: SegmentFields, after: SegmentFields): string[] {
  const questions = new Set([...Object.keys(from.answers), ...Object.keys(after.answers)]);
  const answers = [...questions].sort(byCodePoint).map((question) => ANSWER + question);
  return ["class", "crowd", "instances_unknown", ...answers, "state"];
}

function fieldOf(fields: SegmentFields, name: string): Json {
  switch (name) {
    case "class":
      return fields.class;
    case "crowd":
      return fields.crowd;
    case "instances_unknown":
      return fields.instancesUnknown;
    case "state":
      return { state: fields.state, merged_into: fields.mergedInto };
    default: {
      const question = name.slice(ANSWER.length);
      return Object.hasOwn(fields.answers, question) ? fields.answers[question] : null;
    }
  }
}

function withField(fields: SegmentFields, name: string, value: Json): SegmentFields {
  switch (name) {
    case "class":
      return { ...fields, class: value as number };
    case "crowd":
      return { ...fields, crowd: value as boolean };
    case "instances_unknown":
      return { ...fields, instancesUnknown: value as boolean };
    case "state": {
      const { state, merged_into } = value as { state: SegmentFields["state"]; merged_into: number | null };
      return { ...fields, state, mergedInto: merged_into };
    }
    default: {
      const entries = Object.entries(fields.answers).filter(([question]) => ANSWER + question !== name);
      if (value !== null) entries.push([name.slice(ANSWER.length), value]);
      return { ...fields, answers: Object.fromEntries(entries) };
    }
  }
}
