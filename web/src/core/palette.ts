// SPDX-License-Identifier: Apache-2.0
/** Colours of classes in their order of assignment. */

export const CLASS_COLOURS: readonly string[] = [
  "#2C9EF3", "#CF5200", "#E1F812", "#A21E44", "#96FCFB", "#3E8D90", "#1E2BFC", "#A1AF6C",
  "#CBF7C6", "#72456F", "#B81110", "#AAC0F8", "#02614C", "#F7B8CE", "#E48C16", "#2FBD9E",
  "#9203A8", "#90754D", "#C0557E", "#2C72F6", "#7769A5", "#BA89B5", "#EBD078", "#C27F7D",
]; // biome-ignore format: eight colours a line, as the table that they come from

/** The first colour that is not used; when all are, the one used least, first of those. */
export function nextColour(used: readonly string[]): string {
  const counts = new Map(CLASS_COLOURS.map((colour) => [colour, 0]));
  for (const colour of used) {
    const key = colour.toUpperCase();
    const count = counts.get(key);
    if (count !== undefined) counts.set(key, count + 1);
  }
  return CLASS_COLOURS.reduce((best, colour) => ((counts.get(colour) ?? 0) < (counts.get(best) ?? 0) ? colour : best));
}
