// SPDX-License-Identifier: Apache-2.0
/** Each kind of object drawn by drags, by clicks and by keys. */
import { beforeEach, describe, expect, it } from "vitest";
import type { Geometry } from "../../src/core/item.ts";
import { type Bench, World } from "../editor/bench.ts";
import { box, free, geometriesOf } from "./objectShapes.ts";

let bench: Bench;

beforeEach(async () => {
  bench = await new World().open();
  bench.run("class.choose", 1);
});

const geometries = (): readonly Geometry[] => geometriesOf(bench);
const only = (): Geometry => {
  expect(geometries()).toHaveLength(1);
  return geometries()[0];
};

const arrow = (key: string, times: number): void => {
  for (let i = 0; i < times; i++) bench.key(key);
};

describe("drawing", () => {
  it("a box by a drag, from any corner", () => {
    bench.run("tool.box").stroke(
      [
        [60, 50],
        [40, 40],
        [20, 10],
      ],
      free,
    );
    expect(only()).toEqual(box(20, 10, 60, 50));
    expect(bench.state.objects[0]).toMatchObject({ kind: "box", classNumber: 1, number: 1, selected: false });
  });

  it("a box by two clicks, a square with Shift", () => {
    bench.run("tool.box").click(10, 10, free);
    expect(bench.state.outlineOpen).toBe(true);
    bench.click(40, 22, { shift: true });
    expect(only()).toEqual(box(10, 10, 40, 40));
  });

  it("nothing for a click twice in one place, and the corner stays", () => {
    bench.run("tool.box").click(10, 10, free).click(10, 10, free);
    expect(geometries()).toEqual([]);
    bench.click(11, 30, free);
    expect(bench.state.toast?.text).toBe("Too small for an object. Zoom in and try again.");
    bench.click(30, 30, free);
    expect(only()).toEqual(box(10, 10, 30, 30));
  });

  it("a rotated box by a drag along an edge and a click", () => {
    bench
      .run("tool.rotated_box")
      .stroke(
        [
          [20, 60],
          [30, 60],
          [60, 60],
        ],
        free,
      )
      .click(50, 80, free);
    expect(only()).toEqual({ kind: "rotated_box", centre: [40, 70], size_wh: [40, 20], angle_deg: 0 });
  });

  it("a rotated box by three clicks, turned", () => {
    bench.run("tool.rotated_box").click(20, 20, free).click(50, 60, free).click(10, 70, free);
    const made = only();
    expect(made).toMatchObject({ kind: "rotated_box", size_wh: [50, expect.any(Number)] });
    expect(made.kind === "rotated_box" && made.angle_deg).toBeCloseTo((Math.atan2(40, 30) * 180) / Math.PI, 2);
  });

  it("a polygon by clicks: closed by Enter, by the first vertex, by a freehand run between", () => {
    bench.run("tool.polygon");
    for (const [x, y] of [
      [10, 10],
      [40, 10],
      [40, 40],
    ])
      bench.click(x, y, free);
    bench.run("outline.finish");
    const triangle: Geometry = {
      kind: "polygon",
      rings: [
        [
          [10, 10],
          [40, 10],
          [40, 40],
        ],
      ],
    };
    expect(only()).toEqual(triangle);
    bench.run("edit.undo");
    expect(geometries()).toEqual([]);
    for (const [x, y] of [
      [10, 10],
      [40, 10],
      [40, 40],
    ])
      bench.click(x, y, free);
    bench.click(12, 12);
    expect(only()).toEqual(triangle);
    bench.click(60, 60, free).stroke([
      [70, 60],
      [80, 65],
      [80, 80],
    ]);
    bench.run("outline.finish");
    expect(geometries()[1]).toMatchObject({
      rings: [
        [
          [60, 60],
          [70, 60],
          [80, 65],
          [80, 80],
        ],
      ],
    });
  });

  it("a polyline by clicks and Enter; Backspace takes the last place back", () => {
    bench.run("tool.polyline").click(10, 10, free).click(20, 30, free).click(50, 50, free);
    bench.key("Backspace").run("outline.finish");
    expect(only()).toEqual({
      kind: "polyline",
      points: [
        [10, 10],
        [20, 30],
      ],
    });
  });

  it("a point by one click", () => {
    bench.run("tool.point").click(33, 44, free);
    expect(only()).toEqual({ kind: "point", point: [33, 44] });
  });

  it("every kind by keyboard alone: arrows, Space, Enter", () => {
    const draw = (tool: string, ...moves: readonly (readonly [string, number])[]): void => {
      bench.run(`tool.${tool}`);
      bench.key(" ");
      for (const [key, times] of moves) {
        arrow(key, times);
        bench.key(" ");
      }
    };
    draw("box", ["ArrowRight", 10], ["ArrowDown", 8]);
    expect(only()).toMatchObject({ kind: "box" });
    draw("rotated_box", ["ArrowLeft", 20], ["ArrowUp", 15]);
    draw("polygon", ["ArrowRight", 20], ["ArrowDown", 20]);
    bench.key("Enter");
    draw("polyline", ["ArrowRight", 20]);
    bench.key("Enter");
    draw("point");
    expect(geometries().map(({ kind }) => kind)).toEqual(["box", "rotated_box", "polygon", "polyline", "point"]);
  });

  it("refuses a class without the kind, says so, and draws nothing", () => {
    bench.run("class.choose", 2).run("tool.box");
    expect(bench.state.target).toMatchObject({ kind: "object", refused: true });
    bench.stroke([
      [10, 10],
      [50, 50],
    ]);
    expect(geometries()).toEqual([]);
    expect(bench.state.toast?.text).toBe("Road has no boxes. Choose another class, or allow them in the ontology.");
  });

  it("snaps to the image's edge, to other objects and to borders of the map", () => {
    bench.run("tool.box").stroke([
      [3, 4],
      [40, 40],
    ]);
    expect(only()).toEqual(box(0, 0, 40, 40));
    bench.stroke([
      [43, 38],
      [70, 70],
    ]);
    expect(geometries()[1]).toEqual(box(40, 40, 70, 70));
    bench.run("tool.brush").run("class.choose", 2).run("brush.shape", "square").run("brush.size", 20);
    bench.stroke([[20, 80]]);
    bench.run("class.choose", 1).run("tool.point").click(32, 80);
    expect(geometries()[2]).toEqual({ kind: "point", point: [30, 80] });
  });

  it("keeps an open polygon when another tool is taken", () => {
    bench.run("tool.polygon").click(10, 10, free).click(40, 10, free).run("tool.brush");
    expect([bench.state.parkedOutline, bench.intents.length]).toEqual([true, 0]);
    bench.run("image.next");
    expect(bench.state.toast?.text).toContain("Finish");
    bench.run("tool.polygon").click(40, 40, free).run("outline.finish");
    expect(only()).toMatchObject({ kind: "polygon" });
  });
});
