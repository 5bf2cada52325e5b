// SPDX-License-Identifier: Apache-2.0
/** Autosave: order, timing, retries, and a state that never claims more than is true. */
import { describe, expect, it } from "vitest";
import { PortError, type SaveRequestDoc } from "../../src/editor/ports.ts";
import { type Bench, World } from "./bench.ts";

const network = () => new PortError("network", 0, "unreachable", "no answer");
const server500 = () => new PortError("server", 500, "internal", "it broke");

async function opened(): Promise<{ world: World; bench: Bench }> {
  const world = new World();
  const bench = await world.open();
  bench.run("tool.brush").run("class.choose", 2);
  return { world, bench };
}

const dab = (bench: Bench, x: number, y = 50): Bench => bench.stroke([[x, y]]);
const seqs = (requests: readonly SaveRequestDoc[]): number[][] => requests.map((r) => r.edits.map((edit) => edit.seq));

describe("when it saves", () => {
  it("waits a moment after the last edit, and two seconds at the most", async () => {
    const { world, bench } = await opened();
    dab(bench, 10);
    await bench.wait(299);
    expect(world.server.requests).toHaveLength(0);
    await bench.wait(1);
    expect(world.server.requests).toHaveLength(1);
    for (let i = 0; i < 12; i++) {
      dab(bench, 20 + 5 * i);
      await bench.wait(200);
    }
    // Strokes at 0, 200, … 2200 ms: the first may not wait longer than two seconds.
    expect(seqs(world.server.requests)).toEqual([[1], [2, 3, 4, 5, 6, 7, 8, 9, 10, 11]]);
  });

  it("sends edits in the order in which they were made, once each, and the server ends with the same map", async () => {
    const { world, bench } = await opened();
    for (let i = 0; i < 30; i++) {
      dab(bench, (i * 37) % 100, (i * 53) % 100);
      if (i % 4 === 3) bench.run("edit.undo");
      await bench.wait(350);
    }
    await bench.wait(3000);
    const sent = world.server.requests.flatMap((request) => request.edits.map((edit) => edit.seq));
    expect(sent).toEqual(sent.map((_, i) => i + 1));
    expect(world.server.map.checksum("main")).toBe(bench.checksum);
    expect(bench.state.save.kind).toBe("saved");
  });

  it("never has two saves on the way", async () => {
    const { world, bench } = await opened();
    let on = 0;
    let most = 0;
    let release: () => void = () => undefined;
    world.server.beforeSave = async () => {
      most = Math.max(most, ++on);
      await new Promise<void>((done) => {
        release = done;
      });
      on--;
    };
    dab(bench, 10);
    await bench.wait(1500);
    dab(bench, 20);
    await bench.wait(5000);
    expect([on, most, bench.state.save.kind]).toEqual([1, 1, "saving"]);
    release();
    await bench.wait(0);
    release();
    await bench.wait(2000);
    expect([most, bench.state.save.kind]).toEqual([1, "saved"]);
  });

  it("saves at once on demand", async () => {
    const { world, bench } = await opened();
    dab(bench, 10);
    await bench.wait(0);
    bench.key("s", { ctrl: true });
    await bench.wait(0);
    expect(bench.state.save).toMatchObject({ kind: "saved", revision: 1 });
    expect(world.outbox.records).toEqual([]);
  });
});

describe("going on to the next image", () => {
  it("sends what is unsent behind its back, also a stroke that was not even stored yet", async () => {
    const { world, bench } = await opened();
    dab(bench, 10);
    await bench.wait(0);
    dab(bench, 60);
    const { checksum } = bench;
    bench.session.dispose();
    await bench.wait(0);
    expect(world.server.map.checksum("main")).toBe(checksum);
    expect(world.outbox.records).toEqual([]);
    expect(world.outbox.leases.size).toBe(0);
  });

  it("goes on trying when the network is away, and leaves the edits in the box until then", async () => {
    const { world, bench } = await opened();
    world.server.beforeSave = () => {
      throw network();
    };
    dab(bench, 10);
    bench.session.dispose();
    await bench.wait(5000);
    expect(world.outbox.records).toHaveLength(1);
    world.server.beforeSave = () => undefined;
    await bench.wait(12_000);
    expect(world.outbox.records).toEqual([]);
    expect(world.server.map.checksum("main")).toBe(bench.checksum);
  });

  it("submits only when everything is saved", async () => {
    const { world, bench } = await opened();
    dab(bench, 10);
    bench.run("image.submit");
    await bench.wait(0);
    expect([world.server.state, world.server.requests.length]).toEqual(["submitted", 1]);
    expect(bench.intents).toMatchObject([{ kind: "task-submitted", nextTaskId: "tsk_2" }]);
    bench.run("image.reopen");
    await bench.wait(0);
    world.server.beforeSave = () => {
      throw network();
    };
    dab(bench, 60);
    bench.run("image.submit");
    await bench.wait(0);
    expect(world.server.state).toBe("open");
    expect(bench.state.toast?.text).toContain("Not everything is saved yet");
  });
});

