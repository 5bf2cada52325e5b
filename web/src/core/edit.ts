// SPDX-License-Identifier: Apache-2.0
/** An edit: the undo step, the unit of sync and the unit of audit (contract/edit.md). */
import { EditError } from "./errors.ts";
import { composeItems, type ItemChange, invertItems } from "./item.ts";
import type { LabelMap } from "./labelMap.ts";
import { applyPixels, composePixels, invertPixels, type PixelRuns } from "./pixelRuns.ts";
import { composeChanges, invertChanges, type SegmentChange } from "./segment.ts";

export { applyRegion, type DrawMode, type PaintRule } from "./apply.ts";
export { editFromJson, editToJson } from "./editJson.ts";
export type { ItemChange, ItemState } from "./item.ts";
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
  /** Sorted by id, one per id. */
  readonly items: readonly ItemChange[];
}

/** Who an edit comes from; everything but what it changes. */
export type EditHead = Pick<Edit, "id" | "seq" | "tool" | "assist">;

/** The same edit the other way round; keeps id and seq, give it new ones before sending it. */
export function invert(edit: Edit): Edit {
  return {
    ...edit,
    pixels: invertPixels(edit.pixels),
    segments: invertChanges(edit.segments),
    items: invertItems(edit.items),
  };
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
    items: composeItems(a.items, b.items),
  };
}

/** Writes the edit's pixels to the map of its layer. Throws `stale_pixels`, the map unchanged. */
export function applyEdit(map: LabelMap, edit: Edit): void {
  applyPixels(map, edit.pixels);
}
