// SPDX-License-Identifier: Apache-2.0
/** Whose questions are meant: the selected segments or objects of one class, or the image. */
import { IMAGE_ITEM, type ImageState, itemOf } from "../core/item.ts";
import type { Question } from "../core/ontology.ts";
import type { Answers } from "../core/segment.ts";
import { messages } from "./messages.ts";
import type { EditorModel } from "./model.ts";
import type { Questionnaire } from "./state.ts";
import { nameOf } from "./targets.ts";

/** A segment by number, an object or the image by the id of its item. */
export type AnswerOwner = number | string;

export interface OwnersOfAnswers {
  readonly owners: readonly AnswerOwner[];
  /** Null: the image. */
  readonly classNumber: number | null;
  /** Selected besides, of other classes. */
  readonly left: number;
}

/** The selection's part that is of the class of what was selected last. Null: nothing is selected. */
export function selectedOwners(model: EditorModel): OwnersOfAnswers | null {
  const { doc } = model;
  const segments = model.selection.filter((id) => doc?.isLive(id) === true);
  const objects = segments.length > 0 ? [] : model.objects.selected.filter((id) => doc?.liveObject(id) != null);
  const all: readonly AnswerOwner[] = segments.length > 0 ? segments : objects;
  const last = all.at(-1);
  if (last === undefined) return null;
  const classNumber = classOf(model, last);
  const owners = all.filter((owner) => classOf(model, owner) === classNumber);
  return { owners, classNumber, left: all.length - owners.length };
}

export const IMAGE_OWNER: OwnersOfAnswers = { owners: [IMAGE_ITEM], classNumber: null, left: 0 };

export function ownersOf(model: EditorModel, of: Questionnaire["of"]): OwnersOfAnswers | null {
  return of === "image" ? IMAGE_OWNER : selectedOwners(model);
}

export function questionsOf(model: EditorModel, classNumber: number | null): readonly Question[] {
  if (classNumber === null) return model.task?.ontology.questions ?? [];
  return model.classes.get(classNumber)?.info.questions ?? [];
}

export function answersOf(model: EditorModel, owner: AnswerOwner): Answers {
  const { doc } = model;
  if (typeof owner === "number") return doc?.fields(owner)?.answers ?? {};
  if (owner !== IMAGE_ITEM) return doc?.liveObject(owner)?.answers ?? {};
  return doc === null ? {} : (itemOf(doc.items, IMAGE_ITEM) as ImageState).answers;
}

export function nameOfOwner(model: EditorModel, owner: AnswerOwner): string {
  if (typeof owner === "number") return nameOf(model, owner);
  return owner === IMAGE_ITEM ? messages.theImage : (model.classes.get(classOf(model, owner))?.info.name ?? "");
}

function classOf(model: EditorModel, owner: AnswerOwner): number {
  const { doc } = model;
  return (typeof owner === "number" ? doc?.fields(owner) : doc?.liveObject(owner))?.class ?? 0;
}
