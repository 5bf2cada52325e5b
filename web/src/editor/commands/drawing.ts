// SPDX-License-Identifier: Apache-2.0
/** Commands of drawing: tools, draw mode, brush, outline. */
import { TOOLS } from "../../tools/index.ts";
import { byControl, type Command, command } from "./command.ts";

export const toolCommands = TOOLS.map(({ id, title, key }) =>
  command(`tool.${id}`, title, "Tools", [key], (a) => a.draw.chooseTool(id), {
    borrow: (a, held) => a.draw.borrowTool(id, held),
  }),
);

export const drawingCommands: readonly Command[] = [
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
