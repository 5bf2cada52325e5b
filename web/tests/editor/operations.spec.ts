// SPDX-License-Identifier: Apache-2.0
/** Merge, split into parts, a new one alike, islands. */
import { beforeEach, describe, expect, it } from "vitest";
import { EDIT_RUNS_MAX } from "../../src/core/limits.ts";
import { PixelRunCollector } from "../../src/core/pixelRuns.ts";
import { fitsOneEdit } from "../../src/editor/pieces.ts";
import type { SegmentRow } from "../../src/editor/state.ts";
import { type Bench, World } from "./bench.ts";

let bench: Bench;
const CAR = 1;
const ROAD = 2;
const PERSON = 3;

const toast = (): string | undefined => bench.state.toast?.text;
const shiftKey = (key: string): Bench => bench.key(key.toUpperCase(), { shift: true });
const rows = (classNumber: number): readonly SegmentRow[] =>
  bench.state.segments.filter((row) => row.classNumber === classNumber);
const square = (classNumber: number, sizePx: number, ...at: (readonly [number, number])[]): number => {
  bench.run("tool.brush").run("brush.shape", "square").run("brush.size", sizePx).run("class.choose", classNumber);
  bench.stroke(at);
  return bench.state.segments.find((row) => row.selected)!.id;
};
const select = (...ids: readonly number[]): Bench => {
  bench.run("segment.select", ids[0]);
  for (const id of ids.slice(1)) bench.run("segment.toggle-selected", id);
  return bench;
};
const idAt = (x: number, y: number): number => bench.session.canvas.labels!.map.get(x, y);
const served = () => bench.world.server.head.segments;

beforeEach(async () => {
  bench = await new World().open();
});

describe("merge", () => {
  it("gives all to the one selected first, leaves aliases, and is one step", async () => {
    const [first, second, third] = [square(CAR, 10, [20, 20]), square(PERSON, 10, [60, 20]), square(CAR, 10, [60, 60])];
    const before = bench.checksum;
    select(second, first, third).key("m");
    expect([idAt(20, 20), idAt(60, 20), idAt(60, 60)]).toEqual([second, second, second]);
    expect(bench.state.segments.map((row) => [row.id, row.classNumber, row.areaPx, row.selected])).toEqual([
      [second, PERSON, 300, true],
    ]);
    expect(bench.state.target).toMatchObject({ kind: "add", className: "Person" });
    expect(bench.state.toast).toMatchObject({
      text: expect.stringContaining("2 segments merged into Person"),
      undo: true,
    });
    await bench.wait(3000);
    expect(served().get(first)).toMatchObject({ state: "merged", mergedInto: second, class: CAR });
    bench.run("edit.undo");
    expect(bench.checksum).toBe(before);
    expect(bench.state.segments.map((row) => row.id).sort()).toEqual([first, second, third]);
    await bench.wait(3000);
    expect(served().get(first)).toMatchObject({ state: "live", mergedInto: null });
    expect(bench.world.server.map.checksum("main")).toBe(bench.checksum);
  });

  it("ends stuff without an alias, so that the next road is a road again", async () => {
    const road = square(ROAD, 20, [20, 20]);
    const car = square(CAR, 10, [60, 20]);
    select(car, road).key("m");
    expect(rows(CAR)[0].areaPx).toBe(500);
    await bench.wait(3000);
    expect(served().get(ROAD)).toMatchObject({ state: "deleted", mergedInto: null });
    square(ROAD, 10, [80, 80]);
    expect(bench.owner(80, 80)).toBe("Road");
    await bench.wait(3000);
    expect(bench.world.server.map.checksum("main")).toBe(bench.checksum);
  });

  it("can take things into stuff", () => {
    const road = square(ROAD, 20, [20, 20]);
    const car = square(CAR, 10, [60, 20]);
    select(road, car).key("m");
    expect(bench.state.segments.map((row) => [row.id, row.areaPx])).toEqual([[ROAD, 500]]);
  });

  it("needs two, none of them locked", () => {
    const [first, second] = [square(CAR, 10, [20, 20]), square(CAR, 10, [60, 20])];
    const before = bench.checksum;
    select(first).key("m");
    expect(toast()).toBe("Select two segments or more: the first one stays, the others become part of it.");
    select(first, second).run("segment.lock", second);
    select(first, second).key("m");
    expect(toast()).toMatch(/^Car.* is locked\.$/);
    expect(bench.checksum).toBe(before);
  });
});

