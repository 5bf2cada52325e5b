// SPDX-License-Identifier: Apache-2.0
/** Whatever is done to the partition: it stays one, locks hold, one step takes it back, and the server has the same. */
import fc from "fast-check";
import { expect, it } from "vitest";
import type { LabelMap } from "../../src/core/labelMap.ts";
import { type Bench, World } from "./bench.ts";

const SIDE = 100;
const place = fc.tuple(fc.integer({ min: 0, max: SIDE - 1 }), fc.integer({ min: 0, max: SIDE - 1 }));
const classNumber = fc.constantFrom(1, 2, 3, 4);

type Act = (bench: Bench, places: readonly (readonly [number, number])[]) => void;

const selectAt = (bench: Bench, at: readonly (readonly [number, number])[]): void => {
  const map = bench.session.canvas.labels!.map;
  const ids = [...new Set(at.map(([x, y]) => map.get(x, y)))].filter((id) => id !== 0);
  bench.run("segment.select", 0);
  for (const id of ids) bench.run("segment.toggle-selected", id);
};

const ACTS: Readonly<Record<string, Act>> = {
  give: (bench) => bench.key("n").key("G", { shift: true }),
  nearest: (bench) => bench.run("gaps.fill", { how: "nearest" }),
  merge: (bench, at) => {
    selectAt(bench, at);
    bench.key("m");
  },
  split: (bench, at) => {
    selectAt(bench, at);
    bench.key("M", { shift: true });
  },
  islands: (bench) => bench.run("islands.remove", { belowPx: 60, of: "image" }),
  islandsOf: (bench, at) => {
    selectAt(bench, at);
    bench.run("islands.remove", { belowPx: 200, of: "selection" });
  },
  fill: (bench, at) => {
    bench.run("view.fit");
    if (!bench.state.view.fitted) bench.run("view.fit");
    bench
      .run("tool.fill")
      .run("mode.set", at.length % 2 === 0 ? "over" : "behind")
      .click(...at[0]);
  },
  toClass: (bench, at) => bench.run("gaps.fill", { how: "class", classNumber: 1 + (at[0][0] % 4) }),
};

const aStep = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      paint: classNumber,
      size: fc.integer({ min: 2, max: 40 }),
      at: fc.array(place, { minLength: 1, maxLength: 2 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ lock: place }) },
  {
    weight: 3,
    arbitrary: fc.record({
      act: fc.constantFrom(...Object.keys(ACTS)),
      at: fc.array(place, { minLength: 1, maxLength: 4 }),
    }),
  },
);

/** Every pixel has one owner that is alive, and areas add up. */
function expectPartition(bench: Bench, map: LabelMap): void {
  const live = new Map(bench.state.segments.map((row) => [row.id, row.areaPx]));
  let sum = map.areaOf(0);
  for (const id of map.ids()) {
    if (id === 0) continue;
    expect(live.get(id)).toBe(map.areaOf(id));
    sum += map.areaOf(id);
  }
  expect(sum).toBe(SIDE * SIDE);
}

function step(bench: Bench, given: Exclude<typeof aStep extends fc.Arbitrary<infer T> ? T : never, never>): void {
  const map = bench.session.canvas.labels!.map;
  if ("paint" in given) {
    bench.run("view.fit");
    if (!bench.state.view.fitted) bench.run("view.fit");
    bench.run("tool.brush").run("brush.size", given.size).run("class.choose", given.paint).stroke(given.at);
    return;
  }
  if ("lock" in given) {
    const id = map.get(...given.lock);
    if (id !== 0) bench.run("segment.lock", id);
    return;
  }
  const locked = bench.state.segments.filter((row) => row.locked).map((row) => row.id);
  const pixelsOf = (): string =>
    locked.map((id) => `${id}:${JSON.stringify(map.regionOf(id).x0s)}${map.areaOf(id)}`).join();
  const [before, lockedBefore, canUndo] = [bench.checksum, pixelsOf(), bench.state.canUndo];
  ACTS[given.act](bench, given.at);
  const after = bench.checksum;
  expect(pixelsOf()).toBe(lockedBefore);
  expectPartition(bench, map);
  if (after === before) return;
  bench.run("edit.undo");
  expect(bench.checksum).toBe(before);
  expect(bench.state.canUndo).toBe(canUndo);
  expectPartition(bench, map);
  bench.run("edit.redo");
  expect(bench.checksum).toBe(after);
}

it("stays a partition, keeps locks, and is taken back by one step", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(aStep, { minLength: 4, maxLength: 16 }), async (steps) => {
      const bench = await new World().open();
      bench.run("brush.shape", "square");
      for (const given of steps) step(bench, given);
      await bench.wait(5000);
      expect(bench.state.save.kind).toBe("saved");
      expect(bench.world.server.map.checksum("main")).toBe(bench.checksum);
    }),
    { numRuns: 60 },
  );
}, 60_000);
