// SPDX-License-Identifier: Apache-2.0
/** Sliding borders by gesture and by keys: what lights up, what follows, what stays. */
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { loadBorderCode } from "../../src/editor/borderPart.ts";
import { type Bench, World } from "../editor/bench.ts";

const CAR = 1;
const ROAD = 2;
const PERSON = 3;

let bench: Bench;

const active = () => bench.session.canvas.overlays().active;
const badge = (): string | undefined => bench.session.canvas.overlays().badge?.text;
const areaOf = (classNumber: number): number =>
  bench.state.segments.filter((row) => row.classNumber === classNumber).reduce((sum, row) => sum + row.areaPx, 0);
const at = (x: number, y: number): string | null => bench.owner(x, y);

beforeAll(async () => void (await loadBorderCode()));

beforeEach(async () => {
  bench = await new World().open();
  // Left half road, right half car, a person in the lower 30 rows of both.
  bench.run("tool.brush").run("brush.shape", "square").run("mode.set", "over");
  bench
    .run("class.choose", ROAD)
    .run("brush.size", 100)
    .stroke([[0, 50]])
    .run("class.choose", CAR)
    .stroke([[100, 50]])
    .run("class.choose", PERSON)
    .run("brush.size", 60)
    .stroke([
      [0, 100],
      [99, 100],
    ])
    .run("segment.select", 0);
  expect([areaOf(ROAD), areaOf(CAR), areaOf(PERSON)]).toEqual([3500, 3500, 3000]);
  bench.run("tool.slide");
});

describe("slide border", () => {
  it("lights the border between its junctions, and shows how it can be moved", () => {
    bench.hover(52, 30);
    expect(active().border?.lit).toEqual([
      { x: 50, y: 70 },
      { x: 50, y: 0 },
    ]);
    expect(active().cursor).toBe("slide-x");
    bench.hover(25, 68);
    expect(active().cursor).toBe("slide-y");
    bench.hover(25, 30);
    expect(active().border?.lit).toEqual([]);
    expect(active().cursor).toBe("crosshair");
  });

  it("moves it with falloff: both neighbours follow, the rest and its ends stay, as one undo step", () => {
    const before = bench.checksum;
    bench.press(50, 35).drag([
      [54, 35],
      [60, 35],
    ]);
    expect(bench.checksum).toBe(before);
    expect(badge()).toMatch(/^takes \d\.\d % of Car$/);
    bench.release();
    expect([at(59, 35), at(60, 35)]).toEqual(["Road", "Car"]);
    expect([at(50, 5), at(50, 66)]).toEqual(["Car", "Car"]);
    expect(areaOf(ROAD) + areaOf(CAR)).toBe(7000);
    expect(areaOf(PERSON)).toBe(3000);
    bench.run("edit.undo");
    expect(bench.checksum).toBe(before);
  });

  it("reaches further after Shift+wheel, and says how far", () => {
    const slid = (): number => {
      bench.stroke([
        [50, 35],
        [55, 35],
        [60, 35],
      ]);
      const area = areaOf(ROAD);
      bench.run("edit.undo");
      return area;
    };
    const near = slid();
    bench.hover(50, 35);
    bench.session.canvas.sizeBy(5);
    expect(active().border?.tags).toMatchObject([{ text: "reach 60 px" }]);
    expect(bench.state.brushSizePx).toBe(60);
    expect(slid()).toBeGreaterThan(near);
  });

  it("moves a junction that is grabbed itself, and all that meet there", () => {
    bench.hover(51, 69);
    expect(active().cursor).toBe("vertex");
    bench.stroke([
      [50, 70],
      [50, 75],
      [50, 80],
    ]);
    expect([at(49, 79), at(50, 79), at(49, 80)]).toEqual(["Road", "Car", "Person"]);
    expect(areaOf(ROAD) + areaOf(CAR) + areaOf(PERSON)).toBe(10_000);
  });

  it("keeps a clicked border in hand: arrow keys move it along its normal", () => {
    bench.click(50, 35).key("ArrowRight");
    expect([at(50, 35), at(51, 35), at(50, 0)]).toEqual(["Road", "Car", "Car"]);
    bench.key("ArrowRight").key("ArrowRight", { shift: true });
    expect([at(61, 35), at(62, 35)]).toEqual(["Road", "Car"]);
    // Along the border there is nowhere to go.
    const before = bench.checksum;
    bench.key("ArrowDown");
    expect(bench.checksum).toBe(before);
    bench.run("edit.undo").run("edit.undo").run("edit.undo");
    expect(areaOf(ROAD)).toBe(3500);
    bench.key("Escape").key("ArrowRight");
    expect(areaOf(ROAD)).toBe(3500);
  });

  it("works by keyboard alone: Space takes the border under the crosshair, arrows move it, Escape lets go", () => {
    bench.key("ArrowRight").key("ArrowLeft").key(" ", { code: "Space" }).key("ArrowLeft");
    expect([at(48, 35), at(49, 35)]).toEqual(["Road", "Car"]);
    bench.key("Escape").key("ArrowLeft");
    expect(at(48, 35)).toBe("Road");
  });

  it("shows the vertices when zoomed in far, and moves one of them", () => {
    bench.stroke([
      [50, 35],
      [55, 35],
      [62, 35],
    ]);
    bench.session.canvas.zoomAt({ x: 60, y: 35 }, 5);
    const screen = (x: number, y: number): [number, number] => {
      const place = bench.session.canvas.imageToScreen(x, y);
      return [place.x, place.y];
    };
    bench.hover(...screen(62, 35));
    const handles = active().border!.handles;
    expect(handles.length).toBeGreaterThan(2);
    const vertex = handles.find(({ x }) => x > 60)!;
    bench.hover(...screen(vertex.x, vertex.y));
    expect(active().cursor).toBe("vertex");
    const before = areaOf(ROAD);
    bench.stroke([screen(vertex.x, vertex.y), screen(vertex.x + 4, vertex.y), screen(vertex.x + 8, vertex.y)]);
    expect(areaOf(ROAD)).toBeGreaterThan(before);
  });

  it("does not move a border of a locked segment, and says whose it is", () => {
    const before = bench.checksum;
    bench.run("segment.lock", bench.state.segments.find((row) => row.classNumber === CAR)!.id).hover(50, 35);
    bench.press(50, 35);
    expect(active().cursor).toBe("not-allowed");
    bench.drag([
      [55, 35],
      [60, 35],
    ]);
    bench.release();
    expect(bench.checksum).toBe(before);
    expect(bench.state.toast?.text).toBe("Car is locked.");
  });
});
