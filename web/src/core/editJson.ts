// SPDX-License-Identifier: Apache-2.0
/** Edits as JSON values (contract/edit.md), read strictly. */
import { fromBase64, toBase64 } from "./base64.ts";
import type { Edit } from "./edit.ts";
import { decodePixels, encodePixels } from "./editCodec.ts";
import { itemChangesFromJson, itemChangesToJson } from "./itemJson.ts";
import { badJson, exactKeys, isRecord, type Json, textFrom, wholeFrom } from "./json.ts";
import { LAYER_NAME_MAX_CHARS } from "./limits.ts";
import type { SizeHw } from "./region.ts";
import { changesFromJson, changesToJson } from "./segmentJson.ts";

const EDIT_KEYS = ["v", "id", "seq", "layer", "tool", "assist", "pixels", "segments"];
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const TOOL = /^[a-z][a-z0-9_-]{0,63}$/;
// White space spelled out: the \s of JavaScript and of Python differ in two characters.
const NAME = "[^\\x00-\\x20/\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]{1,64}";
const ASSIST = new RegExp(`^${NAME}/${NAME}$`, "u");

export function editToJson(edit: Edit): { readonly [key: string]: Json } {
  return {
    v: 1,
    id: edit.id,
    seq: edit.seq,
    layer: edit.layer,
    tool: edit.tool,
    assist: edit.assist,
    pixels: toBase64(encodePixels(edit.pixels)),
    segments: changesToJson(edit.segments),
    ...(edit.items.length === 0 ? {} : { items: itemChangesToJson(edit.items) }),
  };
}

/** JSON value → edit on maps of `sizeHw`. Throws `bad_json`, `bad_geometry`, `bad_base64`, or CodecError of the pixels, in this order. */
export function editFromJson(value: unknown, sizeHw: SizeHw): Edit {
  const withItems = isRecord(value) && Object.hasOwn(value, "items");
  const o = exactKeys(value, withItems ? [...EDIT_KEYS, "items"] : EDIT_KEYS, "edit");
  wholeFrom(o.v, 1, 1, "v");
  const head = {
    id: matching(o.id, UUID, "id"),
    seq: wholeFrom(o.seq, 1, Number.MAX_SAFE_INTEGER, "seq"),
    layer: layerFrom(o.layer),
    tool: matching(o.tool, TOOL, "tool"),
    assist: o.assist === null ? null : matching(o.assist, ASSIST, "assist"),
    segments: changesFromJson(o.segments),
    items: withItems ? itemChangesFromJson(o.items) : [],
  };
  return { ...head, pixels: decodePixels(fromBase64(textFrom(o.pixels, "pixels")), sizeHw) };
}

function matching(value: unknown, pattern: RegExp, where: string): string {
  const text = textFrom(value, where);
  if (!pattern.test(text)) throw badJson(where, "not of its form");
  return text;
}

/** A layer's name: 1 to LAYER_NAME_MAX_CHARS code points, no control characters. */
function layerFrom(value: unknown): string {
  const name = textFrom(value, "layer");
  const characters = [...name];
  if (characters.length < 1 || characters.length > LAYER_NAME_MAX_CHARS || characters.some((c) => c < " ")) {
    throw badJson("layer", "not a layer's name");
  }
  return name;
}