describe("an honest state", () => {
  it("is not saved while the edit is not even in the browser's store", async () => {
    const { world, bench } = await opened();
    let stored: () => void = () => undefined;
    world.outbox.gate = new Promise((done) => {
      stored = done;
    });
    dab(bench, 10);
    await bench.wait(5000);
    expect(world.server.requests).toHaveLength(0);
    expect(bench.state.save).toEqual({ kind: "edited", pendingEdits: 1 });
    expect(bench.session.hasUnsent()).toBe(true);
    stored();
    await bench.wait(2000);
    expect(bench.state.save.kind).toBe("saved");
    expect(bench.session.hasUnsent()).toBe(false);
  });

  it("retries with growing pauses after server errors and counts down", async () => {
    const { world, bench } = await opened();
    let fails = 3;
    world.server.beforeSave = () => {
      if (fails-- > 0) throw server500();
    };
    dab(bench, 10);
    await bench.wait(300);
    expect(bench.state.save).toEqual({ kind: "retrying", pendingEdits: 1, retryInS: 1 });
    expect(bench.state.banner).toEqual({ kind: "server-error", status: 500 });
    await bench.wait(1000);
    expect(bench.state.save).toMatchObject({ kind: "retrying", retryInS: 2 });
    await bench.wait(1000);
    expect(bench.state.save).toMatchObject({ kind: "retrying", retryInS: 1 });
    await bench.wait(1000 + 4000);
    expect(bench.state.save.kind).toBe("saved");
    expect(bench.state.banner).toBeNull();
    expect(world.server.requests).toHaveLength(4);
  });

  it("is offline without an answer, keeps everything, and tells when all is sent", async () => {
    const { world, bench } = await opened();
    world.server.beforeSave = () => {
      throw network();
    };
    for (let i = 0; i < 12; i++) {
      dab(bench, 8 * i);
      await bench.wait(700);
    }
    expect(bench.state.save).toMatchObject({ kind: "offline", pendingEdits: 12 });
    expect(bench.state.banner).toEqual({ kind: "offline", pendingEdits: 12 });
    expect(world.outbox.records).toHaveLength(12);
    world.server.beforeSave = () => undefined;
    bench.session.canvas.wake();
    await bench.wait(0);
    expect(bench.state.toast?.text).toBe("12 edits sent. Everything is saved.");
    expect(world.server.map.checksum("main")).toBe(bench.checksum);
  });

  it("keeps the work when signed out and goes on after signing in", async () => {
    const { world, bench } = await opened();
    world.server.beforeSave = () => {
      throw new PortError("signed-out", 401, "not_signed_in", "sign in");
    };
    dab(bench, 10);
    await bench.wait(1000);
    expect(bench.state.banner).toEqual({ kind: "signed-out" });
    expect(world.outbox.records).toHaveLength(1);
    world.server.beforeSave = () => undefined;
    bench.session.canvas.wake();
    await bench.wait(0);
    expect([bench.state.banner, bench.state.save.kind]).toEqual([null, "saved"]);
  });

  it("says so when the server's disk is full", async () => {
    const { world, bench } = await opened();
    world.server.beforeSave = () => {
      throw new PortError("disk-full", 507, "disk_full", "full");
    };
    dab(bench, 10);
    await bench.wait(1000);
    expect(bench.state.banner).toEqual({ kind: "disk-full" });
    expect(bench.state.save.kind).toBe("retrying");
  });

  it("sends at once when the browser has no room to keep an edit", async () => {
    const { world, bench } = await opened();
    world.outbox.full = true;
    world.server.beforeSave = () => {
      throw network();
    };
    dab(bench, 10);
    await bench.wait(0);
    expect(world.server.requests).toHaveLength(1);
    world.server.beforeSave = () => undefined;
    await bench.wait(1500);
    expect(bench.state.save.kind).toBe("saved");
  });
});

