// SPDX-License-Identifier: Apache-2.0
/** Commands on the partition as a whole: gaps, islands, and segments made one or several. */
import { numberFrom } from "./commandValues.ts";
import type { EditorModel } from "./model.ts";
import { selectOnly } from "./selecting.ts";
import type { SessionParts } from "./sessionParts.ts";

const ISLAND_PX_MAX = 1_000_000;

export class PartitionActions {
  constructor(
    private readonly model: EditorModel,
    private readonly parts: SessionParts,
  ) {}

  gap(step: 1 | -1): void {
    this.parts.gaps.step(step);
    // The picture has moved away under the pointer: what a click would do there is shown when it moves again.
    if (!this.parts.tools.pressing) this.parts.tools.active.leave();
  }

  giveGap(): void {
    this.change(() => this.parts.gaps.give());
  }

  /** `{how: "nearest"}`, or `{how: "class", classNumber}`. */
  fillGaps(value: unknown): void {
    const { how, classNumber } = value as { how: unknown; classNumber?: unknown };
    if (how === "nearest") this.change(() => this.parts.gaps.giveAll());
    else if (how === "class") {
      const number = numberFrom(classNumber);
      this.change(() => this.parts.gaps.giveAllTo(number));
    } else throw new TypeError("gaps.fill: nearest or class");
  }

  askHowToFill(): void {
    this.change(() => this.parts.gaps.ask());
  }

  merge(): void {
    this.change(() => this.parts.operations.merge(this.model.selection));
  }

  split(value: unknown): void {
    const ids = this.idsFrom(value);
    this.change(() => this.parts.operations.split(ids));
  }

  duplicate(value: unknown): void {
    const ids = this.idsFrom(value);
    const objects = value === undefined ? this.model.objects.selected : [];
    if (objects.length > 0) this.change(() => this.parts.objects.duplicate(objects));
    else this.change(() => this.parts.operations.duplicate(ids));
  }

  /** Of one segment, or of the selection. */
  askWhichIslands(value: unknown): void {
    if (value !== undefined && value !== null) selectOnly(this.model, this.idsFrom(value));
    this.change(() => {
      if (this.model.readOnly) this.model.say(this.model.readOnlyWhy);
      else this.model.intent({ kind: "remove-islands" });
    });
  }

  /** `{belowPx, of: "selection" | "image"}`. */
  removeIslands(value: unknown): void {
    const { belowPx, of } = value as { belowPx: unknown; of: unknown };
    const limit = numberFrom(belowPx);
    if (!Number.isInteger(limit) || limit < 1 || limit > ISLAND_PX_MAX)
      throw new TypeError(`islands.remove: 1 to ${ISLAND_PX_MAX} whole px`);
    if (of !== "selection" && of !== "image") throw new TypeError("islands.remove: selection or image");
    this.change(() => this.parts.operations.removeIslands(limit, of === "image" ? null : this.model.selection));
  }

  /** Never in the midst of a gesture, whose pixels are in the map but in no edit yet, nor with an outline open. */
  private change(work: () => void): void {
    if (this.parts.tools.pressing || this.parts.refusedByOutline()) return;
    work();
    this.parts.tools.refresh();
  }

  /** The segment meant, or all selected ones when it is one of them or none is named. */
  private idsFrom(value: unknown): readonly number[] {
    const { selection } = this.model;
    if (value === undefined || value === null) return selection;
    const id = numberFrom(value);
    return selection.includes(id) ? selection : [id];
  }
}
