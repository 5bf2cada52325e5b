// SPDX-License-Identifier: Apache-2.0
/** Commands on the tone of the photo. */
import { byControl, type Command, command } from "./command.ts";

const numbers = ["brightness", "contrast", "gamma", "black", "white"] as const;

export const toneCommands: readonly Command[] = [
  command("view.tone", "View: tone, labels, aids", "View", ["Shift+T"], (a) => a.image.intent({ kind: "toggle-tone" })),
  command("tone.reset", "Photo as it is", "View", ["Shift+R"], (a) => a.tone.reset()),
  command("tone.channel", "Photo: colour, red, green, blue or luminance", "View", [], (a, value) =>
    a.tone.channel(value),
  ),
  command("tone.invert", "Photo inverted", "View", [], (a) => a.tone.toggleInvert()),
  command("tone.local-contrast", "Photo with local contrast (CLAHE)", "View", [], (a) => a.tone.toggleLocalContrast()),
  ...numbers.map((field) =>
    byControl(`tone.${field}`, `Photo: ${field}`, "View", (a, value) => a.tone.set(field, value)),
  ),
  byControl("tone.clip-limit", "Photo: clip limit of local contrast", "View", (a, value) =>
    a.tone.set("localContrast", value),
  ),
  byControl("tone.histogram", "Count the photo's values", "View", (a) => a.tone.askForHistogram()),
];
