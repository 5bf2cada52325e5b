// SPDX-License-Identifier: Apache-2.0
/** Tile payloads and packs as bytes (contract/label-map-codec.md). Pure functions; refuses malformed input by code. */
import { CodecError } from "./errors.ts";
import { TILE_SIDE_PX } from "./limits.ts";
import type { SizeHw } from "./region.ts";

/** Pixels of one tile: palette slot per pixel, or `indices` null when every pixel is `palette[0]`. */
export interface TilePixels {
  readonly width: number;
  readonly height: number;
  readonly palette: Uint32Array;
  /** Entries of `palette` in use; the array may be longer. */
  readonly paletteSize: number;
  readonly indices: Uint8Array | Uint16Array | null;
}

export interface DecodedTile extends TilePixels {
  /** Pixels per palette entry. */
  readonly counts: Int32Array;
}

export interface PackEntry {
  readonly index: number;
  readonly payload: Uint8Array;
}

const HEADER_BYTES = 16;
const PACK_MAGIC = 0x314b5049; // "IPK1", little endian

/** The one legal payload of these pixels: palette in first-met order, dead palette entries left out. */
export function encodeTile(tile: TilePixels): Uint8Array {
  const { width, height, indices } = tile;
  const area = width * height;
  if (indices === null) return encodeRuns(width, height, Uint32Array.of(tile.palette[0]), null, Int32Array.of(area));
  const order = new Int32Array(tile.paletteSize).fill(-1);
  let runCapacity = 1024;
  let runSlots = new Uint16Array(runCapacity);
  let runEnds = new Int32Array(runCapacity);
  const met = new Uint32Array(tile.paletteSize);
  let metCount = 0;
  let runs = 0;
  const words = wordsOf(indices);
  const perWordShift = indices.BYTES_PER_ELEMENT === 1 ? 2 : 1;
  for (let i = 0; i < area; ) {
    const slot = indices[i];
    const end = endOfRun(indices, words, perWordShift, slot, i + 1, area);
    let index = order[slot];
    if (index < 0) {
      index = metCount++;
      order[slot] = index;
      met[index] = tile.palette[slot];
    }
    if (runs === runCapacity) {
      runCapacity *= 4;
      const moreSlots = new Uint16Array(runCapacity);
      moreSlots.set(runSlots);
      runSlots = moreSlots;
      const moreEnds = new Int32Array(runCapacity);
      moreEnds.set(runEnds);
      runEnds = moreEnds;
    }
    runSlots[runs] = index;
    runEnds[runs++] = end;
    i = end;
  }
  return encodeRuns(width, height, met.subarray(0, metCount), runSlots, runEnds.subarray(0, runs));
}

/** The same memory as words; slots that begin between two words are copied first. */
function wordsOf(indices: Uint8Array | Uint16Array): Uint32Array {
  const aligned = indices.byteOffset % 4 === 0 ? indices : indices.slice();
  return new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength >> 2);
}

/**
 * First place at or after `i` whose value differs from `slot`, or `end`. Looks at four bytes at a time through `words`,
 * a view of the same memory: long runs are what label maps are made of.
 */
function endOfRun(
  indices: Uint8Array | Uint16Array,
  words: Uint32Array,
  perWordShift: number,
  slot: number,
  i: number,
  end: number,
): number {
  const mask = (1 << perWordShift) - 1;
  while (i < end && (i & mask) !== 0) {
    if (indices[i] !== slot) return i;
    i++;
  }
  const four = (perWordShift === 2 ? Math.imul(slot, 0x01010101) : Math.imul(slot, 0x00010001)) >>> 0;
  const wordEnd = end >> perWordShift;
  let word = i >> perWordShift;
  while (word < wordEnd && words[word] === four) word++;
  i = Math.max(i, word << perWordShift);
  while (i < end && indices[i] === slot) i++;
  return i;
}

