// SPDX-License-Identifier: Apache-2.0
/** How the photograph is shown: levels, gamma, contrast, brightness, one channel, inverted. Never changes the file. */

/** "colour": all three as they are; the others are shown as grey. */
export type Channel = "colour" | "red" | "green" | "blue" | "luminance";

export interface Tone {
  readonly brightness: number; // -1..1, 0 = as it is
  readonly contrast: number; // -1..1, 0 = as it is
  readonly gamma: number; // 0.2..5, 1 = as it is
  readonly black: number; // 0..254: this value and all below become black
  readonly white: number; // 1..255, above `black`: this value and all above become white
  readonly channel: Channel;
  readonly invert: boolean;
  readonly localContrast: number; // clip limit of CLAHE, 1..8; 0 = off
}

export const NEUTRAL_TONE: Tone = {
  brightness: 0,
  contrast: 0,
  gamma: 1,
  black: 0,
  white: 255,
  channel: "colour",
  invert: false,
  localContrast: 0,
};

export function toneIsNeutral(tone: Tone): boolean {
  return (Object.keys(NEUTRAL_TONE) as (keyof Tone)[]).every((key) => tone[key] === NEUTRAL_TONE[key]);
}

/** A tone with its numbers in range; `change` wins where black and white would cross. */
export function changeTone(tone: Tone, change: Partial<Tone>): Tone {
  const next = { ...tone, ...change };
  const highest = change.white === undefined ? 254 : within(next.white - 1, 0, 254);
  const black = Math.floor(within(next.black, 0, highest));
  return {
    brightness: within(next.brightness, -1, 1),
    contrast: within(next.contrast, -1, 1),
    gamma: within(next.gamma, 0.2, 5),
    black,
    white: Math.floor(within(next.white, black + 1, 255)),
    channel: next.channel,
    invert: next.invert,
    localContrast: next.localContrast < 1 ? 0 : within(next.localContrast, 1, 8),
  };
}

const within = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/**
 * Value 0..255 after tone: levels, then gamma (it lifts the dark parts), contrast about the middle, brightness, and at
 * last inversion.
 */
export function tonedValue(value: number, tone: Tone): number {
  const level = within((value - tone.black) / (tone.white - tone.black), 0, 1);
  const lifted = level ** (1 / tone.gamma);
  // −1 flattens to grey, 0 leaves as is, +1 is a threshold; the tangent makes both ends reachable evenly.
  const slope = Math.tan(((Math.min(0.999, tone.contrast) + 1) * Math.PI) / 4);
  const out = within(Math.floor(((lifted - 0.5) * slope + 0.5 + tone.brightness) * 255 + 0.5), 0, 255);
  return tone.invert ? 255 - out : out;
}

/** `tonedValue` of each value. */
export function toneTable(tone: Tone): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, value) => tonedValue(value, tone));
}

/** Rec. 709 weights over 256; their sum is 256, so white stays white. */
export const LUMA_RED = 54;
export const LUMA_GREEN = 183;
export const LUMA_BLUE = 19;

export const luma = (r: number, g: number, b: number): number =>
  (LUMA_RED * r + LUMA_GREEN * g + LUMA_BLUE * b + 128) >> 8;

/** Half-open rectangle in px of an RGBA raster. */
export type RasterRect = readonly [x0: number, y0: number, x1: number, y1: number];

/** Writes RGB of `rect` from `source` to `out`, rasters of equal size and `widthPx` wide; alpha is left alone. */
export function applyTone(
  source: Uint8ClampedArray,
  out: Uint8ClampedArray,
  widthPx: number,
  rect: RasterRect,
  table: Uint8Array,
  channel: Channel,
): void {
  const [x0, y0, x1, y1] = rect;
  const only = channel === "red" ? 0 : channel === "green" ? 1 : 2;
  for (let y = y0; y < y1; y++) {
    const end = 4 * (y * widthPx + x1);
    let i = 4 * (y * widthPx + x0);
    if (channel === "colour") {
      for (; i < end; i += 4) {
        out[i] = table[source[i]];
        out[i + 1] = table[source[i + 1]];
        out[i + 2] = table[source[i + 2]];
      }
    } else if (channel === "luminance") {
      for (; i < end; i += 4) {
        const grey = table[luma(source[i], source[i + 1], source[i + 2])];
        out[i] = grey;
        out[i + 1] = grey;
        out[i + 2] = grey;
      }
    } else {
      for (; i < end; i += 4) {
        const grey = table[source[i + only]];
        out[i] = grey;
        out[i + 1] = grey;
        out[i + 2] = grey;
      }
    }
  }
}
