// SPDX-License-Identifier: Apache-2.0
/**
 * Area, box, perimeter and neighbours of every id, as sums over tiles and the seams between them: a refresh counts only
 * the tiles that were written since, and their seams (contract/vector-view.md, "Statistics").
 */
import type { LabelMap } from "./labelMap.ts";
import type { BoxXyxy } from "./region.ts";
import type { TileView } from "./tile.ts";

const OUTSIDE = -1;

export interface IdStatistics {
  readonly areaPx: number;
  readonly box: BoxXyxy;
  /** Pixel edges around it, the image's frame included. */
  readonly perimeterCracks: number;
  /** Other id (−1: the frame) → number of cracks shared with it, ascending by id. */
  readonly neighbours: ReadonlyMap<number, number>;
}

interface Extent {
  areaPx: number;
  x0: number;
  y0: number;
  x1: number;
  y1: number;
}

/** Low id → high id → cracks between them. */
class CrackCounts {
  readonly pairs = new Map<number, Map<number, number>>();

  add(one: number, other: number, cracks: number): void {
    const low = Math.min(one, other);
    const high = Math.max(one, other);
    let row = this.pairs.get(low);
    if (row === undefined) {
      row = new Map();
      this.pairs.set(low, row);
    }
    row.set(high, (row.get(high) ?? 0) + cracks);
  }
}

interface TileCounts {
  version: number;
  extents: ReadonlyMap<number, Extent>;
  inside: CrackCounts;
  right: CrackCounts;
  below: CrackCounts;
}

export class MapStatistics {
  private readonly map: LabelMap;
  private readonly tiles: TileCounts[];
  private byId: ReadonlyMap<number, IdStatistics> = new Map();

  constructor(map: LabelMap) {
    this.map = map;
    const none = new CrackCounts();
    this.tiles = Array.from({ length: map.tileCount }, () => {
      return { version: -1, extents: new Map(), inside: none, right: none, below: none };
    });
    this.refresh();
  }

  /** Counts the tiles again that were written since; says how many. */
  refresh(): number {
    const { map, tiles } = this;
    const written = tiles.map((counts, i) => counts.version !== map.tileIndexView(i).version);
    const columns = map.tileColumns;
    let recounted = 0;
    for (let i = 0; i < tiles.length; i++) {
      if (written[i]) {
        recounted++;
        const tile = map.tileIndexView(i);
        tiles[i].version = tile.version;
        tiles[i].extents = countExtents(map, tile);
        tiles[i].inside = countInside(map, tile);
      }
      const hasRight = (i + 1) % columns !== 0;
      if (hasRight && (written[i] || written[i + 1])) tiles[i].right = countRightSeam(map, map.tileIndexView(i));
      const hasBelow = i + columns < tiles.length;
      if (hasBelow && (written[i] || written[i + columns])) tiles[i].below = countLowerSeam(map, map.tileIndexView(i));
    }
    if (recounted > 0) this.byId = sumUp(tiles);
    return recounted;
  }

  /** As of the last refresh; null for an id without pixels. */
  of(id: number): IdStatistics | null {
    return this.byId.get(id) ?? null;
  }

  /** Ids that own pixels, ascending, as of the last refresh. */
  ids(): number[] {
    return [...this.byId.keys()];
  }
}

function countExtents(map: LabelMap, tile: TileView): ReadonlyMap<number, Extent> {
  const extents = new Map<number, Extent>();
  for (let y = tile.y0; y < tile.y0 + tile.height; y++) {
    map.forEachRun(y, tile.x0, tile.x0 + tile.width, (x0, x1, id) => {
      const known = extents.get(id);
      if (known === undefined) extents.set(id, { areaPx: x1 - x0, x0, y0: y, x1, y1: y + 1 });
      else widen(known, { areaPx: x1 - x0, x0, y0: y, x1, y1: y + 1 });
    });
  }
  return extents;
}

