// SPDX-License-Identifier: Apache-2.0
/** An outbox that outlives sessions, as IndexedDB does, with a switch for a full disk. */
import { type EditDoc, OutboxFullError, type OutboxPort, type OutboxRecord } from "../../src/editor/ports.ts";

export class MemoryOutbox implements OutboxPort {
  records: OutboxRecord[] = [];
  readonly aside: { readonly record: OutboxRecord; readonly code: string }[] = [];
  readonly leases = new Map<string, number>();
  full = false;
  /** Resolves when a write may end; replaced by tests that look at the time in between. */
  gate: Promise<void> = Promise.resolve();

  async put(record: OutboxRecord): Promise<void> {
    await this.gate;
    if (this.full) throw new OutboxFullError("no room");
    this.records.push(record);
  }

  async remove(_annotationId: string, editIds: readonly string[]): Promise<void> {
    this.records = this.records.filter((record) => !editIds.includes(record.edit.id));
  }

  async setAside(record: OutboxRecord, reason: { readonly code: string; readonly message: string }): Promise<void> {
    this.aside.push({ record, code: reason.code });
  }

  async heartbeat(_annotationId: string, tab: string, nowMs: number): Promise<void> {
    if (nowMs === 0) this.leases.delete(tab);
    else this.leases.set(tab, nowMs);
  }

  async adopt(_annotationId: string, tab: string, nowMs: number, staleMs: number): Promise<readonly OutboxRecord[]> {
    const alive = (owner: string): boolean => nowMs - (this.leases.get(owner) ?? Number.NEGATIVE_INFINITY) < staleMs;
    const orphans = this.records.filter((record) => record.tab !== tab && !alive(record.tab));
    const adopted = orphans.map((record) => ({ ...record, tab }));
    this.records = this.records.map((record) => adopted[orphans.indexOf(record)] ?? record);
    this.leases.set(tab, nowMs);
    return adopted;
  }

  readonly trail = new Map<number, EditDoc>();

  async keepTrail(_annotationId: string, place: number, edit: EditDoc): Promise<void> {
    this.trail.set(place, edit);
  }

  async dropTrail(_annotationId: string, places: readonly number[]): Promise<void> {
    for (const place of places) this.trail.delete(place);
  }

  async readTrail(): Promise<readonly { readonly place: number; readonly edit: EditDoc }[]> {
    return [...this.trail].map(([place, edit]) => ({ place, edit })).sort((a, b) => a.place - b.place);
  }

  async countForeign(_annotationId: string, tab: string): Promise<number> {
    return this.records.filter((record) => record.tab !== tab).length;
  }
}
