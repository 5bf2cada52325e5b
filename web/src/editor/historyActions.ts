// SPDX-License-Identifier: Apache-2.0
/** Commands of looking back and of conflicts. */
import { numberFrom } from "./commandValues.ts";
import { messages } from "./messages.ts";
import type { EditorModel } from "./model.ts";
import type { SessionParts } from "./sessionParts.ts";

export class HistoryActions {
  constructor(
    private readonly model: EditorModel,
    private readonly parts: SessionParts,
  ) {}

  open(value: unknown): void {
    if (!this.parts.refusedByOutline()) void this.parts.revisions.open(numberFrom(value));
  }

  close(): void {
    this.parts.revisions.close();
  }

  compare(value: unknown): void {
    const { before, after } = value as { before: unknown; after?: unknown };
    void this.parts.revisions.compare(numberFrom(before), after == null ? null : numberFrom(after));
  }

  /** As an address says it: a revision, and what to compare it with. */
  show(value: unknown): void {
    const { revision, compare } = value as { revision: number | null; compare: number | null };
    void this.parts.revisions.show(revision, compare);
  }

  lookAtConflict(value: unknown): void {
    this.parts.conflicts.lookAt(numberFrom(value));
  }

  stopComparing(): void {
    if (this.model.conflictAt !== null) this.parts.conflicts.stop();
    else this.parts.revisions.stopComparing();
  }

  restore(value: unknown): void {
    if (this.parts.refusedByOutline()) return;
    const { revision, segmentId } = value as { revision: unknown; segmentId?: unknown };
    void this.parts.revisions.restore(numberFrom(revision), segmentId == null ? null : numberFrom(segmentId));
  }

  /** The pixel given, else the one under the keyboard crosshair, else the one that the pointer was over last. */
  who(value: unknown): void {
    const { crosshair, lastPixel } = this.model;
    const at = (value as { readonly x: number; readonly y: number } | null | undefined) ?? crosshair ?? lastPixel;
    if (at == null) this.model.say(messages.noPixel);
    else void this.parts.revisions.who(Math.floor(at.x), Math.floor(at.y));
  }

  listConflicts(): void {
    this.model.intent({ kind: "show-conflicts" });
    if (this.model.conflictAt === null) this.parts.conflicts.lookAt(0);
  }

  compareConflict(): void {
    this.parts.conflicts.compare();
  }

  walkConflicts(step: 1 | -1): void {
    this.parts.conflicts.walk(step);
  }

  keep(value: unknown): void {
    const { choice, id } = value as { choice: unknown; id?: string };
    if (choice !== "head" && choice !== "wanted") throw new TypeError(`conflict.keep: no side ${String(choice)}`);
    void this.parts.conflicts.keep(choice, id ?? null);
  }
}
