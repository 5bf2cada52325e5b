// SPDX-License-Identifier: Apache-2.0
/**
 * Keeps the open annotation and the server in step: opening, adopting what a closed tab left behind, saving, and
 * fetching again when someone else has changed the picture. Unsent edits always stay on top.
 */
import { CodecError } from "../core/errors.ts";
import { takesPixels } from "../core/ontology.ts";
import { IdPool } from "./leases.ts";
import { loadDocument } from "./loading.ts";
import { messages } from "./messages.ts";
import type { EditorModel } from "./model.ts";
import { isLive } from "./objectSelection.ts";
import {
  type EditDoc,
  type OutboxRecord,
  PortError,
  type SaveReplyDoc,
  type TaskDoc,
  type TimerHandle,
} from "./ports.ts";
import { replayPending } from "./replaying.ts";
import { SaveQueue } from "./saveQueue.ts";
import { readViewPreferences } from "./viewPreferences.ts";

const HEARTBEAT_MS = 3000;
const STALE_MS = 10_000;

export interface SyncHost {
  /** Pixels are in the map that are in no edit yet; the map must not be replaced now. */
  isBusy(): boolean;
  /** The document is there, or is another one now. */
  documentChanged(): void;
  idsReady(ids: IdPool): void;
  /** The annotation is open and can be drawn on. */
  opened(annotationId: string): void;
  /** These edits of this window met conflicts; or, without ids, others may have. */
  conflictsMoved(editIds: readonly string[]): void;
  /** Review rules found something that has to be mended first. */
  submissionStopped(): void;
}

export class AnnotationSync {
  queue: SaveQueue | null = null;
  private ids: IdPool | null = null;
  private readonly tab: string;
  private refetchWanted = false;
  private refetching = false;
  /** Someone else's edits came between ours: worth a word when they are on screen. */
  private mergedWanted = false;
  /** The newest revision that was loaded or made here: what is not beyond it is no news. */
  private known = 0;
  private stopListening: () => void = () => undefined;
  private unsentOffline = 0;
  private heartbeat: TimerHandle | null = null;
  private disposed = false;

  constructor(
    private readonly model: EditorModel,
    private readonly host: SyncHost,
  ) {
    this.tab = model.ports.random.uuid();
  }

  async open(): Promise<void> {
    const { model } = this;
    try {
      const task = await model.ports.annotations.openTask(model.taskId);
      if (this.disposed) return;
      this.takeTask(task);
      await this.openAnnotation(task);
    } catch (error) {
      if (this.disposed) return;
      model.phase = "failed";
      model.failure = failureOf(error);
      model.changed();
    }
  }

  /** After a gesture: what had to wait for it. */
  settle(): void {
    void this.refetchWhenQuiet();
  }

  /** The network is back, or the page came to the front. */
  wake(): void {
    this.queue?.wake();
    void this.ids?.fill();
    void this.lookForNews();
  }

  /** Sends what is unsent. False when something is left: no network, or a gesture is running. */
  async allSaved(): Promise<boolean> {
    const { queue } = this;
    return queue !== null && (await queue.drain()) && !this.host.isBusy();
  }

  get latestRevision(): number {
    return Math.max(this.model.head?.revision ?? 0, this.queue?.lastRevision ?? 0);
  }

  /** The server holds this revision, made by someone else or by the server itself. */
  headMoved(revision: number): void {
    if (revision <= this.latestRevision || this.model.task === null) return;
    this.model.ports.peers.tell(this.model.task.annotation.id, revision);
    this.wantRefetch();
  }

  async saveNow(): Promise<void> {
    await this.queue?.flush();
  }

  async submit(): Promise<void> {
    const { model } = this;
    if (!(await this.allSaved())) {
      model.say(messages.notAllSaved);
      return;
    }
    await this.askServer(async () => {
      const task = await this.submitted();
      if (task === null) return;
      this.takeTask(task);
      model.intent({
        kind: "task-submitted",
        taskId: task.id,
        name: task.asset.name,
        nextTaskId: task.next_task_id,
      });
    });
  }

  /** Null: findings stop it; the page lists them. */
  private async submitted(): Promise<TaskDoc | null> {
    try {
      return await this.model.ports.annotations.submit(this.model.taskId);
    } catch (error) {
      if (!(error instanceof PortError) || error.code !== "findings_block") throw error;
      this.model.say(error.message);
      this.host.submissionStopped();
      return null;
    }
  }

