// SPDX-License-Identifier: Apache-2.0
import { beforeEach, describe, expect, it } from "vitest";
import { quantisePath, squareStrokeRegion, strokeRegion } from "../../src/core/raster/index.ts";
import { regionAreaPx } from "../../src/core/region.ts";
import { type Bench, World } from "../editor/bench.ts";

let bench: Bench;

beforeEach(async () => {
  bench = await new World().open();
  bench.run("tool.brush").run("class.choose", 2).run("brush.size", 11);
});

const path = (points: readonly (readonly [number, number])[]) => quantisePath(points.map(([x, y]) => ({ x, y })));

describe("brush", () => {
  it.each([
    ["round", strokeRegion],
    ["square", squareStrokeRegion],
  ] as const)("paints the %s stroke of the core, to the pixel", (shape, region) => {
    const points = [
      [20.3, 20.7],
      [55.1, 30.2],
      [60.9, 71.4],
    ] as const;
    bench.run("brush.shape", shape).stroke(points);
    expect(bench.state.coverage.labelledPx).toBe(regionAreaPx(region(path(points), 5.5 * 256, [100, 100])));
  });

  it("shows its pixels while the stroke runs and takes them back when it is cancelled", () => {
    bench.press(50, 50).drag([[70, 50]]);
    expect(bench.session.canvas.labels!.map.labelledPx).toBeGreaterThan(200);
    bench.session.canvas.cancelGesture();
    expect(bench.session.canvas.labels!.map.labelledPx).toBe(0);
    expect(bench.state.canUndo).toBe(false);
  });

  it("goes straight from the last end with Shift+click", () => {
    bench
      .stroke([
        [10, 50],
        [20, 50],
      ])
      .press(90, 50, { shift: true })
      .release({ shift: true });
    expect(bench.owner(60, 50)).toBe("Road");
    bench.run("edit.undo");
    expect(bench.owner(60, 50)).toBeNull();
    expect(bench.owner(15, 50)).toBe("Road");
  });

  it("changes its size with Shift+drag, keys and notches, and never below one pixel", () => {
    bench
      .press(50, 50, { shift: true })
      .drag(
        [
          [60, 50],
          [70, 50],
        ],
        { shift: true },
      )
      .release({ shift: true });
    expect(bench.state.brushSizePx).toBe(31);
    expect(bench.state.coverage.labelledPx).toBe(0);
    bench.key("[", { code: "BracketLeft" });
    expect(bench.state.brushSizePx).toBe(28);
    bench.run("brush.size", 2);
    for (let i = 0; i < 5; i++) bench.session.canvas.sizeBy(-1);
    expect(bench.state.brushSizePx).toBe(1);
    bench.session.canvas.sizeBy(1);
    expect(bench.state.brushSizePx).toBe(2);
  });

  it("keeps the new thing selected, so that the next stroke adds; its digit again starts another", () => {
    bench.key("1").stroke([[20, 20]]);
    expect(bench.state.target).toMatchObject({ kind: "add", className: "Car" });
    bench.stroke([[40, 20]]);
    expect(bench.state.segments).toHaveLength(1);
    bench.key("1").stroke([[60, 20]]);
    expect(bench.state.segments).toHaveLength(2);
  });

  it("paints inside the segment under the first point only", () => {
    bench
      .stroke([
        [0, 50],
        [99, 50],
      ])
      .run("class.choose", 1)
      .run("mode.set", "inside")
      .run("brush.size", 41);
    bench.stroke([[50, 50]]);
    expect([bench.owner(50, 50), bench.owner(50, 40)]).toEqual(["Car", null]);
    bench.run("class.choose", 1).stroke([[50, 10]]);
    expect(bench.state.toast?.text).toBe("Start inside a segment.");
  });

  it("refuses without a class, with a locked one, and says so", () => {
    bench.run("class.lock", 2).stroke([[20, 20]]);
    expect(bench.state.toast?.text).toBe("Road is locked.");
    expect(bench.state.coverage.labelledPx).toBe(0);
  });
});

describe("eraser", () => {
  it("erases every segment, or only the selected one", () => {
    bench
      .stroke([
        [20, 50],
        [80, 50],
      ])
      .key("1")
      .stroke([[50, 50]]);
    const car = bench.state.segments.find((row) => row.classNumber === 1)!;
    bench
      .run("tool.eraser")
      .run("brush.size", 41)
      .run("segment.select", car.id)
      .stroke([[50, 50]]);
    expect([bench.owner(50, 50), bench.owner(40, 50)]).toEqual([null, "Road"]);
    bench.run("segment.select", 0).stroke([[40, 50]]);
    expect(bench.owner(40, 50)).toBeNull();
  });

  it("says when there was nothing", () => {
    bench.run("tool.eraser").stroke([[50, 50]]);
    expect(bench.state.toast?.text).toBe("Nothing to erase here.");
    expect(bench.state.canUndo).toBe(false);
  });
});

describe("select", () => {
  beforeEach(() => {
    bench
      .stroke([
        [10, 50],
        [30, 50],
      ])
      .key("1")
      .stroke([[70, 50]])
      .key("3")
      .stroke([[70, 80]])
      .run("tool.select");
    bench.run("segment.select", 0);
  });
  const selected = (): string[] =>
    bench.state.segments.filter((row) => row.selected).map((row) => bench.state.classes[row.classNumber - 1].name);

  it("selects by click, adds by Shift, clears on an unlabelled pixel", () => {
    bench.click(70, 50);
    expect(selected()).toEqual(["Car"]);
    bench.click(20, 50, { shift: true });
    expect(selected().sort()).toEqual(["Car", "Road"]);
    bench.click(5, 5);
    expect(selected()).toEqual([]);
  });

  it("selects by a box from an unlabelled place", () => {
    bench.stroke([
      [60, 40],
      [80, 60],
      [90, 90],
    ]);
    expect(selected().sort()).toEqual(["Car", "Person"]);
  });

  it("changes the class of the selection by digit: a thing keeps its id, stuff takes the pixels over", () => {
    bench.click(70, 50);
    const car = bench.state.segments.find((row) => row.selected)!;
    bench.key("3");
    expect(bench.state.segments.find((row) => row.id === car.id)).toMatchObject({ classNumber: 3, areaPx: car.areaPx });
    bench.key("2");
    expect(bench.owner(70, 50)).toBe("Road");
    expect(bench.state.segments.some((row) => row.id === car.id)).toBe(false);
    bench.run("edit.undo");
    expect(bench.state.segments.find((row) => row.id === car.id)).toMatchObject({ classNumber: 3, areaPx: car.areaPx });
    bench.run("edit.undo");
    expect(bench.state.segments.find((row) => row.id === car.id)).toMatchObject({ classNumber: 1 });
  });

  it("turns stuff into a thing with an id of its own", () => {
    bench.click(20, 50).key("1");
    const row = bench.state.segments.find((segment) => segment.selected)!;
    expect(row.id).toBeGreaterThanOrEqual(65_536);
    expect(bench.owner(20, 50)).toBe("Car");
  });

  it("deletes with Delete and brings back with undo", () => {
    const before = bench.checksum;
    bench.click(70, 50).key("Delete");
    expect(bench.owner(70, 50)).toBeNull();
    expect(bench.state.toast).toMatchObject({ text: "Deleted Car.", undo: true });
    bench.run("edit.undo");
    expect(bench.checksum).toBe(before);
  });
});
