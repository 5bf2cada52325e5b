// SPDX-License-Identifier: Apache-2.0
/** Looking back: show a revision instead of the newest, mark what differs, restore, and tell who changed a pixel. */
import { changedBox } from "../core/pixelRuns.ts";
import { differenceFrom } from "./difference.ts";
import type { ComparisonDoc } from "./historyPorts.ts";
import { loadRevision } from "./loading.ts";
import { messages, segmentName } from "./messages.ts";
import type { EditorModel } from "./model.ts";
import { isLive } from "./objectSelection.ts";
import { PortError } from "./ports.ts";
import { bringIntoView } from "./selecting.ts";

export interface DeskHost {
  /** Sends what is unsent; false when something is left. */
  allSaved(): Promise<boolean>;
  /** The server holds something newer than the screen. */
  headMoved(revision: number): void;
  /** Another document is shown now. */
  documentChanged(): void;
  latestRevision(): number;
}

export class RevisionDesk {
  /** Counts requests; an answer that comes after a newer request is dropped. */
  private ticket = 0;

  constructor(
    private readonly model: EditorModel,
    private readonly host: DeskHost,
  ) {}

  async open(number: number): Promise<void> {
    const { model } = this;
    const { task, past } = model;
    if (task === null || past?.number === number) return;
    const ticket = ++this.ticket;
    const id = task.annotation.id;
    await this.ask(async () => {
      const [doc, info] = await Promise.all([
        loadRevision(model.ports, task, number),
        model.ports.history.revision(id, number),
      ]);
      if (ticket !== this.ticket) return;
      model.past = { doc, number, atIso: info?.created_at ?? null, authorName: info?.author.name ?? null };
      model.setComparison(null);
      this.shown();
    });
  }

  async show(revision: number | null, compare: number | null): Promise<void> {
    if (revision !== null) await this.open(revision);
    if (compare !== null) await this.compare(compare, revision);
  }

  close(): void {
    this.ticket++;
    if (this.model.past === null) return;
    this.model.past = null;
    this.model.setComparison(null);
    this.shown();
  }

  /** `after` null: what is newest now, unsent strokes included. */
  async compare(before: number, after: number | null): Promise<void> {
    const { model } = this;
    const { task } = model;
    if (task === null) return;
    const ticket = ++this.ticket;
    if (after === null && !(await this.host.allSaved())) model.say(messages.notAllSaved);
    else
      await this.ask(async () => {
        const found = await model.ports.history.compare(task.annotation.id, before, after);
        if (ticket === this.ticket) this.mark(found);
      });
  }

  stopComparing(): void {
    this.ticket++;
    this.model.setComparison(null);
  }

  async restore(revision: number, segmentId: number | null): Promise<void> {
    const { model, host } = this;
    const { task } = model;
    if (task === null) return;
    if (task.state === "submitted") {
      model.say(messages.readOnly);
      return;
    }
    if (!(await host.allSaved())) {
      model.say(messages.notAllSaved);
      return;
    }
    const name = segmentId === null ? null : this.nameOf(segmentId);
    await this.ask(async () => {
      const before = host.latestRevision();
      const reply = await model.ports.history.restore(task.annotation.id, revision, segmentId);
      this.close();
      model.setComparison(null);
      if (reply.revision === before) {
        model.say(messages.restoredNothing);
        return;
      }
      host.headMoved(reply.revision);
      model.say(name === null ? messages.restored(revision) : messages.restoredSegment(name, revision), false, {
        label: messages.undo,
        commandId: "history.restore",
        value: { revision: before },
      });
    });
  }

  async who(x: number, y: number): Promise<void> {
    const { model } = this;
    const { task } = model;
    if (task === null || x < 0 || y < 0 || x >= task.asset.width || y >= task.asset.height) {
      model.say(messages.noPixel);
      return;
    }
    await this.host.allSaved();
    await this.ask(async () => {
      const { change } = await model.ports.history.pixel(task.annotation.id, model.layer, x, y);
      if (change === null) {
        model.say(messages.neverChanged(x, y));
        return;
      }
      const { revision, author, tool, created_at } = change;
      model.say(messages.changedBy(x, y, author.name, tool, revision, created_at), false, {
        label: messages.openRevision,
        commandId: "history.open",
        value: revision,
      });
    });
  }

  private mark(found: ComparisonDoc): void {
    const { model } = this;
    const here = found.layers.find((entry) => entry.layer === model.layer);
    const difference = here?.pixels == null ? null : differenceFrom(here.pixels, model.sizeHw, model.layer);
    model.setComparison({
      before: found.before,
      after: found.after,
      changedPx: found.layers.reduce((sum, entry) => sum + entry.changed_px, 0),
      segments: found.segments.length,
      difference,
    });
    const box = difference === null ? null : changedBox(difference.runs);
    if (box !== null) bringIntoView(model, box);
  }

  private shown(): void {
    const { model } = this;
    model.selection = model.selection.filter((id) => model.doc?.isLive(id) === true);
    model.objects.keep((id) => isLive(model.doc?.items.get(id) ?? null));
    this.host.documentChanged();
  }

  private nameOf(id: number): string {
    const { model } = this;
    const entry = model.doc?.segments.get(id);
    const info = entry === undefined ? undefined : model.classes.get(entry.fields.class)?.info;
    return segmentName(info?.name ?? messages.unknownClass, info?.kind === "thing" ? (entry?.number ?? null) : null);
  }

  private async ask(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.model.say(error instanceof PortError ? error.message : messages.badTiles);
    }
  }
}
