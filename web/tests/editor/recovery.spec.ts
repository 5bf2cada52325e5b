// SPDX-License-Identifier: Apache-2.0
/** Reload, crash, a second tab: what was finished is never lost and never done twice. */
import { describe, expect, it } from "vitest";
import { PortError } from "../../src/editor/ports.ts";
import { World } from "./bench.ts";

const network = () => new PortError("network", 0, "unreachable", "no answer");

describe("after a crash between outbox and save", () => {
  it("adopts the orphaned box, shows its edits and sends them under the session that made them", async () => {
    const world = new World();
    const first = await world.open();
    first
      .run("tool.brush")
      .run("class.choose", 1)
      .stroke([[20, 20]])
      .stroke([[60, 60]]);
    await first.wait(0);
    const { checksum } = first;
    const [{ client }] = world.outbox.records;
    first.kill();
    await world.clock.advance(20_000);
    const before = world.server.requests.length;
    const second = await world.open();
    expect(second.checksum).toBe(checksum);
    expect(second.state.toast?.text).toBe("2 unsaved edits from before were found and kept.");
    await second.wait(2000);
    const adopted = world.server.requests.slice(before).find((request) => request.client === client)!;
    expect(adopted.edits.map((edit) => edit.seq)).toEqual([1, 2]);
    expect(second.state.save.kind).toBe("saved");
    expect(world.server.map.checksum("main")).toBe(checksum);
    expect(world.outbox.records).toEqual([]);
  });

  it("waits for the lease of a tab that may still live", async () => {
    const world = new World();
    const first = await world.open();
    world.server.beforeSave = () => {
      throw network();
    };
    first
      .run("tool.brush")
      .run("class.choose", 2)
      .stroke([[20, 20]]);
    await first.wait(3100); // its heartbeat is seconds old
    const second = await world.open();
    expect(second.owner(20, 20)).toBeNull();
    expect(second.state.save.kind).toBe("saved");
    first.close(); // gone: its heartbeat is taken back
    await second.wait(6000);
    expect(second.owner(20, 20)).toBe("Road");
    expect(second.session.hasUnsent()).toBe(true);
    world.server.beforeSave = () => undefined;
    await second.wait(12_000);
    expect(second.state.save.kind).toBe("saved");
    expect(world.server.map.checksum("main")).toBe(second.checksum);
  });

  it("does no harm when the edits had reached the server after all", async () => {
    const world = new World();
    const first = await world.open();
    world.server.beforeReply = () => {
      throw network();
    };
    first
      .run("tool.brush")
      .run("class.choose", 2)
      .stroke([[20, 20]]);
    await first.wait(1000);
    first.close();
    world.server.beforeReply = () => undefined;
    const revision = world.server.revision;
    const second = await world.open();
    await second.wait(5000);
    expect(second.state.save.kind).toBe("saved");
    expect(world.server.revision).toBe(revision);
    expect(second.checksum).toBe(world.server.map.checksum("main"));
  });

  it("drops a box's edit that the server rejects, with a word, and keeps it aside", async () => {
    const world = new World();
    const first = await world.open();
    world.server.beforeSave = () => {
      throw network();
    };
    first
      .run("tool.brush")
      .run("class.choose", 1)
      .stroke([[20, 20]]);
    await first.wait(1000);
    first.close();
    world.server.beforeSave = () => undefined;
    world.server.rejects.set(world.outbox.records[0].edit.id, "id_not_leased");
    const second = await world.open();
    await second.wait(5000);
    expect(second.state.banner).toMatchObject({ kind: "rejected", code: "id_not_leased" });
    expect(world.outbox.aside).toHaveLength(1);
    expect(second.state.coverage.labelledPx).toBe(0);
  });
});

