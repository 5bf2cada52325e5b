// SPDX-License-Identifier: Apache-2.0
/** The real outbox on an IndexedDB in memory; every test has a database of its own. */
import "fake-indexeddb/auto";
import { beforeEach, describe, expect, it } from "vitest";
import { createOutbox } from "../../src/api/outbox.ts";
import type { OutboxPort, OutboxRecord } from "../../src/editor/ports.ts";

let name: string;
let outbox: OutboxPort;
let made = 0;

beforeEach(() => {
  name = `test-${made++}`;
  outbox = createOutbox(name);
});

function record(tab: string, seq: number, options: { client?: string; annotationId?: string } = {}): OutboxRecord {
  const client = options.client ?? `client of ${tab}`;
  const id = `00000000-0000-4000-8000-${client.length}${String(seq).padStart(9, "0")}`;
  const edit = {
    v: 1,
    id: `${id}-${client}`,
    seq,
    layer: "main",
    tool: "pen",
    assist: null,
    pixels: "",
    segments: [],
  } as const;
  return { annotationId: options.annotationId ?? "ann_1", tab, client, seq, edit };
}

const seqs = (records: readonly OutboxRecord[]): number[] => records.map((entry) => entry.seq);

describe("outbox", () => {
  it("gives an orphan's edits to one tab, once, in order, as another page would read them", async () => {
    for (const seq of [3, 1, 2, 10]) await outbox.put(record("a", seq));
    const other = createOutbox(name);
    const adopted = await other.adopt("ann_1", "b", 50_000, 10_000);
    expect(seqs(adopted)).toEqual([1, 2, 3, 10]);
    expect(adopted.map((entry) => [entry.tab, entry.client])).toEqual(Array(4).fill(["b", "client of a"]));
    expect(await outbox.adopt("ann_1", "c", 50_001, 10_000)).toEqual([]);
    expect(seqs(await outbox.adopt("ann_1", "c", 61_000, 10_000))).toEqual([1, 2, 3, 10]);
  });

  it("leaves the box of a tab alone that showed itself lately, until it is silent or has said goodbye", async () => {
    await outbox.put(record("a", 1));
    await outbox.heartbeat("ann_1", "a", 100_000);
    expect(await outbox.adopt("ann_1", "b", 109_999, 10_000)).toEqual([]);
    expect(await outbox.countForeign("ann_1", "b")).toBe(1);
    await outbox.heartbeat("ann_1", "a", 0);
    expect(seqs(await outbox.adopt("ann_1", "b", 110_000, 10_000))).toEqual([1]);
    expect(await outbox.countForeign("ann_1", "b")).toBe(0);
  });

  it("adopts at once what a tab left that died a moment ago, because it does not answer", async () => {
    await outbox.put(record("a", 1)); // no page that knows tab "a" is open any more
    const dead = createOutbox(name);
    await dead.put(record("dead", 1, { client: "dead client" }));
    await outbox.heartbeat("ann_1", "a", 100_000);
    await writeLease(name, "dead", 100_000);
    const adopted = await createOutbox(name).adopt("ann_1", "b", 100_500, 10_000);
    expect(adopted.map((entry) => entry.client)).toEqual(["dead client"]);
  });

  it("keeps annotations apart and forgets what was acknowledged", async () => {
    await outbox.put(record("a", 1));
    await outbox.put(record("a", 2));
    await outbox.put(record("a", 1, { annotationId: "ann_2", client: "another" }));
    await outbox.remove("ann_1", [record("a", 1).edit.id, "unknown"]);
    expect(seqs(await outbox.adopt("ann_1", "b", 1, 1))).toEqual([2]);
    expect(seqs(await outbox.adopt("ann_2", "b", 1, 1))).toEqual([1]);
  });

  it("does not hand a tab its own edits back", async () => {
    await outbox.put(record("a", 1));
    expect(await outbox.adopt("ann_1", "a", 1, 1)).toEqual([]);
    expect(await outbox.countForeign("ann_1", "a")).toBe(0);
  });

  it("keeps rejected edits aside with their reason, out of the way of the others", async () => {
    const bad = record("a", 1);
    await outbox.put(bad);
    await outbox.setAside(bad, { code: "unknown_class", message: "gone" });
    await outbox.remove("ann_1", [bad.edit.id]);
    expect(await outbox.adopt("ann_1", "b", 1, 1)).toEqual([]);
    const kept = await readAll(name, "rejected");
    expect(kept).toMatchObject([{ editId: bad.edit.id, code: "unknown_class", message: "gone" }]);
  });

  it("says that it could not keep an edit when the browser has no room", async () => {
    const circular: { self?: unknown } = {};
    circular.self = () => circular; // functions cannot be stored: the write fails as a full disk's does
    const broken = { ...record("a", 1), edit: circular as never };
    await expect(outbox.put(broken)).rejects.toMatchObject({ name: "OutboxFullError" });
    await outbox.put(record("a", 2));
    expect(seqs(await outbox.adopt("ann_1", "b", 1, 1))).toEqual([2]);
  });
});

/** A lease as a page wrote it that is not there any more. */
function writeLease(database: string, tab: string, seenMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(database);
    opening.onsuccess = () => {
      const tx = opening.result.transaction("leases", "readwrite");
      tx.objectStore("leases").put({ annotationId: "ann_1", tab, seenMs });
      tx.oncomplete = () => resolve();
      tx.onerror = () => reject(tx.error);
    };
  });
}

function readAll(database: string, store: string): Promise<unknown[]> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(database);
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const reading = opening.result.transaction(store).objectStore(store).getAll();
      reading.onsuccess = () => resolve(reading.result);
      reading.onerror = () => reject(reading.error);
    };
  });
}
