// SPDX-License-Identifier: Apache-2.0
/**
 * Contrast limited adaptive histogram equalisation. Each tile of the picture has a table of luminance; a pixel takes
 * the mean of the tables of the four tiles whose centres surround it, weighted by nearness. Colour keeps its
 * difference from grey: what luminance gains, each channel gains.
 *
 * The tables are made of the whole photograph and applied to what is on screen, so that a view costs what it shows.
 */
import { type PhotoCounts, tileStart, VALUES } from "./photoCounts.ts";
import type { SizeHw } from "./region.ts";
import { luma, type RasterRect } from "./tone.ts";

export interface ClaheTables {
  /** Tiles down × tiles across × 256: luminance after for each before. */
  readonly tables: Uint8Array;
  readonly tilesHw: SizeHw;
  readonly sizeHw: SizeHw;
}

/** `clipLimit` ≥ 1: no value may count for more than this many times the mean count of a value. */
export function claheTables(counts: PhotoCounts, clipLimit: number): ClaheTables {
  const { tiles, tilesHw, sizeHw } = counts;
  const tables = new Uint8Array(tiles.length);
  for (let at = 0; at < tiles.length; at += VALUES) {
    equalise(tiles.subarray(at, at + VALUES), clipLimit, tables.subarray(at, at + VALUES));
  }
  return { tables, tilesHw, sizeHw };
}

function equalise(histogram: Uint32Array, clipLimit: number, out: Uint8Array): void {
  let total = 0;
  for (let value = 0; value < VALUES; value++) total += histogram[value];
  const limit = Math.max(1, Math.floor((clipLimit * total) / VALUES));
  let excess = 0;
  for (let value = 0; value < VALUES; value++) excess += Math.max(0, histogram[value] - limit);
  // What is cut off is given to all values alike; the last few counts go to values spread over the range.
  const share = Math.floor(excess / VALUES);
  const rest = excess - share * VALUES;
  let below = 0;
  for (let value = 0; value < VALUES; value++) {
    const extra = Math.floor(((value + 1) * rest) / VALUES) - Math.floor((value * rest) / VALUES);
    below += Math.min(limit, histogram[value]) + share + extra;
    out[value] = Math.floor((below * (VALUES - 1)) / Math.max(1, total) + 0.5);
  }
}

/** Where raster px lie on the picture: image px = origin + (raster px + 0.5) / scale. */
export interface RasterPlace {
  readonly originX: number;
  readonly originY: number;
  readonly scale: number; // raster px per image px
}

/** Nearest tile centres before and after a place, and the weight of the one after, 0..256. */
interface Axis {
  readonly before: Uint8Array;
  readonly after: Uint8Array;
  readonly weight: Uint16Array;
}

/** Changes RGB of `rect` of a raster `widthPx` wide in place. */
export function applyClahe(
  rgba: Uint8ClampedArray,
  widthPx: number,
  rect: RasterRect,
  place: RasterPlace,
  clahe: ClaheTables,
): void {
  const [x0, y0, x1, y1] = rect;
  const { tables, tilesHw, sizeHw } = clahe;
  const across = axis(x0, x1, place.originX, place.scale, tilesHw[1], sizeHw[1]);
  const down = axis(y0, y1, place.originY, place.scale, tilesHw[0], sizeHw[0]);
  for (let y = y0; y < y1; y++) {
    const upper = down.before[y - y0] * tilesHw[1];
    const lower = down.after[y - y0] * tilesHw[1];
    const wy = down.weight[y - y0];
    let i = 4 * (y * widthPx + x0);
    for (let k = 0; k < x1 - x0; k++, i += 4) {
      const was = luma(rgba[i], rgba[i + 1], rgba[i + 2]);
      const left = across.before[k];
      const right = across.after[k];
      const wx = across.weight[k];
      const top = tables[(upper + left) * VALUES + was] * (256 - wx) + tables[(upper + right) * VALUES + was] * wx;
      const bottom = tables[(lower + left) * VALUES + was] * (256 - wx) + tables[(lower + right) * VALUES + was] * wx;
      const gain = ((top * (256 - wy) + bottom * wy + 32768) >> 16) - was;
      rgba[i] += gain; // the array is clamped
      rgba[i + 1] += gain;
      rgba[i + 2] += gain;
    }
  }
}

function axis(from: number, to: number, origin: number, scale: number, tiles: number, sidePx: number): Axis {
  const count = to - from;
  const made = { before: new Uint8Array(count), after: new Uint8Array(count), weight: new Uint16Array(count) };
  let tile = 0;
  for (let i = 0; i < count; i++) {
    const at = origin + (from + i + 0.5) / scale;
    while (tile < tiles - 1 && at >= tileCentre(tile + 1, tiles, sidePx)) tile++;
    const here = tileCentre(tile, tiles, sidePx);
    const next = Math.min(tile + 1, tiles - 1);
    made.before[i] = tile;
    made.after[i] = at < here ? tile : next;
    const span = tileCentre(next, tiles, sidePx) - here;
    made.weight[i] = at < here || span === 0 ? 0 : Math.floor((256 * (at - here)) / span + 0.5);
  }
  return made;
}

const tileCentre = (i: number, tiles: number, sidePx: number): number =>
  (tileStart(i, tiles, sidePx) + tileStart(i + 1, tiles, sidePx)) / 2;
