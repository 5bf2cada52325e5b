// SPDX-License-Identifier: Apache-2.0
import { beforeEach, describe, expect, it } from "vitest";
import { boxRegion, polygonRegion, quantisePath } from "../../src/core/raster/index.ts";
import { type Region, regionAreaPx, regionHas } from "../../src/core/region.ts";
import { type Bench, World } from "../editor/bench.ts";

let bench: Bench;
const overlay = () => bench.session.canvas.overlays().active.outline;
const SQUARE = [
  [20, 20],
  [60, 20],
  [60, 60],
  [20, 60],
] as const;

beforeEach(async () => {
  bench = await new World().open();
  bench.run("tool.pen").run("class.choose", 1);
});

describe("closing", () => {
  it.each([
    ["Enter", () => bench.key("Enter")],
    ["a click on the first point", () => bench.click(20, 20)],
    ["a double click", () => doubleClick(20, 60)],
  ])("takes exactly the pixels of the outline with %s", (_how, close) => {
    for (const [x, y] of SQUARE) bench.click(x, y);
    close();
    expect(bench.state.outlineOpen).toBe(false);
    expect(bench.state.segments.map((row) => row.areaPx)).toEqual([1600]);
    expect([bench.owner(20, 20), bench.owner(59, 59), bench.owner(60, 60)]).toEqual(["Car", "Car", null]);
  });

  it("mixes clicks and freehand runs in one outline", () => {
    bench
      .click(10, 10)
      .stroke([
        [80, 10],
        [82, 30],
        [85, 50],
        [80, 80],
      ])
      .click(10, 80)
      .key("Enter");
    expect(bench.state.segments).toHaveLength(1);
    expect(bench.owner(83, 45)).toBe("Car");
    expect(bench.owner(12, 45)).toBe("Car");
  });

  it("closes a freehand run that comes back to its start", () => {
    bench.stroke([
      [20, 20],
      [70, 22],
      [68, 70],
      [22, 68],
      [21, 24],
    ]);
    expect(bench.state.outlineOpen).toBe(false);
    expect(bench.state.segments).toHaveLength(1);
  });

  it("says that two points are too small and keeps them", () => {
    bench.click(20, 20).click(60, 20).key("Enter");
    expect(bench.state.toast?.text).toBe("Too small to label. Zoom in and try again.");
    expect(bench.state.outlineOpen).toBe(true);
  });

  it("keeps the outline and says why when nothing is free behind", () => {
    bench.run("class.choose", 2).outline(SQUARE);
    bench.run("class.choose", 1).outline(SQUARE);
    expect(bench.state.toast?.text).toContain("Hold X to draw over");
    expect(bench.state.outlineOpen).toBe(true);
    bench.keyDown("x").wait(0);
    bench.run("outline.finish").keyUp("x");
    expect(bench.owner(30, 30)).toBe("Car");
  });
});

describe("vertices before closing", () => {
  it("moves a dragged vertex", () => {
    for (const [x, y] of SQUARE) bench.click(x, y);
    bench.stroke([
      [60, 20],
      [70, 15],
      [80, 10],
    ]);
    expect(overlay()?.points[1]).toEqual({ x: 80, y: 10 });
    expect(overlay()?.points).toHaveLength(4);
  });

  it("inserts one where an edge is dragged, but a plain click there is an ordinary vertex", () => {
    for (const [x, y] of SQUARE) bench.click(x, y);
    bench.stroke([
      [40, 20],
      [40, 10],
      [40, 8],
    ]);
    expect(overlay()?.points.map(({ x, y }) => [x, y])).toEqual([
      [20, 20],
      [40, 8],
      [60, 20],
      [60, 60],
      [20, 60],
    ]);
    bench.click(60, 40);
    expect(overlay()?.points).toHaveLength(6);
  });

  it("nudges the vertex touched last by arrow keys", () => {
    bench.click(20, 20).click(60, 20).key("ArrowRight").key("ArrowDown", { shift: true });
    expect(overlay()?.points[1]).toEqual({ x: 61, y: 30 });
  });

  it("draws in steps of 15 degrees with Shift", () => {
    bench.click(20, 20, { mod: true }).click(60, 24, { shift: true });
    expect(overlay()?.points[1].y).toBeCloseTo(20, 9);
    bench.click(90, 52, { shift: true });
    const [, a, b] = overlay()!.points;
    expect((Math.atan2(b.y - a.y, b.x - a.x) * 180) / Math.PI).toBeCloseTo(45, 6);
  });

  it("snaps to the edge of the image, and not with Mod", () => {
    bench.click(3, 50);
    expect(overlay()?.points[0]).toEqual({ x: 0, y: 50 });
    bench.click(96, 70, { mod: true });
    expect(overlay()?.points[1]).toEqual({ x: 96, y: 70 });
  });

  it("snaps to a border that is there", () => {
    bench.run("class.choose", 2).outline(SQUARE).run("class.choose", 1).click(63, 40);
    expect(overlay()?.points[0]).toEqual({ x: 60, y: 40 });
  });
});

