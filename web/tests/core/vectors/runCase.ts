// SPDX-License-Identifier: Apache-2.0
/** Runs the input of one example of contract/vectors/ in this core. */
import { type Annotation, layerMap } from "../../../src/core/annotation.ts";
import { applyRegion, type DrawMode } from "../../../src/core/apply.ts";
import { fromBase64, toBase64 } from "../../../src/core/base64.ts";
import { compose, editFromJson, editToJson, invert } from "../../../src/core/edit.ts";
import { decodePixels, encodePixels } from "../../../src/core/editCodec.ts";
import { IntarsiaError } from "../../../src/core/errors.ts";
import { LabelMap } from "../../../src/core/labelMap.ts";
import { replay, resolveAlias } from "../../../src/core/merge.ts";
import { applyPixels } from "../../../src/core/pixelRuns.ts";
import { quantise } from "../../../src/core/raster/index.ts";
import type { SizeHw } from "../../../src/core/region.ts";
import type { Json, SegmentFields } from "../../../src/core/segment.ts";
import { changesToJson, fieldsFromJson, fieldsToJson } from "../../../src/core/segmentJson.ts";
import { toHex } from "../../../src/core/sha256.ts";
import { decodeTile, encodeTile, splitPack } from "../../../src/core/tileCodec.ts";
import { type Shape, shapeRegion } from "../shapes.ts";
import {
  type Case,
  mapFrom,
  mapJson,
  type Page,
  pixelsFrom,
  pixelsJson,
  regionFrom,
  regionJson,
  runsOfIds,
} from "./format.ts";
import { ITEM_RUNS } from "./runItems.ts";
import { VIEW_RUNS } from "./runView.ts";

type Input = Case["input"];
type Result = Case["expected"];
type Run = (input: Input, sizeHw: SizeHw) => Result;

/** Examples that only the server's check can run. */
export const PYTHON_ALONE: readonly string[] = ["check_edit"];

/** What this core gives for an input: a result, or `{error}`. Errors without a code go on. */
export function runCase(input: Input, page: Page): Result {
  const run = (page === "items" ? ITEM_RUNS : RUNS)[input.do];
  if (run === undefined) throw new Error(`no such example: ${input.do}`);
  try {
    return run(input, input.size_hw as unknown as SizeHw);
  } catch (error) {
    if (error instanceof IntarsiaError) return { error: error.code };
    throw error;
  }
}

const text = (input: Input, key: string): string => input[key] as string;
const numbers = (input: Input, key: string): readonly number[] => input[key] as readonly number[];

const RUNS: { readonly [name: string]: Run } = {
  tile: (input, size) => {
    const map = mapFrom(input.map, size);
    const payload = map.tilePayload(0);
    const back = decodeTile(payload, size[1], size[0]);
    if (toBase64(encodeTile(back)) !== toBase64(payload)) throw new Error("decoding does not give the tile back");
    return { payload: toBase64(payload), name: toHex(map.tileName(0)) };
  },
  decode_tile: (input, size) => {
    const { palette, indices } = decodeTile(fromBase64(text(input, "payload")), size[1], size[0]);
    const ids = Uint32Array.from({ length: size[0] * size[1] }, (_, i) => palette[indices === null ? 0 : indices[i]]);
    return { map: runsOfIds(ids) };
  },
  checksum: (input, size) => {
    const map = mapFrom(input.map, size);
    const pack = map.toPack();
    const layer = text(input, "layer");
    const checksum = map.checksum(layer);
    if (LabelMap.fromPack(pack, size).checksum(layer) !== checksum) throw new Error("the pack is another map");
    return { checksum, pack: toBase64(pack) };
  },
  decode_pack: (input, size) => {
    const bytes = fromBase64(text(input, "pack"));
    const map = LabelMap.fromPack(bytes, size);
    return { tiles: splitPack(bytes, map.tileCount).map(({ index, payload }) => [index, toBase64(payload)]) };
  },
  quantise: (input) => {
    const values = input.values as readonly (number | string)[];
    return { fixed: values.map((value) => quantise(Number(value))) };
  },
  region: (input, size) => ({ runs: regionJson(shapeRegion(input.shape as unknown as Shape, size)) }),
  apply: (input, size) => {
    const map = mapFrom(input.map, size);
    const locked = new Set(numbers(input, "locked"));
    const hosts = new Set(numbers(input, "hosts"));
    const region = regionFrom(input.region);
    const pixels = applyRegion(map, region, input.segment as number, input.mode as DrawMode, locked, hosts);
    applyPixels(map, pixels);
    return { pixels: pixelsJson(pixels), bytes: toBase64(encodePixels(pixels)), checksum: map.checksum("main") };
  },
  decode_pixels: (input, size) => ({ pixels: pixelsJson(decodePixels(fromBase64(text(input, "bytes")), size)) }),
  apply_edit: (input, size) => {
    const map = mapFrom(input.map, size);
    applyPixels(map, pixelsFrom(input.pixels));
    return { checksum: map.checksum("main") };
  },
  invert: (input, size) => ({ edit: editToJson(invert(editFromJson(input.edit, size))) }),
  compose: (input, size) => {
    const { pixels, segments } = compose(editFromJson(input.first, size), editFromJson(input.second, size));
    return { pixels: pixelsJson(pixels), segments: changesToJson(segments) };
  },
  read_edit: (input, size) => ({ edit: editToJson(editFromJson(input.edit, size)) }),
  resolve_alias: (input) => ({ segment: resolveAlias(segmentsFrom(input.segments), input.segment as number) }),
  replay: runReplay,
  ...VIEW_RUNS,
};

function runReplay(input: Input, size: SizeHw): Result {
  const layers = Object.entries(input.layers as { [name: string]: Json });
  const head: Annotation = {
    sizeHw: size,
    layers: new Map(layers.map(([name, map]) => [name, mapFrom(map, size)])),
    segments: segmentsFrom(input.segments),
    items: new Map(),
  };
  const { applied, conflictPixels, conflictFields } = replay(head, editFromJson(input.edit, size));
  const segments = [...head.segments].sort(([a], [b]) => a - b);
  return {
    applied: { pixels: pixelsJson(applied.pixels), segments: changesToJson(applied.segments) },
    conflict_pixels: pixelsJson(conflictPixels),
    field_conflicts: conflictFields.map((c) => ({ segment: c.id, field: c.field, head: c.head, wanted: c.wanted })),
    segments: segments.map(([id, fields]) => ({ id, ...fieldsToJson(fields) })),
    checksums: Object.fromEntries(layers.map(([name]) => [name, layerMap(head, name).checksum(name)])),
  };
}

function segmentsFrom(list: Json): Map<number, SegmentFields> {
  return new Map(
    (list as readonly { [key: string]: Json }[]).map(({ id, ...fields }) => [
      id as number,
      fieldsFromJson(fields, "segment"),
    ]),
  );
}

export { mapJson };