describe("split", () => {
  it("makes a segment of each part; the largest keeps the id; one step", async () => {
    square(CAR, 10, [20, 20]);
    bench.run("brush.size", 20).stroke([[50, 50]]);
    bench.run("brush.size", 6).stroke([[80, 80]]);
    const car = idAt(20, 20);
    const before = bench.checksum;
    shiftKey("m");
    expect(idAt(50, 50)).toBe(car);
    const ids = [idAt(20, 20), idAt(80, 80)];
    expect(new Set([car, ...ids]).size).toBe(3);
    expect(
      rows(CAR)
        .map((row) => row.areaPx)
        .sort((a, b) => a - b),
    ).toEqual([36, 100, 400]);
    expect(toast()).toMatch(/^Car.* split into 3 segments\.$/);
    await bench.wait(3000);
    expect(bench.world.server.map.checksum("main")).toBe(bench.checksum);
    expect(served().get(ids[0])).toMatchObject({ class: CAR, state: "live", answers: {} });
    bench.run("edit.undo");
    expect(bench.checksum).toBe(before);
    expect(rows(CAR).map((row) => row.areaPx)).toEqual([536]);
    bench.run("edit.redo");
    expect([idAt(20, 20), idAt(80, 80)]).toEqual(ids);
  });

  it("parts that touch at a corner only are apart", () => {
    square(CAR, 10, [20, 20]);
    bench.stroke([[30, 30]]);
    shiftKey("m");
    expect(rows(CAR)).toHaveLength(2);
  });

  it("refuses stuff with a reason, and says when there is nothing to split", () => {
    square(ROAD, 10, [20, 20]);
    bench.stroke([[60, 60]]);
    const before = bench.checksum;
    bench.run("segment.split", ROAD);
    expect(toast()).toBe("Road is one segment per layer, so it stays one. Give a part of it another class instead.");
    const car = square(CAR, 10, [80, 20]);
    bench.run("edit.undo").run("edit.redo").run("segment.split", car);
    expect(toast()).toMatch(/^Car.* is one connected part already\.$/);
    expect(bench.owner(20, 20)).toBe("Road");
    bench.run("edit.undo");
    expect(bench.checksum).toBe(before);
    bench.run("segment.select", 0);
    shiftKey("m");
    expect(toast()).toBe("Select a segment first.");
  });

  it("splits several at once", () => {
    const car = square(CAR, 6, [10, 10]);
    bench.stroke([[30, 10]]);
    const person = square(PERSON, 6, [10, 40]);
    bench.stroke([[30, 40]]);
    select(car, person);
    shiftKey("m");
    expect([rows(CAR).length, rows(PERSON).length]).toEqual([2, 2]);
    expect(toast()).toBe("2 segments split into 4 segments.");
  });

  it("asks the server for ids when there are more parts than ids at hand", async () => {
    square(CAR, 1, [0.5, 0.5]);
    const map = bench.session.canvas.labels!.map;
    // A field of single pixels, as an import would bring it.
    for (let y = 2; y < 60; y += 2) for (let x = 2; x < 60; x += 2) map.writeRun(y, x, x + 1, idAt(0, 0));
    for (let y = 2; y < 60; y += 2)
      for (let x = 2; x < 60; x += 2) bench.world.server.map.writeRun(y, x, x + 1, idAt(0, 0));
    const before = bench.checksum;
    shiftKey("m");
    expect(bench.checksum).toBe(before);
    await bench.wait(1);
    expect(rows(CAR)).toHaveLength(29 * 29 + 1);
    await bench.wait(3000);
    expect(bench.world.server.map.checksum("main")).toBe(bench.checksum);
    bench.run("edit.undo");
    expect(bench.checksum).toBe(before);
  });

  it("says when the server cannot be reached for them", async () => {
    square(CAR, 1, [0.5, 0.5]);
    const map = bench.session.canvas.labels!.map;
    for (let y = 2; y < 60; y += 2) for (let x = 2; x < 60; x += 2) map.writeRun(y, x, x + 1, idAt(0, 0));
    bench.world.server.leasesFail = true;
    shiftKey("m");
    await bench.wait(1);
    expect(toast()).toContain("The server cannot be reached");
    expect(rows(CAR)).toHaveLength(1);
  });
});

