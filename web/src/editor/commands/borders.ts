// SPDX-License-Identifier: Apache-2.0
/** Commands on the borders of the selected segment. */
import { byControl, type Command, command } from "./command.ts";

export const borderCommands: readonly Command[] = [
  command("segment.grow", "Grow the segment by 1 px", "Segments", ["Shift+BracketRight"], (a, v) => a.border.grow(v), {
    repeats: true,
  }),
  command("segment.shrink", "Shrink it by 1 px", "Segments", ["Shift+BracketLeft"], (a, v) => a.border.shrink(v), {
    repeats: true,
  }),
  command("segment.smooth", "Smooth its border", "Segments", ["Shift+S"], (a, value) => a.border.smooth(value)),
  command("segment.fill-holes", "Fill its holes", "Segments", [], (a, value) => a.border.fillHoles(value)),
  command("segment.move", "Move it by arrow keys", "Segments", [], (a, value) => a.border.move(value)),
  byControl("knife.class", "Class of the part that is cut off", "Segments", (a, value) => a.border.giveCutPart(value)),
];