  async reopen(): Promise<void> {
    await this.askServer(async () => this.takeTask(await this.model.ports.annotations.reopen(this.model.taskId)));
  }

  pageHide(): void {
    const { model } = this;
    if (model.task !== null) void this.beat(model.task.annotation.id, 0);
    void this.queue?.flush();
  }

  dispose(): void {
    this.disposed = true;
    this.stopListening();
    const { task } = this.model;
    // Another image is opened in this page: what is unsent goes out behind its back.
    if (task !== null) void this.queue?.retire().then(() => this.beat(task.annotation.id, 0));
    if (this.heartbeat !== null) this.model.ports.timers.cancel(this.heartbeat);
  }

  private takeTask(task: TaskDoc): void {
    const { model } = this;
    const first = model.task === null;
    model.task = task;
    model.takeOntology(task.ontology);
    if (first) readViewPreferences(model);
    if (model.currentClass === null || !model.classes.has(model.currentClass)) {
      const usable = [...model.classes.values()].find(({ info }) => !info.retired && takesPixels(info));
      model.currentClass = usable?.info.number ?? null;
    }
    if (first) {
      if (model.canvasSize.widthPx > 0) model.fit();
      model.dirtyPhoto();
    }
    model.changed();
  }

  private async openAnnotation(task: TaskDoc): Promise<void> {
    const { model } = this;
    const { annotations } = model.ports;
    const annotationId = task.annotation.id;
    const ids = new IdPool(annotations, annotationId);
    const [doc, adopted] = await Promise.all([
      loadDocument(annotations, task, task.annotation),
      this.adoptOrphans(annotationId),
      task.state === "open" ? ids.fill() : Promise.resolve(),
    ]);
    if (this.disposed) return;
    const edits = adopted.map((record) => record.edit);
    replayPending(doc, edits);
    model.head = doc;
    this.known = doc.revision;
    this.queue = this.newQueue(annotationId, doc.revision, task.annotation.updated_at);
    this.queue.adopt(adopted);
    model.phase = "ready";
    this.ids = ids;
    this.host.idsReady(ids);
    this.host.documentChanged();
    this.host.opened(annotationId);
    if (adopted.length > 0) model.say(messages.recovered(adopted.length));
    this.watchForeignBoxes(annotationId);
    this.keepBeating(annotationId);
    this.stopListening = model.ports.peers.listen(annotationId, (revision) => {
      if (revision > this.latestRevision) this.wantRefetch();
    });
    if (task.annotation.open_conflicts > 0) this.host.conflictsMoved([]);
  }

  /** The page came to the front: others may have saved meanwhile. */
  private async lookForNews(): Promise<void> {
    const { model, queue } = this;
    if (model.task === null || queue === null || !queue.isEmpty) return;
    try {
      const { revision } = await model.ports.annotations.fetchAnnotation(model.task.annotation.id);
      if (!this.disposed && revision > this.latestRevision) this.wantRefetch();
    } catch {
      // Not reachable: the next save or the next look finds out.
    }
  }

  private newQueue(annotationId: string, revision: number, atIso: string | null): SaveQueue {
    const client = this.model.ports.random.uuid();
    return new SaveQueue(
      this.model.ports,
      annotationId,
      this.tab,
      client,
      {
        changed: () => this.queueChanged(),
        acknowledged: (reply, edits) => this.acknowledged(reply, edits),
        rejected: (edits) => {
          this.model.banner = { kind: "rejected", code: edits[0].code, message: edits[0].message };
          this.wantRefetch();
        },
      },
      { number: revision, atIso },
    );
  }

  private queueChanged(): void {
    if (this.disposed) return;
    const { queue, model } = this;
    if (queue?.state.kind === "offline") this.unsentOffline = queue.pending.length;
    else if (queue?.isEmpty && this.unsentOffline > 0) {
      model.say(messages.backOnline(this.unsentOffline));
      this.unsentOffline = 0;
    }
    model.changed();
    if (queue?.isEmpty && this.refetchWanted) this.settle();
  }

