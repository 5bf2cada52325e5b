// SPDX-License-Identifier: Apache-2.0
/**
 * From label map to one number per device pixel. Zoomed out it reads the pixel that the label mips would hold (the
 * lower-right one of each block, contract/label-map-codec.md), straight from the tiles, so no pyramid has to be kept
 * in step with the strokes.
 */
import type { LabelMap } from "../core/labelMap.ts";

/** Tiles are 256 px wide and high. */
export const TILE_SHIFT = 8;

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
    const at = Math.floor(originPx + (firstDevicePx + i + 0.5) / deviceScale + TIE);
    if (at < 0 || at >= sidePx) out[i] = -1;
    else out[i] = level === 0 ? at : Math.min(last, (((at >> level) + 1) << level) - 1);
  }
}

/** A centre that falls on the edge of a pixel shall fall on the same side after every pan, whatever rounding did. */
const TIE = 1e-6;

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

/** Device columns [from, to) that lie in one column of tiles; `tileColumn` −1: outside the picture. */
export interface ColumnSpan {
  readonly tileColumn: number;
  readonly from: number;
  readonly to: number;
}

/** The device columns of a row, cut where tiles meet; the same for every row of a picture. */
export function columnSpans(columns: Int32Array, count: number): readonly ColumnSpan[] {
  const spans: ColumnSpan[] = [];
  for (let from = 0; from < count; ) {
    const tileColumn = columns[from] >> TILE_SHIFT; // −1 stays −1
    let to = from + 1;
    while (to < count && columns[to] >> TILE_SHIFT === tileColumn) to++;
    spans.push({ tileColumn, from, to });
    from = to;
  }
  return spans;
}

/** Fills one device row with slots: `columns[i]` is the image column of device column i. */
export function sampleRow(
  map: LabelMap,
  tileSlots: TileSlots,
  slots: SlotSource,
  epoch: number,
  y: number,
  spans: readonly ColumnSpan[],
  columns: Int32Array,
  out: Uint16Array,
  at: number,
): void {
  const tileRow = (y >> TILE_SHIFT) * map.tileColumns;
  for (const { tileColumn, from, to } of spans) {
    if (tileColumn < 0) {
      out.fill(SLOT_OUTSIDE, at + from, at + to);
      continue;
    }
    const tileIndex = tileRow + tileColumn;
    const tile = map.tileIndexView(tileIndex);
    const table = tileSlots.of(map, tileIndex, slots, epoch);
    const { indices } = tile;
    if (indices === null) out.fill(table[0], at + from, at + to);
    else {
      const shift = (y - tile.y0) * tile.width - tile.x0;
      for (let i = from; i < to; i++) out[at + i] = table[indices[shift + columns[i]]];
    }
  }
}
