// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import { portErrorKind } from "../../src/api/editorServer.ts";
import { errorFromBody } from "../../src/api/request.ts";
import { crc32, packZip } from "../../src/api/zip.ts";
import { fromList, isStray, type NamedFile } from "../../src/ui/files.ts";
import { UploadQueue, type UploadTarget } from "../../src/ui/uploadQueue.ts";

const target: UploadTarget = { project: "prj_1", dataset: "dst_1" };
const named = (path: string): NamedFile => ({ path, file: new File(["x"], path) });

/** Settles once nothing is running any more. */
function idle(queue: UploadQueue): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!queue.getState().running) resolve();
    };
    queue.subscribe(look);
    look();
  });
}

describe("upload queue", () => {
  it("sends at most three at once, and says per file how it went", async () => {
    let atOnce = 0;
    let most = 0;
    const told: string[] = [];
    const queue = new UploadQueue({
      send: async (_target, file, onProgress) => {
        most = Math.max(most, ++atOnce);
        onProgress(0.5);
        await Promise.resolve();
        atOnce--;
        if (file.path === "b.jpg") throw new Error("This file is not an image.");
      },
      added: (where) => told.push(where.project),
    });
    queue.add(target, ["a.jpg", "b.jpg", "c.jpg", "d.jpg", "e.jpg"].map(named));
    await idle(queue);
    const state = queue.getState();
    expect(most).toBe(3);
    expect(state.done).toBe(4);
    expect(state.rows.find((row) => row.path === "b.jpg")).toMatchObject({
      state: "failed",
      reason: "This file is not an image.",
    });
    expect(told).toEqual(["prj_1"]);
  });

  it("sends again only what failed", async () => {
    const sent: string[] = [];
    let broken = true;
    const queue = new UploadQueue({
      send: async (_target, file) => {
        sent.push(file.path);
        if (broken && file.path === "b.jpg") throw new Error("no");
      },
      added: () => undefined,
    });
    queue.add(target, ["a.jpg", "b.jpg"].map(named));
    await idle(queue);
    broken = false;
    queue.retry();
    await idle(queue);
    expect(sent).toEqual(["a.jpg", "b.jpg", "b.jpg"]);
    expect(queue.getState()).toMatchObject({ done: 2, failed: 0 });
  });

  it("lists what it was told to refuse, and never sends it, not even again", async () => {
    const sent: string[] = [];
    const queue = new UploadQueue({
      send: async (_target, file) => void sent.push(file.path),
      added: () => undefined,
    });
    queue.add(target, ["a.jpg", "labels.json"].map(named), (file) =>
      file.path.endsWith(".json") ? "No image." : null,
    );
    await idle(queue);
    queue.retry();
    await idle(queue);
    expect(sent).toEqual(["a.jpg"]);
    expect(queue.getState()).toMatchObject({ done: 1, failed: 1 });
    expect(queue.getState().rows[1]).toMatchObject({ path: "labels.json", state: "failed", reason: "No image." });
  });

  it("stops what waits and what is under way, and keeps what arrived", async () => {
    const queue = new UploadQueue({
      send: (_target, file, _onProgress, signal) =>
        file.path === "a.jpg"
          ? Promise.resolve()
          : new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(new Error("Stopped.")))),
      added: () => undefined,
    });
    queue.add(target, ["a.jpg", "b.jpg", "c.jpg", "d.jpg", "e.jpg"].map(named));
    await Promise.resolve();
    queue.stop();
    await idle(queue);
    expect(queue.getState()).toMatchObject({ done: 1, failed: 4 });
  });
});

describe("folders", () => {
  it("leave out what the system put there, and come in the order people count", () => {
    const files = ["b10.jpg", "b2.jpg", ".DS_Store", "Thumbs.db"].map((name) => new File([], name));
    expect(fromList(files).map((entry) => entry.path)).toEqual(["b2.jpg", "b10.jpg"]);
    expect(isStray("__MACOSX/a.jpg")).toBe(true);
    expect(isStray("street/a.jpg")).toBe(false);
  });
});

describe("zip", () => {
  it("has the CRC of the standard check value", async () => {
    expect(await crc32(new Blob(["123456789"]))).toBe(0xcbf43926);
  });

  it("lists every file with its bytes where the directory says", async () => {
    const zip = await packZip([
      { path: "set/ä.txt", blob: new Blob(["hello"]) },
      { path: "set/b.txt", blob: new Blob([""]) },
    ]);
    const bytes = new Uint8Array(await zip.arrayBuffer());
    const view = new DataView(bytes.buffer);
    const end = bytes.length - 22;
    expect(view.getUint32(end, true)).toBe(0x06054b50);
    expect(view.getUint16(end + 10, true)).toBe(2);
    const central = view.getUint32(end + 16, true);
    expect(central + view.getUint32(end + 12, true)).toBe(end);
    const nameLength = view.getUint16(central + 28, true);
    expect(new TextDecoder().decode(bytes.subarray(central + 46, central + 46 + nameLength))).toBe("set/ä.txt");
    const local = view.getUint32(central + 42, true);
    const start = local + 30 + view.getUint16(local + 26, true);
    expect(new TextDecoder().decode(bytes.subarray(start, start + view.getUint32(central + 20, true)))).toBe("hello");
  });

  it("is the same whenever it is packed", async () => {
    const pack = async (): Promise<string> => {
      const zip = await packZip([{ path: "a", blob: new Blob(["1"]) }]);
      return Array.from(new Uint8Array(await zip.arrayBuffer())).join();
    };
    expect(await pack()).toBe(await pack());
  });
});

describe("errors", () => {
  it("carry the server's own words, and admit a foreign page", () => {
    const error = errorFromBody(409, {
      error: { code: "open_conflicts", message: "Choose first.", details: { n: 1 } },
    });
    expect(error).toMatchObject({ status: 409, code: "open_conflicts", message: "Choose first.", details: { n: 1 } });
    expect(errorFromBody(502, null).code).toBe("unexpected_answer");
  });

  it.each([
    [0, "unreachable", "network"],
    [401, "not_signed_in", "signed-out"],
    [403, "forbidden", "forbidden"],
    [404, "not_found", "not-found"],
    [409, "open_conflicts", "refused"],
    [429, "busy", "server"],
    [500, "internal", "server"],
    [507, "disk_full", "disk-full"],
    [500, "disk_full", "disk-full"],
  ] as const)("%i %s means %s to the editor", (status, code, kind) => {
    expect(portErrorKind(status, code)).toBe(kind);
  });
});
