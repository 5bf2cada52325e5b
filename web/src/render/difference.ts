// SPDX-License-Identifier: Apache-2.0
/**
 * Marks the pixels in which two versions differ: only the first has them, only the second, or both and not the same.
 * Colour and hatch say it twice; a light line has a dark one beside it, so that it is seen on any photograph.
 */
import type { PixelRuns } from "../core/pixelRuns.ts";
import type { ComposeView, DeviceRect } from "./compose.ts";
import { packColour } from "./palette.ts";
import { eachSpan } from "./spans.ts";

const FILL_ALPHA = 115;
const STEP_PX = 8;
const LINE_DARK = packColour(0x0b0b0b, 200);

type Hatch = (x: number, y: number) => number;

interface Mark {
  readonly fill: number;
  readonly line: number;
  /** Phase of the pixel across the lines: 0 on the line, 1 beside it. */
  readonly phase: Hatch;
}

const rising: Hatch = (x, y) => (x + y) % STEP_PX;
const falling: Hatch = (x, y) => (((x - y) % STEP_PX) + STEP_PX) % STEP_PX;
const crossed: Hatch = (x, y) => Math.min(rising(x, y), falling(x, y));

const markOf = (rgb: number, phase: Hatch): Mark => ({
  fill: packColour(rgb, FILL_ALPHA),
  line: packColour(rgb, 255),
  phase,
});

export const ONLY_FIRST = markOf(0x3ddad7, rising);
export const ONLY_SECOND = markOf(0xff9f1c, falling);
export const BOTH = markOf(0xe040fb, crossed);

/** Paints over `out` (one word a pixel, `stride` words a row), inside `rect` only. */
export function paintDifference(
  runs: PixelRuns,
  view: ComposeView,
  rect: DeviceRect,
  out: Uint32Array,
  stride: number,
): void {
  eachSpan(runs, view, rect, (i, y, from, to) => {
    const mark = runs.afters[i] === 0 ? ONLY_FIRST : runs.befores[i] === 0 ? ONLY_SECOND : BOTH;
    paintSpan(mark, y, from, to, view.dpr, out, stride);
  });
}

function paintSpan(
  mark: Mark,
  y: number,
  from: number,
  to: number,
  dpr: number,
  out: Uint32Array,
  stride: number,
): void {
  const row = Math.floor(y / dpr);
  for (let x = from; x < to; x++) {
    const phase = mark.phase(Math.floor(x / dpr), row);
    out[y * stride + x] = phase === 0 ? mark.line : phase === 1 ? LINE_DARK : mark.fill;
  }
}
