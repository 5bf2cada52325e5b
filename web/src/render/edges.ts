// SPDX-License-Identifier: Apache-2.0
/**
 * Finds where the owner changes between neighbouring pixels and marks what is drawn there: a rim inside each segment,
 * one line on the crack. Two comparisons a pixel; the rest is work only at borders.
 */
import {
  FLAG_DARK,
  FLAG_HOVERED,
  FLAG_PLAIN,
  FLAG_PREVIEW,
  FLAG_SELECTED,
  SLOT_HIDDEN,
  type SlotPalette,
} from "./palette.ts";
import { SLOT_OUTSIDE, SLOT_UNLABELLED } from "./sampling.ts";

/** Rim, line and their reach in device px; everything within `reach` of a changed pixel may look different. */
export interface Strokes {
  readonly rim: number;
  readonly line: number;
  readonly reach: number;
}

/** `rimPx`: width of the rim in CSS px. A selection's border is four lines wide, which may be more than the rim's reach. */
export function strokesFor(dpr: number, rimPx = 2): Strokes {
  const line = Math.max(1, Math.floor(dpr + 0.5));
  const rim = Math.max(1, Math.floor(rimPx * dpr + 0.5));
  return { rim, line, reach: Math.max(rim + 2 * line + 1, 4 * line + 1) };
}

/** The greater mark wins where two meet. */
export const MARK_RIM = 1;
export const MARK_DARK = 2;
export const MARK_LIGHT = 3;
export const MARK_GLOW = 4;

const SPECIAL = FLAG_PLAIN | FLAG_SELECTED | FLAG_HOVERED | FLAG_PREVIEW;
const GLOW_PX = 3;

export class EdgeMarker {
  /** One byte a pixel of the buffer, from `offset` on; room before and after it, so that nothing has to be clipped. */
  marks = new Uint8Array(0);
  offset = 0;
  private slots: Uint16Array = new Uint16Array(0);
  private strokes: Strokes = strokesFor(1);
  /** The border that the outline preview would share is lit. */
  private glow = false;

  constructor(private readonly palette: SlotPalette) {}

  /** Marks a buffer of slots. Rows that show the same image row as the one above are known by `rows`. */
  mark(slots: Uint16Array, rows: Int32Array, width: number, height: number, strokes: Strokes, glow: boolean): void {
    this.slots = slots;
    this.strokes = strokes;
    this.glow = glow;
    this.offset = strokes.reach * width + strokes.reach;
    const size = width * height + 2 * this.offset;
    if (this.marks.length < size) this.marks = new Uint8Array(size);
    else this.marks.fill(0, 0, size);
    for (let j = 0; j < height; j++) {
      const at = j * width;
      const end = at + width - 1;
      for (let k = at; k < end; k++) if (slots[k] !== slots[k + 1]) this.edge(k, 1);
      if (j + 1 >= height || rows[j] === rows[j + 1]) continue;
      for (let k = at; k <= end; k++) if (slots[k] !== slots[k + width]) this.edge(k, width);
    }
  }

  /** The crack between pixel a and the one a step after it. */
  private edge(a: number, step: number): void {
    const { flags } = this.palette;
    const flagsA = flags[this.slots[a]];
    const flagsB = flags[this.slots[a + step]];
    if (((flagsA | flagsB) & SPECIAL) !== 0) {
      this.specialEdge(a, step, flagsA, flagsB);
      return;
    }
    const { rim, line } = this.strokes;
    const { marks } = this;
    const lineMark = (flagsA & flagsB & FLAG_DARK) !== 0 ? MARK_LIGHT : MARK_DARK;
    let k = this.offset + a;
    for (let i = 0; i < rim; i++, k -= step) if (marks[k] === 0) marks[k] = MARK_RIM;
    k = this.offset + a + step;
    for (let i = 0; i < line; i++, k += step) if (marks[k] < lineMark) marks[k] = lineMark;
    for (let i = 0; i < rim; i++, k += step) if (marks[k] === 0) marks[k] = MARK_RIM;
  }

  private specialEdge(a: number, step: number, flagsA: number, flagsB: number): void {
    const b = a + step;
    const slotA = this.slots[a];
    const slotB = this.slots[b];
    const plainA = (flagsA & FLAG_PLAIN) !== 0;
    const plainB = (flagsB & FLAG_PLAIN) !== 0;
    if ((plainA && plainB) || this.palette.sameOwner(slotA, slotB)) return;
    const lit = this.glow && !plainA && !plainB && ((flagsA | flagsB) & FLAG_PREVIEW) !== 0;
    const { line } = this.strokes;
    if (!plainA) this.side(a, -step, flagsA, lineTowards(slotB, false, 0), lit && (flagsA & FLAG_PREVIEW) !== 0);
    else if (slotA === SLOT_UNLABELLED) this.run(a, -step, line, MARK_LIGHT);
    const shared = lineTowards(slotA, true, plainA ? 0 : flagsA & flagsB);
    if (!plainB) this.side(b, step, flagsB, shared, lit && (flagsB & FLAG_PREVIEW) !== 0);
    else if (slotB === SLOT_UNLABELLED) this.run(b, step, line, MARK_LIGHT);
  }

  /** From the crack inwards: selection is dark, light, dark; hover dark, light; else an optional line, then the rim. */
  private side(at: number, step: number, flags: number, line: number, lit: boolean): void {
    const { strokes } = this;
    const px = strokes.line;
    if (lit) {
      this.run(at, step, GLOW_PX * px, MARK_GLOW);
      return;
    }
    if ((flags & FLAG_SELECTED) !== 0) {
      this.run(at, step, px, MARK_DARK);
      this.run(at + px * step, step, 2 * px, MARK_LIGHT);
      this.run(at + 3 * px * step, step, px, MARK_DARK);
      return;
    }
    let inner = at;
    if ((flags & FLAG_HOVERED) !== 0) {
      this.run(at, step, px, MARK_DARK);
      this.run(at + px * step, step, px, MARK_LIGHT);
      inner += 2 * px * step;
    } else if (line !== 0) {
      this.run(at, step, px, line);
      inner += px * step;
    }
    this.run(inner, step, strokes.rim, MARK_RIM);
  }

  private run(at: number, step: number, count: number, mark: number): void {
    const { marks } = this;
    for (let i = 0, k = this.offset + at; i < count; i++, k += step) if (marks[k] < mark) marks[k] = mark;
  }
}

/** What marks the crack on this side: nothing towards outside and hidden, dark towards unlabelled, one shared line else. */
function lineTowards(other: number, shared: boolean, bothFlags: number): number {
  if (other === SLOT_OUTSIDE || other === SLOT_HIDDEN) return 0;
  if (other === SLOT_UNLABELLED) return MARK_DARK;
  if (!shared) return 0;
  return (bothFlags & FLAG_DARK) !== 0 ? MARK_LIGHT : MARK_DARK;
}
