// SPDX-License-Identifier: Apache-2.0
/** Objects as a whole: class, copies, saving, segments made of them and they of segments, relations. */
import { beforeEach, describe, expect, it } from "vitest";
import type { Geometry, ObjectState } from "../../src/core/item.ts";
import { type Bench, World } from "../editor/bench.ts";
import { FakeServer } from "../editor/fakeServer.ts";
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

describe("as a whole", () => {
  const draw = (): void => {
    bench.run("tool.box").stroke(
      [
        [20, 20],
        [60, 60],
      ],
      free,
    );
    bench.run("tool.select").click(20, 40);
  };

  it("digits give another class, Delete takes away, undo brings back", () => {
    draw();
    bench.key("3");
    expect(bench.state.objects[0].classNumber).toBe(3);
    bench.key("2");
    expect(bench.state.objects[0].classNumber).toBe(3); // roads have no boxes
    bench.key("Delete");
    expect(bench.state.objects).toEqual([]);
    bench.run("edit.undo");
    expect(bench.state.objects[0].classNumber).toBe(3);
  });

  it("deletes a segment and an object together as one step", () => {
    draw();
    bench
      .run("tool.brush")
      .run("class.choose", 3)
      .stroke([[80, 80]]);
    bench.run("tool.select").click(80, 80).click(20, 40, { shift: true }).key("Delete");
    expect([bench.state.objects.length, bench.state.coverage.labelledPx]).toEqual([0, 0]);
    bench.run("edit.undo");
    expect(bench.state.objects).toHaveLength(1);
    expect(bench.state.coverage.labelledPx).toBeGreaterThan(0);
  });

  it("copies into the same image beside it, into the next image to the same place", async () => {
    draw();
    bench.key("c", { ctrl: true }).key("v", { ctrl: true });
    expect(geometries()).toEqual([box(20, 20, 60, 60), box(36, 36, 76, 76)]);
    bench.key("d", { ctrl: true });
    expect(geometries()).toHaveLength(3);
    const next = new World(
      new (class extends FakeServer {
        override async openTask(taskId: string) {
          const task = await super.openTask(taskId);
          return { ...task, asset: { ...task.asset, id: "ast_2" } };
        }
      })(),
    );
    for (const [key, value] of world.preferences) next.preferences.set(key, value);
    bench = await next.open();
    bench.key("v", { ctrl: true });
    expect(geometries()).toEqual([box(20, 20, 60, 60)]);
    expect(bench.state.objects[0].selected).toBe(true);
  });

  it("shows only the selected one, and all again", () => {
    draw();
    bench.run("tool.point").click(90, 90, free).run("tool.select").click(20, 40);
    bench.key("i", { shift: true });
    expect(geometries()).toEqual([box(20, 20, 60, 60)]);
    bench.key("i", { shift: true });
    expect(geometries()).toHaveLength(2);
  });

  it("Tab walks objects in reading order", () => {
    draw();
    bench.run("tool.point").click(90, 90, free).run("tool.select").run("edit.escape");
    bench.key("Tab");
    expect(bench.state.objects.map((row) => row.selected)).toEqual([false, true]);
    bench.key("Tab").key("ArrowLeft");
    expect(geometries()[1]).toEqual({ kind: "point", point: [89, 90] });
  });

  it("is saved, and after a reload it is there and can be undone", async () => {
    draw();
    bench.stroke([
      [40, 40],
      [50, 45],
    ]);
    await bench.wait(3000);
    expect(bench.state.save.kind).toBe("saved");
    expect([...world.server.head.items.values()]).toHaveLength(1);
    bench.close();
    bench = await world.open();
    expect(only()).toEqual(box(30, 25, 70, 65));
    bench.run("edit.undo");
    expect(only()).toEqual(box(20, 20, 60, 60));
    bench.run("edit.undo");
    expect(geometries()).toEqual([]);
    await bench.wait(3000);
    expect([...world.server.head.items.values()][0]).toMatchObject({ state: "deleted" });
  });

  it("cannot be changed while an earlier revision is shown, which shows its own objects", async () => {
    draw();
    await bench.wait(3000);
    bench.key("Delete");
    await bench.wait(3000);
    expect(geometries()).toEqual([]);
    bench.run("history.open", 1);
    await bench.wait(0);
    expect(only()).toEqual(box(20, 20, 60, 60));
    bench.click(20, 40).stroke([
      [40, 40],
      [50, 45],
    ]);
    expect(only()).toEqual(box(20, 20, 60, 60));
    bench.run("tool.box").stroke([
      [5, 5],
      [15, 15],
    ]);
    expect(geometries()).toHaveLength(1);
  });
});

