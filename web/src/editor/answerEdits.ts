// SPDX-License-Identifier: Apache-2.0
/** Answers as edits: each is one undo step, for one owner or for many. */
import { NO_PIXELS } from "../core/edit.ts";
import { IMAGE_ITEM, type ItemChange, type ItemState, itemOf } from "../core/item.ts";
import { type Json, jsonEqual } from "../core/json.ts";
import type { Question } from "../core/ontology.ts";
import { allQuestions, isAnswer, missingAnswers } from "../core/questions.ts";
import type { Answers, SegmentChange } from "../core/segment.ts";
import { type AnswerOwner, answersOf, ownersOf, questionsOf } from "./answerOwners.ts";
import { messages } from "./messages.ts";
import type { EditorModel } from "./model.ts";
import type { EditRecorder } from "./recorder.ts";
import { frameSelection, selectOnly } from "./selecting.ts";
import type { Questionnaire } from "./state.ts";

/** An owner and how many of its questions need an answer. */
interface Lacking {
  readonly owner: AnswerOwner;
  readonly count: number;
}

export class AnswerEdits {
  constructor(
    private readonly model: EditorModel,
    private readonly recorder: EditRecorder,
  ) {}

  /** `value` null takes the answer back. Throws TypeError for a question or a value that no control can offer. */
  set(of: Questionnaire["of"], questionId: string, value: Json): void {
    const { model } = this;
    const from = ownersOf(model, of);
    if (from === null || model.doc === null) return;
    if (model.readOnly) {
      model.say(model.readOnlyWhy);
      return;
    }
    const question = allQuestions(questionsOf(model, from.classNumber)).find(({ id }) => id === questionId);
    if (question === undefined) throw new TypeError(`answers.set: no question ${questionId}`);
    if (value !== null && !isAnswer(question, value)) throw new TypeError(`answers.set: no answer to ${questionId}`);
    const stored = inOrder(question, value);
    const segments = from.owners.flatMap((owner) =>
      typeof owner === "number" ? this.ofSegment(owner, questionId, stored) : [],
    );
    const items = from.owners.flatMap((owner) =>
      typeof owner === "string" ? this.ofItem(owner, questionId, stored) : [],
    );
    if (segments.length === 0 && items.length === 0) return;
    const { ontology } = model.task!;
    const classLayer = from.classNumber === null ? undefined : model.classes.get(from.classNumber)?.info.layer;
    const layer = classLayer ?? ontology.layers[0].name;
    this.recorder.record({ layer, tool: "answer", pixels: NO_PIXELS, segments, items });
    model.looksChanged();
  }

  /** Opens the questions of the selection or of the image, or says why there are none. */
  show(of: Questionnaire["of"]): void {
    const { model } = this;
    const from = ownersOf(model, of);
    if (from === null) model.say(messages.noSelection);
    else if (questionsOf(model, from.classNumber).length === 0)
      model.say(
        of === "image"
          ? messages.noImageQuestions
          : messages.noQuestionsAbout(model.classes.get(from.classNumber!)?.info.name ?? ""),
      );
    else model.intent({ kind: "show-questions", of });
  }

  /** Goes to the first owner that lacks an answer. */
  goToMissing(): void {
    const { model } = this;
    const [first] = this.lacking();
    if (first === undefined) {
      model.say(messages.nothingMissing);
      return;
    }
    if (first.owner === IMAGE_ITEM) {
      this.show("image");
      return;
    }
    if (typeof first.owner === "number") {
      model.objects.selected = [];
      selectOnly(model, [first.owner]);
      frameSelection(model);
    } else {
      selectOnly(model, []);
      model.objects.selected = [first.owner];
    }
    model.objectsChanged();
    this.show("selection");
  }

  /** True, and said so with a way there, while required answers are missing. */
  refusedByMissing(): boolean {
    const count = this.lacking().reduce((sum, entry) => sum + entry.count, 0);
    if (count === 0) return false;
    const action = { label: messages.goToFirst, commandId: "questions.missing", value: undefined };
    this.model.say(messages.answersMissing(count), false, action);
    return true;
  }

  /** Of the image, then of segments with pixels, then of objects; the image's come last where the project says so. */
  private lacking(): readonly Lacking[] {
    const { model } = this;
    const { doc } = model;
    if (doc === null) return [];
    const found: Lacking[] = [];
    const look = (owner: AnswerOwner, classNumber: number | null): void => {
      const questions = questionsOf(model, classNumber);
      const count = questions.length === 0 ? 0 : missingAnswers(questions, answersOf(model, owner)).length;
      if (count > 0) found.push({ owner, count });
    };
    const first = model.task?.ontology.questions_when === "first";
    if (first) look(IMAGE_ITEM, null);
    for (const [id, { fields }] of doc.segments) {
      const layer = model.classes.get(fields.class)?.info.layer;
      if (fields.state === "live" && layer !== undefined && doc.map(layer).areaOf(id) > 0) look(id, fields.class);
    }
    for (const id of doc.items.keys()) {
      const object = doc.liveObject(id);
      if (object !== null) look(id, object.class);
    }
    if (!first) look(IMAGE_ITEM, null);
    return found;
  }

  private ofSegment(id: number, question: string, value: Json): SegmentChange | readonly [] {
    const before = this.model.doc!.fields(id)!;
    const answers = withAnswer(before.answers, question, value);
    return answers === null ? [] : { id, before, after: { ...before, answers } };
  }

  private ofItem(id: string, question: string, value: Json): ItemChange | readonly [] {
    const before = itemOf(this.model.doc!.items, id) as Extract<ItemState, { readonly answers: Answers }>;
    const answers = withAnswer(before.answers, question, value);
    return answers === null ? [] : { id, before, after: { ...before, answers } };
  }
}

/** Null: it holds the value already. */
function withAnswer(answers: Answers, question: string, value: Json): Answers | null {
  const stored = Object.hasOwn(answers, question) ? answers[question] : null;
  if (jsonEqual(stored, value)) return null;
  const others = Object.entries(answers).filter(([id]) => id !== question);
  return Object.fromEntries(value === null ? others : [...others, [question, value]]);
}

/** The options of a multiple choice in the order of the ontology. */
function inOrder(question: Question, value: Json): Json {
  if (question.kind !== "multiple" || !Array.isArray(value)) return value;
  return question.options.map(({ id }) => id).filter((id) => value.includes(id));
}
