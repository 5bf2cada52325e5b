// SPDX-License-Identifier: Apache-2.0
/**
 * Unsent edits in IndexedDB, so that a reload, a crash or ten minutes without network lose nothing. Writes ask for
 * `durability: strict`: when a promise resolves, the edit is on disk. Tabs find each other's boxes through leases with
 * a heartbeat, because `navigator.locks` does not exist on a plain http origin.
 */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import { OutboxFullError, type OutboxPort, type OutboxRecord } from "../editor/ports.ts";

interface StoredEdit {
  readonly annotationId: string;
  readonly editId: string;
  readonly tab: string;
  readonly client: string;
  readonly seq: number;
  readonly order: number; // place among the edits of its client's life in this browser
  readonly edit: OutboxRecord["edit"];
}

interface StoredLease {
  readonly annotationId: string;
  readonly tab: string;
  readonly seenMs: number;
}

interface StoredStep {
  readonly annotationId: string;
  readonly place: number;
  readonly edit: OutboxRecord["edit"];
}

interface OutboxSchema extends DBSchema {
  edits: { key: [string, string]; value: StoredEdit; indexes: { byAnnotation: string } };
  leases: { key: [string, string]; value: StoredLease; indexes: { byAnnotation: string } };
  trail: { key: [string, number]; value: StoredStep };
  rejected: { key: [string, string]; value: StoredEdit & { readonly code: string; readonly message: string } };
}

const DATABASE = "intarsia-outbox";
const STRICT = { durability: "strict" } as const;

export function createOutbox(databaseName: string = DATABASE): OutboxPort {
  return new Outbox(databaseName);
}

/** Tabs ask each other who is there: a crashed one does not answer, however fresh its last heartbeat is. */
type Call = { readonly ask: string } | { readonly alive: string; readonly annotationId: string };
const ANSWER_WITHIN_MS = 250;

class Outbox implements OutboxPort {
  private database: Promise<IDBPDatabase<OutboxSchema>> | null = null;
  private readonly tabs = new Map<string, string>(); // tab → annotation, of this page
  private readonly channel: BroadcastChannel | null;

  constructor(private readonly name: string) {
    this.channel = typeof BroadcastChannel === "function" ? new BroadcastChannel(name) : null;
    this.channel?.addEventListener("message", (event: MessageEvent<Call>) => {
      const call = event.data;
      if (!("ask" in call)) return;
      for (const [tab, annotationId] of this.tabs) {
        if (annotationId === call.ask) this.channel?.postMessage({ alive: tab, annotationId } satisfies Call);
      }
    });
  }

  async put(record: OutboxRecord): Promise<void> {
    try {
      const db = await this.open();
      const tx = db.transaction("edits", "readwrite", STRICT);
      await Promise.all([tx.store.put(toStored(record)), tx.done]);
    } catch (error) {
      this.database = null; // the next write opens it anew
      throw new OutboxFullError(error instanceof Error ? error.message : String(error));
    }
  }

  async remove(annotationId: string, editIds: readonly string[]): Promise<void> {
    const db = await this.open();
    const tx = db.transaction("edits", "readwrite", STRICT);
    await Promise.all([...editIds.map((editId) => tx.store.delete([annotationId, editId])), tx.done]);
  }

  async setAside(record: OutboxRecord, reason: { readonly code: string; readonly message: string }): Promise<void> {
    const db = await this.open();
    const tx = db.transaction("rejected", "readwrite", STRICT);
    await Promise.all([tx.store.put({ ...toStored(record), ...reason }), tx.done]);
  }

  async heartbeat(annotationId: string, tab: string, nowMs: number): Promise<void> {
    if (nowMs === 0) this.tabs.delete(tab);
    else this.tabs.set(tab, annotationId);
    const db = await this.open();
    const tx = db.transaction("leases", "readwrite");
    const work =
      nowMs === 0 ? tx.store.delete([annotationId, tab]) : tx.store.put({ annotationId, tab, seenMs: nowMs });
    await Promise.all([work, tx.done]);
  }

