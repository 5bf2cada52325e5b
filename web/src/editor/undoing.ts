// SPDX-License-Identifier: Apache-2.0
/**
 * Undo and redo. Both are new edits: they restore only what still is as the edit left it, and say how much they had to
 * leave because someone has changed it since.
 */
import { applyEdit, type Edit, editToJson, restorablePixels } from "../core/edit.ts";
import type { History } from "../core/history.ts";
import { restoreItem } from "../core/itemMerge.ts";
import {
  type Answers,
  fieldsEqual,
  type Json,
  jsonEqual,
  type SegmentChange,
  type SegmentFields,
} from "../core/segment.ts";
import type { EditorDocument } from "./document.ts";
import { messages } from "./messages.ts";
import type { EditorModel } from "./model.ts";
import { isLive } from "./objectSelection.ts";
import type { EditDoc } from "./ports.ts";
import type { EditRecorder } from "./recorder.ts";
import type { UndoTrail } from "./undoTrail.ts";

export const HISTORY_BUDGET_BYTES = 64 * 1024 * 1024;

export function undoEdit(model: EditorModel, recorder: EditRecorder, history: History, trail: UndoTrail): void {
  if (!history.canUndo) model.say(messages.nothingToUndo);
  else {
    history.undo((edit) => revert(model, recorder, edit, "undo"));
    trail.undone();
  }
}

export function redoEdit(model: EditorModel, recorder: EditRecorder, history: History, trail: UndoTrail): void {
  if (!history.canRedo) model.say(messages.nothingToRedo);
  else {
    const redone = history.redo((edit) => revert(model, recorder, edit, "redo"));
    if (redone !== null) trail.done(editToJson(redone) as unknown as EditDoc);
  }
}

function revert(model: EditorModel, recorder: EditRecorder, edit: Edit, tool: "undo" | "redo"): Edit | null {
  const doc = model.doc!;
  const { pixels, leftPx } = restorablePixels(doc.map(edit.layer), edit.pixels);
  applyEdit(doc.map(edit.layer), { ...edit, pixels });
  const segments = edit.segments.flatMap((change) => restoreFields(doc, edit.layer, change) ?? []);
  if (leftPx > 0) model.say(messages.undoneBut(leftPx));
  const gone = new Set(segments.filter((change) => change.after?.state !== "live").map((change) => change.id));
  if (gone.size > 0) model.selection = model.selection.filter((id) => !gone.has(id));
  const items = edit.items.flatMap((change) => restoreItem(doc.items, change) ?? []);
  model.objects.forget(items.filter(({ after }) => !isLive(after)).map(({ id }) => id));
  return recorder.emit({ layer: edit.layer, tool, pixels, segments, items });
}

/** Question by question: each answer is a field of its own. */
function restoredAnswers(now: Answers, before: Answers, after: Answers): Answers {
  const answer = (answers: Answers, id: string): Json => (Object.hasOwn(answers, id) ? answers[id] : null);
  const ids = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  return Object.fromEntries(
    ids.flatMap((id) => {
      const mine = jsonEqual(answer(now, id), answer(after, id));
      const value = answer(mine ? before : now, id);
      return value === null ? [] : [[id, value]];
    }),
  );
}

/** Field by field: what still holds the value that the edit wrote gets the earlier one back. */
function restoreFields(doc: EditorDocument, layer: string, change: SegmentChange): SegmentChange | null {
  const now = doc.fields(change.id);
  const { before, after } = change;
  if (now === null || after === null) return null;
  let next: SegmentFields;
  if (before === null) {
    // A segment cannot be un-made, only deleted; with pixels that someone else gave it, it stays.
    next = doc.map(layer).areaOf(change.id) > 0 ? now : { ...now, state: "deleted", mergedInto: null };
  } else {
    const sameState = now.state === after.state && now.mergedInto === after.mergedInto;
    next = {
      class: now.class === after.class ? before.class : now.class,
      crowd: now.crowd === after.crowd ? before.crowd : now.crowd,
      instancesUnknown:
        now.instancesUnknown === after.instancesUnknown ? before.instancesUnknown : now.instancesUnknown,
      answers: restoredAnswers(now.answers, before.answers, after.answers),
      state: sameState ? before.state : now.state,
      mergedInto: sameState ? before.mergedInto : now.mergedInto,
    };
  }
  return fieldsEqual(now, next) ? null : { id: change.id, before: now, after: next };
}
