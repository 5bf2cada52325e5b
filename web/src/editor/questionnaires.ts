// SPDX-License-Identifier: Apache-2.0
/** What the questions panel shows, made anew only when the selection, an answer or the ontology changed. */
import {
  answersOf,
  IMAGE_OWNER,
  nameOfOwner,
  type OwnersOfAnswers,
  questionsOf,
  selectedOwners,
} from "./answerOwners.ts";
import type { EditorModel } from "./model.ts";
import type { EditorState, Questionnaire } from "./state.ts";

export class QuestionnaireMaker {
  private key: readonly unknown[] = [];
  private made: EditorState["questionnaires"] = { selection: null, image: null };

  constructor(private readonly model: EditorModel) {}

  make(): EditorState["questionnaires"] {
    const { model } = this;
    const key = [model.segmentsVersion, model.objects.version, model.classes, model.doc, model.task?.ontology];
    if (key.some((part, i) => part !== this.key[i]) || this.key.length === 0) {
      this.key = key;
      const { selection, image } = this.made;
      this.made = {
        selection: this.keep(selection, "selection", selectedOwners(model)),
        image: this.keep(image, "image", model.doc === null ? null : IMAGE_OWNER),
      };
    }
    return this.made;
  }

  private keep(
    last: Questionnaire | null,
    of: Questionnaire["of"],
    from: OwnersOfAnswers | null,
  ): Questionnaire | null {
    const { model } = this;
    if (from === null) return null;
    const questions = questionsOf(model, from.classNumber);
    if (questions.length === 0) return null;
    const answers = from.owners.map((owner) => answersOf(model, owner));
    const name = nameOfOwner(model, from.owners[from.owners.length - 1]);
    const className = from.classNumber === null ? null : (model.classes.get(from.classNumber)?.info.name ?? null);
    const first = of === "image" && model.task?.ontology.questions_when === "first";
    const next: Questionnaire = {
      of,
      owner: from.owners.join(),
      name,
      className,
      first,
      left: from.left,
      questions,
      answers,
    };
    return last !== null && same(last, next) ? last : next;
  }
}

function same(a: Questionnaire, b: Questionnaire): boolean {
  const answers = a.answers.length === b.answers.length && a.answers.every((entry, i) => entry === b.answers[i]);
  return (
    answers &&
    a.owner === b.owner &&
    a.name === b.name &&
    a.left === b.left &&
    a.first === b.first &&
    a.questions === b.questions
  );
}
