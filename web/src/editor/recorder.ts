// SPDX-License-Identifier: Apache-2.0
/** Turns finished gestures and commands into edits: numbered, written down for undo, and on their way to the server. */
import { changedBox, type Edit, editToJson, type ItemChange, type PixelRuns } from "../core/edit.ts";
import type { History } from "../core/history.ts";
import { byId } from "../core/item.ts";
import type { SegmentChange } from "../core/segment.ts";
import type { EditorDocument } from "./document.ts";
import type { EditorModel } from "./model.ts";
import type { EditDoc } from "./ports.ts";
import type { UndoTrail } from "./undoTrail.ts";

export interface EditParts {
  readonly layer: string;
  readonly tool: string;
  /** The map holds these already. */
  readonly pixels: PixelRuns;
  readonly segments: readonly SegmentChange[];
  readonly items?: readonly ItemChange[];
}

export class EditRecorder {
  private seq = 0;
  private send: (edit: EditDoc) => void = () => undefined;

  constructor(
    private readonly model: EditorModel,
    private readonly history: History,
    private readonly trail: UndoTrail,
  ) {}

  /** Where edits go; until it is known, nothing can be drawn. */
  connect(send: (edit: EditDoc) => void): void {
    this.send = send;
  }

  /** Records an edit of the user's own making: it can be undone. Null when nothing changed. */
  record(parts: EditParts): Edit | null {
    const made = this.make(parts);
    if (made === null) return null;
    this.history.push(made.edit);
    this.trail.done(made.json);
    return made.edit;
  }

  /** As `record`, for what undo and redo themselves do; they keep their own books. */
  emit(parts: EditParts): Edit | null {
    return this.make(parts)?.edit ?? null;
  }

  private make(parts: EditParts): { readonly edit: Edit; readonly json: EditDoc } | null {
    const items = [...(parts.items ?? [])].sort(byId);
    if (parts.pixels.count === 0 && parts.segments.length === 0 && items.length === 0) return null;
    const { model } = this;
    this.seq++;
    const segments = withRevivals(model.doc!, parts);
    const edit: Edit = { id: model.ports.random.uuid(), seq: this.seq, assist: null, ...parts, segments, items };
    model.doc!.applyChanges(segments);
    model.doc!.applyItems(items);
    const json = editToJson(edit) as unknown as EditDoc;
    this.send(json);
    if (segments.some((change) => change.before !== null)) model.looksChanged();
    if (items.length > 0) model.objectsChanged();
    model.pixelsChanged(changedBox(edit.pixels));
    return { edit, json };
  }
}

/** The changes sorted by id, and life again for deleted segments that get pixels back. */
function withRevivals(doc: EditorDocument, parts: EditParts): readonly SegmentChange[] {
  const changes = new Map(parts.segments.map((change) => [change.id, change]));
  let last = 0;
  for (let i = 0; i < parts.pixels.count; i++) {
    const id = parts.pixels.afters[i];
    if (id === 0 || id === last || changes.has(id)) continue;
    last = id;
    const before = doc.fields(id);
    if (before !== null && before.state === "deleted")
      changes.set(id, { id, before, after: { ...before, state: "live" } });
  }
  return [...changes.values()].sort((a, b) => a.id - b.id);
}
