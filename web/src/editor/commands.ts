// SPDX-License-Identifier: Apache-2.0
/**
 * Every command of the editor: what it is called, its keys, and which port of the session does it. Help, palette,
 * rail and key handling are made from this list; a key that is not here does nothing.
 */
import { TOOLS } from "../tools/index.ts";
import type { CommandActions } from "./commandActions.ts";
import type { CommandInfo } from "./state.ts";

export interface Command extends CommandInfo {
  /** Shown in help and palette; the rest is run by controls that give a value. */
  readonly listed: boolean;
  /** Holding the key down repeats it. */
  readonly repeats: boolean;
  /** Only while the picture has the focus, because the key means something else in lists and buttons. */
  readonly canvasOnly: boolean;
  readonly run: (actions: CommandActions, value: unknown) => void;
  /** What is borrowed while the key is held. */
  readonly borrow?: (actions: CommandActions, held: boolean) => void;
}

type Options = Partial<Pick<Command, "listed" | "repeats" | "canvasOnly" | "borrow">>;

function command(
  id: string,
  title: string,
  group: Command["group"],
  keys: readonly string[],
  run: Command["run"],
  options: Options = {},
): Command {
  const hold = options.borrow !== undefined;
  return { id, title, group, keys, hold, run, listed: true, repeats: false, canvasOnly: false, ...options };
}

const byControl = (id: string, title: string, group: Command["group"], run: Command["run"]): Command =>
  command(id, title, group, [], run, { listed: false });

const tools = TOOLS.map(({ id, title, key }) =>
  command(`tool.${id}`, title, "Tools", [key], (a) => a.draw.chooseTool(id), {
    borrow: (a, held) => a.draw.borrowTool(id, held),
  }),
);

const drawing: readonly Command[] = [
  command("mode.swap", "Draw behind or over others", "Drawing", ["X"], (a) => a.draw.swapMode(), {
    borrow: (a, held) => a.draw.borrowOtherMode(held),
  }),
  command("mode.inside", "Draw inside one segment", "Drawing", ["I"], (a) => a.draw.toggleInside(), {
    borrow: (a, held) => a.draw.borrowInside(held),
  }),
  byControl("mode.set", "Draw mode", "Drawing", (a, value) => a.draw.setMode(value)),
  command("brush.smaller", "Smaller brush", "Drawing", ["BracketLeft"], (a) => a.draw.sizeBy(-1), { repeats: true }),
  command("brush.larger", "Larger brush", "Drawing", ["BracketRight"], (a) => a.draw.sizeBy(1), { repeats: true }),
  byControl("brush.size", "Brush size", "Drawing", (a, value) => a.draw.setBrushSize(value)),
  byControl("brush.shape", "Brush shape", "Drawing", (a, value) => a.draw.setBrushShape(value)),
  command("outline.finish", "Close the outline", "Drawing", ["Enter"], (a) => a.draw.finish(), { canvasOnly: true }),
  command("edit.escape", "Give up: gesture, outline, selection", "Drawing", ["Escape"], (a) => a.draw.escape(), {
    canvasOnly: true,
  }),
  command("crosshair.pen", "Keyboard pen down or up", "Drawing", ["Shift+Space"], (a) => a.draw.togglePen(), {
    canvasOnly: true,
  }),
  byControl("outline.discard", "Discard the outline", "Drawing", (a) => a.draw.discardOutline()),
  command(
    "outline.back",
    "Take back the last vertex, else delete the selection",
    "Drawing",
    ["Backspace"],
    (a) => a.draw.back(),
    {
      canvasOnly: true,
      repeats: true,
    },
  ),
];

const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"];

const classes: readonly Command[] = [
  ...DIGITS.map((digit) =>
    command(`class.${digit}`, `Class on key ${digit}; again: a new one`, "Classes", [`Digit${digit}`], (a) =>
      a.segment.classByKey(digit),
    ),
  ),
  command("class.last", "Back to the class before", "Classes", ["Shift+C"], (a) => a.segment.swapClass()),
  byControl("class.choose", "Choose a class", "Classes", (a, value) => a.segment.chooseClass(value)),
  byControl("class.lock", "Lock or unlock a class", "Classes", (a, value) => a.segment.lockClass(value)),
  byControl("ontology.use", "Use a newer ontology", "Classes", (a, value) => a.segment.takeOntology(value)),
];

