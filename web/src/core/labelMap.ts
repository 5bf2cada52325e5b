// SPDX-License-Identifier: Apache-2.0
/**
 * The label map of one layer, mutable, for an interactive editor: each pixel holds one segment id (0 = unlabelled).
 * Tiles of 256 × 256; the cost of a write is its size, never the map's. Areas per segment are kept at every write,
 * tile names until the next write to the tile.
 */
import { GeometryError } from "./errors.ts";
import { TILE_SIDE_PX } from "./limits.ts";
import { checkSize } from "./raster/quantise.ts";
import type { BoxXyxy, Region, SizeHw } from "./region.ts";
import { RunCollector } from "./region.ts";
import { Sha256, sha256, toHex } from "./sha256.ts";
import { type AreaTally, Tile, type TileView } from "./tile.ts";
import { decodeTile, encodePack, encodeTile, type PackEntry, splitPack, tileGrid } from "./tileCodec.ts";
import { utf8Bytes } from "./utf8.ts";

export type RunVisitor = (x0: number, x1: number, id: number) => void;

const MAGIC = utf8Bytes("intarsia-map1");

export class LabelMap implements AreaTally {
  readonly width: number;
  readonly height: number;
  readonly tileColumns: number;
  readonly tileRows: number;
  private readonly tiles: Tile[] = [];
  private readonly areas = new Map<number, number>();
  private readonly boxes = new Map<number, BoxXyxy | null>();
  /** Names of unlabelled tiles by size; at most four sizes occur in a map. */
  private readonly blankNames = new Map<number, Uint8Array>();

  /** A map without labels. Throws `size_out_of_range`. */
  constructor(sizeHw: SizeHw) {
    checkSize(sizeHw);
    [this.height, this.width] = sizeHw;
    const { columns, rows } = tileGrid(sizeHw);
    this.tileColumns = columns;
    this.tileRows = rows;
    for (let ty = 0; ty < rows; ty++) {
      for (let tx = 0; tx < columns; tx++) {
        const x0 = tx * TILE_SIDE_PX;
        const y0 = ty * TILE_SIDE_PX;
        const width = Math.min(TILE_SIDE_PX, this.width - x0);
        this.tiles.push(new Tile(x0, y0, width, Math.min(TILE_SIDE_PX, this.height - y0), 0));
      }
    }
    this.areas.set(0, this.width * this.height);
  }

  /** Map from a pack; tiles left out are unlabelled. Throws CodecError, or `size_out_of_range`. */
  static fromPack(bytes: Uint8Array, sizeHw: SizeHw): LabelMap {
    const map = new LabelMap(sizeHw);
    map.loadPack(bytes);
    return map;
  }

  /** Map from ids row-major (length H·W); for tests and small work. */
  static fromIds(ids: ArrayLike<number>, sizeHw: SizeHw): LabelMap {
    const map = new LabelMap(sizeHw);
    const [h, w] = sizeHw;
    for (let y = 0; y < h; y++) {
      for (let x = 0; x < w; ) {
        const id = ids[y * w + x];
        const start = x++;
        while (x < w && ids[y * w + x] === id) x++;
        map.writeRun(y, start, x, id);
      }
    }
    return map;
  }

  get sizeHw(): SizeHw {
    return [this.height, this.width];
  }

  get tileCount(): number {
    return this.tiles.length;
  }

  /** Pixels with an owner (id ≠ 0). */
  get labelledPx(): number {
    return this.width * this.height - this.areaOf(0);
  }

  /** Id at pixel (x, y); 0 outside the map. */
  get(x: number, y: number): number {
    if (x < 0 || y < 0 || x >= this.width || y >= this.height) return 0;
    const tile = this.tiles[(y >> 8) * this.tileColumns + (x >> 8)];
    if (tile.indices === null) return tile.palette[0];
    return tile.palette[tile.indices[(y - tile.y0) * tile.width + x - tile.x0]];
  }

  /** Visits the maximal runs of row `y` within [x0, x1), across tile borders, left to right. Do not write meanwhile. */
  forEachRun(y: number, x0: number, x1: number, visit: RunVisitor): void {
    const from = Math.max(0, x0);
    const to = Math.min(this.width, x1);
    if (y < 0 || y >= this.height || to <= from) return;
    const first = (y >> 8) * this.tileColumns;
    let start = from;
    let id = this.get(from, y);
    for (let x = from; x < to; ) {
      const tile = this.tiles[first + (x >> 8)];
      const end = Math.min(to, tile.x0 + tile.width);
      const { indices, palette } = tile;
      if (indices === null) {
        if (palette[0] !== id) {
          visit(start, x, id);
          start = x;
          id = palette[0];
        }
        x = end;
        continue;
      }
      const shift = (y - tile.y0) * tile.width - tile.x0;
      while (x < end) {
        const slot = indices[shift + x];
        if (palette[slot] !== id) {
          visit(start, x, id);
          start = x;
          id = palette[slot];
        }
        x++;
        while (x < end && indices[shift + x] === slot) x++;
      }
    }
    visit(start, to, id);
  }

