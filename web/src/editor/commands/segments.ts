// SPDX-License-Identifier: Apache-2.0
/** Commands on gaps and segments. */
import { byControl, type Command, command } from "./command.ts";

export const segmentCommands: readonly Command[] = [
  command("gap.next", "Next unlabelled region", "Segments", ["N"], (a) => a.partition.gap(1)),
  command("gap.previous", "Previous unlabelled region", "Segments", ["Shift+N"], (a) => a.partition.gap(-1)),
  command("gap.give", "Give this gap to its neighbours", "Segments", ["Shift+G"], (a) => a.partition.giveGap()),
  command("gaps.ask", "Fill all unlabelled…", "Segments", ["Shift+A"], (a) => a.partition.askHowToFill()),
  byControl("gaps.fill", "Fill all unlabelled", "Segments", (a, value) => a.partition.fillGaps(value)),
  command("segment.merge", "Merge the selection into its first", "Segments", ["M"], (a) => a.partition.merge()),
  command("segment.split", "Split into connected parts", "Segments", ["Shift+M"], (a, value) =>
    a.partition.split(value),
  ),
  command("segment.duplicate", "New one with the same class and answers", "Segments", ["Mod+D"], (a, value) =>
    a.partition.duplicate(value),
  ),
  command("islands.ask", "Remove islands…", "Segments", [], (a, value) => a.partition.askWhichIslands(value)),
  byControl("islands.remove", "Remove islands", "Segments", (a, value) => a.partition.removeIslands(value)),
  command("segment.next", "Next segment", "Segments", ["Tab"], (a) => a.segment.walk(1), {
    canvasOnly: true,
    repeats: true,
  }),
  command("segment.previous", "Previous segment", "Segments", ["Shift+Tab"], (a) => a.segment.walk(-1), {
    canvasOnly: true,
    repeats: true,
  }),
  command("segment.frame", "Show the selection large", "Segments", ["Shift+F"], (a, value) => a.segment.frame(value)),
  command("segment.hide", "Hide or show the selection", "Segments", ["Shift+H"], (a, value) => a.segment.hide(value)),
  command("segment.lock", "Lock or unlock the selection", "Segments", ["Shift+L"], (a, value) => a.segment.lock(value)),
  command("segment.show-only", "Show only the selection, or all", "Segments", ["Shift+I"], (a) => a.segment.showOnly()),
  command("segment.delete", "Delete the selection", "Segments", ["Delete"], (a, value) => a.segment.remove(value), {
    canvasOnly: true,
  }),
  byControl("segment.select", "Select a segment", "Segments", (a, value) => a.segment.select(value)),
  byControl("segment.toggle-selected", "Add to the selection", "Segments", (a, value) =>
    a.segment.toggleSelected(value),
  ),
  byControl("segment.class", "Change the class of a segment", "Segments", (a, value) => a.segment.changeClass(value)),
];