describe("undo inside an outline", () => {
  it("takes back a click with Backspace and a freehand run as a whole, and gives both again", () => {
    bench
      .click(20, 20)
      .stroke([
        [60, 20],
        [62, 30],
        [66, 40],
        [60, 60],
      ])
      .click(20, 60);
    const whole = overlay()!.points;
    bench.key("Backspace");
    expect(overlay()?.points).toHaveLength(whole.length - 1);
    bench.run("edit.undo");
    expect(overlay()?.points).toEqual([{ x: 20, y: 20 }]);
    bench.run("edit.redo").run("edit.redo");
    expect(overlay()?.points).toEqual(whole);
  });

  it("brings a discarded outline back whole", () => {
    for (const [x, y] of SQUARE) bench.click(x, y);
    bench.key("Escape");
    expect(bench.state.outlineOpen).toBe(false);
    bench.key("z", { ctrl: true });
    expect(overlay()?.points).toHaveLength(4);
  });

  it("goes on to the edits before it when the outline is gone", () => {
    bench.outline(SQUARE).run("edit.undo");
    expect(bench.state.coverage.labelledPx).toBe(0);
  });
});

describe("parking", () => {
  it("keeps the outline under another tool and resumes with P", () => {
    for (const [x, y] of SQUARE) bench.click(x, y);
    bench.key("b");
    expect([bench.state.tool, bench.state.parkedOutline, bench.state.outlineOpen]).toEqual(["brush", true, true]);
    bench.run("image.next");
    expect(bench.intents).toEqual([]);
    expect(bench.state.toast?.text).toBe("Finish (Enter) or discard (Esc) the outline first.");
    bench.key("p").key("Enter");
    expect(bench.state.coverage.labelledPx).toBe(1600);
  });
});

describe("preview", () => {
  it("shows the pixels that would change and writes none", () => {
    bench
      .run("class.choose", 2)
      .outline([
        [0, 40],
        [100, 40],
        [100, 100],
        [0, 100],
      ])
      .run("class.choose", 1);
    const before = bench.checksum;
    for (const [x, y] of SQUARE) bench.click(x, y, { mod: true });
    bench.hover(40, 62, { mod: true });
    const scene = bench.session.canvas.labels!;
    const outline = [...SQUARE.map(([x, y]) => ({ x, y })), { x: 40, y: 62 }];
    const region = polygonRegion([quantisePath(outline)], "nonzero", [100, 100]);
    const free = boxRegion(0, 0, 100 * 256, 40 * 256, [100, 100]); // the road begins at row 40
    const taken = countShared(region, free);
    expect(taken).toBeGreaterThan(600);
    expect(regionAreaPx(scene.preview!.taken)).toBe(taken);
    expect(bench.session.canvas.overlays().badge?.text).toBe(`shares ${regionAreaPx(region) - taken} px with Road`);
    expect(bench.checksum).toBe(before);
    bench.run("mode.swap");
    expect(regionAreaPx(scene.preview!.taken)).toBe(regionAreaPx(region));
    expect(bench.session.canvas.overlays().badge?.text).toMatch(/^takes \d+\.\d % of Road$/);
    bench.key("Escape");
    expect(scene.preview).toBeNull();
  });

  it("says when it would remove a segment", () => {
    bench.run("class.choose", 3).outline([
      [30, 30],
      [40, 30],
      [40, 40],
      [30, 40],
    ]);
    bench.run("class.choose", 1).run("mode.set", "over");
    for (const [x, y] of SQUARE) bench.click(x, y, { mod: true });
    expect(bench.session.canvas.overlays().badge).toMatchObject({ text: "removes Person", warn: true });
  });
});

function doubleClick(x: number, y: number): void {
  const sample = (timeMs: number) => ({ pointScreen: { x, y }, pressure: 0.5, timeMs });
  for (const timeMs of [900_000, 900_200]) {
    const pointer = { pointerType: "mouse", samples: [sample(timeMs)], button: 0, shift: false, mod: true } as const;
    bench.session.canvas.pointerDown(pointer);
    bench.session.canvas.pointerUp(pointer);
  }
}

function countShared(a: Region, b: Region): number {
  let px = 0;
  for (let i = 0; i < a.count; i++) for (let x = a.x0s[i]; x < a.x1s[i]; x++) if (regionHas(b, x, a.ys[i])) px++;
  return px;
}
