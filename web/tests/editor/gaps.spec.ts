// SPDX-License-Identifier: Apache-2.0
/** Gaps: walking, giving one or all to the neighbours, to a class, to a new thing. */
import { beforeEach, describe, expect, it } from "vitest";
import { type Bench, World } from "./bench.ts";

let bench: Bench;
const CAR = 1;
const ROAD = 2;
const PERSON = 3;
const VOID = 4;

const toast = (): string | undefined => bench.state.toast?.text;
const shiftKey = (key: string): Bench => bench.key(key.toUpperCase(), { shift: true });
const areaOf = (classNumber: number): number =>
  bench.state.segments.filter((row) => row.classNumber === classNumber).reduce((sum, row) => sum + row.areaPx, 0);
const square = (classNumber: number, sizePx: number, ...at: (readonly [number, number])[]): Bench => {
  bench.run("tool.brush").run("brush.shape", "square").run("brush.size", sizePx).run("class.choose", classNumber);
  return bench.stroke(at);
};
/** Two vertical walls of road make three gaps: 30, 20 and 30 columns. */
const walls = (): void => {
  square(ROAD, 10, [35, 0], [35, 99]);
  square(ROAD, 10, [65, 0], [65, 99]);
};

beforeEach(async () => {
  bench = await new World().open();
});

describe("N", () => {
  beforeEach(walls);

  it("goes from gap to gap and round, shows each large and hatched, and says how much it is", () => {
    expect(bench.state.gapView).toBe(false);
    bench.key("n");
    expect([toast(), bench.state.gapView, bench.state.view.fitted]).toEqual(["gap 1 of 3 · 30.0 %", true, false]);
    const { view } = bench.session.canvas;
    expect([view.originX + view.widthPx / view.scale / 2, view.originY + view.heightPx / view.scale / 2]).toEqual([
      15, 50,
    ]);
    bench.key("n");
    expect(toast()).toBe("gap 2 of 3 · 20.0 %");
    bench.key("n").key("n");
    expect(toast()).toBe("gap 1 of 3 · 30.0 %");
    shiftKey("n");
    expect(toast()).toBe("gap 3 of 3 · 30.0 %");
    shiftKey("n");
    expect(toast()).toBe("gap 2 of 3 · 20.0 %");
  });

  it("shows no longer what a click would take where the pointer was", () => {
    bench.run("tool.fill").hover(10, 10);
    expect(bench.session.canvas.labels!.preview).not.toBeNull();
    bench.key("n");
    expect(bench.session.canvas.labels!.preview).toBeNull();
    expect(bench.session.canvas.overlays().badge).toBeNull();
  });

  it("begins with the last one when asked for the previous", () => {
    shiftKey("n");
    expect(toast()).toBe("gap 3 of 3 · 30.0 %");
  });

  it("goes on from where a gap was closed, skipping none", () => {
    bench.key("n");
    shiftKey("g");
    bench.key("n");
    expect(toast()).toBe("gap 1 of 2 · 20.0 %");
    shiftKey("g");
    bench.key("n");
    expect(toast()).toBe("gap 1 of 1 · 30.0 %");
  });

  it("says so when there is none", () => {
    bench.run("gaps.fill", { how: "nearest" }).key("n");
    expect(toast()).toBe("No gaps: every pixel has an owner.");
  });
});

