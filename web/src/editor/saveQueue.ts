// SPDX-License-Identifier: Apache-2.0
/**
 * Edits on their way to the server. An edit is put into the outbox first, sent in order, and forgotten only when the
 * server has answered for it. The state shown to the user comes from here and says "saved" only when nothing is left.
 */
import {
  type EditDoc,
  type EditorPorts,
  OutboxFullError,
  type OutboxRecord,
  PortError,
  type SaveReplyDoc,
  type TimerHandle,
} from "./ports.ts";
import type { Banner, SaveState } from "./state.ts";

/** A stroke shall be on the server within 600 ms of its end, the wait included; strokes in quick succession share a save. */
const SAVE_AFTER_LAST_MS = 300;
const SAVE_AT_LATEST_MS = 2000;
const RETRY_FIRST_MS = 1000;
const RETRY_MAX_MS = 30_000;
const OFFLINE_RETRY_MAX_MS = 10_000;
const BATCH_MAX_EDITS = 200;
const BATCH_MAX_CHARS = 4_000_000;
/** Answers that blame the request itself: then each edit is tried alone, so that one bad edit cannot block the rest. */
const BLAMES_REQUEST: ReadonlySet<number> = new Set([400, 413, 422]);

interface Entry {
  readonly record: OutboxRecord;
  readonly madeMs: number;
  stored: boolean;
}

export interface SaveQueueEvents {
  /** The state or the banner changed. */
  changed(): void;
  acknowledged(reply: SaveReplyDoc, edits: readonly EditDoc[]): void;
  /** The server will never take these; they were put aside. */
  rejected(edits: readonly { readonly edit: EditDoc; readonly code: string; readonly message: string }[]): void;
}

interface Trouble {
  readonly kind: "offline" | "retrying" | "signed-out";
  readonly banner: Banner | null;
  readonly untilMs: number;
}

export class SaveQueue {
  private entries: Entry[] = [];
  private sending = false;
  private oneByOne = false;
  private attempts = 0;
  private trouble: Trouble | null = null;
  private storageFull = false;
  private timer: TimerHandle | null = null;
  private lastSaved: { readonly revision: number; readonly atIso: string | null } | null;
  /** The screen has gone on to something else; what is left is still sent, and kept here until then. */
  private retired = false;
  private inFlight: Promise<void> | null = null;
  private readonly storing = new Set<Promise<void>>();
  private emptied: (() => void)[] = [];

  constructor(
    private readonly ports: EditorPorts,
    private readonly annotationId: string,
    private readonly tab: string,
    private readonly client: string,
    private readonly events: SaveQueueEvents,
    revision: { readonly number: number; readonly atIso: string | null },
  ) {
    this.lastSaved = revision.number > 0 ? { revision: revision.number, atIso: revision.atIso } : null;
  }

  /** Edits that the server has not acknowledged, in the order in which they will be sent. */
  get pending(): readonly EditDoc[] {
    return this.entries.map((entry) => entry.record.edit);
  }

  get isEmpty(): boolean {
    return this.entries.length === 0 && !this.sending;
  }

  get lastRevision(): number {
    return this.lastSaved?.revision ?? 0;
  }

  get banner(): Banner | null {
    if (this.trouble?.kind === "offline") return { kind: "offline", pendingEdits: this.entries.length };
    if (this.trouble?.banner) return this.trouble.banner;
    return this.storageFull && this.entries.length > 0 ? { kind: "browser-storage-full" } : null;
  }

  get state(): SaveState {
    const pendingEdits = this.entries.length;
    if (this.isEmpty)
      return { kind: "saved", revision: this.lastSaved?.revision ?? null, atIso: this.lastSaved?.atIso ?? null };
    if (this.sending) return { kind: "saving", pendingEdits };
    if (this.trouble?.kind === "offline") return { kind: "offline", pendingEdits };
    if (this.trouble !== null) {
      const leftMs = Math.max(0, this.trouble.untilMs - this.ports.clock.monotonicMs());
      return { kind: "retrying", pendingEdits, retryInS: Math.ceil(leftMs / 1000) };
    }
    return { kind: "edited", pendingEdits };
  }

