// SPDX-License-Identifier: Apache-2.0
/** Panning by whole device pixels: what is drawn already moves along, only the strips that come into view are composed. */
import type { ComposeView, DeviceRect } from "./compose.ts";

export interface Shift {
  readonly dx: number; // device px, to the right
  readonly dy: number;
}

const WHOLE_WITHIN = 1e-3;

/** How far the picture moved, or null when it was zoomed, moved by parts of a pixel, or moved out of sight. */
export function shiftBetween(before: ComposeView, after: ComposeView, width: number, height: number): Shift | null {
  if (before.deviceScale !== after.deviceScale || before.dpr !== after.dpr) return null;
  const dx = (before.originX - after.originX) * after.deviceScale;
  const dy = (before.originY - after.originY) * after.deviceScale;
  const wholeX = Math.floor(dx + 0.5);
  const wholeY = Math.floor(dy + 0.5);
  if (Math.abs(dx - wholeX) > WHOLE_WITHIN || Math.abs(dy - wholeY) > WHOLE_WITHIN) return null;
  if (Math.abs(wholeX) >= width || Math.abs(wholeY) >= height) return null;
  return { dx: wholeX, dy: wholeY };
}

/** Moves the picture in place. What wraps round an edge lies in the strips that are composed anew. */
export function shiftWords(words: Uint32Array, width: number, { dx, dy }: Shift): void {
  const by = dy * width + dx;
  if (by > 0) words.copyWithin(by, 0, words.length - by);
  else if (by < 0) words.copyWithin(0, -by);
}

/** What the move brought into view: rows above or below, columns left or right of what stayed. */
export function exposedStrips(width: number, height: number, { dx, dy }: Shift): readonly DeviceRect[] {
  const strips: DeviceRect[] = [];
  if (dy !== 0) strips.push({ x: 0, y: dy > 0 ? 0 : height + dy, width, height: Math.abs(dy) });
  if (dx !== 0) {
    const y = Math.max(0, dy);
    strips.push({ x: dx > 0 ? 0 : width + dx, y, width: Math.abs(dx), height: height - Math.abs(dy) });
  }
  return strips;
}