function widen(extent: Extent, by: Extent): void {
  extent.areaPx += by.areaPx;
  extent.x0 = Math.min(extent.x0, by.x0);
  extent.y0 = Math.min(extent.y0, by.y0);
  extent.x1 = Math.max(extent.x1, by.x1);
  extent.y1 = Math.max(extent.y1, by.y1);
}

/** Cracks between pixels of the tile, and those of its pixels at the frame of the image. */
function countInside(map: LabelMap, tile: TileView): CrackCounts {
  const cracks = new CrackCounts();
  const { x0, y0, width, height } = tile;
  let above = new Uint32Array(width);
  let row = new Uint32Array(width);
  for (let y = y0; y < y0 + height; y++) {
    map.readRow(y, x0, x0 + width, row);
    for (let i = 1; i < width; i++) if (row[i] !== row[i - 1]) cracks.add(row[i - 1], row[i], 1);
    if (x0 === 0) cracks.add(OUTSIDE, row[0], 1);
    if (x0 + width === map.width) cracks.add(OUTSIDE, row[width - 1], 1);
    if (y > y0) countUnlike(above, row, cracks);
    if (y === 0) countFrame(row, cracks);
    if (y + 1 === map.height) countFrame(row, cracks);
    [above, row] = [row, above];
  }
  return cracks;
}

function countUnlike(one: Uint32Array, other: Uint32Array, cracks: CrackCounts): void {
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) cracks.add(one[i], other[i], 1);
}

function countFrame(row: Uint32Array, cracks: CrackCounts): void {
  for (let i = 0; i < row.length; i++) cracks.add(OUTSIDE, row[i], 1);
}

function countRightSeam(map: LabelMap, { x0, y0, width, height }: TileView): CrackCounts {
  const cracks = new CrackCounts();
  const x = x0 + width;
  for (let y = y0; y < y0 + height; y++) {
    const one = map.get(x - 1, y);
    const other = map.get(x, y);
    if (one !== other) cracks.add(one, other, 1);
  }
  return cracks;
}

function countLowerSeam(map: LabelMap, { x0, y0, width, height }: TileView): CrackCounts {
  const cracks = new CrackCounts();
  const upper = new Uint32Array(width);
  const lower = new Uint32Array(width);
  map.readRow(y0 + height - 1, x0, x0 + width, upper);
  map.readRow(y0 + height, x0, x0 + width, lower);
  countUnlike(upper, lower, cracks);
  return cracks;
}

function sumUp(tiles: readonly TileCounts[]): ReadonlyMap<number, IdStatistics> {
  const extents = new Map<number, Extent>();
  const around = new Map<number, Map<number, number>>();
  const share = (id: number, other: number, cracks: number): void => {
    let own = around.get(id);
    if (own === undefined) {
      own = new Map();
      around.set(id, own);
    }
    own.set(other, (own.get(other) ?? 0) + cracks);
  };
  for (const tile of tiles) {
    for (const [id, extent] of tile.extents) {
      const known = extents.get(id);
      if (known === undefined) extents.set(id, { ...extent });
      else widen(known, extent);
    }
    for (const { pairs } of [tile.inside, tile.right, tile.below]) {
      for (const [low, row] of pairs) {
        for (const [high, cracks] of row) {
          share(low, high, cracks);
          share(high, low, cracks);
        }
      }
    }
  }
  const ids = [...extents.keys()].sort((a, b) => a - b);
  return new Map(ids.map((id) => [id, statisticsOf(extents.get(id) as Extent, around.get(id) ?? new Map())]));
}

function statisticsOf({ areaPx, x0, y0, x1, y1 }: Extent, around: ReadonlyMap<number, number>): IdStatistics {
  const neighbours = new Map([...around].sort(([a], [b]) => a - b));
  let perimeterCracks = 0;
  for (const cracks of neighbours.values()) perimeterCracks += cracks;
  return { areaPx, box: [x0, y0, x1, y1], perimeterCracks, neighbours };
}
