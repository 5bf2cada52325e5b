// SPDX-License-Identifier: Apache-2.0
/** Commands that choose classes. */
import { byControl, type Command, command } from "./command.ts";

const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"];

export const classCommands: readonly Command[] = [
  ...DIGITS.map((digit) =>
    command(`class.${digit}`, `Class on key ${digit}; again: a new one`, "Classes", [`Digit${digit}`], (a) =>
      a.segment.classByKey(digit),
    ),
  ),
  command("class.last", "Back to the class before", "Classes", ["Shift+C"], (a) => a.segment.swapClass()),
  command("class.find", "Find a class by typing", "Classes", ["C"], (a) => a.image.intent({ kind: "find-class" })),
  byControl("class.choose", "Choose a class", "Classes", (a, value) => a.segment.chooseClass(value)),
  byControl("class.lock", "Lock or unlock a class", "Classes", (a, value) => a.segment.lockClass(value)),
  byControl("ontology.use", "Use a newer ontology", "Classes", (a, value) => a.segment.takeOntology(value)),
];