function encodeRuns(
  width: number,
  height: number,
  palette: Uint32Array,
  runSlots: Uint16Array | null,
  runEnds: Int32Array,
): Uint8Array {
  const P = palette.length;
  const R = runEnds.length;
  const indexBytes = P <= 256 ? 1 : 2;
  const out = new Uint8Array(HEADER_BYTES + 4 * P + (indexBytes + 2) * R);
  const view = new DataView(out.buffer);
  out[0] = 1;
  out[1] = indexBytes;
  view.setUint16(2, width, true);
  view.setUint16(4, height, true);
  view.setUint32(8, P, true);
  view.setUint32(12, R, true);
  let at = HEADER_BYTES;
  for (let i = 0; i < P; i++, at += 4) view.setUint32(at, palette[i], true);
  if (runSlots === null) out[at++] = 0;
  else {
    for (let i = 0; i < R; i++) {
      out[at++] = runSlots[i];
      if (indexBytes === 2) out[at++] = runSlots[i] >> 8;
    }
  }
  let start = 0;
  for (let i = 0; i < R; i++) {
    const minusOne = runEnds[i] - start - 1;
    start = runEnds[i];
    out[at++] = minusOne;
    out[at++] = minusOne >> 8;
  }
  return out;
}

/** Header fields after the checks `truncated` … `trailing_bytes`, in the contract's order. */
function readHeader(bytes: Uint8Array, width: number, height: number): { P: number; R: number; indexBytes: number } {
  if (bytes.length < HEADER_BYTES) throw new CodecError("truncated");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const indexBytes = bytes[1];
  const P = view.getUint32(8, true);
  const R = view.getUint32(12, true);
  const promised = HEADER_BYTES + 4 * P + (indexBytes + 2) * R;
  if (bytes.length < promised) throw new CodecError("truncated");
  if (bytes[0] !== 1) throw new CodecError("bad_version");
  const w = view.getUint16(2, true);
  const h = view.getUint16(4, true);
  const sized = w >= 1 && w <= TILE_SIDE_PX && h >= 1 && h <= TILE_SIDE_PX;
  const counted = P >= 1 && R >= P && R <= w * h;
  if (indexBytes !== (P <= 256 ? 1 : 2) || view.getUint16(6, true) !== 0 || !sized || !counted) {
    throw new CodecError("bad_header");
  }
  if (w !== width || h !== height) throw new CodecError("wrong_size");
  if (bytes.length > promised) throw new CodecError("trailing_bytes");
  return { P, R, indexBytes };
}

/** Payload → pixels. `width`, `height`: what the caller expects. Throws CodecError with the first code that applies. */
export function decodeTile(bytes: Uint8Array, width: number, height: number): DecodedTile {
  const { P, R, indexBytes } = readHeader(bytes, width, height);
  const slotsAt = HEADER_BYTES + 4 * P;
  const lengthsAt = slotsAt + indexBytes * R;
  const slots = readSlots(bytes, slotsAt, R, indexBytes);
  const area = width * height;
  let total = 0;
  let highest = 0;
  for (let i = 0, at = lengthsAt; i < R; i++, at += 2) {
    total += 1 + bytes[at] + 256 * bytes[at + 1];
    if (slots[i] > highest) highest = slots[i];
  }
  if (highest >= P) throw new CodecError("bad_index");
  if (total !== area) throw new CodecError("bad_length");
  for (let i = 1; i < R; i++) if (slots[i] === slots[i - 1]) throw new CodecError("not_maximal");
  const palette = readPalette(bytes, P);
  let met = 0;
  for (let i = 0; i < R; i++) {
    if (slots[i] > met) throw new CodecError("bad_palette");
    if (slots[i] === met) met++;
  }
  if (met !== P) throw new CodecError("bad_palette");
  if (P === 1) return { width, height, palette, paletteSize: 1, indices: null, counts: Int32Array.of(area) };
  const indices = P <= 256 ? new Uint8Array(area) : new Uint16Array(area);
  const counts = new Int32Array(P);
  fillRuns(bytes, lengthsAt, slots, indices, counts);
  return { width, height, palette, paletteSize: P, indices, counts };
}

