// SPDX-License-Identifier: Apache-2.0
/** Brush sizes on a logarithmic slider, so that 2 to 4 px is as far as 100 to 200 px. */

export const brushSizeMinPx = 1;
export const brushSizeMaxPx = 512;
export const brushSteps = 100;

/** Step 0..100 of a diameter in image px. */
export function stepOfSize(sizePx: number): number {
  const within = Math.min(brushSizeMaxPx, Math.max(brushSizeMinPx, sizePx));
  return Math.round((brushSteps * Math.log(within / brushSizeMinPx)) / Math.log(brushSizeMaxPx / brushSizeMinPx));
}

/** Whole diameter in image px of a step 0..100. */
export function sizeOfStep(step: number): number {
  return Math.round(brushSizeMinPx * (brushSizeMaxPx / brushSizeMinPx) ** (step / brushSteps));
}