  private acknowledged(reply: SaveReplyDoc, edits: readonly EditDoc[]): void {
    const { model } = this;
    if (model.task !== null) model.ports.peers.tell(model.task.annotation.id, reply.revision);
    if (this.disposed) return;
    void this.ids?.fill(); // the server can be reached: leases that failed before are made up for
    model.head?.setNumbers(reply.numbers);
    if (Object.keys(reply.numbers).length > 0) model.segmentsVersion++;
    const met = reply.results.filter((result) => result.status === "conflict").map((result) => result.id);
    if (met.length > 0) this.host.conflictsMoved(met);
    this.mergedWanted ||= reply.foreign_edits && met.length === 0 && reply.revision > this.known + 1;
    this.known = Math.max(this.known, reply.revision);
    // A duplicate was decided earlier, perhaps before other edits: what is on screen may be older than the head.
    const stale = reply.results.some((result) => result.status === "duplicate" || result.status === "conflict");
    if (reply.foreign_edits || stale) this.wantRefetch();
    if (edits.length > 0) model.changed();
  }

  private wantRefetch(): void {
    this.refetchWanted = true;
    this.settle();
  }

  private async refetchWhenQuiet(): Promise<void> {
    const { model, queue, host } = this;
    if (!this.refetchWanted || this.refetching || this.disposed || model.task === null || queue === null) return;
    if (!queue.isEmpty || host.isBusy()) return;
    this.refetching = true;
    this.refetchWanted = false;
    try {
      const doc = await loadDocument(model.ports.annotations, model.task, null);
      if (this.disposed) return;
      if (doc.revision < queue.lastRevision || host.isBusy()) this.refetchWanted = true;
      else this.swapDocument(doc);
    } catch {
      // The screen stays as it is: correct, if not the newest. The next save asks again.
    } finally {
      this.refetching = false;
    }
    if (this.refetchWanted && !host.isBusy()) model.ports.timers.after(HEARTBEAT_MS, () => this.settle());
  }

  private swapDocument(doc: NonNullable<EditorModel["head"]>): void {
    const { model } = this;
    replayPending(doc, this.queue!.pending);
    model.head = doc;
    this.known = Math.max(this.known, doc.revision);
    model.selection = model.selection.filter((id) => model.doc?.isLive(id) === true);
    model.objects.keep((id) => isLive(model.doc?.items.get(id) ?? null));
    this.host.documentChanged();
    this.host.conflictsMoved([]);
    if (this.mergedWanted) model.say(messages.merged);
    this.mergedWanted = false;
  }

  private async adoptOrphans(annotationId: string): Promise<readonly OutboxRecord[]> {
    const { outbox, clock } = this.model.ports;
    try {
      return await outbox.adopt(annotationId, this.tab, clock.nowMs(), STALE_MS);
    } catch {
      return []; // no storage in this browser: nothing was kept, nothing can be found
    }
  }

  /** A tab that crashed a moment ago still looks alive: ask again when its lease has run out. */
  private watchForeignBoxes(annotationId: string): void {
    const { outbox, timers } = this.model.ports;
    outbox
      .countForeign(annotationId, this.tab)
      .then((count) => {
        if (count > 0 && !this.disposed) timers.after(STALE_MS / 2, () => void this.adoptLate(annotationId));
      })
      .catch(() => undefined);
  }

  private async adoptLate(annotationId: string): Promise<void> {
    if (this.disposed) return;
    const { model } = this;
    const adopted = await this.adoptOrphans(annotationId);
    if (this.disposed || model.head === null) return;
    if (adopted.length > 0) {
      if (this.host.isBusy()) this.refetchWanted = true;
      else {
        replayPending(
          model.head,
          adopted.map((record) => record.edit),
        );
        this.host.documentChanged();
      }
      this.queue?.adopt(adopted);
      model.say(messages.recovered(adopted.length));
    }
    this.watchForeignBoxes(annotationId);
  }

  private keepBeating(annotationId: string): void {
    if (this.disposed) return;
    if (this.queue !== null && !this.queue.isEmpty) void this.beat(annotationId, this.model.ports.clock.nowMs());
    this.heartbeat = this.model.ports.timers.after(HEARTBEAT_MS, () => this.keepBeating(annotationId));
  }

  private async beat(annotationId: string, nowMs: number): Promise<void> {
    try {
      await this.model.ports.outbox.heartbeat(annotationId, this.tab, nowMs);
    } catch {
      // Without a heartbeat another tab may adopt our edits; the server then calls one of the two a duplicate.
    }
  }

  private async askServer(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!this.disposed) this.model.say(failureOf(error).message);
    }
  }
}

function failureOf(error: unknown): { readonly code: string; readonly message: string } {
  if (error instanceof PortError) return { code: error.code, message: error.message };
  if (error instanceof CodecError) return { code: error.code, message: messages.badTiles };
  return { code: "unexpected", message: error instanceof Error ? error.message : String(error) };
}
