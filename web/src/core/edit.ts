// SPDX-License-Identifier: Apache-2.0
/** An edit: the undo step, the unit of sync and the unit of audit (contract/edit.md). */
import { fromBase64, toBase64 } from "./base64.ts";
import { decodePixels, encodePixels } from "./editCodec.ts";
import { CodecError, EditError } from "./errors.ts";
import type { LabelMap } from "./labelMap.ts";
import { LAYER_NAME_MAX_CHARS, SEGMENT_ID_MAX } from "./limits.ts";
import { applyPixels, composePixels, invertPixels, type PixelRuns } from "./pixelRuns.ts";
import type { SizeHw } from "./region.ts";
import {
  composeChanges,
  exactKeys,
  fieldsFromJson,
  fieldsToJson,
  invertChanges,
  isWhole,
  type Json,
  type SegmentChange,
} from "./segment.ts";

export { applyRegion, type DrawMode, type PaintRule } from "./apply.ts";
export { changedBox, changedPx, NO_PIXELS, type PixelRuns, pixelRunsEqual, restorablePixels } from "./pixelRuns.ts";
export { newSegmentFields, type Segment, type SegmentChange, type SegmentFields } from "./segment.ts";

export interface Edit {
  /** UUID made by the client; the idempotency key. */
  readonly id: string;
  /** Counts up by one per client session, from 1. */
  readonly seq: number;
  readonly layer: string;
  readonly tool: string;
  /** `name/version` of the assist that proposed the pixels, or null. */
  readonly assist: string | null;
  readonly pixels: PixelRuns;
  /** Sorted by id, one per id. */
  readonly segments: readonly SegmentChange[];
}

/** Who an edit comes from; everything but what it changes. */
export type EditHead = Pick<Edit, "id" | "seq" | "tool" | "assist">;

/** The same edit the other way round; keeps id and seq, give it new ones before sending it. */
export function invert(edit: Edit): Edit {
  return { ...edit, pixels: invertPixels(edit.pixels), segments: invertChanges(edit.segments) };
}

/** The one edit that does a, then b, with b's head unless another is given. Throws `not_composable`. */
export function compose(a: Edit, b: Edit, head: EditHead = b): Edit {
  if (a.layer !== b.layer) throw new EditError("not_composable", "different layers");
  return {
    id: head.id,
    seq: head.seq,
    layer: a.layer,
    tool: head.tool,
    assist: head.assist,
    pixels: composePixels(a.pixels, b.pixels),
    segments: composeChanges(a.segments, b.segments),
  };
}

/** Writes the edit's pixels to the map of its layer. Throws `stale_pixels`, the map unchanged. */
export function applyEdit(map: LabelMap, edit: Edit): void {
  applyPixels(map, edit.pixels);
}

export function editToJson(edit: Edit): { readonly [key: string]: Json } {
  return {
    v: 1,
    id: edit.id,
    seq: edit.seq,
    layer: edit.layer,
    tool: edit.tool,
    assist: edit.assist,
    pixels: toBase64(encodePixels(edit.pixels)),
    segments: edit.segments.map(({ id, before, after }) => ({
      id,
      before: before === null ? null : fieldsToJson(before),
      after: after === null ? null : fieldsToJson(after),
    })),
  };
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** JSON value → edit on a map of `sizeHw`. Throws CodecError: `bad_json`, `bad_base64`, or those of the pixels. */
export function editFromJson(value: unknown, sizeHw: SizeHw): Edit {
  const o = exactKeys(value, ["v", "id", "seq", "layer", "tool", "assist", "pixels", "segments"]);
  if (o.v !== 1) throw new CodecError("bad_json", "v");
  if (typeof o.id !== "string" || !UUID.test(o.id)) throw new CodecError("bad_json", "id");
  if (!isWhole(o.seq, 1, Number.MAX_SAFE_INTEGER)) throw new CodecError("bad_json", "seq");
  if (typeof o.layer !== "string" || o.layer === "" || [...o.layer].length > LAYER_NAME_MAX_CHARS) {
    throw new CodecError("bad_json", "layer");
  }
  if (typeof o.tool !== "string" || o.tool === "") throw new CodecError("bad_json", "tool");
  if (o.assist !== null && (typeof o.assist !== "string" || !o.assist.includes("/"))) {
    throw new CodecError("bad_json", "assist");
  }
  if (typeof o.pixels !== "string") throw new CodecError("bad_json", "pixels");
  return {
    id: o.id,
    seq: o.seq,
    layer: o.layer,
    tool: o.tool,
    assist: o.assist,
    segments: changesFromJson(o.segments),
    pixels: decodePixels(fromBase64(o.pixels), sizeHw),
  };
}

function changesFromJson(value: unknown): SegmentChange[] {
  if (!Array.isArray(value)) throw new CodecError("bad_json", "segments");
  let last = 0;
  return value.map((item) => {
    const o = exactKeys(item, ["id", "before", "after"]);
    if (!isWhole(o.id, 1, SEGMENT_ID_MAX) || o.id <= last) throw new CodecError("bad_json", "segment id");
    last = o.id;
    const before = o.before === null ? null : fieldsFromJson(o.before);
    const after = o.after === null ? null : fieldsFromJson(o.after);
    if (before === null && after === null) throw new CodecError("bad_json", "empty segment change");
    return { id: o.id, before, after };
  });
}
