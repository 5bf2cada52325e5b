// SPDX-License-Identifier: Apache-2.0
/** An annotation in memory: label maps by layer, and the segments that own their pixels. */
import { applyEdit, type Edit } from "./edit.ts";
import { EditError } from "./errors.ts";
import { type ItemState, itemOf, itemsEqual, writeItems } from "./item.ts";
import { badJson, isRecord, wholeFrom } from "./json.ts";
import { LabelMap } from "./labelMap.ts";
import { SEGMENT_ID_MAX } from "./limits.ts";
import type { SizeHw } from "./region.ts";
import { fieldsEqual, type SegmentChange, type SegmentFields } from "./segment.ts";
import { fieldsFromJson } from "./segmentJson.ts";

export interface Annotation {
  readonly sizeHw: SizeHw;
  readonly layers: ReadonlyMap<string, LabelMap>;
  /** By id; deleted and merged segments stay as stones, so that late pixels find their owner. */
  readonly segments: Map<number, SegmentFields>;
  /** By id; deleted ones stay as stones. */
  readonly items: Map<string, ItemState>;
}

export function newAnnotation(sizeHw: SizeHw, layerNames: readonly string[]): Annotation {
  const layers = new Map(layerNames.map((name) => [name, new LabelMap(sizeHw)]));
  return { sizeHw, layers, segments: new Map(), items: new Map() };
}

/** The map of a layer. Throws `unknown_layer`. */
export function layerMap(annotation: Annotation, layer: string): LabelMap {
  const map = annotation.layers.get(layer);
  if (map === undefined) throw new EditError("unknown_layer", layer);
  return map;
}

/**
 * Does the edit: pixels, segments and items. Throws `unknown_layer`, `stale_pixels`, or `stale_segment`, `stale_item`
 * when one is not as the edit found it; nothing has changed then.
 */
export function applyToAnnotation(annotation: Annotation, edit: Edit): void {
  for (const { id, before } of edit.segments) {
    if (!fieldsEqual(annotation.segments.get(id) ?? null, before))
      throw new EditError("stale_segment", `segment ${id}`);
  }
  for (const { id, before } of edit.items) {
    if (!itemsEqual(itemOf(annotation.items, id), before)) throw new EditError("stale_item", `item ${id}`);
  }
  applyEdit(layerMap(annotation, edit.layer), edit);
  writeSegments(annotation, edit.segments);
  writeItems(annotation.items, edit.items);
}

/** Sets segments to the after side of the changes. */
export function writeSegments(annotation: Annotation, changes: readonly SegmentChange[]): void {
  for (const { id, after } of changes) {
    if (after === null) annotation.segments.delete(id);
    else annotation.segments.set(id, after);
  }
}

/** A segment as the server lists it: its fields and its small number (null before the first save). */
export interface ListedSegment {
  readonly id: number;
  readonly number: number | null;
  readonly fields: SegmentFields;
}

/** The `segments` list of an annotation's JSON. Throws `bad_json`. */
export function segmentsFromJson(value: unknown): ListedSegment[] {
  if (!Array.isArray(value)) throw badJson("segments", "a list belongs here");
  return value.map((item, i) => {
    const where = `segments[${i}]`;
    if (!isRecord(item)) throw badJson(where, "an object belongs here");
    const { id, number, ...fields } = item;
    return {
      id: wholeFrom(id, 1, SEGMENT_ID_MAX, where),
      number: number === null ? null : wholeFrom(number, 1, Number.MAX_SAFE_INTEGER, where),
      fields: fieldsFromJson(fields, where),
    };
  });
}
