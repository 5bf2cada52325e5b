// SPDX-License-Identifier: Apache-2.0
/** One mutable tile of a label map: a single id, or a palette with u8/u16 slots that grow on demand. */
import type { DecodedTile, TilePixels } from "./tileCodec.ts";

/** What a renderer may see of a tile: no copies, valid until the next write to the map. */
export interface TileView extends TilePixels {
  readonly x0: number;
  readonly y0: number;
  /** Grows with every change of pixels. */
  readonly version: number;
  /** Grows whenever a palette entry changes meaning or is added, so that a colour table per tile can be kept. */
  readonly paletteVersion: number;
}

/** Told of every change of owner, in px. */
export interface AreaTally {
  move(fromId: number, toId: number, px: number): void;
}

const LINEAR_SEARCH_MAX = 48;

export class Tile implements TileView {
  readonly x0: number;
  readonly y0: number;
  readonly width: number;
  readonly height: number;
  palette: Uint32Array;
  paletteSize = 1;
  indices: Uint8Array | Uint16Array | null = null;
  version = 0;
  paletteVersion = 0;
  /** SHA-256 of the payload, until the next change. */
  name: Uint8Array | null = null;
  /** Pixels per slot; a slot with 0 is dead and may be given to another id. */
  private counts: Int32Array;
  private slots: Map<number, number> | null = null;
  private deadFrom = 0;

  constructor(x0: number, y0: number, width: number, height: number, id: number) {
    this.x0 = x0;
    this.y0 = y0;
    this.width = width;
    this.height = height;
    this.palette = Uint32Array.of(id);
    this.counts = Int32Array.of(width * height);
  }

  clone(): Tile {
    const copy = new Tile(this.x0, this.y0, this.width, this.height, 0);
    copy.palette = this.palette.slice();
    copy.paletteSize = this.paletteSize;
    copy.indices = this.indices === null ? null : this.indices.slice();
    copy.counts = this.counts.slice();
    copy.name = this.name;
    return copy;
  }

  /** Takes over decoded pixels (arrays are kept, not copied). */
  load(decoded: DecodedTile): void {
    this.palette = decoded.palette;
    this.paletteSize = decoded.paletteSize;
    this.indices = decoded.indices;
    this.counts = decoded.counts;
    this.touched();
    this.paletteChanged();
  }

  /** Pixels of `id` in this tile. */
  countOf(id: number): number {
    const slot = this.slotOf(id);
    return slot < 0 ? 0 : this.counts[slot];
  }

  /** Calls for each id that has pixels here, in no set order. */
  forEachId(visit: (id: number, px: number) => void): void {
    for (let s = 0; s < this.paletteSize; s++) if (this.counts[s] > 0) visit(this.palette[s], this.counts[s]);
  }

  /** Slot of an id, or −1. A dead slot keeps its id until it is given away. */
  slotOf(id: number): number {
    if (this.slots !== null) return this.slots.get(id) ?? -1;
    const palette = this.palette;
    for (let s = 0; s < this.paletteSize; s++) if (palette[s] === id) return s;
    return -1;
  }

  /** Whether `length` pixels from offset `from` all hold `id`. */
  holds(from: number, length: number, id: number): boolean {
    const { indices } = this;
    if (indices === null) return this.palette[0] === id;
    const slot = this.slotOf(id);
    for (let i = from; i < from + length; i++) if (indices[i] !== slot) return false;
    return true;
  }

  /** Gives the pixels at offsets [from, to) to `id`; says whether anything changed. */
  write(from: number, to: number, id: number, tally: AreaTally): boolean {
    if (to <= from) return false;
    if (this.indices === null) {
      const old = this.palette[0];
      const area = this.width * this.height;
      if (old === id) return false;
      if (to - from === area) {
        tally.move(old, id, area);
        this.becomeUniform(id);
        this.touched();
        return true;
      }
      this.indices = new Uint8Array(area);
    }
    return this.writeSlots(from, to, id, tally);
  }

  private writeSlots(from: number, to: number, id: number, tally: AreaTally): boolean {
    let indices = this.indices as Uint8Array | Uint16Array;
    const { counts, palette } = this;
    let moved = 0;
    for (let i = from; i < to; ) {
      const slot = indices[i];
      const start = i++;
      while (i < to && indices[i] === slot) i++;
      if (palette[slot] === id) continue;
      counts[slot] -= i - start;
      moved += i - start;
      tally.move(palette[slot], id, i - start);
    }
    if (moved === 0) return false;
    const slot = this.claimSlot(id);
    indices = this.indices as Uint8Array | Uint16Array;
    if (to - from > 24) indices.fill(slot, from, to);
    else for (let i = from; i < to; i++) indices[i] = slot;
    this.counts[slot] += moved;
    if (this.counts[slot] === this.width * this.height) this.becomeUniform(id);
    this.touched();
    return true;
  }

  private touched(): void {
    this.version++;
    this.name = null;
  }

  private paletteChanged(): void {
    this.paletteVersion++;
    this.slots = null;
    if (this.paletteSize > LINEAR_SEARCH_MAX) this.indexSlots();
  }

  private indexSlots(): void {
    this.slots = new Map();
    for (let s = 0; s < this.paletteSize; s++) this.slots.set(this.palette[s], s);
  }

  private becomeUniform(id: number): void {
    this.palette = Uint32Array.of(id);
    this.counts = Int32Array.of(this.width * this.height);
    this.paletteSize = 1;
    this.indices = null;
    this.paletteChanged();
  }

  /** Slot of `id`, made when it has none: a dead slot when the width is full, else a new one (u8 → u16 when needed). */
  private claimSlot(id: number): number {
    const known = this.slotOf(id);
    if (known >= 0) return known;
    let slot = this.paletteSize;
    if (slot === 256 || slot === 65536) slot = this.deadSlot();
    if (slot === 256 && this.indices instanceof Uint8Array) this.indices = Uint16Array.from(this.indices);
    if (slot === this.paletteSize) this.addSlot();
    else this.slots?.delete(this.palette[slot]);
    this.palette[slot] = id;
    this.slots?.set(id, slot);
    if (this.slots === null && this.paletteSize > LINEAR_SEARCH_MAX) this.indexSlots();
    this.paletteVersion++;
    return slot;
  }

  /** A slot without pixels, or the next new one. Goes on where it last stopped, or full palettes would be slow. */
  private deadSlot(): number {
    const size = this.paletteSize;
    for (let k = 0; k < size; k++) {
      const slot = (this.deadFrom + k) % size;
      if (this.counts[slot] > 0) continue;
      this.deadFrom = slot + 1;
      return slot;
    }
    return size;
  }

  private addSlot(): void {
    if (this.paletteSize === this.palette.length) {
      const capacity = Math.max(4, 2 * this.palette.length);
      const palette = new Uint32Array(capacity);
      palette.set(this.palette);
      this.palette = palette;
      const counts = new Int32Array(capacity);
      counts.set(this.counts);
      this.counts = counts;
    }
    this.paletteSize++;
  }
}
