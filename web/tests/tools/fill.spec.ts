// SPDX-License-Identifier: Apache-2.0
import { beforeEach, describe, expect, it } from "vitest";
import { type Bench, World } from "../editor/bench.ts";

let bench: Bench;
const CAR = 1;
const ROAD = 2;
const PERSON = 3;

const preview = () => bench.session.canvas.labels!.preview;
const previewPx = (): number => {
  const taken = preview()?.taken;
  let px = 0;
  for (let i = 0; i < (taken?.count ?? 0); i++) px += taken!.x1s[i] - taken!.x0s[i];
  return px;
};
const badge = (): string | undefined => bench.session.canvas.overlays().badge?.text;
const areaOf = (classNumber: number): number =>
  bench.state.segments.filter((row) => row.classNumber === classNumber).reduce((sum, row) => sum + row.areaPx, 0);

beforeEach(async () => {
  bench = await new World().open();
  // A road from side to side in rows 40 to 59: one gap above it, one below.
  bench
    .run("tool.brush")
    .run("brush.shape", "square")
    .run("class.choose", ROAD)
    .run("brush.size", 20)
    .stroke([
      [0, 50],
      [99, 50],
    ]);
  expect(areaOf(ROAD)).toBe(2000);
  bench.run("class.choose", CAR).run("tool.fill");
});

describe("on unlabelled pixels", () => {
  it("shows what a click takes, and takes just that, bounded by the border", () => {
    bench.hover(10, 10);
    expect(previewPx()).toBe(4000);
    expect(preview()).toMatchObject({ segmentId: null });
    bench.press(10, 10).release();
    expect([bench.owner(99, 39), bench.owner(0, 40), bench.owner(0, 60)]).toEqual(["Car", "Road", null]);
    expect(areaOf(CAR)).toBe(4000);
    bench.run("edit.undo");
    expect(areaOf(CAR)).toBe(0);
  });

  it("says how much of the image it is when that is more than a quarter", () => {
    bench.hover(10, 10);
    expect(badge()).toBe("40.0 % of the image");
    bench.run("tool.brush").stroke([
      [10, 0],
      [10, 39],
    ]);
    bench.run("segment.select", 0).run("tool.fill").hover(5, 70);
    expect(badge()).toBe("40.0 % of the image");
    bench
      .run("tool.brush")
      .run("brush.size", 60)
      .stroke([[70, 80]])
      .run("tool.fill")
      .hover(5, 90);
    expect(badge()).toBeUndefined();
  });

  it("says after the click whose pixel it is now, and does not warn of its own success", () => {
    bench.hover(10, 10);
    expect(bench.state.pointer?.className).toBeNull();
    bench.press(10, 10).release();
    expect(bench.state.pointer?.className).toBe("Car");
    expect(badge()).toBeUndefined();
    bench.run("class.choose", ROAD).press(10, 90).release().hover(20, 80);
    expect(badge()).toBeUndefined();
  });

  it("does not leak between diagonal neighbours", () => {
    bench
      .run("tool.brush")
      .run("brush.size", 10)
      .stroke([[15, 5]])
      .run("class.choose", PERSON)
      .stroke([[5, 15]])
      .run("tool.fill")
      .hover(5, 5);
    expect(previewPx()).toBe(100);
  });

  it("keeps the filled thing selected, so that the next fill adds to it", () => {
    bench.click(10, 10).click(10, 90);
    expect(bench.state.segments.filter((row) => row.classNumber === CAR)).toHaveLength(1);
    expect(areaOf(CAR)).toBe(8000);
    expect(bench.state.coverage.labelledPx).toBe(10_000);
  });

  it("asks for a class and says when that one is locked", () => {
    bench.run("class.lock", CAR).click(10, 10);
    expect(bench.state.toast?.text).toBe("Car is locked.");
    expect(preview()).toBeNull();
    expect(areaOf(CAR)).toBe(0);
  });
});

