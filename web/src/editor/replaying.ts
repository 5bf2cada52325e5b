// SPDX-License-Identifier: Apache-2.0
/** Puts edits that the server has not acknowledged on top of what it sent. */
import { editFromJson } from "../core/edit.ts";
import { replay } from "../core/merge.ts";
import type { EditorDocument } from "./document.ts";
import type { EditDoc } from "./ports.ts";

/** Replays in order. An edit that cannot be read or fits nothing is left to the server to judge. */
export function replayPending(doc: EditorDocument, edits: readonly EditDoc[]): void {
  for (const json of edits) {
    try {
      const edit = editFromJson(json, doc.sizeHw);
      const { applied } = replay(doc.asAnnotation(edit.layer), edit);
      doc.applyChanges(applied.segments);
      doc.applyItems(applied.items);
    } catch {
      // The reply to the next save names it, with a reason.
    }
  }
}
