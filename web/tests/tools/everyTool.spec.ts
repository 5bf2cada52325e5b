// SPDX-License-Identifier: Apache-2.0
/** What holds for every tool in the list, found through the list: a new tool is tested by being in it. */
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { loadBorderCode } from "../../src/editor/borderPart.ts";
import { TOOLS } from "../../src/tools/index.ts";
import { type Bench, World } from "../editor/bench.ts";

type Path = readonly (readonly [number, number])[];

let bench: Bench;

/** Where a tool does nothing on free ground: a drag that makes it do something to the road in rows 35 to 64. */
const OWN_GESTURES: Readonly<Record<string, Path>> = {
  slide: [
    [20, 65],
    [20, 70],
    [20, 80],
  ],
  reshape: [
    [20, 40],
    [20, 80],
    [40, 80],
    [40, 50],
  ],
};

/** Shows what it does without doing it, or asks first, in the picture of this suite. */
const CHANGES_NOTHING = new Set(["select", "knife"]);

beforeAll(async () => void (await loadBorderCode()));

beforeEach(async () => {
  bench = await new World().open();
  // A road to draw on, a car that is locked.
  bench
    .run("tool.brush")
    .run("class.choose", 2)
    .run("brush.size", 30)
    .stroke([
      [0, 50],
      [99, 50],
    ]);
  bench.run("class.choose", 1).stroke([[50, 20]]);
  bench.run("segment.lock", bench.state.segments.find((row) => row.classNumber === 1)!.id);
  bench.run("class.choose", 3).run("brush.size", 10);
});

/** Everything that a gesture may change: the map and the objects beside it. */
const held = (): string =>
  bench.checksum + JSON.stringify(bench.session.canvas.objects.shapes.map(({ geometry }) => geometry));

describe.each(TOOLS.map((tool) => [tool.id, tool] as const))("%s", (id, tool) => {
  /** Whatever the tool does with a drag; an outline needs closing. */
  const gesture = (points: Path): void => {
    bench.stroke(points, { mod: true });
    // Where a tool takes one place more, it is here.
    if (bench.state.outlineOpen) bench.hover(45, 60, { mod: true }).run("outline.finish");
  };

  it("leaves every byte as it was when a gesture is cancelled", () => {
    bench.run(`tool.${id}`).run("mode.set", "over");
    const before = held();
    bench.press(20, 40).drag([
      [60, 45],
      [70, 70],
    ]);
    bench.session.canvas.cancelGesture();
    expect(held()).toBe(before);
    bench
      .press(20, 40)
      .drag([
        [60, 45],
        [70, 70],
      ])
      .run("edit.escape")
      .release();
    expect(held()).toBe(before);
  });

  it("makes one undo step of one gesture", () => {
    bench.run(`tool.${id}`).run("mode.set", "over").run("segment.select", 0);
    const before = held();
    gesture(
      OWN_GESTURES[id] ?? [
        [10, 30],
        [60, 45],
        [40, 80],
        [12, 60],
      ],
    );
    const after = held();
    expect(after === before).toBe(CHANGES_NOTHING.has(id));
    if (after === before) return;
    bench.run("edit.undo");
    expect(held()).toBe(before);
    bench.run("edit.redo");
    expect(held()).toBe(after);
  });

  it("never touches locked pixels, in any mode", () => {
    const map = bench.session.canvas.labels!.map;
    const locked = bench.state.segments.find((row) => row.locked)!;
    for (const mode of ["behind", "over", "inside"]) {
      bench.run(`tool.${id}`).run("mode.set", mode);
      gesture([
        [30, 10],
        [70, 12],
        [70, 40],
        [30, 38],
      ]);
      expect(map.areaOf(locked.id), mode).toBe(locked.areaPx);
    }
  });

  it("stays in the image when the pointer leaves it", () => {
    bench.run(`tool.${id}`).run("mode.set", "over");
    gesture([
      [-40, -30],
      [150, -20],
      [140, 160],
      [-30, 120],
    ]);
    const { labelledPx, totalPx } = bench.state.coverage;
    expect(labelledPx).toBeLessThanOrEqual(totalPx);
    expect(bench.session.canvas.labels!.map.labelledPx).toBe(labelledPx);
  });

  it("has a letter of its own and a sentence of help", () => {
    expect(tool.key).toMatch(/^(Shift\+)?[A-Z]$/);
    expect(TOOLS.filter((other) => other.key === tool.key)).toHaveLength(1);
    expect(tool.hint).not.toBe("");
  });

  it("does nothing while the image is submitted", async () => {
    await bench.wait(3000);
    bench.run("image.submit");
    await bench.wait(0);
    expect(bench.state.readOnly).toBe(true);
    const before = held();
    bench.run(`tool.${id}`).run("mode.set", "over");
    gesture([
      [10, 30],
      [60, 45],
      [40, 80],
    ]);
    expect(held()).toBe(before);
  });
});
