// SPDX-License-Identifier: Apache-2.0
/** Aids and habits of looking that are kept for the project. The angle of the view is not: it belongs to one image. */
export type Smoothing = "auto" | "smooth" | "pixels";

export interface ViewOptions {
  readonly smoothing: Smoothing; // auto: smooth below 200 %, single pixels from there on
  readonly grid: boolean; // between pixels, from 800 % on
  readonly rulers: boolean;
  readonly crossLines: boolean; // through the pointer, from side to side
  readonly minimap: boolean; // when little of the image is on screen
  readonly outlineWidth: number; // of a segment's rim, screen px, 1..6
}

export const DEFAULT_VIEW_OPTIONS: ViewOptions = {
  smoothing: "auto",
  grid: true,
  rulers: false,
  crossLines: false,
  minimap: true,
  outlineWidth: 2,
};

export const OUTLINE_WIDTH_MAX = 6;
const SMOOTHINGS: readonly Smoothing[] = ["auto", "smooth", "pixels"];

/** What was kept may be of another version, or broken: then the default holds. */
export function soundOptions(options: ViewOptions): ViewOptions {
  const { smoothing, outlineWidth } = options;
  return {
    ...options,
    smoothing: SMOOTHINGS.includes(smoothing) ? smoothing : DEFAULT_VIEW_OPTIONS.smoothing,
    outlineWidth: Math.min(OUTLINE_WIDTH_MAX, Math.max(1, Math.floor(outlineWidth + 0.5))),
  };
}

/** Of two values the other one; of three the next. */
export const nextSmoothing = (smoothing: Smoothing): Smoothing =>
  SMOOTHINGS[(SMOOTHINGS.indexOf(smoothing) + 1) % SMOOTHINGS.length];
