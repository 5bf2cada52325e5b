// SPDX-License-Identifier: Apache-2.0
/**
 * The picture of the label map: fill, rim inside each segment, one line on the crack between two. Works on plain
 * arrays, so that tests can look at every pixel; `labels.ts` puts the result on a canvas.
 */
import type { LabelMap } from "../core/labelMap.ts";
import { MipPyramid } from "../core/mips.ts";
import type { PixelRuns } from "../core/pixelRuns.ts";
import type { LabelScene, OutlinePreview } from "../editor/canvas.ts";
import { EdgeMarker, MARK_GLOW, MARK_RIM, strokesFor } from "./edges.ts";
import {
  dimmed,
  FLAG_HATCH,
  LIGHT_DIM,
  LIGHT_FULL,
  LIGHT_HOST,
  packColour,
  SLOT_PREVIEW,
  SLOT_PREVIEW_TAKES,
  type SlotPalette,
} from "./palette.ts";
import {
  type ColumnSpan,
  columnSpans,
  mapAxis,
  mipLevel,
  SLOT_OUTSIDE,
  SLOT_UNLABELLED,
  sampleRow,
  TILE_SHIFT,
  TileSlots,
} from "./sampling.ts";

/** Device px. */
export interface DeviceRect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface ComposeView {
  readonly deviceScale: number; // device px per image px
  readonly originX: number; // image px at device column 0
  readonly originY: number;
  readonly dpr: number;
}

/** By mark: none, rim (each segment has its own), dark line, light line, glow. */
const MARK_COLOURS = Uint32Array.of(
  0,
  0,
  packColour(0x0b0b0b, 255),
  packColour(0xf2f2f4, 255),
  packColour(0x7ab0ff, 255),
);
/** Lines far from the host, as dim as what they part. */
const DIMMED_MARKS = MARK_COLOURS.map(dimmed);
const GAP_DARK = packColour(0x000000, 140);
const GAP_LIGHT = packColour(0xffffff, 140);
const HATCH_STEP_PX = 6;
const GAP_STEP_PX = 8;

export class Compositor {
  private readonly tileSlots = new TileSlots();
  private slots = new Uint16Array(0);
  private columns = new Int32Array(0);
  private rows = new Int32Array(0);
  private spans: readonly ColumnSpan[] = [];
  private mips: { readonly map: LabelMap; readonly pyramid: MipPyramid } | null = null;

  private readonly edges: EdgeMarker;

  constructor(private readonly palette: SlotPalette) {
    this.edges = new EdgeMarker(palette);
  }

  /** Draws `rect` into `out` (one word a pixel, `stride` words a row). The rectangle lies within the picture. */
  draw(scene: LabelScene, view: ComposeView, rect: DeviceRect, out: Uint32Array, stride: number): void {
    const strokes = strokesFor(view.dpr, scene.outlineWidth);
    const margin = scene.outlines ? strokes.reach : 0;
    const width = rect.width + 2 * margin;
    const height = rect.height + 2 * margin;
    this.reserve(width, height);
    const { map } = scene;
    mapAxis(this.columns, width, rect.x - margin, view.originX, view.deviceScale, map.width);
    this.spans = columnSpans(this.columns, width);
    mapAxis(this.rows, height, rect.y - margin, view.originY, view.deviceScale, map.height);
    this.sample(scene, width, height);
    if (scene.gapView) this.showSmallGaps(scene, width, height, view.deviceScale);
    if (scene.outlines) this.edges.mark(this.slots, this.rows, width, height, strokes, scene.preview?.shares === true);
    this.paint(scene, rect, margin, width, view.dpr, out, stride);
  }

  private reserve(width: number, height: number): void {
    if (this.slots.length < width * height) {
      this.slots = new Uint16Array(width * height);
    }
    if (this.columns.length < width) this.columns = new Int32Array(width);
    if (this.rows.length < height) this.rows = new Int32Array(height);
  }

  private sample(scene: LabelScene, width: number, height: number): void {
    const { slots, rows, columns, palette } = this;
    const preview = scene.preview;
    const proposed = scene.proposal?.pixels ?? null;
    for (let j = 0; j < height; j++) {
      const y = rows[j];
      const at = j * width;
      if (y < 0) slots.fill(SLOT_OUTSIDE, at, at + width);
      else if (j > 0 && rows[j - 1] === y) slots.copyWithin(at, at - width, at);
      else {
        sampleRow(scene.map, this.tileSlots, palette, palette.epoch, y, this.spans, columns, slots, at);
        if (preview !== null) overridePreview(preview, y, columns, width, slots, at);
        if (proposed !== null) this.showProposed(proposed, y, width, at);
      }
    }
  }

  /** Each pixel of the row that would change, as its owner to be. */
  private showProposed(pixels: PixelRuns, y: number, width: number, at: number): void {
    const { ys, x0s, x1s, afters, count } = pixels;
    for (let i = firstRunOfRow(ys, count, y); i < count && ys[i] === y; i++) {
      const from = firstColumn(this.columns, width, x0s[i]);
      const to = firstColumn(this.columns, width, x1s[i]);
      if (to > from) this.slots.fill(this.palette.proposedSlotOf(afters[i]), at + from, at + to);
    }
  }

