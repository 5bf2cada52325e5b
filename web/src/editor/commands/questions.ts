// SPDX-License-Identifier: Apache-2.0
/** Commands on questions and their answers. */
import { byControl, type Command, command } from "./command.ts";

export const questionCommands: readonly Command[] = [
  command("questions.segment", "Questions of the selection", "Segments", ["Q"], (a) => a.answers.show("selection")),
  command("questions.image", "Questions on the image", "Image", ["Shift+Q"], (a) => a.answers.show("image")),
  command("questions.missing", "Go to the first missing answer", "Image", [], (a) => a.answers.goToMissing()),
  byControl("answers.set", "Answer a question", "Segments", (a, value) => {
    const { of, question, answer } = value as { of: "selection" | "image"; question: string; answer: never };
    a.answers.set(of, question, answer);
  }),
];
