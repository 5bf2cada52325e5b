// SPDX-License-Identifier: Apache-2.0
/** Widths of the right panel in CSS px. */
const min = 240;
const max = 420;

export const panelWidth = {
  min,
  max,
  wide: 296,
  narrow: 264,
  keyStep: 8,
  wideQuery: "(min-width: 1400px)",
  clamp: (width: number): number => Math.round(Math.min(max, Math.max(min, width))),
} as const;
