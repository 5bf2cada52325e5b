// SPDX-License-Identifier: Apache-2.0
/** Conflicts of the open annotation: which there are, which is looked at, and how they are settled. */
import { changedBox } from "../core/pixelRuns.ts";
import { differenceFrom } from "./difference.ts";
import type { ConflictDoc, ConflictSide } from "./historyPorts.ts";
import { messages } from "./messages.ts";
import type { EditorModel } from "./model.ts";
import { PortError } from "./ports.ts";
import type { DeskHost } from "./revisionDesk.ts";
import { bringIntoView, showLayer } from "./selecting.ts";
import type { ConflictInfo } from "./state.ts";

export class ConflictDesk {
  /** Edits of this window that met a conflict: their side is "mine" here, whatever the names say. */
  private readonly sent = new Set<string>();
  private busy = false;

  constructor(
    private readonly model: EditorModel,
    private readonly host: DeskHost,
  ) {}

  /** Edits of this window did not fully happen. */
  met(editIds: readonly string[]): void {
    for (const id of editIds) this.sent.add(id);
  }

  /** Asks the server what is open. What cannot be asked now is asked with the next save. */
  async refresh(): Promise<void> {
    const { model } = this;
    if (model.task === null) return;
    try {
      const all = await model.ports.history.conflicts(model.task.annotation.id);
      this.take(all.filter((entry) => entry.state === "open"));
    } catch (error) {
      if (!(error instanceof PortError)) throw error;
    }
  }

  /** Marks the pixels of the conflict looked at, or of the first one; again: stops marking. */
  compare(): void {
    const { conflictAt } = this.model;
    if (conflictAt === null) this.lookAt(0);
    else this.stop();
  }

  walk(step: 1 | -1): void {
    const { conflicts, conflictAt } = this.model;
    const count = conflicts.length;
    if (count === 0) {
      this.model.say(messages.noConflicts);
      return;
    }
    const from = conflictAt ?? (step === 1 ? -1 : 0);
    this.lookAt((from + step + count) % count);
  }

  stop(): void {
    this.model.conflictAt = null;
    this.model.setComparison(null);
  }

  /** Settles the conflict looked at (or the first) by one of its sides. */
  async keep(choice: ConflictSide, id: string | null = null): Promise<void> {
    const { model } = this;
    const chosen = model.conflicts.find((entry) => entry.id === id) ?? model.conflicts[model.conflictAt ?? 0];
    if (chosen === undefined || model.task === null || this.busy) return;
    this.busy = true;
    try {
      await this.host.allSaved();
      const head = await model.ports.history.resolve(model.task.annotation.id, chosen.id, choice);
      this.stop();
      await this.refresh();
      this.host.headMoved(head.revision);
      model.say(messages.conflictSettled(model.conflicts.length));
    } catch (error) {
      model.say(error instanceof PortError ? error.message : String(error));
    } finally {
      this.busy = false;
    }
  }

  private take(open: readonly ConflictDoc[]): void {
    const { model } = this;
    const before = model.conflictAt === null ? null : (model.conflicts[model.conflictAt]?.id ?? null);
    model.conflicts = open.map((entry) => this.infoOf(entry));
    const place = before === null ? -1 : model.conflicts.findIndex((entry) => entry.id === before);
    if (model.conflictAt !== null && place < 0) this.stop();
    else model.conflictAt = place < 0 ? null : place;
    model.changed();
  }

  private infoOf(entry: ConflictDoc): ConflictInfo {
    const mine = this.sent.has(entry.edit_id) ? "wanted" : entry.yours.length === 1 ? entry.yours[0] : null;
    return {
      id: entry.id,
      layer: entry.layer,
      pixels: entry.pixels,
      pixelCount: entry.pixel_count,
      fields: entry.fields.map((field) => ({ segmentId: field.segment_id, itemId: field.item_id, ...field })),
      atIso: entry.created_at,
      mine,
      involved: entry.yours.length > 0,
      headAuthor: entry.head_author?.name ?? null,
      wantedAuthor: entry.author.name,
      oneAuthor: entry.head_author?.id === entry.author.id,
    };
  }

  lookAt(index: number): void {
    const { model } = this;
    const entry = model.conflicts[index];
    if (entry === undefined) {
      model.say(messages.noConflicts);
      return;
    }
    if (entry.layer !== model.layer) showLayer(model, entry.layer);
    const difference = differenceFrom(entry.pixels, model.sizeHw, entry.layer, entry.mine === "wanted");
    model.conflictAt = index;
    model.setComparison({ before: null, after: null, changedPx: entry.pixelCount, segments: 0, difference });
    const box = changedBox(difference.runs);
    if (box !== null) bringIntoView(model, box);
  }
}