  /** Gives pixels [x0, x1) of row `y` to `id`; the part outside the map is ignored. Says whether anything changed. */
  writeRun(y: number, x0: number, x1: number, id: number): boolean {
    const to = Math.min(this.width, x1);
    if (y < 0 || y >= this.height) return false;
    const first = (y >> 8) * this.tileColumns;
    let changed = false;
    for (let x = Math.max(0, x0); x < to; ) {
      const tile = this.tiles[first + (x >> 8)];
      const end = Math.min(to, tile.x0 + tile.width);
      const shift = (y - tile.y0) * tile.width - tile.x0;
      if (tile.write(shift + x, shift + end, id, this)) changed = true;
      x = end;
    }
    return changed;
  }

  /** Whether pixels [x0, x1) of row `y` (inside the map) all hold `id`. */
  runHolds(y: number, x0: number, x1: number, id: number): boolean {
    const first = (y >> 8) * this.tileColumns;
    for (let x = x0; x < x1; ) {
      const tile = this.tiles[first + (x >> 8)];
      const end = Math.min(x1, tile.x0 + tile.width);
      if (!tile.holds((y - tile.y0) * tile.width - tile.x0 + x, end - x, id)) return false;
      x = end;
    }
    return true;
  }

  /** Copies ids of row `y`, columns [x0, x1) (inside the map), to `out` from `at`. */
  readRow(y: number, x0: number, x1: number, out: Uint32Array, at = 0): void {
    const first = (y >> 8) * this.tileColumns;
    for (let x = x0; x < x1; ) {
      const { x0: left, y0, width, indices, palette } = this.tiles[first + (x >> 8)];
      const end = Math.min(x1, left + width);
      if (indices === null) out.fill(palette[0], at + x - x0, at + end - x0);
      else {
        const shift = (y - y0) * width - left;
        for (let i = x; i < end; i++) out[at + i - x0] = palette[indices[shift + i]];
      }
      x = end;
    }
  }

  /** All ids, row-major; for tests and small maps (4 bytes a pixel). */
  toIds(): Uint32Array {
    const ids = new Uint32Array(this.width * this.height);
    for (let y = 0; y < this.height; y++) this.readRow(y, 0, this.width, ids, y * this.width);
    return ids;
  }

  /** What a renderer needs of a tile: palette, slots, versions. No copy; do not change it. */
  tileIndexView(tileIndex: number): TileView {
    return this.tiles[tileIndex];
  }

  /** Unlabelled pixels of a tile. */
  tileUnlabelledPx(tileIndex: number): number {
    return this.tiles[tileIndex].countOf(0);
  }

  /** Whether a tile has any pixel of `id`. */
  tileHolds(tileIndex: number, id: number): boolean {
    return this.tiles[tileIndex].countOf(id) > 0;
  }

  /** Pixels of `id`. */
  areaOf(id: number): number {
    return this.areas.get(id) ?? 0;
  }

  /** Ids that own pixels, 0 included when there is any unlabelled pixel; in no set order. */
  ids(): number[] {
    return [...this.areas.keys()];
  }

  /** AreaTally: called by the tiles at every write. */
  move(fromId: number, toId: number, px: number): void {
    const left = (this.areas.get(fromId) ?? 0) - px;
    if (left > 0) this.areas.set(fromId, left);
    else this.areas.delete(fromId);
    this.areas.set(toId, (this.areas.get(toId) ?? 0) + px);
    if (this.boxes.size > 0) {
      this.boxes.delete(fromId);
      this.boxes.delete(toId);
    }
  }

  /** Smallest box that holds all pixels of `id`, or null without any. Searched on demand, kept until `id` changes. */
  boxOf(id: number): BoxXyxy | null {
    const known = this.boxes.get(id);
    if (known !== undefined) return known;
    const box = this.searchBox(id);
    this.boxes.set(id, box);
    return box;
  }

  private searchBox(id: number): BoxXyxy | null {
    if (this.areaOf(id) === 0) return null;
    let x0 = this.width;
    let y0 = this.height;
    let x1 = 0;
    let y1 = 0;
    for (const tile of this.tiles) {
      const right = tile.x0 + tile.width;
      const bottom = tile.y0 + tile.height;
      if (tile.x0 >= x0 && right <= x1 && tile.y0 >= y0 && bottom <= y1) continue;
      const slot = tile.slotOf(id);
      if (slot < 0 || tile.countOf(id) === 0) continue;
      const [tx0, ty0, tx1, ty1] = tile.indices === null ? [0, 0, tile.width, tile.height] : slotBox(tile, slot);
      x0 = Math.min(x0, tile.x0 + tx0);
      y0 = Math.min(y0, tile.y0 + ty0);
      x1 = Math.max(x1, tile.x0 + tx1);
      y1 = Math.max(y1, tile.y0 + ty1);
    }
    return [x0, y0, x1, y1];
  }