  /** Keeps the edit in this browser, then sends it soon. Never rejects. */
  add(edit: EditDoc): Promise<void> {
    const storing = this.store(edit);
    this.storing.add(storing);
    return storing.finally(() => this.storing.delete(storing));
  }

  private async store(edit: EditDoc): Promise<void> {
    const record: OutboxRecord = {
      annotationId: this.annotationId,
      tab: this.tab,
      client: this.client,
      seq: edit.seq,
      edit,
    };
    const entry: Entry = { record, madeMs: this.ports.clock.monotonicMs(), stored: false };
    this.entries.push(entry);
    this.events.changed();
    try {
      await this.ports.outbox.put(record);
      this.storageFull = false;
    } catch (error) {
      // Without a safe place here the server is the only one: send at once.
      this.storageFull = error instanceof OutboxFullError || this.storageFull;
    }
    entry.stored = true;
    if (this.storageFull || this.retired) void this.flush();
    else this.schedule();
    this.events.changed();
  }

  /** Edits of a tab that has gone; they are stored already and go before everything else. */
  adopt(records: readonly OutboxRecord[]): void {
    if (records.length === 0) return;
    const madeMs = this.ports.clock.monotonicMs() - SAVE_AT_LATEST_MS;
    this.entries.unshift(...records.map((record) => ({ record, madeMs, stored: true })));
    this.events.changed();
    this.schedule();
  }

  /** Sends now, whatever the timers say; waits for a save that is on its way. Resolves when it is over, well or not. */
  flush(): Promise<void> {
    if (this.inFlight !== null) return this.inFlight;
    this.clearTimer();
    this.inFlight = this.sendBatch().then(() => {
      this.inFlight = null;
      this.schedule();
    });
    return this.inFlight;
  }

  /** Sends everything there is. False when the server could not be reached or would not take it now. */
  async drain(): Promise<boolean> {
    await Promise.all([...this.storing]);
    while (!this.isEmpty) {
      const before = this.entries.length;
      await this.flush();
      if (this.trouble !== null || this.entries.length >= before) return this.isEmpty;
    }
    return true;
  }

  /** The screen goes on to something else: everything is sent now, and again later if it has to be. */
  retire(): Promise<void> {
    this.retired = true;
    void this.drain();
    return this.isEmpty ? Promise.resolve() : new Promise((resolve) => this.emptied.push(resolve));
  }

  private async sendBatch(): Promise<void> {
    const batch = this.nextBatch();
    if (batch.length === 0) return;
    this.sending = true;
    this.events.changed();
    try {
      const edits = batch.map((entry) => entry.record.edit);
      const reply = await this.ports.annotations.save(this.annotationId, { client: batch[0].record.client, edits });
      await this.settle(batch, reply);
    } catch (error) {
      this.sending = false;
      await this.fail(batch, error);
    }
    this.sending = false;
    this.events.changed();
    if (this.isEmpty) for (const tell of this.emptied.splice(0)) tell();
  }

  /** The network is back, or the page came to the front. */
  wake(): void {
    if (this.trouble === null || this.sending) return;
    void this.flush();
  }

  private nextBatch(): Entry[] {
    const batch: Entry[] = [];
    let chars = 0;
    for (const entry of this.entries) {
      if (!entry.stored || (batch.length > 0 && entry.record.client !== batch[0].record.client)) break;
      chars += entry.record.edit.pixels.length;
      if (batch.length > 0 && (chars > BATCH_MAX_CHARS || batch.length >= BATCH_MAX_EDITS || this.oneByOne)) break;
      batch.push(entry);
    }
    return batch;
  }