  async adopt(annotationId: string, tab: string, nowMs: number, staleMs: number): Promise<readonly OutboxRecord[]> {
    this.tabs.set(tab, annotationId);
    const db = await this.open();
    const answered = await this.whoAnswers(db, annotationId, tab);
    const tx = db.transaction(["edits", "leases"], "readwrite", STRICT);
    const leases = await tx.objectStore("leases").index("byAnnotation").getAll(annotationId);
    const fresh = leases.filter((lease) => nowMs - lease.seenMs < staleMs).map((lease) => lease.tab);
    const alive = new Set(answered === null ? fresh : fresh.filter((owner) => answered.has(owner)));
    const stored = await tx.objectStore("edits").index("byAnnotation").getAll(annotationId);
    const orphans = stored.filter((entry) => entry.tab !== tab && !alive.has(entry.tab)).sort(inOrder);
    const gone = leases.filter((lease) => !alive.has(lease.tab) && lease.tab !== tab);
    const puts = orphans.map((entry) => tx.objectStore("edits").put({ ...entry, tab }));
    const lease = tx.objectStore("leases").put({ annotationId, tab, seenMs: nowMs });
    const deletes = gone.map((old) => tx.objectStore("leases").delete([annotationId, old.tab]));
    await Promise.all([...puts, ...deletes, lease, tx.done]);
    return orphans.map((entry) => ({ annotationId, tab, client: entry.client, seq: entry.seq, edit: entry.edit }));
  }

  async keepTrail(annotationId: string, place: number, edit: OutboxRecord["edit"]): Promise<void> {
    const db = await this.open();
    await db.put("trail", { annotationId, place, edit });
  }

  async dropTrail(annotationId: string, places: readonly number[]): Promise<void> {
    const db = await this.open();
    const tx = db.transaction("trail", "readwrite");
    await Promise.all([...places.map((place) => tx.store.delete([annotationId, place])), tx.done]);
  }

  async readTrail(annotationId: string): Promise<readonly StoredStep[]> {
    const db = await this.open();
    return db.getAll("trail", IDBKeyRange.bound([annotationId, 0], [annotationId, Number.MAX_SAFE_INTEGER]));
  }

  async countForeign(annotationId: string, tab: string): Promise<number> {
    const db = await this.open();
    const stored = await db.getAllFromIndex("edits", "byAnnotation", annotationId);
    return stored.filter((entry) => entry.tab !== tab).length;
  }

  /** Tabs that are there for sure; null where tabs cannot talk to each other, so that only heartbeats tell. */
  private async whoAnswers(
    db: IDBPDatabase<OutboxSchema>,
    annotationId: string,
    tab: string,
  ): Promise<ReadonlySet<string> | null> {
    const { channel } = this;
    if (channel === null) return null;
    const here = new Set(this.tabs.keys());
    const stored = await db.getAllFromIndex("edits", "byAnnotation", annotationId);
    if (stored.every((entry) => entry.tab === tab || here.has(entry.tab))) return here;
    const hear = (event: MessageEvent<Call>): void => {
      if ("alive" in event.data && event.data.annotationId === annotationId) here.add(event.data.alive);
    };
    channel.addEventListener("message", hear);
    channel.postMessage({ ask: annotationId } satisfies Call);
    await new Promise((resolve) => setTimeout(resolve, ANSWER_WITHIN_MS));
    channel.removeEventListener("message", hear);
    return here;
  }

  private open(): Promise<IDBPDatabase<OutboxSchema>> {
    this.database ??= openDB<OutboxSchema>(this.name, 1, {
      upgrade(db) {
        db.createObjectStore("edits", { keyPath: ["annotationId", "editId"] }).createIndex(
          "byAnnotation",
          "annotationId",
        );
        db.createObjectStore("leases", { keyPath: ["annotationId", "tab"] }).createIndex(
          "byAnnotation",
          "annotationId",
        );
        db.createObjectStore("trail", { keyPath: ["annotationId", "place"] });
        db.createObjectStore("rejected", { keyPath: ["annotationId", "editId"] });
      },
      terminated: () => {
        this.database = null;
      },
    });
    this.database.catch(() => {
      this.database = null;
    });
    return this.database;
  }
}

function toStored({ annotationId, tab, client, seq, edit }: OutboxRecord): StoredEdit {
  return { annotationId, editId: edit.id, tab, client, seq, order: Date.now(), edit };
}

/** Edits of one session stay in their order; sessions follow each other by when they wrote. */
function inOrder(a: StoredEdit, b: StoredEdit): number {
  return a.client === b.client ? a.seq - b.seq : a.order - b.order;
}
