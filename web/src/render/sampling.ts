// SPDX-License-Identifier: Apache-2.0
/**
 * From label map to one number per device pixel. Zoomed out it reads the pixel that the label mips would hold (the
 * lower-right one of each block, contract/label-map-codec.md), straight from the tiles, so no pyramid has to be kept
 * in step with the strokes.
 */
import type { LabelMap } from "../core/labelMap.ts";

/** Slot 0 = unlabelled, 1 = outside the picture, others are given by `slotOf`. */
export const SLOT_UNLABELLED = 0;
export const SLOT_OUTSIDE = 1;

/** Which image px each device column (or row) shows; −1 outside the picture. */
export function mapAxis(
  out: Int32Array,
  count: number,
  firstDevicePx: number,
  originPx: number,
  deviceScale: number,
  sidePx: number,
): void {
  const level = mipLevel(deviceScale);
  const last = sidePx - 1;
  for (let i = 0; i < count; i++) {
    const at = Math.floor(originPx + (firstDevicePx + i + 0.5) / deviceScale);
    if (at < 0 || at >= sidePx) out[i] = -1;
    else out[i] = level === 0 ? at : Math.min(last, (((at >> level) + 1) << level) - 1);
  }
}

/** Coarsest level whose blocks are not bigger than a device pixel. */
export function mipLevel(deviceScale: number): number {
  let level = 0;
  while (deviceScale * 2 ** (level + 1) <= 1) level++;
  return level;
}

export interface SlotSource {
  /** Number that stands for a segment id in the colour tables; small and dense. */
  slotOf(id: number): number;
}

/** Palette of each tile translated to slots; kept until the palette or the meaning of slots changes. */
export class TileSlots {
  private tables: (Uint16Array | undefined)[] = [];
  private versions: number[] = [];
  private epoch = -1;
  private map: LabelMap | null = null;

  /** Slot per palette entry of the tile. */
  of(map: LabelMap, tileIndex: number, slots: SlotSource, epoch: number): Uint16Array {
    if (map !== this.map || epoch !== this.epoch) {
      this.tables = [];
      this.map = map;
      this.epoch = epoch;
    }
    const tile = map.tileIndexView(tileIndex);
    const known = this.tables[tileIndex];
    if (known !== undefined && this.versions[tileIndex] === tile.paletteVersion) return known;
    const table = new Uint16Array(tile.paletteSize);
    for (let i = 0; i < tile.paletteSize; i++) table[i] = slots.slotOf(tile.palette[i]);
    this.tables[tileIndex] = table;
    this.versions[tileIndex] = tile.paletteVersion;
    return table;
  }
}

/** Fills one device row with slots: `columns[i]` is the image column of device column i, ascending. */
export function sampleRow(
  map: LabelMap,
  tileSlots: TileSlots,
  slots: SlotSource,
  epoch: number,
  y: number,
  columns: Int32Array,
  count: number,
  out: Uint16Array,
  at: number,
): void {
  let i = 0;
  while (i < count && columns[i] < 0) out[at + i++] = SLOT_OUTSIDE;
  const tileRow = (y >> 8) * map.tileColumns;
  while (i < count && columns[i] >= 0) {
    const tileIndex = tileRow + (columns[i] >> 8);
    const tile = map.tileIndexView(tileIndex);
    const right = tile.x0 + tile.width;
    const table = tileSlots.of(map, tileIndex, slots, epoch);
    const { indices } = tile;
    if (indices === null) {
      const slot = table[0];
      for (; i < count && columns[i] >= 0 && columns[i] < right; i++) out[at + i] = slot;
    } else {
      const shift = (y - tile.y0) * tile.width - tile.x0;
      for (; i < count && columns[i] >= 0 && columns[i] < right; i++) out[at + i] = table[indices[shift + columns[i]]];
    }
  }
  while (i < count) out[at + i++] = SLOT_OUTSIDE;
}
