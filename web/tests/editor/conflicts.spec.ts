// SPDX-License-Identifier: Apache-2.0
/** Two windows on one annotation: what overlaps is shown in both and chosen once; what does not is simply there. */
import { describe, expect, it } from "vitest";
import { type Bench, World } from "./bench.ts";

/** Both windows paint the same place, the first one's save arrives first. */
async function clash(): Promise<{ world: World; first: Bench; second: Bench }> {
  const world = new World();
  world.peers.on = true;
  const first = await world.open();
  const second = await world.open();
  first.run("tool.brush").run("brush.size", 20).run("class.choose", 1);
  second.run("tool.brush").run("brush.size", 20).run("class.choose", 3);
  first.stroke([[40, 50]]);
  await first.wait(10);
  second.stroke([[50, 50]]);
  await first.wait(5000);
  return { world, first, second };
}

describe("a conflict", () => {
  it("is shown in both windows, each knowing its side", async () => {
    const { first, second } = await clash();
    const pixels = second.state.conflicts[0].pixelCount;
    expect(pixels).toBeGreaterThan(0);
    expect(second.state.banner).toMatchObject({ kind: "conflict", pixels, mine: "wanted", oneAuthor: true, of: 1 });
    expect(first.state.banner).toMatchObject({ kind: "conflict", pixels, mine: null, oneAuthor: true, of: 1 });
    expect(first.checksum).toBe(second.checksum);
  });

  it("marks its pixels, mine first", async () => {
    const { first, second } = await clash();
    second.run("conflict.compare");
    const runs = second.session.canvas.labels!.difference!;
    expect(runs.count).toBeGreaterThan(0);
    expect(second.state.comparison).toMatchObject({ firstPx: 0, secondPx: 0 });
    const { map } = second.session.canvas.labels!;
    for (let i = 0; i < runs.count; i++) expect(map.get(runs.x0s[i], runs.ys[i])).toBe(runs.afters[i]);
    first.run("conflict.next");
    const theirs = first.session.canvas.labels!.difference!;
    expect([...theirs.befores]).toEqual([...runs.afters]);
    second.run("conflict.compare");
    expect(second.session.canvas.labels!.difference).toBeNull();
  });

  it.each(["head", "wanted"] as const)("settled by %s leaves both windows and the server equal", async (choice) => {
    const { world, first, second } = await clash();
    const before = first.checksum;
    second.run("conflict.compare").run("conflict.keep", { choice });
    await second.wait(5000);
    for (const bench of [first, second]) {
      expect(bench.state.conflicts).toEqual([]);
      expect(bench.state.banner).toBeNull();
      expect(bench.state.comparison).toBeNull();
      expect(bench.checksum).toBe(world.server.map.checksum("main"));
      expect(bench.owner(45, 50)).toBe(choice === "head" ? "Car" : "Person");
    }
    expect(first.checksum === before).toBe(choice === "head");
    expect(second.state.toast?.text).toBe("Settled. The other version stays in the history.");
  });

  it("is still there after a reload", async () => {
    const { world } = await clash();
    const third = await world.open();
    await third.wait(100);
    expect(third.state.banner).toMatchObject({ kind: "conflict", mine: null });
  });

  it("can be walked when there are several, and one settled leaves the others", async () => {
    const { world, first, second } = await clash();
    // Neither knows of the other until both have saved.
    world.peers.on = false;
    first.stroke([[40, 80]]);
    await first.wait(10);
    second.stroke([[50, 80]]);
    await second.wait(5000);
    expect(second.state.conflicts).toHaveLength(2);
    second.run("conflict.next").run("conflict.next");
    expect(second.state).toMatchObject({ conflictAt: 1, banner: { place: 2, of: 2, marked: true } });
    second.run("conflict.previous");
    expect(second.state.conflictAt).toBe(0);
    second.run("conflict.keep", { choice: "wanted", id: second.state.conflicts[1].id });
    await second.wait(5000);
    expect(second.state.conflicts).toHaveLength(1);
    expect(second.owner(45, 80)).toBe("Person");
    expect(second.state.toast?.text).toBe("Settled. 1 conflict is left.");
  });
});

describe("what does not overlap", () => {
  it("comes into the other window by itself", async () => {
    const world = new World();
    world.peers.on = true;
    const [first, second] = [await world.open(), await world.open()];
    first
      .run("tool.brush")
      .run("class.choose", 1)
      .stroke([[20, 20]]);
    await first.wait(1000);
    expect(second.owner(20, 20)).toBe("Car");
    second
      .run("tool.brush")
      .run("class.choose", 3)
      .stroke([[80, 20]]);
    await first.wait(1000);
    expect(first.owner(80, 20)).toBe("Person");
    expect(second.state.toast).toBeNull();
    first.stroke([[20, 80]]);
    second.stroke([[80, 80]]);
    await first.wait(5000);
    expect([first.checksum, second.checksum]).toEqual([first.checksum, world.server.map.checksum("main")]);
    expect(second.checksum).toBe(first.checksum);
    expect([first.state.banner, second.state.banner]).toEqual([null, null]);
    expect(second.state.toast?.text).toBe("Changes from another window came in. Nothing overlapped with yours.");
  });

  it("is found without a word between the windows, when one comes to the front", async () => {
    const world = new World();
    const [first, second] = [await world.open(), await world.open()];
    first
      .run("tool.brush")
      .run("class.choose", 1)
      .stroke([[20, 20]]);
    await first.wait(2000);
    expect(second.owner(20, 20)).toBeNull();
    second.session.canvas.wake();
    await second.wait(100);
    expect(second.owner(20, 20)).toBe("Car");
  });
});