describe("a new one alike", () => {
  it("is empty, of the same class, and gets the next stroke", async () => {
    const car = square(CAR, 10, [20, 20]);
    bench.key("d", { ctrl: true });
    const fresh = bench.state.segments.find((row) => row.selected)!;
    expect(fresh).toMatchObject({ classNumber: CAR, areaPx: 0 });
    expect(fresh.id).not.toBe(car);
    expect(toast()).toBe("Empty new Car with the same answers: draw it. Pixels are not copied, as each has one owner.");
    expect(bench.state.target).toMatchObject({ kind: "add", className: "Car" });
    bench.stroke([[60, 60]]);
    expect(idAt(60, 60)).toBe(fresh.id);
    await bench.wait(3000);
    expect(served().get(fresh.id)).toMatchObject({ class: CAR, state: "live" });
    bench.run("edit.undo").run("edit.undo");
    await bench.wait(3000);
    expect(served().get(fresh.id)?.state).toBe("deleted");
    expect(bench.state.segments.map((row) => row.id)).toEqual([car]);
  });

  it("carries the answers", async () => {
    const car = square(CAR, 10, [20, 20]);
    await bench.wait(3000);
    const fields = served().get(car)!;
    served().set(car, { ...fields, answers: { occluded: "partly" } });
    bench = await bench.world.open();
    bench.run("segment.duplicate", car);
    await bench.wait(3000);
    const fresh = bench.state.segments.find((row) => row.selected)!;
    expect(served().get(fresh.id)).toMatchObject({ answers: { occluded: "partly" } });
  });

  it("cannot be of stuff", () => {
    square(ROAD, 10, [20, 20]);
    bench.run("segment.duplicate", ROAD);
    expect(toast()).toBe("Road is one segment per layer, so there cannot be another one.");
    expect(bench.state.segments).toHaveLength(1);
  });
});

describe("islands", () => {
  beforeEach(() => {
    square(ROAD, 100, [50, 50]);
    square(CAR, 20, [30, 30]);
    bench
      .run("brush.size", 4)
      .stroke([[70, 70]])
      .stroke([[80, 80]]);
  });

  it("under the limit go to the neighbour with the longest border, as one step", () => {
    const before = bench.checksum;
    bench.run("islands.remove", { belowPx: 17, of: "image" });
    expect([bench.owner(70, 70), bench.owner(80, 80), bench.owner(30, 30)]).toEqual(["Road", "Road", "Car"]);
    expect(bench.state.toast).toMatchObject({ text: "2 islands removed, 32 px.", undo: true });
    bench.run("edit.undo");
    expect(bench.checksum).toBe(before);
  });

  it("at the limit stay", () => {
    bench.run("islands.remove", { belowPx: 16, of: "image" });
    expect(toast()).toBe("No islands under 16 px.");
  });

  it("of the selection alone, and small gaps only with the whole image", () => {
    bench
      .run("segment.select", 0)
      .run("tool.eraser")
      .run("brush.size", 3)
      .stroke([[50, 90]]);
    const gap = (): string | null => bench.owner(50, 90);
    const car = idAt(30, 30);
    bench.run("segment.select", ROAD).run("islands.remove", { belowPx: 50, of: "selection" });
    expect(toast()).toBe("No islands under 50 px.");
    bench.run("segment.select", car).run("islands.remove", { belowPx: 50, of: "selection" });
    expect([bench.owner(70, 70), gap()]).toEqual(["Road", null]);
    bench.run("islands.remove", { belowPx: 50, of: "image" });
    expect(gap()).toBe("Road");
  });

  it("of locked segments stay, and none is given to one", () => {
    const car = idAt(30, 30);
    bench.run("segment.lock", ROAD).run("islands.remove", { belowPx: 50, of: "image" });
    expect(toast()).toBe("No islands under 50 px.");
    bench.run("segment.lock", ROAD).run("segment.lock", car).run("islands.remove", { belowPx: 50, of: "image" });
    expect(toast()).toBe("No islands under 50 px.");
  });

  it("are asked about by a command of the palette", () => {
    bench.run("islands.ask");
    expect(bench.intents).toEqual([{ kind: "remove-islands" }]);
    expect(bench.session.commands.map((info) => info.id)).toContain("islands.ask");
  });

  it("take no nonsense", () => {
    for (const value of [
      { belowPx: 0, of: "image" },
      { belowPx: 2.5, of: "image" },
      { belowPx: 5, of: "all" },
    ])
      expect(() => bench.run("islands.remove", value)).toThrow(TypeError);
  });
});

describe("one edit", () => {
  const stripes = (count: number): PixelRunCollector => {
    const runs = new PixelRunCollector(count);
    for (let i = 0; i < count; i++)
      runs.push(Math.floor(i / 1000), 2 * (i % 1000), 2 * (i % 1000) + 1, i % 3, 7 + (i % 5));
    return runs;
  };

  it("holds as many runs as the server takes, and no more", () => {
    expect(fitsOneEdit(stripes(1_000_000).toRuns())).toBe(true);
    expect(fitsOneEdit(stripes(2_000_000).toRuns())).toBe(false);
    expect(fitsOneEdit({ ...stripes(10).toRuns(), count: EDIT_RUNS_MAX + 1 })).toBe(false);
  });
});
