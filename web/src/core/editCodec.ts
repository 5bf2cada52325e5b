// SPDX-License-Identifier: Apache-2.0
/** Pixels of an edit as bytes, version 1 (contract/edit.md, "Pixels as bytes"). */
import { CodecError } from "./errors.ts";
import { EDIT_RUNS_MAX } from "./limits.ts";
import { NO_PIXELS, type PixelRuns } from "./pixelRuns.ts";
import type { SizeHw } from "./region.ts";
import { VarintReader, VarintWriter } from "./varint.ts";

const VERSION = 1;
const BYTES_PER_RUN_MIN = 4;
const BYTES_PER_PAIR_MIN = 2;

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

function readPairs(reader: VarintReader): Uint32Array {
  const count = reader.varint();
  if (count * BYTES_PER_PAIR_MIN > reader.left) throw new CodecError("truncated");
  const pairs = new Uint32Array(2 * count);
  const seen = new Set<number>();
  for (let i = 0; i < pairs.length; i += 2) {
    const before = reader.varint();
    const after = reader.varint();
    pairs[i] = before;
    pairs[i + 1] = after;
    // Two uint32 do not fit one float exactly; the low half as a fraction of the set's key would lose bits.
    if (before === after || hasPair(seen, pairs, i)) throw new CodecError("bad_pair");
  }
  return pairs;
}

/** Whether the pair at `i` occurs before it; `seen` holds mixed keys, equal keys are compared in full. */
function hasPair(seen: Set<number>, pairs: Uint32Array, i: number): boolean {
  const key = (Math.imul(pairs[i], 0x9e3779b1) ^ pairs[i + 1]) >>> 0;
  if (seen.has(key)) {
    for (let k = 0; k < i; k += 2) if (pairs[k] === pairs[i] && pairs[k + 1] === pairs[i + 1]) return true;
  }
  seen.add(key);
  return false;
}

function readRuns(reader: VarintReader, pairs: Uint32Array, sizeHw: SizeHw): PixelRuns {
  const count = reader.varint();
  if (count > EDIT_RUNS_MAX || count * BYTES_PER_RUN_MIN > reader.left) throw new CodecError("too_many_runs");
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
