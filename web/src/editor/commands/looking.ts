// SPDX-License-Identifier: Apache-2.0
/** Commands on the angle of the view and on the aids around it. */
import { byControl, type Command, command } from "./command.ts";

export const lookingCommands: readonly Command[] = [
  command("view.turn-right", "Turn the view right by 90°", "View", [], (a) => a.looking.turnBy(90)),
  command("view.turn-left", "Turn the view left by 90°", "View", [], (a) => a.looking.turnBy(-90)),
  command("view.turn-reset", "View upright again", "View", [], (a) => a.looking.turnTo(0)),
  byControl("view.turn", "Turn the view", "View", (a, value) => a.looking.turnTo(value)),
  command("view.smoothing", "Photo smooth, in pixels, or by zoom", "View", [], (a, value) =>
    a.looking.smoothing(value),
  ),
  command("view.grid", "Grid between pixels from 800 %", "View", [], (a) => a.looking.toggle("grid")),
  command("view.rulers", "Rulers", "View", [], (a) => a.looking.toggle("rulers")),
  command("view.cross-lines", "Lines through the pointer", "View", [], (a) => a.looking.toggle("crossLines")),
  command("view.minimap", "Minimap when zoomed in", "View", [], (a) => a.looking.toggle("minimap")),
  byControl("view.outline-width", "Width of outlines", "View", (a, value) => a.looking.outlineWidth(value)),
];
