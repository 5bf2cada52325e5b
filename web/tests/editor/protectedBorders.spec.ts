// SPDX-License-Identifier: Apache-2.0
/** Border tools and commands leave alone what the ontology protects, in the direction in which it protects. */
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { loadBorderCode } from "../../src/editor/borderPart.ts";
import { type Bench, World } from "./bench.ts";
import { CLASSES } from "./fakeServer.ts";

const CAR = 1;
const ROAD = 2;

/** Cars may not take of the road, and nobody may erase it; the road may take of cars. */
const guarded = {
  version: 2,
  layers: [{ name: "main", title: "Main" }],
  classes: CLASSES.map((entry) => ({ ...entry, priority: entry.number === ROAD ? 5 : 0 })),
  protection: [{ taker: 0, owner: ROAD, allow: false }],
};

const NOTHING = "Nothing here may be taken or given: it is locked or protected.";

let bench: Bench;

const areaOf = (classNumber: number): number =>
  bench.state.segments.filter((row) => row.classNumber === classNumber).reduce((sum, row) => sum + row.areaPx, 0);
const idOf = (classNumber: number): number => bench.state.segments.find((row) => row.classNumber === classNumber)!.id;

beforeAll(async () => void (await loadBorderCode()));

beforeEach(async () => {
  bench = await new World().open();
  // A road in rows 40 to 59, a car of 40 × 20 px on top of it.
  bench.run("tool.brush").run("brush.shape", "square").run("brush.size", 20).run("class.choose", ROAD);
  bench.stroke([
    [0, 50],
    [99, 50],
  ]);
  bench.run("class.choose", CAR).stroke([
    [30, 30],
    [50, 30],
  ]);
  bench.run("ontology.use", guarded).run("segment.select", 0);
  expect([areaOf(CAR), areaOf(ROAD)]).toEqual([800, 2000]);
});

describe("protected borders", () => {
  it("slide only the way that is allowed", () => {
    bench.run("tool.slide").stroke([
      [40, 40],
      [40, 46],
      [40, 52],
    ]);
    expect(areaOf(ROAD)).toBe(2000);
    expect(bench.state.toast?.text).toBe(NOTHING);
    bench.stroke([
      [40, 40],
      [40, 36],
      [40, 32],
    ]);
    expect(areaOf(ROAD)).toBeGreaterThan(2000);
  });

  it("do not give way to a line, nor to growth, nor to a segment that moves", () => {
    bench.run("tool.reshape").stroke([
      [30, 35],
      [30, 50],
      [50, 50],
      [50, 35],
    ]);
    expect([areaOf(ROAD), bench.state.toast?.text]).toEqual([2000, NOTHING]);
    bench.run("tool.select").run("mode.set", "over").run("segment.select", idOf(CAR)).run("segment.grow");
    expect(areaOf(ROAD)).toBe(2000);
    expect(areaOf(CAR)).toBe(800 + 40 + 20 + 20);
    bench.stroke(
      [
        [40, 30],
        [40, 40],
        [40, 50],
      ],
      { mod: true },
    );
    expect(areaOf(ROAD)).toBeGreaterThanOrEqual(2000);
  });

  it("cannot be cut open: no hole in what nobody may erase", () => {
    bench.run("tool.reshape").stroke([
      [70, 45],
      [90, 45],
      [90, 55],
      [70, 55],
      [70, 46],
    ]);
    expect([areaOf(ROAD), bench.state.toast?.text]).toEqual([2000, NOTHING]);
  });

  it("give a part that is cut off only to a class that may have it", () => {
    bench.run("tool.knife").stroke([
      [80, 38],
      [80, 62],
    ]);
    bench.run("knife.class", CAR);
    expect([areaOf(CAR), areaOf(ROAD)]).toEqual([800, 2000]);
    expect(bench.state.toast?.text).toContain("protected");
  });
});
