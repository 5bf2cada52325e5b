// SPDX-License-Identifier: Apache-2.0
/** Pixels that a class may not take stay where they are, whatever the tool and the draw mode, and it is said why. */
import { describe, expect, test } from "vitest";
import { type Bench, World } from "./bench.ts";
import { CLASSES } from "./fakeServer.ts";

const layers = [{ name: "main", title: "Main" }];
const CAR = 1;
const ROAD = 2;
const PERSON = 3;

/** Roads are above cars, and nothing but themselves may erase them. */
const guarded = {
  version: 2,
  layers,
  classes: CLASSES.map((entry) => ({ ...entry, priority: entry.number === ROAD ? 5 : 0 })),
  protection: [
    { taker: 0, owner: ROAD, allow: false },
    { taker: PERSON, owner: ROAD, allow: true },
  ],
};

const square = (x: number, y: number, side: number): [number, number][] => [
  [x, y],
  [x + side, y],
  [x + side, y + side],
  [x, y + side],
];

/** A road of 30 × 30 px at (10, 10), guarded. */
async function guardedRoad(): Promise<Bench> {
  const bench = await new World().open();
  bench
    .run("class.choose", ROAD)
    .run("tool.pen")
    .outline(square(10, 10, 30));
  return bench.run("ontology.use", guarded);
}

describe("protection", () => {
  test.each(["tool.pen", "tool.brush"])("%s over it leaves it whole", async (tool) => {
    const bench = await guardedRoad();
    bench.run("class.choose", CAR).run(tool).run("mode.set", "over").run("brush.size", 20);
    if (tool === "tool.pen") bench.outline(square(30, 30, 30));
    else
      bench.stroke([
        [20, 20],
        [60, 60],
      ]);
    expect([bench.owner(35, 35), bench.owner(50, 50)]).toEqual(["Road", "Car"]);
    expect(bench.state.segments.find((row) => row.classNumber === ROAD)?.areaPx).toBe(900);
  });

  test("nothing to take: it says from whom it is protected, and nothing was recorded", async () => {
    const bench = await guardedRoad();
    const before = bench.checksum;
    bench
      .run("class.choose", CAR)
      .run("tool.pen")
      .run("mode.set", "over")
      .outline(square(15, 15, 10));
    expect(bench.state.toast?.text).toBe("Road is protected from Car.");
    bench
      .run("tool.brush")
      .run("mode.set", "over")
      .run("brush.size", 4)
      .stroke([
        [20, 20],
        [25, 25],
      ]);
    expect(bench.state.toast?.text).toBe("Road is protected from Car.");
    bench.run("tool.fill").run("mode.set", "over").click(20, 20);
    expect(bench.state.toast?.text).toBe("Road is protected from Car.");
    bench
      .run("segment.select", null)
      .run("tool.eraser")
      .stroke([
        [20, 20],
        [25, 25],
      ]);
    expect(bench.state.toast?.text).toBe("Road is protected from the eraser.");
    expect(bench.checksum).toBe(before);
  });

  test("the rule for a pair comes before the priorities", async () => {
    const bench = await guardedRoad();
    bench
      .run("class.choose", PERSON)
      .run("tool.pen")
      .run("mode.set", "over")
      .outline(square(15, 15, 10));
    expect(bench.owner(20, 20)).toBe("Person");
  });

  test("a class takes from its own", async () => {
    const bench = await guardedRoad();
    const classes = guarded.classes.map((entry) => (entry.number === CAR ? { ...entry, priority: 9 } : entry));
    bench
      .run("class.choose", CAR)
      .run("tool.pen")
      .run("mode.set", "over")
      .outline(square(50, 50, 20));
    bench.run("ontology.use", { ...guarded, classes }).outline(square(50, 50, 10));
    const cars = bench.state.segments.filter((row) => row.classNumber === CAR).map((row) => row.areaPx);
    expect(cars).toEqual([100, 300]);
  });

  test("merging into a class that may not take it, or becoming that class, is refused whole", async () => {
    const bench = await guardedRoad();
    bench
      .run("class.choose", CAR)
      .run("tool.pen")
      .outline(square(50, 10, 20));
    const before = bench.checksum;
    const car = bench.state.segments.find((row) => row.classNumber === CAR)!.id;
    bench.run("segment.select", car).run("segment.toggle-selected", ROAD).run("segment.merge");
    expect(bench.state.toast?.text).toBe("Road is protected from Car.");
    bench.run("segment.class", { segmentId: ROAD, classNumber: CAR });
    expect(bench.state.toast?.text).toBe("Road is protected from Car.");
    expect(bench.checksum).toBe(before);
  });

  test("deleting the segment is allowed, and undo gives back what was there", async () => {
    const bench = await guardedRoad();
    const before = bench.checksum;
    bench.run("segment.select", ROAD).run("segment.delete");
    expect(bench.owner(20, 20)).toBeNull();
    bench.run("edit.undo");
    expect(bench.checksum).toBe(before);
  });

  test("the badge of an outline names who keeps theirs", async () => {
    const bench = await guardedRoad();
    bench.run("class.choose", CAR).run("tool.pen").run("mode.set", "over");
    for (const [x, y] of square(15, 15, 10)) bench.click(x, y, { mod: true });
    bench.hover(14, 20);
    expect(bench.session.canvas.overlays().badge?.text).toBe("Road is protected from Car.");
  });
});

describe("classes without a mask", () => {
  test("a group is not chosen, and an object class takes no pixels", async () => {
    const bench = await new World().open();
    const group = { ...CLASSES[0], number: 7, name: "Vehicle", key: null, geometry: [] };
    const boxes = { ...CLASSES[0], number: 8, name: "Sign", key: null, geometry: ["box" as const] };
    bench.run("ontology.use", { version: 2, layers, classes: [...CLASSES, group, boxes] });
    bench.run("class.choose", 7);
    expect(bench.state.toast?.text).toBe("Vehicle only groups other classes. Choose one of those under it.");
    expect(bench.state.currentClass).toBe(1);
    bench
      .run("class.choose", 8)
      .run("tool.pen")
      .outline(square(15, 15, 10));
    expect(bench.state.toast?.text).toBe("Sign is drawn as an object and takes no pixels.");
    expect(bench.state.segments).toEqual([]);
  });
});
