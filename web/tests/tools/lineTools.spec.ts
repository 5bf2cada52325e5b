// SPDX-License-Identifier: Apache-2.0
/** Knife and reshape by gesture: what is shown, what is done, who is left alone. */
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { loadBorderCode } from "../../src/editor/borderPart.ts";
import { NEW_SEGMENT } from "../../src/tools/index.ts";
import { type Bench, World } from "../editor/bench.ts";

const CAR = 1;
const ROAD = 2;
const PERSON = 3;

let bench: Bench;

const badge = (): string | undefined => bench.session.canvas.overlays().badge?.text;
const proposed = () => bench.session.canvas.labels!.proposal?.pixels ?? null;
const tags = (): readonly string[] => bench.session.canvas.overlays().active.border?.tags.map(({ text }) => text) ?? [];
const rows = (classNumber: number) => bench.state.segments.filter((row) => row.classNumber === classNumber);
const areas = (classNumber: number): readonly number[] => rows(classNumber).map((row) => row.areaPx);

beforeAll(async () => void (await loadBorderCode()));

beforeEach(async () => {
  bench = await new World().open();
  // A road in rows 40 to 59, and above it a car of 40 × 20 that stands on it.
  bench
    .run("tool.brush")
    .run("brush.shape", "square")
    .run("class.choose", ROAD)
    .run("brush.size", 20)
    .stroke([
      [0, 50],
      [99, 50],
    ])
    .run("class.choose", CAR)
    .stroke([
      [30, 30],
      [50, 30],
    ]);
  bench.run("segment.select", 0);
  expect([areas(CAR), areas(ROAD)]).toEqual([[800], [2000]]);
});

describe("knife", () => {
  beforeEach(() => bench.run("tool.knife"));

  it("makes two of a thing: the larger side keeps the id, the smaller is a new thing of its class", () => {
    const [car] = rows(CAR);
    bench.press(30, 10).drag([
      [30, 25],
      [30, 45],
    ]);
    expect(badge()).toBe("splits Car in 2");
    expect(tags()).toEqual(["A 600 px", "B 200 px"]);
    expect(new Set(proposed()!.afters)).toEqual(new Set([NEW_SEGMENT]));
    bench.release();
    expect(proposed()).toBeNull();
    expect([...areas(CAR)].sort()).toEqual([200, 600]);
    expect(rows(CAR).find((row) => row.id === car.id)!.areaPx).toBe(600);
    bench.run("edit.undo");
    expect(areas(CAR)).toEqual([800]);
  });

  it("works by clicks and Enter, and takes a click back", () => {
    bench.click(35, 10).click(90, 12).key("Backspace").click(35, 70).key("Enter");
    expect([...areas(CAR)].sort()).toEqual([300, 500]);
  });

  it("cuts a straight line with Shift", () => {
    bench.press(40, 10, { shift: true }).drag(
      [
        [90, 15],
        [40, 45],
      ],
      { shift: true },
    );
    bench.release({ shift: true });
    expect(areas(CAR)).toEqual([400, 400]);
  });

  it("says so when the line does not go right across, and keeps a line of clicks", () => {
    const before = bench.checksum;
    bench.stroke([
      [30, 10],
      [30, 30],
    ]);
    expect(bench.checksum).toBe(before);
    expect(bench.state.toast?.text).toBe("Draw the line right across a segment.");
    bench.click(30, 10).click(30, 30).key("Enter").click(30, 45).key("Enter");
    expect([...areas(CAR)].sort()).toEqual([200, 600]);
  });

  it("asks for a class on stuff, and gives the smaller part to it", () => {
    const across = (): Bench =>
      bench.stroke([
        [90, 38],
        [90, 62],
      ]);
    const before = bench.checksum;
    across();
    expect(bench.intents.at(-1)).toEqual({ kind: "class-of-part", classNumber: ROAD, partPx: 200 });
    expect(proposed()!.count).toBe(20);
    bench.run("knife.class", null);
    expect([bench.checksum, proposed()]).toEqual([before, null]);
    across().run("knife.class", PERSON);
    expect([areas(ROAD), areas(PERSON)]).toEqual([[1800], [200]]);
    bench.run("edit.undo");
    expect(bench.checksum).toBe(before);
  });

  it("leaves locked segments whole, and cuts only the selected one", () => {
    bench.run("segment.lock", rows(CAR)[0].id);
    bench.stroke([
      [30, 10],
      [30, 45],
    ]);
    expect(areas(CAR)).toEqual([800]);
    expect(bench.state.toast?.text).toBe("Car is locked.");
    bench.run("segment.select", ROAD).stroke([
      [30, 10],
      [30, 45],
    ]);
    expect(bench.state.toast?.text).toBe("Draw the line right across Road.");
  });

  it("shows at rest what takes longer than a part of a frame, and never after the tool was put away", async () => {
    bench.hover(10, 10).click(30, 10).hover(30, 45);
    expect(badge()).toBe("splits Car in 2");
    bench.run("tool.select");
    expect([badge(), proposed()]).toEqual([undefined, null]);
    await bench.wait(100);
    expect(proposed()).toBeNull();
  });
});

describe("reshape", () => {
  beforeEach(() => bench.run("tool.reshape"));

  it("takes what lies between line and border from the neighbour, from the segment under the start", () => {
    bench.press(30, 35).drag([
      [30, 50],
      [50, 50],
      [50, 35],
    ]);
    expect(badge()).toBe("takes 10.0 % of Road");
    bench.release();
    expect([areas(CAR), areas(ROAD)]).toEqual([[1000], [1800]]);
    bench.run("edit.undo");
    expect([areas(CAR), areas(ROAD)]).toEqual([[800], [2000]]);
  });

  it("gives what it cuts off the selected segment to the neighbour with the longest shared border", () => {
    bench.run("segment.select", rows(CAR)[0].id).stroke([
      [10, 35],
      [90, 35],
    ]);
    expect([areas(CAR), areas(ROAD)]).toEqual([[600], [2200]]);
  });

  it("works by clicks and Enter", () => {
    bench.click(30, 35).click(30, 50).click(50, 50).click(50, 35).key("Enter");
    expect([areas(CAR), areas(ROAD)]).toEqual([[1000], [1800]]);
  });

  it("cuts a hole with a loop inside", () => {
    bench.press(10, 45).drag([
      [30, 45],
      [30, 55],
      [10, 55],
      [10, 46],
    ]);
    expect(badge()).toBe("cuts a hole of 200 px in Road");
    bench.release();
    expect(areas(ROAD)).toEqual([1800]);
    expect(bench.owner(20, 50)).toBeNull();
  });

  it("neither takes from locked segments nor gives to them", () => {
    bench.run("segment.lock", ROAD);
    const before = bench.checksum;
    bench.stroke([
      [30, 35],
      [30, 50],
      [50, 50],
      [50, 35],
    ]);
    expect(bench.checksum).toBe(before);
    bench.run("segment.select", ROAD).stroke([
      [30, 35],
      [30, 50],
      [50, 50],
      [50, 35],
    ]);
    expect(bench.checksum).toBe(before);
    expect(bench.state.toast?.text).toBe("Road is locked.");
  });

  it("warns before a neighbour vanishes", () => {
    bench
      .run("segment.select", ROAD)
      .press(5, 45)
      .drag([
        [5, 5],
        [95, 5],
        [95, 45],
      ]);
    expect(bench.session.canvas.overlays().badge).toMatchObject({ text: "removes Car", warn: true });
  });
});
