// SPDX-License-Identifier: Apache-2.0
/** The name beside the pointer when it rests on a segment, in the select tool. */
import type { EditorModel } from "./model.ts";
import type { TimerHandle } from "./ports.ts";
import { nameOf } from "./targets.ts";

const REST_MS = 150;

export class HoverTag {
  private timer: TimerHandle | null = null;
  private shown = false;

  constructor(private readonly model: EditorModel) {}

  /** The pointer is over this segment (0: none), perhaps still. */
  over(id: number): void {
    const { model } = this;
    if (id !== model.hovered) {
      model.hoverChanged(id);
      this.hide();
      if (id !== 0) this.timer = model.ports.timers.after(REST_MS, () => this.show(id));
    } else if (this.shown) this.place(model.badge?.text ?? "");
  }

  private show(id: number): void {
    this.timer = null;
    this.shown = true;
    this.place(nameOf(this.model, id));
  }

  private place(text: string): void {
    const { model } = this;
    if (model.pointerScreen === null) return;
    model.badge = { text, warn: false, pointScreen: model.pointerScreen };
    model.dirtyOverlay();
  }

  private hide(): void {
    const { model } = this;
    if (this.timer !== null) model.ports.timers.cancel(this.timer);
    this.timer = null;
    if (!this.shown) return;
    this.shown = false;
    model.badge = null;
    model.dirtyOverlay();
  }
}
