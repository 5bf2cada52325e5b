// SPDX-License-Identifier: Apache-2.0
/** Answers to questions on the image and on objects, as edits of their items. */
import { IMAGE_ITEM, type ImageState, itemOf, type ObjectState } from "../core/item.ts";
import { type Json, jsonEqual } from "../core/json.ts";
import type { Answers } from "../core/segment.ts";
import type { EditorModel } from "./model.ts";
import type { ObjectDesk } from "./objectDesk.ts";

/** Answers of the image (`image`) or of an object. */
export function answersOfItem(model: EditorModel, id: string): Answers {
  const item = itemOf(model.doc?.items ?? new Map(), id);
  return item !== null && "answers" in item ? item.answers : {};
}

/** Sets an answer, or takes it away (null), as one edit. Nothing happens when it is so already or may not be. */
export function answerItem(model: EditorModel, desk: ObjectDesk, id: string, question: string, value: Json): void {
  const before = itemOf(model.doc?.items ?? new Map(), id) as ImageState | ObjectState | null;
  if (before === null || !desk.mayChange(id === IMAGE_ITEM ? [] : [id])) return;
  const now = Object.hasOwn(before.answers, question) ? before.answers[question] : null;
  if (jsonEqual(now, value)) return;
  const others = Object.entries(before.answers).filter(([name]) => name !== question);
  const answers = Object.fromEntries(value === null ? others : [...others, [question, value]]);
  desk.emit([{ id, before, after: { ...before, answers } }], "answer");
}