describe("with others", () => {
  /** A box of mine that is saved; then its place is changed here, and something of it elsewhere. */
  const meet = async (theirs: (state: ObjectState) => ObjectState): Promise<void> => {
    bench.run("tool.box").stroke(
      [
        [20, 20],
        [60, 60],
      ],
      free,
    );
    await bench.wait(3000);
    const [id, before] = [...world.server.head.items][0] as [string, ObjectState];
    bench.run("tool.select").click(20, 40).key("ArrowRight");
    await world.server.foreignSave([
      {
        ...{ v: 1, id: "00000000-0000-4000-8000-00000000ffff", seq: 1, layer: "main", tool: "class", assist: null },
        ...{ pixels: "", segments: [], items: [{ id, before, after: theirs(before) }] },
      },
    ]);
    await bench.wait(3000);
  };

  it("both changes stay where they are about different fields", async () => {
    await meet((state) => ({ ...state, class: 3 }));
    expect(only()).toEqual(box(21, 20, 61, 60));
    expect(bench.state.objects[0].classNumber).toBe(3);
    expect(world.server.conflicts).toEqual([]);
  });

  it("the head keeps its place where both moved it, and the page shows the head", async () => {
    await meet((state) => ({ ...state, geometry: box(0, 0, 5, 5) }));
    expect(only()).toEqual(box(0, 0, 5, 5));
    expect(world.server.conflicts).toHaveLength(1);
  });

  it("undo gives back only what is still as the edit left it", async () => {
    await meet((state) => ({ ...state, class: 3 }));
    bench.run("edit.undo");
    expect(only()).toEqual(box(20, 20, 60, 60));
    expect(bench.state.objects[0].classNumber).toBe(3);
  });
});

describe("segments and objects", () => {
  beforeEach(() => {
    bench.run("tool.brush").run("class.choose", 1).run("brush.shape", "square").run("brush.size", 20);
    bench.stroke([
      [20, 30],
      [60, 30],
    ]);
  });

  it("a box round the selected segment, one for each of several", () => {
    bench.run("object.box-from-segment");
    expect(only()).toEqual(box(10, 20, 70, 40));
    bench
      .run("edit.undo")
      .run("class.choose", 3)
      .stroke([[50, 80]]);
    bench.run("tool.select").click(30, 30).click(50, 80, { shift: true }).run("object.box-from-segment");
    expect(geometries()).toHaveLength(2);
    expect(bench.state.objects.map((row) => row.classNumber).sort()).toEqual([1, 3]);
    bench.run("edit.undo");
    expect(geometries()).toEqual([]);
  });

  it("a rotated box round a segment", () => {
    bench.run("object.rotated-box-from-segment");
    expect(only()).toEqual({ kind: "rotated_box", centre: [40, 30], size_wh: [60, 20], angle_deg: 0 });
  });

  it("says why there is none: no selection, a class without boxes", () => {
    bench.run("edit.escape").run("object.box-from-segment");
    expect(bench.state.toast?.text).toBe("Select a segment first: its box is drawn round it.");
    bench
      .run("class.choose", 2)
      .stroke([[80, 80]])
      .run("object.box-from-segment");
    expect(bench.state.toast?.text).toContain("Road has no boxes");
  });

  it("a segment from a box keeps off what others own, as the pen does; one step", () => {
    const before = bench.checksum;
    bench
      .run("class.choose", 3)
      .run("tool.box")
      .stroke(
        [
          [10, 30],
          [50, 60],
        ],
        free,
      );
    bench.run("tool.select").click(10, 50).run("object.to-segment");
    expect([bench.owner(20, 35), bench.owner(20, 50), bench.owner(60, 50)]).toEqual(["Car", "Person", null]);
    bench.run("edit.undo");
    expect(bench.checksum).toBe(before);
  });

  it("in the pen's mode over it takes from others, never from locked ones", () => {
    bench.run("tool.pen").run("mode.set", "over").run("class.choose", 3).run("tool.box");
    bench.stroke(
      [
        [10, 30],
        [50, 60],
      ],
      free,
    );
    bench.run("tool.select").click(10, 50).run("object.to-segment");
    expect(bench.owner(20, 35)).toBe("Person");
    bench.run("edit.undo");
    bench.run("segment.lock", bench.state.segments.find((row) => row.classNumber === 1)!.id);
    bench.click(10, 50).run("object.to-segment");
    expect([bench.owner(20, 35), bench.owner(20, 50)]).toEqual(["Car", "Person"]);
  });
});

