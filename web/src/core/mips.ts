// SPDX-License-Identifier: Apache-2.0
/**
 * Label mips for zoomed-out views (contract/label-map-codec.md, "Mips"): each level takes the lower-right pixel of each
 * 2 × 2 block, plus an any-unlabelled bit. A tile's side is a power of two, so blocks never cross tiles: a mip of a
 * tile uses the tile's own palette slots and is rebuilt alone, when the tile has changed and somebody looks.
 */
import type { LabelMap } from "./labelMap.ts";
import type { TileView } from "./tile.ts";

/** Level 8 makes one pixel of a tile. */
export const MIP_LEVEL_MAX = 8;

/** One tile at one level. Valid until the next write to the map. */
export interface MipView {
  /** Place and size in pixels of the level. */
  readonly x0: number;
  readonly y0: number;
  readonly width: number;
  readonly height: number;
  readonly palette: Uint32Array;
  readonly paletteSize: number;
  readonly paletteVersion: number;
  /** Slot per pixel; null when the whole tile is `palette[0]`. */
  readonly indices: Uint8Array | Uint16Array | null;
  /** 1 where any pixel below is unlabelled; null when `anyUnlabelled` of all pixels is `allUnlabelled`. */
  readonly unlabelled: Uint8Array | null;
  /** With `unlabelled` null: whether every pixel has the bit (else none has). */
  readonly allUnlabelled: boolean;
}

interface Level {
  width: number;
  height: number;
  indices: Uint8Array | Uint16Array;
  unlabelled: Uint8Array | null;
}

interface TileMips {
  version: number;
  /** levels[k − 1] is level k; built from the front, as far as was asked for. */
  levels: Level[];
  /** How many of `levels` are of `version`. */
  fresh: number;
}

export class MipPyramid {
  private readonly map: LabelMap;
  private readonly tiles: (TileMips | null)[];

  constructor(map: LabelMap) {
    this.map = map;
    this.tiles = new Array<TileMips | null>(map.tileCount).fill(null);
  }

  /** A tile at level 1..8 (level 0 is the map itself). Rebuilds what is stale of this tile only. */
  view(tileIndex: number, level: number): MipView {
    if (!(level >= 1 && level <= MIP_LEVEL_MAX)) throw new RangeError("mip level 1..8");
    const tile = this.map.tileIndexView(tileIndex);
    const { palette, paletteSize, paletteVersion } = tile;
    const x0 = tile.x0 >> level;
    const y0 = tile.y0 >> level;
    if (tile.indices === null) {
      this.tiles[tileIndex] = null;
      const width = halved(tile.width, level);
      const height = halved(tile.height, level);
      const allUnlabelled = palette[0] === 0;
      return {
        ...{ x0, y0, width, height, palette, paletteSize, paletteVersion },
        ...{ indices: null, unlabelled: null, allUnlabelled },
      };
    }
    const { width, height, indices, unlabelled } = this.build(tileIndex, tile, level);
    return {
      ...{ x0, y0, width, height, palette, paletteSize, paletteVersion },
      ...{ indices, unlabelled, allUnlabelled: false },
    };
  }

  /** Bytes held by the pyramid. */
  get bytes(): number {
    let sum = 0;
    for (const mips of this.tiles) {
      for (const level of mips?.levels ?? []) sum += level.indices.byteLength + (level.unlabelled?.byteLength ?? 0);
    }
    return sum;
  }

  private build(tileIndex: number, tile: TileView, level: number): Level {
    let mips = this.tiles[tileIndex];
    if (mips === null) {
      mips = { version: tile.version, levels: [], fresh: 0 };
      this.tiles[tileIndex] = mips;
    } else if (mips.version !== tile.version) {
      mips.version = tile.version;
      mips.fresh = 0;
    }
    while (mips.fresh < level) {
      const k = mips.fresh;
      const old = mips.levels[k];
      mips.levels[k] = k === 0 ? this.firstLevel(tileIndex, tile, old) : nextLevel(mips.levels[k - 1], old);
      mips.fresh = k + 1;
    }
    return mips.levels[level - 1];
  }

  private firstLevel(tileIndex: number, tile: TileView, old: Level | undefined): Level {
    const indices = tile.indices as Uint8Array | Uint16Array;
    const gaps = this.map.tileUnlabelledPx(tileIndex) > 0;
    const next = roomFor(tile.width, tile.height, indices, gaps, old);
    takeLowerRight(tile.width, tile.height, indices, next);
    if (next.unlabelled !== null) {
      const zero = tile.palette.subarray(0, tile.paletteSize).indexOf(0);
      orBlocks(tile.width, tile.height, indices, zero, next, next.unlabelled);
    }
    return next;
  }
}

/** Side after `level` halvings, rounded up. */
function halved(side: number, level: number): number {
  return (side + (1 << level) - 1) >> level;
}

function nextLevel(below: Level, old: Level | undefined): Level {
  const next = roomFor(below.width, below.height, below.indices, below.unlabelled !== null, old);
  takeLowerRight(below.width, below.height, below.indices, next);
  if (next.unlabelled !== null && below.unlabelled !== null) {
    orBlocks(below.width, below.height, below.unlabelled, 1, next, next.unlabelled);
  }
  return next;
}

/** A level above one of the given size; takes over the arrays of `old` when they fit. */
function roomFor(
  widthBelow: number,
  heightBelow: number,
  like: Uint8Array | Uint16Array,
  gaps: boolean,
  old: Level | undefined,
): Level {
  const width = halved(widthBelow, 1);
  const height = halved(heightBelow, 1);
  const area = width * height;
  const fits = old !== undefined && old.indices.BYTES_PER_ELEMENT === like.BYTES_PER_ELEMENT;
  const indices = fits ? old.indices : like instanceof Uint8Array ? new Uint8Array(area) : new Uint16Array(area);
  return { width, height, indices, unlabelled: gaps ? (old?.unlabelled ?? new Uint8Array(area)) : null };
}

function takeLowerRight(w: number, h: number, from: Uint8Array | Uint16Array, to: Level): void {
  for (let y = 0; y < to.height; y++) {
    const row = Math.min(2 * y + 1, h - 1) * w;
    const at = y * to.width;
    for (let x = 0; x < to.width; x++) to.indices[at + x] = from[row + Math.min(2 * x + 1, w - 1)];
  }
}

/** out = 1 where any pixel of the block below holds `value`. */
function orBlocks(
  w: number,
  h: number,
  from: Uint8Array | Uint16Array,
  value: number,
  to: Level,
  out: Uint8Array,
): void {
  for (let y = 0; y < to.height; y++) {
    const upper = 2 * y * w;
    const lower = Math.min(2 * y + 1, h - 1) * w;
    const at = y * to.width;
    for (let x = 0; x < to.width; x++) {
      const left = 2 * x;
      const right = Math.min(left + 1, w - 1);
      const any =
        from[upper + left] === value ||
        from[upper + right] === value ||
        from[lower + left] === value ||
        from[lower + right] === value;
      out[at + x] = any ? 1 : 0;
    }
  }
}
