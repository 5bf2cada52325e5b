// SPDX-License-Identifier: Apache-2.0
/** Counts over a photograph, taken in one pass of strips: the histogram, and one of luminance for each CLAHE tile. */
import type { SizeHw } from "./region.ts";
import { luma } from "./tone.ts";

export const VALUES = 256;
/** CLAHE divides the picture into this many tiles across and down. */
export const TILES_PER_SIDE = 8;

export interface PhotoCounts {
  /** 4 × 256: red, green, blue, luminance. */
  readonly histogram: Uint32Array;
  /** Tiles down × tiles across × 256, luminance only. */
  readonly tiles: Uint32Array;
  readonly tilesHw: SizeHw;
  readonly sizeHw: SizeHw;
}

/** First px of tile `i` of `count` along a side; `tileStart(count, …)` is the side itself. */
export const tileStart = (i: number, count: number, sidePx: number): number => Math.floor((i * sidePx) / count);

/** Small pictures have fewer tiles, so that none is empty. */
export const tilesAlong = (sidePx: number): number => Math.min(TILES_PER_SIDE, Math.max(1, sidePx));

export class PhotoCounter {
  private readonly histogram = new Uint32Array(4 * VALUES);
  private readonly tiles: Uint32Array;
  private readonly tilesHw: SizeHw;
  private readonly tileOfColumn: Uint8Array;
  private readonly tileOfRow: Uint8Array;

  constructor(private readonly sizeHw: SizeHw) {
    const [height, width] = sizeHw;
    this.tilesHw = [tilesAlong(height), tilesAlong(width)];
    this.tiles = new Uint32Array(this.tilesHw[0] * this.tilesHw[1] * VALUES);
    this.tileOfColumn = tileIndices(width, this.tilesHw[1]);
    this.tileOfRow = tileIndices(height, this.tilesHw[0]);
  }

  /** Counts whole rows from `y0` on; `rgba` holds as many of them as fit. Each row has to come once. */
  addRows(rgba: Uint8ClampedArray, y0: number): void {
    const width = this.sizeHw[1];
    const across = this.tilesHw[1];
    const { histogram, tiles, tileOfColumn, tileOfRow } = this;
    for (let i = 0, y = y0; i < rgba.length; y++) {
      const rowOfTiles = tileOfRow[y] * across;
      for (let x = 0; x < width; x++, i += 4) {
        const r = rgba[i];
        const g = rgba[i + 1];
        const b = rgba[i + 2];
        const y709 = luma(r, g, b);
        histogram[r]++;
        histogram[VALUES + g]++;
        histogram[2 * VALUES + b]++;
        histogram[3 * VALUES + y709]++;
        tiles[(rowOfTiles + tileOfColumn[x]) * VALUES + y709]++;
      }
    }
  }

  counts(): PhotoCounts {
    const { histogram, tiles, tilesHw, sizeHw } = this;
    return { histogram, tiles, tilesHw, sizeHw };
  }
}

function tileIndices(sidePx: number, count: number): Uint8Array {
  const indices = new Uint8Array(sidePx);
  for (let i = 0; i < count; i++) indices.fill(i, tileStart(i, count, sidePx), tileStart(i + 1, count, sidePx));
  return indices;
}
