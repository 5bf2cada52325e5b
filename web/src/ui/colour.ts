// SPDX-License-Identifier: Apache-2.0
/** Class colours, and text that is readable on them. */

export { CLASS_COLOURS as classPalette, nextColour } from "../core/palette.ts";

function linear(channel: number): number {
  const value = channel / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

/** WCAG relative luminance of "#RRGGBB", 0..1. */
export function luminance(colour: string): number {
  const value = Number.parseInt(colour.slice(1), 16);
  return 0.2126 * linear(value >> 16) + 0.7152 * linear((value >> 8) & 255) + 0.0722 * linear(value & 255);
}

/** Black or white, whichever contrasts more with `colour`. */
export function textOn(colour: string): "#000000" | "#FFFFFF" {
  const light = luminance(colour);
  return (light + 0.05) / 0.05 >= 1.05 / (light + 0.05) ? "#000000" : "#FFFFFF";
}

/** "#RRGGBB" of 0xRRGGBB. */
export const hexColour = (colour: number): string => `#${colour.toString(16).padStart(6, "0")}`;
