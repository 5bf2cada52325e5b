// SPDX-License-Identifier: Apache-2.0
/** Brightness, contrast and gamma as one table of 256 values, applied to what is on screen and never to the file. */
import type { Tone } from "../editor/state.ts";

export function toneIsNeutral(tone: Tone): boolean {
  return tone.brightness === 0 && tone.contrast === 0 && tone.gamma === 1;
}

/** Value 0..255 after tone: gamma first (it lifts the dark parts), then contrast about the middle, then brightness. */
export function tonedValue(value: number, tone: Tone): number {
  const lifted = (value / 255) ** (1 / tone.gamma);
  // −1 flattens to grey, 0 leaves as is, +1 is a threshold; the tangent makes both ends reachable evenly.
  const slope = Math.tan(((Math.min(0.999, tone.contrast) + 1) * Math.PI) / 4);
  const out = (lifted - 0.5) * slope + 0.5 + tone.brightness;
  return Math.min(255, Math.max(0, Math.floor(out * 255 + 0.5)));
}

export class ToneTable {
  private readonly table = new Uint8Array(256);
  private made: Tone | null = null;

  /** Changes RGB of the device rectangle [x0, y0, x1, y1) in place. */
  apply(rgba: Uint8ClampedArray, tone: Tone, rect: readonly [number, number, number, number], widthPx: number): void {
    this.prepare(tone);
    const { table } = this;
    const [x0, y0, x1, y1] = rect;
    for (let y = y0; y < y1; y++) {
      const end = 4 * (y * widthPx + x1);
      for (let i = 4 * (y * widthPx + x0); i < end; i += 4) {
        rgba[i] = table[rgba[i]];
        rgba[i + 1] = table[rgba[i + 1]];
        rgba[i + 2] = table[rgba[i + 2]];
      }
    }
  }

  private prepare(tone: Tone): void {
    if (tone === this.made) return;
    for (let value = 0; value < 256; value++) this.table[value] = tonedValue(value, tone);
    this.made = tone;
  }
}