describe("relations", () => {
  /** A person's box and a car's point. */
  const two = (): void => {
    bench
      .run("class.choose", 3)
      .run("tool.box")
      .stroke(
        [
          [10, 10],
          [30, 30],
        ],
        free,
      );
    bench.run("class.choose", 1).run("tool.point").click(80, 80, free);
    bench.run("tool.select").click(10, 20).click(80, 80, { shift: true });
  };

  it("offers what the ontology allows, shows an arrow, is listed and deleted", () => {
    two();
    expect(bench.state.relateChoices.map((choice) => choice.text)).toEqual([
      "Person box 1 drives Car point 1",
      "Person box 1 is beside Car point 1",
    ]);
    bench.run("relation.ask");
    expect(bench.intents).toContainEqual({ kind: "relate" });
    bench.run("relation.make", bench.state.relateChoices[0]);
    expect(bench.state.relations).toMatchObject([{ text: "Person box 1 drives Car point 1", broken: false }]);
    expect(bench.session.canvas.objects.arrows()).toMatchObject([
      { from: { x: 20, y: 20 }, to: { x: 80, y: 80 }, directed: true, title: "drives" },
    ]);
    bench.run("edit.escape");
    expect(bench.session.canvas.objects.arrows()).toEqual([]);
    bench.click(10, 20);
    expect(bench.session.canvas.objects.arrows()).toHaveLength(1);
    bench.run("object.delete", bench.state.relations[0].id);
    expect(bench.state.relations).toEqual([]);
    bench.run("edit.undo");
    expect(bench.state.relations).toHaveLength(1);
  });

  it("is kept and shown as broken when an end goes", () => {
    two();
    bench.run("relation.make", bench.state.relateChoices[1]).run("edit.escape").click(80, 80).key("Delete");
    expect(bench.state.relations).toMatchObject([{ broken: true }]);
  });

  it("needs two things, and does not double what is there", () => {
    bench.run("relation.ask");
    expect(bench.state.toast?.text).toContain("Select two things");
    two();
    const choice = bench.state.relateChoices[0];
    bench.run("relation.make", choice).run("relation.make", choice);
    expect(bench.state.relations).toHaveLength(1);
  });
});

describe("answers", () => {
  it("on the image are an item of their own, undone and saved like the rest", async () => {
    bench.run("item.answer", { item: "image", question: "weather", value: "rain" });
    expect([...world.server.head.items]).toEqual([]);
    await bench.wait(3000);
    expect(world.server.head.items.get("image")).toEqual({ answers: { weather: "rain" } });
    bench.run("edit.undo");
    await bench.wait(3000);
    expect(world.server.head.items.get("image")).toBeUndefined();
  });
});