  /** In gap view a block that holds any unlabelled pixel counts as one, so that zooming out hides no gap. */
  private showSmallGaps(scene: LabelScene, width: number, height: number, deviceScale: number): void {
    const level = mipLevel(deviceScale);
    if (level === 0) return;
    const { map } = scene;
    if (this.mips === null || this.mips.map !== map) this.mips = { map, pyramid: new MipPyramid(map) };
    for (let j = 0; j < height; j++) {
      if (this.rows[j] < 0) continue;
      for (let i = 0; i < width; ) i = this.gapsOfTile(map, this.mips.pyramid, level, j, i, width);
    }
  }

  /** Goes on from device column i to the end of its tile; gives the column after it. */
  private gapsOfTile(map: LabelMap, pyramid: MipPyramid, level: number, j: number, i: number, width: number): number {
    const { columns, slots } = this;
    if (columns[i] < 0) return i + 1;
    const y = this.rows[j];
    const tileX = columns[i] >> TILE_SHIFT;
    const tileIndex = (y >> TILE_SHIFT) * map.tileColumns + tileX;
    const some = map.tileUnlabelledPx(tileIndex) > 0;
    const mip = some ? pyramid.view(tileIndex, level) : null;
    const bits = mip?.unlabelled ?? null;
    let k = i;
    for (; k < width && columns[k] >> TILE_SHIFT === tileX; k++) {
      if (mip === null || bits === null) continue;
      const at = ((y >> level) - mip.y0) * mip.width + (columns[k] >> level) - mip.x0;
      if (bits[at] === 1) slots[j * width + k] = SLOT_UNLABELLED;
    }
    return k;
  }

  private paint(
    scene: LabelScene,
    rect: DeviceRect,
    margin: number,
    width: number,
    dpr: number,
    out: Uint32Array,
    stride: number,
  ): void {
    const { slots } = this;
    const { marks, offset } = this.edges;
    const { fill, rim, flags, light } = this.palette;
    const { outlines, gapView, spotlight } = scene;
    for (let j = 0; j < rect.height; j++) {
      let k = (j + margin) * width + margin;
      let o = (rect.y + j) * stride + rect.x;
      const end = o + rect.width;
      while (o < end) {
        const slot = slots[k];
        const dim = spotlight !== null && light[slot] === LIGHT_DIM;
        const colour = dim ? dimmed(fill[slot]) : fill[slot];
        const inner = edgeOf(rim[slot], spotlight === null ? LIGHT_FULL : light[slot]);
        const lines = dim ? DIMMED_MARKS : MARK_COLOURS;
        const patterned = (flags[slot] & FLAG_HATCH) !== 0 || (gapView && slot === SLOT_UNLABELLED);
        for (; o < end && slots[k] === slot; o++, k++) {
          const mark = outlines ? marks[offset + k] : 0;
          if (mark === 0) out[o] = patterned ? pattern(slot, colour, inner, o % stride, rect.y + j, dpr) : colour;
          else out[o] = mark === MARK_RIM ? inner : lines[mark];
        }
      }
    }
  }
}

/** A host is told by its rim, the rest by being dim. */
function edgeOf(rim: number, light: number): number {
  return light === LIGHT_HOST ? MARK_COLOURS[MARK_GLOW] : light === LIGHT_DIM ? dimmed(rim) : rim;
}

/** Screen-fixed lines at 45°: over unlabelled pixels in gap view, over pixels that an outline takes from others. */
function pattern(slot: number, colour: number, strong: number, x: number, y: number, dpr: number): number {
  const along = Math.floor((x + y) / dpr);
  if (slot === SLOT_UNLABELLED) {
    const phase = along % GAP_STEP_PX;
    return phase === 0 ? GAP_LIGHT : phase === 1 ? GAP_DARK : colour;
  }
  return along % HATCH_STEP_PX === 0 ? strong : colour;
}

/** Puts the preview's slots over a sampled row. */
function overridePreview(
  preview: OutlinePreview,
  y: number,
  columns: Int32Array,
  count: number,
  slots: Uint16Array,
  at: number,
): void {
  const { ys, x0s, x1s, count: runs } = preview.taken;
  let i = firstRunOfRow(ys, runs, y);
  for (; i < runs && ys[i] === y; i++) {
    const from = firstColumn(columns, count, x0s[i]);
    const to = firstColumn(columns, count, x1s[i]);
    if (to > from) slots.fill(preview.before[i] === 0 ? SLOT_PREVIEW : SLOT_PREVIEW_TAKES, at + from, at + to);
  }
}

function firstRunOfRow(ys: Int32Array, count: number, y: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const mid = (low + high) >> 1;
    if (ys[mid] < y) low = mid + 1;
    else high = mid;
  }
  return low;
}

/** First device column that shows image column x or one right of it; columns right of the picture (−1) count as far right. */
function firstColumn(columns: Int32Array, count: number, x: number): number {
  let low = 0;
  let high = count;
  while (low < high && columns[low] < 0) low++;
  while (high > low && columns[high - 1] < 0) high--;
  while (low < high) {
    const mid = (low + high) >> 1;
    if (columns[mid] < x) low = mid + 1;
    else high = mid;
  }
  return low;
}
