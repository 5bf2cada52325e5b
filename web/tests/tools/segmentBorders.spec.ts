// SPDX-License-Identifier: Apache-2.0
/** Moving, growing, shrinking, smoothing and filling holes of the selected segment: by gesture, by key, by command. */
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { loadBorderCode } from "../../src/editor/borderPart.ts";
import { type Bench, World } from "../editor/bench.ts";

const CAR = 1;
const ROAD = 2;
const PERSON = 3;

let bench: Bench;

const idOf = (classNumber: number): number =>
  bench.state.segments.find((row) => row.classNumber === classNumber && row.areaPx > 0)!.id;
const areaOf = (classNumber: number): number =>
  bench.state.segments.filter((row) => row.classNumber === classNumber).reduce((sum, row) => sum + row.areaPx, 0);
const at = (x: number, y: number): string | null => bench.owner(x, y);
const mode = (value: string): Bench => bench.run("tool.select").run("mode.set", value);

beforeAll(async () => void (await loadBorderCode()));

beforeEach(async () => {
  bench = await new World().open();
  // A road in rows 40 to 59; a car of 20 × 20 on it, rows 30 to 49; unlabelled above.
  bench
    .run("tool.brush")
    .run("brush.shape", "square")
    .run("mode.set", "over")
    .run("brush.size", 20)
    .run("class.choose", ROAD)
    .stroke([
      [0, 50],
      [99, 50],
    ])
    .run("class.choose", CAR)
    .stroke([[30, 40]])
    .run("segment.select", 0);
  expect([areaOf(CAR), areaOf(ROAD)]).toEqual([400, 1800]);
  bench.run("tool.select");
});

describe("moving a segment", () => {
  it("follows a drag with Mod: covers in over, leaves what it left to the nearest neighbour, one undo step", () => {
    const before = bench.checksum;
    bench.press(30, 40, { mod: true }).drag([[36, 40]], { mod: true });
    bench.drag([[50, 45]], { mod: true });
    expect(bench.checksum).toBe(before);
    expect(bench.session.canvas.overlays().badge?.text).toMatch(/^\+20, \+5 px · takes .* of Road$/);
    bench.release({ mod: true });
    expect([at(40, 35), at(59, 54), at(60, 54), at(39, 45)]).toEqual(["Car", "Car", "Road", "Road"]);
    // What it left had the road, and nobody else, beside it.
    expect([areaOf(CAR), at(25, 32)]).toEqual([400, "Road"]);
    bench.run("edit.undo");
    expect(bench.checksum).toBe(before);
  });

  it("in behind takes unlabelled pixels only and leaves unlabelled ones", () => {
    mode("behind").stroke(
      [
        [30, 40],
        [40, 35],
        [50, 40],
      ],
      { mod: true },
    );
    expect([at(41, 35), at(41, 45), at(25, 35), at(25, 45)]).toEqual(["Car", "Road", null, null]);
    expect(areaOf(ROAD)).toBe(1800);
  });

  it("follows the arrow keys until Enter, as one undo step; Escape takes it back", () => {
    const before = bench.checksum;
    bench.run("segment.select", idOf(CAR)).run("segment.move");
    expect(bench.state.toast?.text).toBe("Arrow keys move Car. Enter keeps it there, Esc takes it back.");
    bench.key("ArrowUp", { shift: true }).key("ArrowRight");
    expect(bench.checksum).toBe(before);
    expect(bench.session.canvas.labels!.proposal?.pixels.count).toBeGreaterThan(0);
    bench.key("Enter");
    expect([at(21, 20), at(40, 39), at(20, 39)]).toEqual(["Car", "Car", "Road"]);
    bench.run("edit.undo");
    expect(bench.checksum).toBe(before);
    bench.run("segment.move", idOf(CAR)).key("ArrowUp").key("Escape").key("Enter");
    expect([bench.checksum, bench.session.canvas.labels!.proposal]).toEqual([before, null]);
  });

  it("neither moves a locked segment nor covers one", () => {
    bench.run("segment.lock", idOf(ROAD));
    bench.stroke(
      [
        [30, 40],
        [36, 40],
        [60, 45],
      ],
      { mod: true },
    );
    expect(areaOf(ROAD)).toBe(1800);
    expect(at(55, 38)).toBe("Car");
    bench.run("segment.lock", idOf(CAR));
    const before = bench.checksum;
    bench.stroke(
      [
        [55, 38],
        [60, 30],
        [70, 20],
      ],
      { mod: true },
    );
    expect(bench.checksum).toBe(before);
    expect(bench.state.toast?.text).toBe("Car is locked.");
  });
});

