// SPDX-License-Identifier: Apache-2.0
/** Commands on the borders of segments; each waits for its code when that is not there yet. */
import type { BorderEdits } from "./border/borderEdits.ts";
import { numberFrom } from "./commandValues.ts";
import { messages } from "./messages.ts";
import type { EditorModel } from "./model.ts";
import { selectOnly } from "./selecting.ts";
import type { SessionParts } from "./sessionParts.ts";
import { nameOf } from "./targets.ts";

export class BorderActions {
  constructor(
    private readonly model: EditorModel,
    private readonly parts: SessionParts,
  ) {}

  fillHoles(value: unknown): void {
    this.change((edits) => edits.fillHoles(idFrom(value)));
  }

  smooth(value: unknown): void {
    this.change((edits) => edits.smooth(idFrom(value)));
  }

  grow(value: unknown): void {
    this.change((edits) => edits.grow(idFrom(value)));
  }

  shrink(value: unknown): void {
    this.change((edits) => edits.shrink(idFrom(value)));
  }

  /** The segment follows the arrow keys until Enter or Escape. */
  move(value: unknown): void {
    this.change(() => {
      const { model, parts } = this;
      const id = idFrom(value) ?? model.primary;
      if (parts.border.desk?.mapToChange() == null) return;
      if (id === null || model.map?.areaOf(id) === 0) {
        model.say(messages.noSelection);
        return;
      }
      if (!model.selection.includes(id)) selectOnly(model, [id]);
      parts.tools.switchTo(() => {
        model.tool = "select";
      });
      if (parts.tools.active.beginMove?.(id) === true) model.say(messages.moveHow(nameOf(model, id)));
    });
  }

  /** Class of the part that the knife has cut off; null: it stays. */
  giveCutPart(value: unknown): void {
    this.parts.border.desk?.answer(value === null ? null : numberFrom(value));
    this.parts.tools.refresh();
  }

  /** Never in the midst of a gesture, nor with an outline open. */
  private change(work: (edits: BorderEdits) => void): void {
    const { tools, border } = this.parts;
    if (tools.pressing || this.parts.refusedByOutline()) return;
    border.withEdits((edits) => {
      if (tools.pressing) return;
      work(edits);
      tools.refresh();
    });
  }
}

/** Null: the selected one is meant. */
const idFrom = (value: unknown): number | null => (value === undefined || value === null ? null : numberFrom(value));