function readSlots(bytes: Uint8Array, at: number, R: number, indexBytes: number): Uint8Array | Uint16Array {
  if (indexBytes === 1) return bytes.subarray(at, at + R);
  const slots = new Uint16Array(R);
  for (let i = 0; i < R; i++) slots[i] = bytes[at + 2 * i] | (bytes[at + 2 * i + 1] << 8);
  return slots;
}

function readPalette(bytes: Uint8Array, P: number): Uint32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const palette = new Uint32Array(P);
  for (let i = 0; i < P; i++) palette[i] = view.getUint32(HEADER_BYTES + 4 * i, true);
  if (new Set(palette).size !== P) throw new CodecError("bad_palette");
  return palette;
}

function fillRuns(
  bytes: Uint8Array,
  lengthsAt: number,
  slots: Uint8Array | Uint16Array,
  indices: Uint8Array | Uint16Array,
  counts: Int32Array,
): void {
  let start = 0;
  for (let i = 0, at = lengthsAt; i < slots.length; i++, at += 2) {
    const length = 1 + bytes[at] + 256 * bytes[at + 1];
    const slot = slots[i];
    const end = start + length;
    counts[slot] += length;
    if (length > 24) indices.fill(slot, start, end);
    else for (let p = start; p < end; p++) indices[p] = slot;
    start = end;
  }
}

/** Number of tile columns and rows of a map. */
export function tileGrid(sizeHw: SizeHw): { columns: number; rows: number } {
  return { columns: Math.ceil(sizeHw[1] / TILE_SIDE_PX), rows: Math.ceil(sizeHw[0] / TILE_SIDE_PX) };
}

/** Entries must ascend by index; payloads are copied. */
export function encodePack(entries: readonly PackEntry[]): Uint8Array {
  let size = 8 + 8 * entries.length;
  for (const entry of entries) size += entry.payload.length;
  const out = new Uint8Array(size);
  const view = new DataView(out.buffer);
  view.setUint32(0, PACK_MAGIC, true);
  view.setUint32(4, entries.length, true);
  let at = 8 + 8 * entries.length;
  entries.forEach((entry, i) => {
    view.setUint32(8 + 8 * i, entry.index, true);
    view.setUint32(12 + 8 * i, entry.payload.length, true);
    out.set(entry.payload, at);
    at += entry.payload.length;
  });
  return out;
}

/** Splits a pack of a map of `tileCount` tiles; payloads are views into `bytes` and not checked here. */
export function splitPack(bytes: Uint8Array, tileCount: number): PackEntry[] {
  if (bytes.length < 8) throw new CodecError("truncated");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const n = view.getUint32(4, true);
  let promised = 8 + 8 * n;
  if (bytes.length < promised) throw new CodecError("truncated");
  for (let i = 0; i < n; i++) promised += view.getUint32(12 + 8 * i, true);
  if (bytes.length < promised) throw new CodecError("truncated");
  if (view.getUint32(0, true) !== PACK_MAGIC) throw new CodecError("bad_magic");
  for (let i = 0, last = -1; i < n; i++) {
    const index = view.getUint32(8 + 8 * i, true);
    if (index <= last || index >= tileCount) throw new CodecError("bad_tile_index");
    last = index;
  }
  if (bytes.length > promised) throw new CodecError("trailing_bytes");
  const entries: PackEntry[] = [];
  let at = 8 + 8 * n;
  for (let i = 0; i < n; i++) {
    const length = view.getUint32(12 + 8 * i, true);
    entries.push({ index: view.getUint32(8 + 8 * i, true), payload: bytes.subarray(at, at + length) });
    at += length;
  }
  return entries;
}
