// SPDX-License-Identifier: Apache-2.0
/** Pixels of an edit as bytes, version 1 (contract/edit.md, "Pixels as bytes"). */
import { CodecError } from "./errors.ts";
import { EDIT_RUNS_MAX } from "./limits.ts";
import { NO_PIXELS, type PixelRuns } from "./pixelRuns.ts";
import type { SizeHw } from "./region.ts";
import { VarintReader, VarintWriter } from "./varint.ts";

const VERSION = 1;
const BYTES_PER_RUN_MIN = 4;

/** The one encoding of these runs; no bytes for no runs. */
export function encodePixels(runs: PixelRuns): Uint8Array {
  if (runs.count === 0) return new Uint8Array(0);
  const { pairs, indices } = numberPairs(runs);
  const out = new VarintWriter();
  out.byte(VERSION);
  out.varint(pairs.length / 2);
  for (const id of pairs) out.varint(id);
  out.varint(runs.count);
  let y = 0;
  let end = 0;
  for (let i = 0; i < runs.count; i++) {
    const dy = runs.ys[i] - y;
    out.varint(dy);
    out.varint(dy === 0 ? runs.x0s[i] - end : runs.x0s[i]);
    out.varint(runs.x1s[i] - runs.x0s[i] - 1);
    out.varint(indices[i]);
    y = runs.ys[i];
    end = runs.x1s[i];
  }
  return out.finish();
}

/** Pairs (before, after) in order of first use, and each run's pair. */
function numberPairs(runs: PixelRuns): { pairs: number[]; indices: Uint32Array } {
  const pairs: number[] = [];
  const indices = new Uint32Array(runs.count);
  const byBefore = new Map<number, Map<number, number>>();
  for (let i = 0; i < runs.count; i++) {
    const before = runs.befores[i];
    const after = runs.afters[i];
    let byAfter = byBefore.get(before);
    if (byAfter === undefined) {
      byAfter = new Map();
      byBefore.set(before, byAfter);
    }
    let index = byAfter.get(after);
    if (index === undefined) {
      index = pairs.length / 2;
      pairs.push(before, after);
      byAfter.set(after, index);
    }
    indices[i] = index;
  }
  return { pairs, indices };
}

/** Bytes → runs inside an image of `sizeHw`. Throws CodecError; memory taken is bounded by the bytes given. */
export function decodePixels(bytes: Uint8Array, sizeHw: SizeHw): PixelRuns {
  if (bytes.length === 0) return NO_PIXELS;
  const reader = new VarintReader(bytes);
  if (reader.byte() !== VERSION) throw new CodecError("bad_version");
  const pairs = readPairs(reader);
  const runs = readRuns(reader, pairs, sizeHw);
  if (reader.left > 0) throw new CodecError("trailing_bytes");
  return runs;
}

/** Pairs as before, after, before, …; taken one by one, so that a false count costs no memory. */
function readPairs(reader: VarintReader): number[] {
  const count = reader.varint();
  const pairs: number[] = [];
  const seen = new Map<number, Set<number>>();
  for (let i = 0; i < count; i++) {
    const before = reader.varint();
    const after = reader.varint();
    const known = seen.get(before);
    if (before === after || known?.has(after)) throw new CodecError("bad_pair");
    if (known === undefined) seen.set(before, new Set([after]));
    else known.add(after);
    pairs.push(before, after);
  }
  return pairs;
}

function readRuns(reader: VarintReader, pairs: readonly number[], sizeHw: SizeHw): PixelRuns {
  const count = reader.varint();
  if (count > EDIT_RUNS_MAX || count * BYTES_PER_RUN_MIN > reader.left) throw new CodecError("too_many_runs");
  if (count === 0) throw new CodecError("bad_pair", "an edit without pixels has no bytes");
  const [h, w] = sizeHw;
  const ys = new Int32Array(count);
  const x0s = new Int32Array(count);
  const x1s = new Int32Array(count);
  const befores = new Uint32Array(count);
  const afters = new Uint32Array(count);
  let y = 0;
  let end = 0;
  let used = 0;
  for (let i = 0, lastPair = -1; i < count; i++) {
    const dy = reader.varint();
    const dx = reader.varint();
    const length = reader.varint() + 1;
    const pair = reader.varint();
    const sameRow = dy === 0 && i > 0;
    if (pair > used || 2 * pair >= pairs.length) throw new CodecError("bad_pair");
    if (pair === used) used++;
    y += dy;
    const x0 = sameRow ? end + dx : dx;
    end = x0 + length;
    if (y >= h || end > w) throw new CodecError("out_of_image");
    if (sameRow && dx === 0 && pair === lastPair) throw new CodecError("not_maximal");
    lastPair = pair;
    ys[i] = y;
    x0s[i] = x0;
    x1s[i] = end;
    befores[i] = pairs[2 * pair];
    afters[i] = pairs[2 * pair + 1];
  }
  if (2 * used !== pairs.length) throw new CodecError("bad_pair");
  return { ys, x0s, x1s, befores, afters, count };
}