describe("opening", () => {
  it("shows what was saved: pixels, classes, numbers", async () => {
    const world = new World();
    const first = await world.open();
    first
      .run("tool.brush")
      .run("class.choose", 1)
      .stroke([[20, 20]])
      .run("class.choose", 2)
      .stroke([[60, 60]]);
    await first.wait(2000);
    first.session.dispose();
    const second = await world.open();
    expect(second.checksum).toBe(first.checksum);
    expect(second.state.segments.map((row) => [row.classNumber, row.number]).sort()).toEqual([
      [1, 1],
      [2, 2],
    ]);
    expect(second.state.save).toMatchObject({ kind: "saved", revision: 1 });
    expect(second.state.tool).toBe("brush");
  });

  it("fails with a sentence, not with a blank page", async () => {
    const world = new World();
    world.server.fetchTiles = async () => ({ pack: Uint8Array.of(1, 2, 3), revision: 0 });
    const bench = await world.open();
    expect(bench.state.phase).toBe("failed");
    expect(bench.state.failure).toMatchObject({ code: "truncated" });
    expect(bench.state.failure?.message).toContain("Nothing was changed");
  });

  it("asks again when the head moved between two requests", async () => {
    const world = new World();
    const { server } = world;
    const honest = server.fetchTiles.bind(server);
    let moved = false;
    server.fetchTiles = async () => {
      const answer = await honest();
      if (!moved) {
        moved = true;
        server.revision = 1;
        return { ...answer, revision: 1 };
      }
      return answer;
    };
    const bench = await world.open();
    expect(bench.state.phase).toBe("ready");
    expect(bench.state.save).toMatchObject({ revision: 1 });
  });

  it("draws on segments that exist when no new id can be leased, and says why new ones cannot be made", async () => {
    const world = new World();
    world.server.leasesFail = true;
    const bench = await world.open();
    bench
      .run("tool.brush")
      .run("class.choose", 1)
      .stroke([[20, 20]]);
    expect(bench.state.toast?.text).toContain("cannot be reached");
    await bench.wait(0);
    bench.run("class.choose", 2).stroke([[20, 20]]);
    expect(bench.owner(20, 20)).toBe("Road");
    world.server.leasesFail = false;
    bench.run("class.choose", 1).stroke([[70, 70]]);
    await bench.wait(0);
    bench.stroke([[70, 70]]);
    expect(bench.owner(70, 70)).toBe("Car");
  });

  it("gives a fresh id to every new thing and wastes none on strokes that change nothing", async () => {
    const world = new World();
    const bench = await world.open();
    bench
      .run("tool.brush")
      .run("class.choose", 1)
      .stroke([[20, 20]]);
    bench
      .run("class.choose", 1)
      .run("mode.set", "behind")
      .stroke([[20, 20]]);
    bench.run("class.choose", 3).stroke([[70, 70]]);
    expect(bench.state.segments.map((row) => row.id)).toEqual([65_537, 65_536]);
  });
});

describe("undo after a reload", () => {
  it("goes on where it was, and leaves what others have changed", async () => {
    const world = new World();
    const first = await world.open();
    const empty = first.checksum;
    first
      .run("tool.brush")
      .run("class.choose", 2)
      .stroke([[20, 20]]);
    const one = first.checksum;
    first
      .stroke([[60, 60]])
      .stroke([[80, 80]])
      .run("edit.undo");
    await first.wait(2000);
    first.session.dispose();
    const second = await world.open();
    expect([second.state.canUndo, second.state.canRedo]).toEqual([true, false]);
    second.run("edit.undo");
    expect(second.checksum).toBe(one);
    second.run("edit.undo");
    expect(second.checksum).toBe(empty);
    second.run("edit.undo");
    expect(second.state.toast?.text).toBe("Nothing to undo.");
    second.run("edit.redo");
    await second.wait(2000);
    expect(world.server.map.checksum("main")).toBe(one);
    second.session.dispose();
    expect((await world.open()).state.canUndo).toBe(true);
  });

  it("keeps no more than 200 steps", async () => {
    const world = new World();
    const bench = await world.open();
    bench.run("tool.brush").run("class.choose", 2).run("brush.size", 1);
    for (let i = 0; i < 230; i++) bench.stroke([[i % 100, Math.floor(i / 100) * 10 + 0.5]]);
    await bench.wait(2000);
    expect(world.outbox.trail.size).toBe(200);
  });
});
