// SPDX-License-Identifier: Apache-2.0
/** Commands of the image as a whole: neighbours, submit, save, undo, and what only the page can do. */
import { messages } from "./messages.ts";
import type { EditorModel } from "./model.ts";
import type { SessionParts } from "./sessionParts.ts";
import type { Intent } from "./state.ts";

export class ImageActions {
  constructor(
    private readonly model: EditorModel,
    private readonly parts: SessionParts,
  ) {}

  openNeighbour(step: 1 | -1): void {
    if (this.parts.refusedByOutline()) return;
    const { task } = this.model;
    const taskId = (step === 1 ? task?.next_task_id : task?.previous_task_id) ?? null;
    if (taskId === null) this.model.say(step === 1 ? messages.noNextImage : messages.noPreviousImage);
    else this.intent({ kind: "open-task", taskId });
  }

  submit(): void {
    if (this.parts.refusedByOutline()) return;
    if (this.model.past !== null) this.model.say(messages.notWhileLookingBack);
    else if (!this.parts.answers.refusedByMissing()) void this.parts.submit();
  }

  reopen(): void {
    void this.parts.reopen();
  }

  saveNow(): void {
    void this.parts.saveNow();
  }

  undo(): void {
    if (!this.parts.tools.active.undo()) this.parts.undo();
  }

  redo(): void {
    if (!this.parts.tools.active.redo()) this.parts.redo();
  }

  dismissToast(): void {
    this.model.toast = null;
    this.model.changed();
  }

  intent(intent: Intent): void {
    this.model.intent(intent);
  }
}