describe("replies", () => {
  it("takes a lost reply for what it is: the edit is sent again and answered as a duplicate", async () => {
    const { world, bench } = await opened();
    let lost = 1;
    world.server.beforeReply = () => {
      if (lost-- > 0) throw network();
    };
    dab(bench, 10);
    await bench.wait(1000);
    expect([bench.state.save.kind, world.server.revision]).toEqual(["offline", 1]);
    await bench.wait(2000);
    expect([bench.state.save.kind, world.server.revision]).toEqual(["saved", 1]);
    expect(world.server.map.checksum("main")).toBe(bench.checksum);
  });

  it("puts a rejected edit aside, says so, shows what the server has, and saves the others", async () => {
    const { world, bench } = await opened();
    dab(bench, 90);
    await bench.wait(1000);
    dab(bench, 10);
    await bench.wait(0);
    const bad = world.outbox.records[0].edit.id;
    world.server.rejects.set(bad, "unknown_class");
    dab(bench, 60);
    await bench.wait(2000);
    expect(bench.state.banner).toMatchObject({ kind: "rejected", code: "unknown_class" });
    expect(world.outbox.aside.map((entry) => [entry.record.edit.id, entry.code])).toEqual([[bad, "unknown_class"]]);
    expect(bench.state.save.kind).toBe("saved");
    expect(bench.checksum).toBe(world.server.map.checksum("main"));
    expect([bench.owner(10, 50), bench.owner(60, 50)]).toEqual([null, "Road"]);
  });

  it("finds the one bad edit when the server refuses a whole request", async () => {
    const { world, bench } = await opened();
    for (const x of [10, 30, 50, 70]) dab(bench, x);
    await bench.wait(0);
    const bad = world.outbox.records[2].edit.id;
    world.server.beforeSave = (request) => {
      if (request.edits.some((edit) => edit.id === bad)) throw new PortError("refused", 422, "invalid_request", "no");
    };
    await bench.wait(4000);
    expect(world.outbox.aside.map((entry) => entry.record.edit.id)).toEqual([bad]);
    expect(bench.state.save.kind).toBe("saved");
    expect([10, 30, 50, 70].map((x) => bench.owner(x, 50))).toEqual(["Road", "Road", null, "Road"]);
  });

  it("shows small numbers when the server has given them", async () => {
    const { bench } = await opened();
    bench.key("1");
    dab(bench, 10);
    expect(bench.state.segments[0].number).toBeNull();
    await bench.wait(1000);
    expect(bench.state.segments[0].number).toBe(1);
    expect(bench.state.target).toEqual({ kind: "add", className: "Car", number: 1, mode: "over" });
  });
});

describe("someone else", () => {
  it("brings in foreign edits after a save, with later strokes on top", async () => {
    const world = new World();
    const mine = await world.open();
    const theirs = await world.open();
    for (const bench of [mine, theirs]) bench.run("tool.brush").run("class.choose", 2);
    dab(mine, 10);
    await mine.wait(1000);
    dab(theirs, 80);
    await theirs.wait(1000);
    dab(mine, 30);
    await mine.wait(3000);
    expect(mine.owner(80, 50)).toBe("Road");
    expect(mine.checksum).toBe(world.server.map.checksum("main"));
    expect(mine.state.save.kind).toBe("saved");
  });

  it("reports pixels that both changed, keeps the server's, and lets go of nothing else", async () => {
    const world = new World();
    const mine = await world.open();
    const theirs = await world.open();
    mine
      .run("tool.brush")
      .run("class.choose", 2)
      .stroke([[50, 50]]);
    theirs
      .run("tool.brush")
      .run("class.choose", 4)
      .stroke([
        [50, 50],
        [70, 50],
      ]);
    await mine.wait(3000);
    expect(theirs.state.banner).toMatchObject({ kind: "conflict" });
    expect([theirs.owner(50, 50), theirs.owner(75, 50)]).toEqual(["Road", "Void"]);
    expect(theirs.checksum).toBe(world.server.map.checksum("main"));
  });

  it("undo leaves what others have changed since, and says how much", async () => {
    const world = new World();
    const mine = await world.open();
    mine
      .run("tool.brush")
      .run("class.choose", 2)
      .run("brush.size", 20)
      .stroke([[50, 50]]);
    await mine.wait(1000);
    const theirs = await world.open();
    theirs
      .run("tool.brush")
      .run("class.choose", 4)
      .run("brush.size", 8)
      .stroke([[50, 50]]);
    await theirs.wait(1000);
    mine.stroke([[10, 10]]);
    await mine.wait(3000);
    mine.run("edit.undo").run("edit.undo");
    expect(mine.owner(50, 50)).toBe("Void");
    expect(mine.owner(57, 50)).toBeNull();
    expect(mine.state.toast?.text).toMatch(/^Undone, except \d+ px that have changed since\.$/);
    await mine.wait(3000);
    expect(mine.checksum).toBe(world.server.map.checksum("main"));
  });
});
