// SPDX-License-Identifier: Apache-2.0
/** Looking back: an old revision is shown and cannot be changed; comparing, restoring, asking who. */
import { describe, expect, it } from "vitest";
import { type Bench, World } from "./bench.ts";

/** Three revisions: Road at 20, Car at 60, and Car again over Road. */
async function threeRevisions(): Promise<{ world: World; bench: Bench; sums: string[] }> {
  const world = new World();
  const bench = await world.open();
  const sums = [bench.checksum];
  const dab = async (classNumber: number, x: number): Promise<void> => {
    bench
      .run("tool.brush")
      .run("class.choose", classNumber)
      .stroke([[x, 50]]);
    await bench.wait(1000);
    sums.push(bench.checksum);
  };
  await dab(2, 20);
  await dab(1, 60);
  await dab(1, 28);
  expect(bench.state.latestRevision).toBe(3);
  return { world, bench, sums };
}

describe("an old revision", () => {
  it("is shown as it was, says which it is, and gives the newest back untouched", async () => {
    const { bench, sums } = await threeRevisions();
    for (const number of [1, 2, 3]) {
      bench.run("history.open", number);
      await bench.wait(0);
      expect(bench.checksum).toBe(sums[number]);
      expect(bench.state.banner).toMatchObject({ kind: "old-revision", number, latest: 3, authorName: "Ana" });
      expect(bench.state).toMatchObject({ revision: number, readOnly: true });
    }
    bench.run("history.close");
    expect(bench.state).toMatchObject({ revision: null, readOnly: false, banner: null });
    expect(bench.checksum).toBe(sums[3]);
  });

  it("cannot be drawn on, undone, deleted from or submitted, and says why", async () => {
    const { world, bench, sums } = await threeRevisions();
    const saves = world.server.requests.length;
    bench.run("history.open", 1);
    await bench.wait(0);
    bench.stroke([[80, 80]]);
    expect(bench.state.toast?.text).toContain("This is revision 1");
    bench.run("tool.eraser").stroke([[20, 50]]);
    bench.run("edit.undo").run("segment.select", 2).run("segment.delete").run("image.submit");
    expect(bench.state.toast?.text).toBe("Go back to the latest revision first.");
    await bench.wait(3000);
    expect(bench.checksum).toBe(sums[1]);
    bench.run("history.close");
    expect(bench.checksum).toBe(sums[3]);
    expect([world.server.requests.length, world.server.state]).toEqual([saves, "open"]);
  });

  it("does not hold up what is being saved meanwhile", async () => {
    const { world, bench, sums } = await threeRevisions();
    bench.run("class.choose", 3).stroke([[80, 80]]);
    bench.run("history.open", 1);
    await bench.wait(3000);
    expect(bench.checksum).toBe(sums[1]);
    expect(world.server.revision).toBe(4);
    bench.run("history.close");
    expect(bench.checksum).toBe(world.server.map.checksum("main"));
    expect(bench.state.segments.find((row) => row.classNumber === 3)?.number).toBe(4);
  });

  it("that does not exist is refused with the reason", async () => {
    const { bench, sums } = await threeRevisions();
    bench.run("history.open", 9);
    await bench.wait(0);
    expect(bench.state.toast?.text).toBe("There is no revision 9.");
    expect([bench.state.revision, bench.checksum]).toEqual([null, sums[3]]);
  });
});

describe("comparing", () => {
  it("marks and counts what differs, what is unsent included", async () => {
    const { bench } = await threeRevisions();
    const before = bench.session.canvas.labels!.map;
    const road = before.areaOf(2);
    bench.run("history.compare", { before: 1 });
    await bench.wait(0);
    const { comparison } = bench.state;
    expect(comparison).toMatchObject({ before: 1, after: 3, firstPx: 0 });
    const things = before.labelledPx - road;
    expect(comparison!.secondPx! + comparison!.bothPx!).toBe(things);
    expect(comparison!.changedPx).toBe(things);
    expect(bench.state.banner).toEqual({ kind: "comparing", before: 1, after: 3, changedPx: things });
    expect(bench.session.canvas.labels!.difference!.count).toBeGreaterThan(0);
    bench.run("history.stop-comparing");
    expect([bench.state.comparison, bench.session.canvas.labels!.difference]).toEqual([null, null]);
    bench
      .run("tool.brush")
      .run("class.choose", 3)
      .stroke([[80, 80]])
      .run("history.compare", { before: 3 });
    await bench.wait(0);
    expect(bench.state.comparison).toMatchObject({ before: 3, after: 4 });
  });
});

describe("restoring", () => {
  it("brings everything back, and undo restores what was there", async () => {
    const { world, bench, sums } = await threeRevisions();
    bench.run("history.open", 1);
    await bench.wait(0);
    bench.run("history.restore", { revision: 1 });
    await bench.wait(100);
    expect(bench.state.revision).toBeNull();
    expect(bench.checksum).toBe(sums[1]);
    expect(world.server.map.checksum("main")).toBe(sums[1]);
    const { toast } = bench.state;
    expect(toast).toMatchObject({ action: { label: "Undo", commandId: "history.restore", value: { revision: 3 } } });
    bench.run(toast!.action!.commandId, toast!.action!.value);
    await bench.wait(100);
    expect(bench.checksum).toBe(sums[3]);
  });

  it("of one segment leaves the rest, and drawing goes on", async () => {
    const { world, bench } = await threeRevisions();
    expect(bench.owner(24, 50)).toBe("Car");
    bench.run("history.restore", { revision: 1, segmentId: 2 });
    await bench.wait(100);
    expect([bench.owner(24, 50), bench.owner(60, 50)]).toEqual(["Road", "Car"]);
    bench
      .run("tool.brush")
      .run("class.choose", 2)
      .stroke([[90, 90]]);
    await bench.wait(2000);
    expect(bench.state.save.kind).toBe("saved");
    expect(bench.checksum).toBe(world.server.map.checksum("main"));
  });

  it("of what is there already says so", async () => {
    const { bench } = await threeRevisions();
    bench.run("history.restore", { revision: 3 });
    await bench.wait(100);
    expect(bench.state.toast?.text).toBe("Nothing to restore: it is so already.");
  });
});

describe("who changed this pixel", () => {
  it("names author, tool and revision, and offers to open it", async () => {
    const { bench } = await threeRevisions();
    bench.run("history.who", { x: 20, y: 50 });
    await bench.wait(0);
    expect(bench.state.toast?.text).toMatch(/^x 20 y 50: Ana, brush, revision [13], 12 May/);
    expect(bench.state.toast?.action).toMatchObject({ commandId: "history.open" });
    bench.hover(99, 1).run("history.who");
    await bench.wait(0);
    expect(bench.state.toast?.text).toBe("Nobody has labelled the pixel x 99 y 1 yet.");
    bench.run("history.who", { x: 300, y: 1 });
    await bench.wait(0);
    expect(bench.state.toast?.text).toBe("Point at a pixel of the image first.");
  });
});

describe("gaps in the status bar", () => {
  it("are counted when drawing rests", async () => {
    const { bench } = await threeRevisions();
    await bench.wait(2000);
    expect(bench.state.gaps).toBe(1);
    bench.run("tool.brush").run("brush.size", 4).run("class.choose", 2);
    bench.stroke([
      [-10, 5],
      [110, 5],
    ]);
    await bench.wait(2000);
    expect(bench.state.gaps).toBe(2);
  });
});
