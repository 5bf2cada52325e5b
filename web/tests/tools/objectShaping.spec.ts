// SPDX-License-Identifier: Apache-2.0
/** Objects picked, moved, resized, turned, and their vertices edited, with Select. */
import { beforeEach, describe, expect, it } from "vitest";
import type { Geometry } from "../../src/core/item.ts";
import { type Bench, World } from "../editor/bench.ts";
import { box, free, geometriesOf } from "./objectShapes.ts";

let world: World;
let bench: Bench;

beforeEach(async () => {
  world = new World();
  bench = await world.open();
  bench.run("class.choose", 1);
});

const geometries = (): readonly Geometry[] => geometriesOf(bench);
const only = (): Geometry => {
  expect(geometries()).toHaveLength(1);
  return geometries()[0];
};

describe("shaping with Select", () => {
  beforeEach(() => {
    bench.run("tool.box").stroke(
      [
        [20, 20],
        [60, 60],
      ],
      free,
    );
    bench.run("tool.select");
  });

  it("picks by the line, moves by a drag, and takes it back in one step", () => {
    bench.click(20, 40);
    expect(bench.state.objects[0].selected).toBe(true);
    bench.stroke([
      [40, 40],
      [50, 45],
    ]);
    expect(only()).toEqual(box(30, 25, 70, 65));
    bench.run("edit.undo");
    expect(only()).toEqual(box(20, 20, 60, 60));
    bench.run("edit.redo");
    expect(only()).toEqual(box(30, 25, 70, 65));
  });

  it("an object under the pointer comes before the segment, its inside only over nothing", () => {
    bench.run("tool.brush").run("class.choose", 3).run("brush.size", 20);
    bench.stroke([[40, 40]]);
    bench.run("segment.select", 0).run("tool.select").click(40, 40);
    expect(bench.state.segments.map((row) => row.selected)).toEqual([true]);
    expect(bench.state.objects[0].selected).toBe(false);
    bench.click(25, 25);
    expect(bench.state.objects[0].selected).toBe(true);
    expect(bench.state.segments.map((row) => row.selected)).toEqual([false]);
    bench.click(40, 40, { shift: true });
    expect([bench.state.objects[0].selected, bench.state.segments[0].selected]).toEqual([true, true]);
  });

  it("resizes by a corner and by a side; crossing turns it over", () => {
    bench.click(20, 40).stroke(
      [
        [60, 60],
        [70, 70],
        [80, 75],
      ],
      free,
    );
    expect(only()).toEqual(box(20, 20, 80, 75));
    bench.stroke(
      [
        [20, 47],
        [60, 50],
        [90, 50],
      ],
      free,
    );
    expect(only()).toEqual(box(80, 20, 90, 75));
  });

  it("takes exact numbers, and refuses those that are no box", () => {
    bench.run("object.numbers");
    expect(bench.state.toast?.text).toContain("Select a box");
    bench.click(20, 40).run("object.numbers");
    expect(bench.intents).toContainEqual({ kind: "object-numbers" });
    const { id } = bench.state.objectInHand!;
    bench.run("object.set-geometry", { id, geometry: box(1.001, 2, 30, 40) });
    expect(only()).toEqual(box(1, 2, 30, 40));
    bench.run("object.set-geometry", { id, geometry: box(30, 2, 1, 40) });
    expect(only()).toEqual(box(1, 2, 30, 40));
    expect(bench.state.toast?.text).toBe("Nothing was changed: a box has x0 < x1 and y0 < y1.");
    bench.run("edit.undo");
    expect(only()).toEqual(box(20, 20, 60, 60));
  });

  it("a cancelled drag leaves everything as it was", () => {
    bench
      .click(20, 40)
      .press(60, 60)
      .drag([
        [70, 70],
        [80, 80],
      ]);
    expect(bench.session.canvas.objects.shapes).toHaveLength(0); // in the hand of the tool
    bench.session.canvas.cancelGesture();
    expect(only()).toEqual(box(20, 20, 60, 60));
    expect(world.server.requests.flatMap((request) => request.edits)).toHaveLength(0);
  });

  it("arrows nudge, Shift by ten; nudging is undone step by step", () => {
    bench.click(20, 40).key("ArrowRight").key("ArrowDown", { shift: true });
    expect(only()).toEqual(box(21, 30, 61, 70));
    bench.run("edit.undo");
    expect(only()).toEqual(box(21, 20, 61, 60));
  });

  it("turns a rotated box by its knob, in steps with Shift", () => {
    bench.run("tool.rotated_box").click(30, 70, free).click(70, 70, free).click(50, 90, free);
    bench.run("tool.select").click(30, 80);
    // The knob stands 24 px over the upper side.
    bench
      .press(50, 46)
      .drag([[92, 80]], { shift: true })
      .release({ shift: true });
    expect(geometries()[1]).toEqual({ kind: "rotated_box", centre: [50, 80], size_wh: [40, 20], angle_deg: 90 });
  });

  it("edits vertices: drags one, puts one in on an edge, takes one out with Backspace", () => {
    bench.run("tool.polyline").click(10, 80, free).click(50, 80, free).click(90, 80, free).run("outline.finish");
    bench.run("tool.select").click(30, 80);
    bench.stroke(
      [
        [50, 80],
        [50, 85],
        [50, 90],
      ],
      free,
    );
    const line = (): unknown => (geometries()[1] as { points: unknown }).points;
    expect(line()).toEqual([
      [10, 80],
      [50, 90],
      [90, 80],
    ]);
    bench.hover(30, 85);
    bench.stroke([
      [30, 85],
      [30, 78],
      [30, 70],
    ]);
    expect(line()).toEqual([
      [10, 80],
      [30, 70],
      [50, 90],
      [90, 80],
    ]);
    bench.key("ArrowUp");
    expect(line()).toEqual([
      [10, 80],
      [30, 69],
      [50, 90],
      [90, 80],
    ]);
    bench.key("Backspace");
    expect(line()).toEqual([
      [10, 80],
      [50, 90],
      [90, 80],
    ]);
    bench.key("Backspace"); // no vertex in hand: the object
    expect(geometries()).toHaveLength(1);
  });

  it("moves all that are selected, keeps an axis with Shift", () => {
    bench.run("tool.point").click(80, 20, free).run("tool.select");
    bench.click(20, 40).click(80, 20, { shift: true });
    expect(bench.state.objects.every((row) => row.selected)).toBe(true);
    bench
      .press(20, 40)
      .drag([[30, 42]], { shift: true })
      .release({ shift: true });
    expect(geometries()).toEqual([box(30, 20, 70, 60), { kind: "point", point: [90, 20] }]);
    bench.run("edit.undo");
    expect(geometries()[0]).toEqual(box(20, 20, 60, 60));
  });

  it("selects by a box what lies in it whole", () => {
    bench.stroke([
      [5, 5],
      [40, 70],
    ]);
    expect(bench.state.objects[0].selected).toBe(false);
    bench.stroke([
      [5, 5],
      [90, 70],
    ]);
    expect(bench.state.objects[0].selected).toBe(true);
  });

  it("a locked object is not changed, and says so; a hidden one is not picked", () => {
    bench
      .click(20, 40)
      .run("segment.lock")
      .stroke([
        [40, 40],
        [60, 60],
      ]);
    expect(only()).toEqual(box(20, 20, 60, 60));
    expect(bench.state.toast?.text).toBe("Car box 1 is locked.");
    bench.run("segment.lock").run("segment.hide").run("edit.escape").click(20, 40);
    expect(bench.state.objects[0]).toMatchObject({ hidden: true, selected: false });
    expect(geometries()).toEqual([]);
  });
});
