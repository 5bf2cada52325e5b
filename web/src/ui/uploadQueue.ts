// SPDX-License-Identifier: Apache-2.0
/** Sends files a few at a time and remembers per file how it went. Knows no DOM and no network. */
import type { NamedFile } from "./files.ts";

export interface UploadTarget {
  readonly project: string;
  readonly dataset: string;
}

export interface UploadRow {
  readonly id: number;
  readonly path: string;
  readonly state: "waiting" | "sending" | "done" | "failed" | "stopped";
  /** Sent part, 0..1. */
  readonly fraction: number;
  readonly reason: string | null;
}

export interface UploadState {
  readonly rows: readonly UploadRow[];
  readonly done: number;
  readonly failed: number;
  /** Of the failed ones, how many could be sent again. */
  readonly retryable: number;
  readonly running: boolean;
}

export interface UploadPorts {
  readonly send: (
    target: UploadTarget,
    file: NamedFile,
    onProgress: (fraction: number) => void,
    signal: AbortSignal,
  ) => Promise<void>;
  /** Told after some files have arrived, so that lists can be read anew. */
  readonly added: (target: UploadTarget) => void;
}

interface Waiting {
  readonly id: number;
  readonly target: UploadTarget;
  readonly file: NamedFile;
}

const atOnce = 3;
const tellEvery = 8;
const nothing: UploadState = { rows: [], done: 0, failed: 0, retryable: 0, running: false };

const isFailed = (row: UploadRow): boolean => row.state === "failed" || row.state === "stopped";

export class UploadQueue {
  private state: UploadState = nothing;
  private readonly listeners = new Set<() => void>();
  private readonly files = new Map<number, Waiting>();
  private waiting: Waiting[] = [];
  private active = 0;
  private lastId = 0;
  private untold = 0;
  private abort = new AbortController();

  constructor(private readonly ports: UploadPorts) {}

  readonly getState = (): UploadState => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** `refusal` gives the reason why a file is not even tried, or null. */
  readonly add = (
    target: UploadTarget,
    files: readonly NamedFile[],
    refusal: (file: NamedFile) => string | null = () => null,
  ): void => {
    if (files.length === 0) return;
    const finished = this.active === 0 && this.waiting.length === 0;
    const kept = finished ? [] : this.state.rows;
    const entries = files.map((file) => ({ id: ++this.lastId, target, file }));
    const reasons = new Map(entries.map((entry) => [entry.id, refusal(entry.file)]));
    const wanted = entries.filter((entry) => reasons.get(entry.id) === null);
    for (const entry of wanted) this.files.set(entry.id, entry);
    this.waiting.push(...wanted);
    this.publish([
      ...kept,
      ...entries.map(
        (entry): UploadRow => ({
          id: entry.id,
          path: entry.file.path,
          state: reasons.get(entry.id) === null ? "waiting" : "failed",
          fraction: 0,
          reason: reasons.get(entry.id) ?? null,
        }),
      ),
    ]);
    this.pump();
  };

  readonly stop = (): void => {
    const stopped = new Set(this.waiting.map((entry) => entry.id));
    this.waiting = [];
    this.publish(this.state.rows.map((row) => (stopped.has(row.id) ? { ...row, state: "stopped" } : row)));
    this.abort.abort();
    this.abort = new AbortController();
  };

  /** Sends again what failed or was stopped. */
  readonly retry = (): void => {
    const again = this.state.rows.filter((row) => isFailed(row) && this.files.has(row.id));
    for (const row of again) {
      const entry = this.files.get(row.id);
      if (entry !== undefined) this.waiting.push(entry);
    }
    const ids = new Set(again.map((row) => row.id));
    this.publish(
      this.state.rows.map((row) => (ids.has(row.id) ? { ...row, state: "waiting", fraction: 0, reason: null } : row)),
    );
    this.pump();
  };

  readonly dismiss = (): void => {
    if (this.active > 0 || this.waiting.length > 0) return;
    this.files.clear();
    this.publish([]);
  };

  private pump(): void {
    while (this.active < atOnce && this.waiting.length > 0) void this.sendOne(this.waiting.shift()!);
  }

  private async sendOne(entry: Waiting): Promise<void> {
    this.active++;
    this.change(entry.id, { state: "sending" });
    try {
      await this.ports.send(
        entry.target,
        entry.file,
        (fraction) => this.change(entry.id, { fraction }),
        this.abort.signal,
      );
      this.untold++;
      this.change(entry.id, { state: "done", fraction: 1 });
    } catch (error) {
      this.change(entry.id, { state: "failed", reason: error instanceof Error ? error.message : String(error) });
    }
    this.active--;
    const idle = this.active === 0 && this.waiting.length === 0;
    if (this.untold >= tellEvery || (idle && this.untold > 0)) {
      this.untold = 0;
      this.ports.added(entry.target);
    }
    this.pump();
    if (idle) this.publish(this.state.rows);
  }

  private change(id: number, part: Partial<UploadRow>): void {
    this.publish(this.state.rows.map((row) => (row.id === id ? { ...row, ...part } : row)));
  }

  private publish(rows: readonly UploadRow[]): void {
    this.state = {
      rows,
      done: rows.filter((row) => row.state === "done").length,
      failed: rows.filter(isFailed).length,
      retryable: rows.filter((row) => isFailed(row) && this.files.has(row.id)).length,
      running: this.active > 0 || this.waiting.length > 0,
    };
    for (const listener of this.listeners) listener();
  }
}