describe("Shift+G", () => {
  it("gives each pixel to the nearest neighbour, the lower id where both are equally near, as one step", () => {
    square(ROAD, 10, [5, 0], [5, 99]);
    square(VOID, 11, [94.5, 0], [94.5, 99]);
    const before = bench.checksum;
    shiftKey("g");
    expect(toast()).toBe("7,900 px given to 2 segments. 100 % labelled, no gaps.");
    expect(bench.state.toast?.undo).toBe(true);
    // Columns 10 to 88 were free: column 49 is as near to one as to the other.
    expect([bench.owner(49, 50), bench.owner(50, 50)]).toEqual(["Road", "Void"]);
    expect([areaOf(ROAD), areaOf(VOID)]).toEqual([5000, 5000]);
    bench.run("edit.undo");
    expect(bench.checksum).toBe(before);
    bench.run("edit.redo");
    expect(bench.state.coverage.labelledPx).toBe(10_000);
  });

  it("means the gap shown by N, until the pointer points at another", () => {
    walls();
    bench.key("n");
    shiftKey("g");
    expect([bench.owner(10, 50), bench.owner(50, 50), bench.owner(90, 50)]).toEqual(["Road", null, null]);
    expect(toast()).toBe("3,000 px given to 1 segment. 2 gaps left.");
    bench.key("n").run("view.fit").hover(90, 50);
    shiftKey("g");
    expect([bench.owner(50, 50), bench.owner(90, 50)]).toEqual([null, "Road"]);
  });

  it("means the gap at the keyboard's crosshair", () => {
    walls();
    bench.key("ArrowDown");
    shiftKey("g");
    expect([bench.owner(10, 50), bench.owner(50, 50), bench.owner(90, 50)]).toEqual([null, "Road", null]);
  });

  it("asks which one when that is not clear", () => {
    walls();
    const before = bench.checksum;
    shiftKey("g");
    expect(toast()).toBe("Which gap? N goes to the next one, or point at it.");
    expect(bench.checksum).toBe(before);
  });

  it("gives nothing to a locked segment, and says so when there is no other", () => {
    walls();
    bench.run("segment.lock", ROAD).key("n");
    shiftKey("g");
    expect(toast()).toBe("Nothing was given: no unlocked segment is next to it. Label a segment first, or unlock one.");
    bench.run("view.fit").run("segment.select", 0);
    square(CAR, 4, [15, 50]);
    bench.key("n");
    shiftKey("n");
    shiftKey("g");
    expect([areaOf(ROAD), areaOf(CAR)]).toEqual([2000, 3000]);
  });

  it("has nothing to give to on an empty map, and nothing to give on a full one", () => {
    shiftKey("g");
    expect(toast()).toBe("Nothing was given: no unlocked segment is next to it. Label a segment first, or unlock one.");
    expect(bench.state.canUndo).toBe(false);
    bench.run("gaps.fill", { how: "class", classNumber: ROAD });
    shiftKey("g");
    expect(toast()).toBe("No gaps: every pixel has an owner.");
  });

  it("waits for an open outline, and does nothing in the midst of a stroke or on a submitted image", async () => {
    square(ROAD, 10, [5, 50]);
    bench.run("tool.pen").click(30, 30, { mod: true }).click(60, 30, { mod: true });
    shiftKey("g");
    expect(toast()).toBe("Finish (Enter) or discard (Esc) the outline first.");
    bench.run("outline.discard").run("tool.brush").press(50, 50);
    shiftKey("g");
    bench.release();
    expect(bench.state.coverage.labelledPx).toBe(200);
    await bench.wait(3000);
    bench.run("image.submit");
    await bench.wait(0);
    shiftKey("g");
    expect(toast()).toBe("This image is done. Reopen it to change it.");
    expect(bench.state.coverage.labelledPx).toBe(200);
  });
});

describe("all gaps", () => {
  it("are asked about by Shift+A", () => {
    shiftKey("a");
    expect(bench.intents).toEqual([{ kind: "fill-gaps" }]);
  });

  it("go to their neighbours as one step", () => {
    walls();
    square(CAR, 10, [50, 50]);
    const before = bench.checksum;
    bench.run("gaps.fill", { how: "nearest" });
    expect(bench.state.coverage.labelledPx).toBe(10_000);
    expect(toast()).toBe("7,900 px given to 2 segments. 100 % labelled, no gaps.");
    expect(areaOf(CAR)).toBeGreaterThan(100);
    bench.run("edit.undo");
    expect(bench.checksum).toBe(before);
  });

  it("go to the one segment of a stuff class", () => {
    walls();
    bench.run("gaps.fill", { how: "class", classNumber: VOID });
    expect([areaOf(VOID), areaOf(ROAD)]).toEqual([8000, 2000]);
    expect(toast()).toBe("8,000 px given to Void. 100 % labelled, no gaps.");
    bench.run("edit.undo");
    expect(areaOf(VOID)).toBe(0);
  });

  it("become one new thing, selected", () => {
    square(PERSON, 10, [50, 50]);
    bench.run("gaps.fill", { how: "class", classNumber: PERSON });
    const rows = bench.state.segments.filter((row) => row.classNumber === PERSON);
    expect(rows.map((row) => [row.areaPx, row.selected])).toEqual([
      [9900, true],
      [100, false],
    ]);
    bench.run("edit.undo");
    expect(bench.state.segments.map((row) => row.areaPx)).toEqual([100]);
  });

  it("stay when the class is locked, or no id is to be had", async () => {
    bench.run("class.lock", ROAD).run("gaps.fill", { how: "class", classNumber: ROAD });
    expect(toast()).toBe("Road is locked.");
    const world = new World();
    world.server.leasesFail = true;
    bench = await world.open();
    bench.run("gaps.fill", { how: "class", classNumber: CAR });
    expect(toast()).toContain("The server cannot be reached for a new segment.");
    expect(bench.state.coverage.labelledPx).toBe(0);
  });

  it("are the same on the server", async () => {
    walls();
    square(CAR, 7, [51, 43]);
    bench.run("gaps.fill", { how: "nearest" });
    await bench.wait(3000);
    expect(bench.state.save.kind).toBe("saved");
    expect(bench.world.server.map.checksum("main")).toBe(bench.checksum);
  });

  it("take no nonsense", () => {
    expect(() => bench.run("gaps.fill", { how: "somehow" })).toThrow(TypeError);
    expect(() => bench.run("gaps.fill", { how: "class", classNumber: 99 })).toThrow(TypeError);
    expect(() => bench.run("gaps.fill", { how: "class" })).toThrow(TypeError);
  });
});
