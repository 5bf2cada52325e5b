// SPDX-License-Identifier: Apache-2.0
/** Class colours in their order of assignment, and text that is readable on them. */

export const classPalette: readonly string[] = [
  "#2C9EF3", "#CF5200", "#E1F812", "#A21E44", "#96FCFB", "#3E8D90", "#1E2BFC", "#A1AF6C",
  "#CBF7C6", "#72456F", "#B81110", "#AAC0F8", "#02614C", "#F7B8CE", "#E48C16", "#2FBD9E",
  "#9203A8", "#90754D", "#C0557E", "#2C72F6", "#7769A5", "#BA89B5", "#EBD078", "#C27F7D",
]; // biome-ignore format: eight colours a line, as the table that they come from

/** The first colour of the palette that nobody uses; when all are taken, they repeat in order. */
export function nextColour(used: readonly string[]): string {
  const taken = new Set(used.map((colour) => colour.toUpperCase()));
  return classPalette.find((colour) => !taken.has(colour)) ?? classPalette[used.length % classPalette.length];
}

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