  /** All pixels of `id` as a region. Reads only the tiles that hold it. */
  regionOf(id: number): Region {
    const runs = new RunCollector(256);
    for (let ty = 0; ty < this.tileRows; ty++) {
      const row = this.tiles.slice(ty * this.tileColumns, (ty + 1) * this.tileColumns).filter((t) => t.countOf(id) > 0);
      if (row.length === 0) continue;
      const left = row[0].x0;
      const right = row[row.length - 1].x0 + row[row.length - 1].width;
      for (let y = row[0].y0; y < row[0].y0 + row[0].height; y++) {
        this.forEachRun(y, left, right, (x0, x1, found) => {
          if (found === id) runs.push(y, x0, x1);
        });
      }
    }
    return runs.toRegion();
  }

  tilePayload(tileIndex: number): Uint8Array {
    return encodeTile(this.tiles[tileIndex]);
  }

  /** SHA-256 of the tile's payload (32 bytes; do not change them). Kept until the tile changes. */
  tileName(tileIndex: number): Uint8Array {
    const tile = this.tiles[tileIndex];
    if (tile.name !== null) return tile.name;
    const blank = tile.indices === null && tile.palette[0] === 0;
    const key = tile.width * 1024 + tile.height;
    const known = blank ? this.blankNames.get(key) : undefined;
    tile.name = known ?? sha256(encodeTile(tile));
    if (blank) this.blankNames.set(key, tile.name);
    return tile.name;
  }

  /** Checksum of this map as layer `layer`: 64 hex digits. */
  checksum(layer: string): string {
    const name = utf8Bytes(layer);
    const hash = new Sha256()
      .update(MAGIC)
      .update(Uint8Array.of(name.length & 255, name.length >> 8))
      .update(name);
    const size = new Uint8Array(8);
    const view = new DataView(size.buffer);
    view.setUint32(0, this.height, true);
    view.setUint32(4, this.width, true);
    hash.update(size);
    for (let i = 0; i < this.tiles.length; i++) hash.update(this.tileName(i));
    return toHex(hash.digest());
  }

  /** All tiles that hold any label, as one pack. */
  toPack(): Uint8Array {
    const entries: PackEntry[] = [];
    this.tiles.forEach((tile, index) => {
      if (tile.indices !== null || tile.palette[0] !== 0) entries.push({ index, payload: encodeTile(tile) });
    });
    return encodePack(entries);
  }

  /** Replaces the tiles that the pack holds. Nothing changes when it throws (CodecError). */
  loadPack(bytes: Uint8Array): void {
    const decoded = splitPack(bytes, this.tiles.length).map(({ index, payload }) => {
      const tile = this.tiles[index];
      return { tile, pixels: decodeTile(payload, tile.width, tile.height) };
    });
    for (const { tile, pixels } of decoded) {
      tile.forEachId((id, px) => this.addArea(id, -px));
      tile.load(pixels);
      tile.forEachId((id, px) => this.addArea(id, px));
    }
    this.boxes.clear();
  }

  private addArea(id: number, px: number): void {
    const area = (this.areas.get(id) ?? 0) + px;
    if (area > 0) this.areas.set(id, area);
    else this.areas.delete(id);
  }

  /** An independent copy. */
  clone(): LabelMap {
    const copy = new LabelMap(this.sizeHw);
    copy.copyFrom(this);
    return copy;
  }

  private copyFrom(other: LabelMap): void {
    if (other.tiles.length !== this.tiles.length) throw new GeometryError("size_out_of_range");
    for (let i = 0; i < this.tiles.length; i++) this.tiles[i] = other.tiles[i].clone();
    this.areas.clear();
    for (const [id, px] of other.areas) this.areas.set(id, px);
  }
}

/** Box of a slot's pixels within its tile, in tile px. */
function slotBox(tile: TileView, slot: number): BoxXyxy {
  const indices = tile.indices as Uint8Array | Uint16Array;
  const first = indices.indexOf(slot);
  const last = indices.lastIndexOf(slot);
  const y0 = Math.floor(first / tile.width);
  const y1 = Math.floor(last / tile.width);
  let x0 = tile.width;
  let x1 = 0;
  for (let y = y0; y <= y1; y++) {
    const row = y * tile.width;
    for (let x = 0; x < x0; x++) if (indices[row + x] === slot) x0 = x;
    for (let x = tile.width - 1; x >= x1; x--) if (indices[row + x] === slot) x1 = x + 1;
  }
  return [x0, y0, x1, y1 + 1];
}