  private async settle(batch: readonly Entry[], reply: SaveReplyDoc): Promise<void> {
    const byId = new Map(batch.map((entry) => [entry.record.edit.id, entry]));
    const done: Entry[] = [];
    const rejected: { edit: EditDoc; code: string; message: string }[] = [];
    for (const result of reply.results) {
      const entry = byId.get(result.id);
      if (entry === undefined) continue;
      done.push(entry);
      if (result.status !== "rejected") continue;
      const reason = { code: result.code ?? "rejected", message: result.message ?? "" };
      await this.putAside(entry, reason);
      rejected.push({ edit: entry.record.edit, ...reason });
    }
    if (done.length === 0) throw new PortError("server", 200, "no_results", "The server answered without results.");
    await this.forget(done);
    this.attempts = 0;
    this.trouble = null;
    if (done.length === batch.length && batch.length > 0 && rejected.length === 0) this.oneByOne = false;
    this.lastSaved = { revision: reply.revision, atIso: reply.saved_at };
    this.sending = false;
    this.events.acknowledged(
      reply,
      done.map((entry) => entry.record.edit),
    );
    if (rejected.length > 0) this.events.rejected(rejected);
  }

  private async fail(batch: readonly Entry[], error: unknown): Promise<void> {
    const problem = error instanceof PortError ? error : new PortError("server", 0, "unexpected", String(error));
    if (problem.kind === "refused" && BLAMES_REQUEST.has(problem.status)) {
      if (batch.length > 1) {
        this.oneByOne = true;
        return;
      }
      const reason = { code: problem.code, message: problem.message };
      await this.putAside(batch[0], reason);
      await this.forget(batch);
      this.events.rejected([{ edit: batch[0].record.edit, ...reason }]);
      return;
    }
    this.attempts++;
    const most = problem.kind === "network" ? OFFLINE_RETRY_MAX_MS : RETRY_MAX_MS;
    const jitter = 0.8 + 0.4 * this.ports.random.unit();
    const delayMs = Math.min(most, RETRY_FIRST_MS * 2 ** Math.min(this.attempts - 1, 10)) * jitter;
    this.trouble = { ...describe(problem), untilMs: this.ports.clock.monotonicMs() + delayMs };
  }

  private async putAside(entry: Entry, reason: { readonly code: string; readonly message: string }): Promise<void> {
    try {
      await this.ports.outbox.setAside(entry.record, reason);
    } catch {
      // The store is full or gone; the rejected edit stays on screen only as the message about it.
    }
  }

  private async forget(done: readonly Entry[]): Promise<void> {
    const gone = new Set(done);
    this.entries = this.entries.filter((entry) => !gone.has(entry));
    try {
      await this.ports.outbox.remove(
        this.annotationId,
        done.map((entry) => entry.record.edit.id),
      );
    } catch {
      // What stays behind is sent again later and answered as a duplicate.
    }
  }

  private schedule(): void {
    this.clearTimer();
    const first = this.entries[0];
    if (this.inFlight !== null || first === undefined || !first.stored) return;
    const now = this.ports.clock.monotonicMs();
    const last = this.entries[this.entries.length - 1];
    const dueMs = Math.min(first.madeMs + SAVE_AT_LATEST_MS, last.madeMs + SAVE_AFTER_LAST_MS);
    const hurry = this.oneByOne || this.retired;
    const delayMs = Math.max(0, (this.trouble?.untilMs ?? (hurry ? now : dueMs)) - now);
    // While waiting for a retry the countdown on screen moves once a second.
    const waitMs = this.trouble !== null ? Math.min(delayMs, 1000) : delayMs;
    this.timer = this.ports.timers.after(waitMs, () => {
      this.timer = null;
      if (waitMs >= delayMs) void this.flush();
      else {
        this.events.changed();
        this.schedule();
      }
    });
  }

  private clearTimer(): void {
    if (this.timer !== null) this.ports.timers.cancel(this.timer);
    this.timer = null;
  }
}

function describe(problem: PortError): { kind: Trouble["kind"]; banner: Banner | null } {
  if (problem.kind === "network") return { kind: "offline", banner: null };
  if (problem.kind === "signed-out") return { kind: "signed-out", banner: { kind: "signed-out" } };
  if (problem.kind === "disk-full") return { kind: "retrying", banner: { kind: "disk-full" } };
  return { kind: "retrying", banner: { kind: "server-error", status: problem.status } };
}
