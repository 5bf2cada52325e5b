// SPDX-License-Identifier: Apache-2.0
/** COCO run lengths of all ids in one pass, as counts and as compressed strings (contract/vector-view.md). */
import { CodecError } from "./errors.ts";
import type { LabelMap } from "./labelMap.ts";
import { checkSize } from "./raster/quantise.ts";
import { type Region, RunCollector, type SizeHw } from "./region.ts";

/** Characters of one number that a decoder reads; any difference of counts of the largest image fits. */
const CHARACTERS_MAX = 7;

/** Id → column-major run lengths, zeros first; ids ascending, 0 too. */
export function encodeAllCounts(map: LabelMap): Map<number, number[]> {
  const open = new Map<number, OpenCounts>();
  const close = (id: number, from: number, to: number): void => {
    let own = open.get(id);
    if (own === undefined) {
      own = { counts: [], end: 0 };
      open.set(id, own);
    }
    own.counts.push(from - own.end, to - from);
    own.end = to;
  };
  forEachColumnRun(map, close);
  const area = map.width * map.height;
  const ids = [...open.keys()].sort((a, b) => a - b);
  return new Map(
    ids.map((id) => {
      const { counts, end } = open.get(id) as OpenCounts;
      if (end < area) counts.push(area - end);
      return [id, counts];
    }),
  );
}

interface OpenCounts {
  readonly counts: number[];
  end: number;
}

/** Visits the maximal column-major runs, which pass over column ends: id, first and last flat position (half-open). */
function forEachColumnRun(map: LabelMap, visit: (id: number, from: number, to: number) => void): void {
  const { width, height } = map;
  let id = map.get(0, 0);
  let start = 0;
  for (let x = 0; x < width; x++) {
    for (let ty = 0; ty < map.tileRows; ty++) {
      const tile = map.tileIndexView(ty * map.tileColumns + (x >> 8));
      const { indices, palette } = tile;
      const top = x * height + tile.y0;
      let slot = -1;
      for (let y = 0, at = x - tile.x0; y < tile.height; y++, at += tile.width) {
        const here = indices === null ? 0 : indices[at];
        if (here === slot) continue;
        slot = here;
        if (palette[here] !== id) {
          visit(id, start, top + y);
          id = palette[here];
          start = top + y;
        }
        if (indices === null) break;
      }
    }
  }
  visit(id, start, width * height);
}

/** Compressed string of run lengths. */
export function compressCounts(counts: ArrayLike<number>): string {
  const codes: number[] = [];
  for (let k = 0; k < counts.length; k++) {
    let number = k > 2 ? counts[k] - counts[k - 2] : counts[k];
    for (let more = true; more; ) {
      const group = number & 31;
      number >>= 5;
      more = number !== ((group & 16) !== 0 ? -1 : 0);
      codes.push(48 + group + (more ? 32 : 0));
    }
  }
  return textOf(codes);
}

function textOf(codes: readonly number[]): string {
  let text = "";
  for (let i = 0; i < codes.length; i += 4096) text += String.fromCharCode(...codes.slice(i, i + 4096));
  return text;
}

/** Run lengths of a compressed string for an image of this size. Throws `bad_rle_string` or `bad_counts`. */
export function expandString(text: string, sizeHw: SizeHw): number[] {
  checkSize(sizeHw);
  const numbers = readNumbers(text);
  const area = sizeHw[0] * sizeHw[1];
  const counts: number[] = [];
  for (let k = 0; k < numbers.length; k++) {
    const count = k > 2 ? numbers[k] + counts[k - 2] : numbers[k];
    if (!(count >= 0 && count <= area)) throw new CodecError("bad_counts");
    counts.push(count);
  }
  return checked(counts, area);
}

/** The whole string is judged before any count is. */
function readNumbers(text: string): number[] {
  const numbers: number[] = [];
  let number = 0;
  let weight = 1;
  let groups = 0;
  for (let i = 0; i < text.length; i++) {
    const group = text.charCodeAt(i) - 48;
    if (!(group >= 0 && group <= 63) || ++groups > CHARACTERS_MAX) throw new CodecError("bad_rle_string");
    number += (group & 31) * weight;
    weight *= 32;
    if ((group & 32) !== 0) continue;
    numbers.push((group & 16) !== 0 ? number - weight : number);
    number = 0;
    weight = 1;
    groups = 0;
  }
  if (groups > 0 || numbers.length === 0) throw new CodecError("bad_rle_string");
  return numbers;
}

/** A list of run lengths, checked for an image of this size. Throws `bad_counts`. */
export function readCounts(counts: readonly unknown[], sizeHw: SizeHw): number[] {
  checkSize(sizeHw);
  const area = sizeHw[0] * sizeHw[1];
  const whole = (count: unknown): count is number => Number.isInteger(count) && (count as number) >= 0;
  if (!counts.every(whole)) throw new CodecError("bad_counts");
  return checked([...counts], area);
}

function checked(counts: number[], area: number): number[] {
  let sum = 0;
  for (const count of counts) sum += count;
  if (sum !== area) throw new CodecError("bad_counts");
  return counts;
}

/** Pixels of checked run lengths (of `expandString` or `readCounts`). */
export function regionOfCounts(counts: readonly number[], sizeHw: SizeHw): Region {
  const [height, width] = sizeHw;
  const inside = new Uint8Array(height * width);
  let at = 0;
  counts.forEach((count, k) => {
    if (k % 2 === 1) inside.fill(1, at, at + count);
    at += count;
  });
  const runs = new RunCollector(256);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (inside[x * height + y] === 0) continue;
      const start = x++;
      while (x < width && inside[x * height + y] === 1) x++;
      runs.push(y, start, x);
    }
  }
  return runs.toRegion();
}
