// SPDX-License-Identifier: Apache-2.0
/** Commands on what colours mean, and on which classes and layers are shown. */
import { byControl, type Command, command } from "./command.ts";

export const colourCommands: readonly Command[] = [
  command("view.colour-by", "Colour by class, segment, answer or author", "View", [], (a, value) =>
    a.colours.by(value),
  ),
  byControl("view.colour-question", "Colour by the answers to a question", "View", (a, value) =>
    a.colours.question(value),
  ),
  command("view.only-class", "Show only the current class, or all", "View", [], (a, value) =>
    a.colours.onlyClass(value),
  ),
  command("view.layer", "Next layer", "View", [], (a, value) => a.colours.layer(value)),
];
