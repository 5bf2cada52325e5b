// SPDX-License-Identifier: Apache-2.0
/** Commands on the angle of the view and on the aids around it. */
import { numberFrom } from "./commandValues.ts";
import type { EditorModel } from "./model.ts";
import type { SessionParts } from "./sessionParts.ts";
import { nextSmoothing, type Smoothing, soundOptions, type ViewOptions } from "./viewOptions.ts";
import { writeViewPreferences } from "./viewPreferences.ts";

type Switch = "grid" | "rulers" | "crossLines" | "minimap";

export class LookingActions {
  constructor(
    private readonly model: EditorModel,
    private readonly parts: SessionParts,
  ) {}

  /** To an angle in degrees, clockwise. */
  turnTo(value: unknown): void {
    this.parts.viewing.turnTo(numberFrom(value));
    this.parts.tools.refresh();
  }

  turnBy(degrees: number): void {
    this.turnTo(this.model.turnDegrees + degrees);
  }

  toggle(option: Switch): void {
    this.change({ [option]: !this.model.options[option] });
  }

  /** Without a value: the next one. */
  smoothing(value: unknown): void {
    const smoothing = value === undefined ? nextSmoothing(this.model.options.smoothing) : (value as Smoothing);
    if (soundOptions({ ...this.model.options, smoothing }).smoothing !== smoothing)
      throw new TypeError(`view.smoothing: ${String(value)} is none`);
    this.change({ smoothing });
  }

  outlineWidth(value: unknown): void {
    this.change({ outlineWidth: numberFrom(value) });
  }

  private change(change: Partial<ViewOptions>): void {
    const { model } = this;
    model.options = soundOptions({ ...model.options, ...change });
    writeViewPreferences(model);
    model.dirtyPhoto();
    model.dirtyOverlay();
    model.dirtyLabels(null);
    model.changed();
  }
}