const segments: readonly Command[] = [
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

const view: readonly Command[] = [
  command("view.pan", "Move the picture", "View", ["Space"], (a) => a.draw.pressCrosshair(), {
    borrow: (a, held) => a.view.borrowPan(held),
    canvasOnly: true,
  }),
  command("view.labels", "Hide or show the labels", "View", ["H"], (a) => a.view.toggleLabels(), {
    borrow: (a, held) => a.view.borrowPhoto(held),
  }),
  command("view.fit", "Whole picture, or back", "View", ["Z"], (a) => a.view.toggleFit()),
  command("view.actual", "One to one", "View", ["Shift+Z"], (a) => a.view.zoomTo(1)),
  command("view.zoom-in", "Zoom in", "View", ["Equal", "NumpadAdd"], (a) => a.view.zoomBy(1), { repeats: true }),
  command("view.zoom-out", "Zoom out", "View", ["Minus", "NumpadSubtract"], (a) => a.view.zoomBy(-1), {
    repeats: true,
  }),
  byControl("view.zoom", "Zoom", "View", (a, value) => a.view.zoomTo(value)),
  byControl("view.show", "Go to a place", "View", (a, value) => a.view.showAt(value)),
  command("view.opacity-down", "Fainter labels", "View", ["Comma"], (a) => a.view.opacityBy(-1), { repeats: true }),
  command("view.opacity-up", "Stronger labels", "View", ["Period"], (a) => a.view.opacityBy(1), { repeats: true }),
  byControl("view.opacity", "Opacity of labels", "View", (a, value) => a.view.setOpacity(value)),
  command("view.outlines", "Borders on or off", "View", ["Shift+E"], (a) => a.view.toggleOutlines()),
  command("view.gaps", "Show what is unlabelled", "View", [], (a) => a.view.toggleGaps()),
  command("view.colour-by", "Colour by class or by segment", "View", [], (a, value) => a.view.colourBy(value)),
  command("view.tone", "Brightness, contrast, gamma", "View", ["Shift+T"], (a) =>
    a.image.intent({ kind: "toggle-tone" }),
  ),
  command("tone.reset", "Photo as it is", "View", ["Shift+R"], (a) => a.view.resetTone()),
  byControl("tone.brightness", "Brightness", "View", (a, value) => a.view.setTone("brightness", value)),
  byControl("tone.contrast", "Contrast", "View", (a, value) => a.view.setTone("contrast", value)),
  byControl("tone.gamma", "Gamma", "View", (a, value) => a.view.setTone("gamma", value)),
  command("view.panel", "Panel", "View", ["Backslash"], (a) => a.image.intent({ kind: "toggle-panel" })),
  ...(["Left", "Right", "Up", "Down"] as const).flatMap((way) => arrows(way)),
];

function arrows(way: "Left" | "Right" | "Up" | "Down"): readonly Command[] {
  const id = way.toLowerCase();
  const dx = way === "Left" ? -1 : way === "Right" ? 1 : 0;
  const dy = way === "Up" ? -1 : way === "Down" ? 1 : 0;
  const options = { repeats: true, canvasOnly: true };
  return [
    command(
      `crosshair.${id}`,
      `Crosshair or last vertex ${id}`,
      "Drawing",
      [`Arrow${way}`],
      (a) => a.draw.nudge(dx, dy),
      options,
    ),
    command(
      `crosshair.far-${id}`,
      `The same, ten pixels ${id}`,
      "Drawing",
      [`Shift+Arrow${way}`],
      (a) => a.draw.nudge(10 * dx, 10 * dy),
      options,
    ),
    command(
      `view.pan-${id}`,
      `Move the view ${id}`,
      "View",
      [`Mod+Arrow${way}`],
      (a) => a.view.panView(dx, dy),
      options,
    ),
  ];
}

const image: readonly Command[] = [
  command("image.previous", "Previous image", "Image", ["D"], (a) => a.image.openNeighbour(-1)),
  command("image.next", "Next image", "Image", ["F"], (a) => a.image.openNeighbour(1)),
  command("image.submit", "Done: submit this image", "Image", ["Mod+Enter"], (a) => a.image.submit()),
  byControl("image.reopen", "Reopen this image", "Image", (a) => a.image.reopen()),
  command("image.save", "Save now", "Image", ["Mod+S"], (a) => a.image.saveNow()),
];

const history: readonly Command[] = [
  command("edit.undo", "Undo", "History", ["Mod+Z"], (a) => a.image.undo(), { repeats: true }),
  command("edit.redo", "Redo", "History", ["Mod+Shift+Z", "Mod+Y"], (a) => a.image.redo(), { repeats: true }),
];

const lookingBack: readonly Command[] = [
  command("history.panel", "History of this image", "History", [], (a) => a.image.intent({ kind: "toggle-history" })),
  command("history.close", "Back to the latest revision", "History", [], (a) => a.history.close()),
  command("history.who", "Who changed this pixel", "History", [], (a, value) => a.history.who(value)),
  command("history.stop-comparing", "Stop marking what differs", "History", [], (a) => a.history.stopComparing()),
  byControl("history.open", "Open a revision", "History", (a, value) => a.history.open(value)),
  byControl("history.compare", "Compare two revisions", "History", (a, value) => a.history.compare(value)),
  byControl("history.restore", "Restore a revision", "History", (a, value) => a.history.restore(value)),
  command("conflict.list", "Open conflicts", "History", [], (a) => a.history.listConflicts()),
  command("conflict.compare", "Mark the pixels of a conflict", "History", [], (a) => a.history.compareConflict()),
  command("conflict.next", "Next conflict", "History", [], (a) => a.history.walkConflicts(1)),
  command("conflict.previous", "Previous conflict", "History", [], (a) => a.history.walkConflicts(-1)),
  byControl("history.show", "Go to a revision", "History", (a, value) => a.history.show(value)),
  byControl("conflict.look", "Mark one conflict", "History", (a, value) => a.history.lookAtConflict(value)),
  byControl("conflict.keep", "Settle a conflict", "History", (a, value) => a.history.keep(value)),
];

const help: readonly Command[] = [
  command("help.shortcuts", "Keyboard shortcuts", "Help", ["?", "F1"], (a) =>
    a.image.intent({ kind: "show-shortcuts" }),
  ),
  byControl("toast.dismiss", "Dismiss the message", "Help", (a) => a.image.dismissToast()),
];

export const COMMANDS: readonly Command[] = [
  ...tools,
  ...drawing,
  ...classes,
  ...segments,
  ...view,
  ...image,
  ...history,
  ...lookingBack,
  ...help,
];

/** What help and palette show: plain data, no functions. */
export const COMMAND_INFOS: readonly CommandInfo[] = COMMANDS.filter((entry) => entry.listed).map(
  ({ id, title, group, keys, hold }) => ({ id, title, group, keys, hold }),
);