describe("growing and shrinking", () => {
  beforeEach(() => bench.run("segment.select", idOf(CAR)));

  it("takes unlabelled neighbours in behind, others too in over; 4 and 8 neighbours take turns", () => {
    mode("behind").key("}", { code: "BracketRight", shift: true });
    // Above and on the upper halves of both sides.
    expect([areaOf(CAR), areaOf(ROAD)]).toEqual([400 + 20 + 10 + 10, 1800]);
    bench.run("edit.undo");
    mode("over").run("segment.grow");
    expect(areaOf(CAR)).toBe(400 + 80 + 4);
    bench.run("segment.grow");
    expect(areaOf(CAR)).toBe(400 + 80 + 4 + 80 + 8);
    bench.run("edit.undo").run("edit.undo");
    expect([areaOf(CAR), areaOf(ROAD)]).toEqual([400, 1800]);
  });

  it("leaves its rim to the neighbours in over, to nobody in behind", () => {
    mode("over").key("{", { code: "BracketLeft", shift: true });
    expect([areaOf(CAR), at(20, 35), at(20, 45), at(30, 30)]).toEqual([324, null, "Road", null]);
    bench.run("edit.undo");
    mode("behind").run("segment.shrink");
    expect([areaOf(CAR), areaOf(ROAD), at(20, 45)]).toEqual([324, 1800, null]);
  });

  it("stops before the segment vanishes, and at locked ones", () => {
    for (let n = 0; n < 12; n++) bench.run("segment.shrink");
    expect(areaOf(CAR)).toBeGreaterThan(0);
    expect(bench.state.toast?.text).toBe("Car would vanish. Nothing was changed; delete it instead.");
    bench.run("segment.lock", idOf(CAR));
    const before = bench.checksum;
    bench.run("segment.grow").run("segment.shrink").run("segment.smooth").run("segment.fill-holes");
    expect(bench.checksum).toBe(before);
    expect(bench.state.toast?.text).toBe("Car is locked.");
  });

  it("needs a segment", () => {
    bench.run("segment.select", 0).run("segment.grow");
    expect(bench.state.toast?.text).toBe("Select a segment first.");
  });
});

describe("holes and smoothing", () => {
  it("fills unlabelled holes and keeps the segments inside", () => {
    bench
      .run("tool.brush")
      .run("brush.size", 4)
      .run("class.choose", PERSON)
      .stroke([[80, 50]])
      .run("segment.select", idOf(ROAD))
      .run("tool.eraser")
      .stroke([[70, 50]])
      .stroke([[80, 55]])
      .stroke([[50, 58]]);
    bench.run("tool.select").run("segment.fill-holes");
    expect(bench.state.toast).toMatchObject({ text: "Holes filled: 32 px given to Road.", undo: true });
    // The bite at the lower edge lies open.
    expect([at(70, 50), at(80, 50), at(80, 55), at(50, 58)]).toEqual(["Road", "Person", "Road", null]);
    bench.run("segment.fill-holes");
    expect(bench.state.toast?.text).toBe("Road has no unlabelled holes. Segments that lie inside stay.");
  });

  it("smooths both sides at once by Shift+S, as one undo step", () => {
    bench.run("tool.brush").run("brush.size", 1).run("class.choose", ROAD);
    for (let x = 60; x < 90; x += 6) bench.stroke([[x + 0.5, 39.5]]);
    const before = bench.checksum;
    expect(at(66, 39)).toBe("Road");
    bench.run("tool.select").run("segment.select", ROAD).key("S", { shift: true });
    expect(at(66, 39)).toBeNull();
    expect(bench.state.toast?.text).toMatch(/^Border of Road smoothed, \d+ px\.$/);
    bench.run("edit.undo");
    expect(bench.checksum).toBe(before);
  });
});