describe("on a segment", () => {
  it("takes nothing behind, and names the key that would", () => {
    bench.hover(50, 50);
    expect(badge()).toBe("Every pixel here already belongs to a segment. Hold X to draw over.");
    const before = bench.checksum;
    bench.click(50, 50);
    expect(bench.state.toast?.text).toBe("Every pixel here already belongs to a segment. Hold X to draw over.");
    expect(bench.checksum).toBe(before);
  });

  it("takes the whole part over, as one step, and says whom it removes", () => {
    const before = bench.checksum;
    bench.run("mode.set", "over").hover(50, 50);
    expect(badge()).toBe("removes Road");
    bench.press(50, 50).release();
    expect([areaOf(CAR), areaOf(ROAD)]).toEqual([2000, 0]);
    bench.run("edit.undo");
    expect(bench.checksum).toBe(before);
  });

  it("takes only the part under the pointer", () => {
    bench
      .run("tool.brush")
      .run("brush.size", 20)
      .run("mode.set", "over")
      .stroke([[50, 50]]);
    bench.run("class.choose", PERSON).run("tool.fill").run("mode.set", "over").hover(10, 50);
    expect(badge()).toBe("takes 50.0 % of Road");
    bench.press(10, 50).release();
    expect([areaOf(PERSON), areaOf(ROAD), areaOf(CAR)]).toEqual([800, 800, 400]);
  });

  it("leaves a locked one alone and says so", () => {
    bench.run("segment.lock", ROAD).run("mode.set", "over").hover(50, 50);
    expect(badge()).toBe("Road is locked.");
    const before = bench.checksum;
    bench.click(50, 50);
    expect(bench.state.toast?.text).toBe("Road is locked.");
    expect(bench.checksum).toBe(before);
  });

  it("stays inside the host", () => {
    bench.run("mode.set", "inside").click(10, 10);
    expect(bench.state.toast?.text).toBe("Start inside a segment.");
    bench.click(50, 50);
    expect([areaOf(CAR), areaOf(ROAD)]).toEqual([2000, 0]);
  });

  it("of its own says that it has these already", () => {
    bench.run("class.choose", ROAD).run("mode.set", "over").click(50, 50);
    expect(bench.state.toast?.text).toBe("Every pixel here already belongs to this segment, or is locked.");
  });
});

describe("gesture", () => {
  it("follows the pointer until the release", () => {
    bench.press(10, 10).drag([[10, 90]]);
    expect(previewPx()).toBe(4000);
    bench.release();
    expect([bench.owner(10, 90), bench.owner(10, 10)]).toEqual(["Car", null]);
  });

  it("takes nothing when the release is outside, or the gesture is given up", () => {
    const before = bench.checksum;
    bench.press(10, 10).drag([[10, -20]]);
    expect(preview()).toBeNull();
    bench.release();
    bench.press(10, 10).run("edit.escape").release();
    expect(bench.checksum).toBe(before);
    expect(bench.state.toast).toBeNull();
  });

  it("shows anew what is right after undo, another mode and another class", () => {
    bench.click(10, 10);
    expect(previewPx()).toBe(0);
    bench.run("edit.undo");
    expect(previewPx()).toBe(4000);
    bench.hover(50, 50).run("mode.set", "over");
    expect(previewPx()).toBe(2000);
    bench.run("class.choose", ROAD);
    expect(previewPx()).toBe(0);
    bench.session.canvas.pointerLeave();
    expect(preview()).toBeNull();
    expect(badge()).toBeUndefined();
  });

  it("goes by its key, and by Space at the crosshair", () => {
    bench.run("tool.pen").key("g");
    expect(bench.state.tool).toBe("fill");
    bench.key("ArrowUp", { shift: true }).key("ArrowUp", { shift: true }).key(" ", { code: "Space" });
    expect(areaOf(CAR)).toBe(4000);
  });
});
