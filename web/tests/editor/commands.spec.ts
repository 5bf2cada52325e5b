// SPDX-License-Identifier: Apache-2.0
/** Commands as controls, keys and readers use them. */
import { beforeEach, describe, expect, it } from "vitest";
import { COMMANDS } from "../../src/editor/commands/index.ts";
import { type Bench, World } from "./bench.ts";

let bench: Bench;

beforeEach(async () => {
  bench = await new World().open();
});

describe("every command", () => {
  it("has an id and a title of its own and is in the list that help is made from, when a key or a click can run it", () => {
    expect(new Set(COMMANDS.map((command) => command.id)).size).toBe(COMMANDS.length);
    for (const command of COMMANDS) {
      expect(command.title).not.toBe("");
      if (command.keys.length > 0) expect(bench.session.commands.map((info) => info.id)).toContain(command.id);
    }
  });

  it("throws when it does not exist or gets nonsense", () => {
    expect(() => bench.run("no.such")).toThrow("no command no.such");
    expect(() => bench.run("brush.size", "big")).toThrow(TypeError);
    expect(() => bench.run("class.choose", 77)).toThrow("no class 77");
    expect(() => bench.run("mode.set", "under")).toThrow(TypeError);
  });
});

describe("segments", () => {
  beforeEach(() => {
    bench
      .run("tool.brush")
      .run("class.choose", 2)
      .stroke([[20, 20]])
      .run("class.choose", 1)
      .stroke([[70, 30]]);
    bench
      .stroke([[75, 35]])
      .run("class.choose", 3)
      .stroke([[50, 80]])
      .run("segment.select", 0);
  });
  const row = (classNumber: number) => bench.state.segments.find((segment) => segment.classNumber === classNumber)!;

  it("walks by Tab in reading order, gaps last", () => {
    const seen = [1, 2, 3].map(() => {
      bench.key("Tab");
      return bench.state.segments.find((segment) => segment.selected)?.classNumber;
    });
    expect(seen).toEqual([2, 1, 3]);
    bench.key("Tab");
    expect(bench.state.gapView).toBe(true);
  });

  it("hides, shows and shows only", () => {
    bench.run("segment.hide", row(1).id);
    expect([row(1).hidden, row(2).hidden]).toEqual([true, false]);
    bench.run("segment.hide", row(1).id).run("segment.select", row(3).id).key("I", { shift: true });
    expect([row(1).hidden, row(2).hidden, row(3).hidden]).toEqual([true, true, false]);
    bench.key("I", { shift: true });
    expect([row(1).hidden, row(2).hidden]).toEqual([false, false]);
  });

  it("refuses to delete what is locked", () => {
    bench.run("segment.lock", row(1).id).run("segment.delete", row(1).id);
    expect(bench.state.toast?.text).toBe("Car is locked.");
    expect(row(1).areaPx).toBeGreaterThan(0);
  });

  it("makes the class of a selected segment the current one, so that the brush adds to it", () => {
    bench.run("segment.select", row(1).id);
    expect(bench.state).toMatchObject({ currentClass: 1, target: { kind: "add", className: "Car" } });
  });

  it("frames the selection", () => {
    bench.run("segment.frame", row(3).id);
    expect(bench.state.view).toMatchObject({ fitted: false });
    expect(bench.state.view.zoom).toBeGreaterThan(1);
  });

  it("goes from gap to gap and says which", () => {
    bench.run("gap.next");
    expect(bench.state.toast?.text).toMatch(/^gap 1 of 1 · 8\d\.\d %$/);
    bench.run("class.choose", 2).run("tool.brush").run("mode.set", "behind").run("view.fit").run("brush.size", 300);
    bench.stroke([[50, 50]]).run("gap.next");
    expect(bench.state.toast?.text).toBe("No gaps: every pixel has an owner.");
  });
});

describe("keyboard alone", () => {
  it("does nothing on Enter when nothing is open and no crosshair is there", () => {
    bench.run("tool.pen").hover(10, 10).key("Enter");
    expect([bench.state.outlineOpen, bench.session.canvas.crosshair]).toEqual([false, null]);
  });

  it("draws an outline with arrows, Space and Enter", () => {
    const space = (): Bench => bench.key(" ", { code: "Space" });
    bench.run("tool.pen").run("class.choose", 1);
    space();
    for (const way of ["ArrowRight", "ArrowDown", "ArrowLeft"]) {
      bench.key(way, { shift: true }).key(way, { shift: true });
      space();
    }
    bench.key("Enter");
    expect(bench.state.segments.map((row) => [row.classNumber, row.areaPx])).toEqual([[1, 400]]);
  });

  it("paints with the keyboard pen", () => {
    bench.run("tool.brush").run("class.choose", 2).run("brush.size", 3).key(" ", { code: "Space", shift: true });
    for (let i = 0; i < 3; i++) bench.key("ArrowRight", { shift: true });
    bench.key(" ", { code: "Space", shift: true });
    expect([bench.owner(50, 50), bench.owner(78, 50), bench.owner(90, 50)]).toEqual(["Road", "Road", null]);
    bench.run("edit.undo");
    expect(bench.state.coverage.labelledPx).toBe(0);
  });
});

describe("words for readers", () => {
  it("says tool, mode and class, and what was added, once a second at most", async () => {
    const heard: string[] = [];
    bench.session.subscribe(() => {
      const { announcement } = bench.state;
      if (announcement !== "" && heard[heard.length - 1] !== announcement) heard.push(announcement);
    });
    bench.run("tool.brush");
    await bench.wait(1100);
    bench.run("mode.set", "behind").run("mode.set", "over");
    await bench.wait(1100);
    bench.run("class.choose", 1).stroke([[50, 50]]);
    await bench.wait(2100);
    expect(heard).toEqual([
      "Brush",
      "Behind: takes unlabelled pixels only",
      "Over: takes from others",
      "Car added, 4.5 %",
    ]);
  });

  it("names the segment under a resting pointer in the select tool", async () => {
    bench
      .run("tool.brush")
      .run("class.choose", 2)
      .stroke([[20, 20]])
      .run("tool.select")
      .hover(20, 20);
    expect(bench.session.canvas.overlays().badge).toBeNull();
    await bench.wait(150);
    expect(bench.session.canvas.overlays().badge?.text).toBe("Road");
    bench.hover(90, 90);
    expect(bench.session.canvas.overlays().badge).toBeNull();
  });
});

describe("view", () => {
  it("keeps the image point under the pointer while zooming", () => {
    const { canvas } = bench.session;
    canvas.zoomAt({ x: 30, y: 40 }, 4);
    expect(canvas.imageToScreen(30, 40)).toEqual({ x: 30, y: 40 });
    expect(bench.state.view).toMatchObject({ zoom: 4, fitted: false });
    bench.key("z");
    expect(bench.state.view).toMatchObject({ zoom: 1, fitted: true });
    bench.key("z");
    expect(bench.state.view.zoom).toBe(4);
  });

  it("draws at the right place at any zoom", () => {
    bench.session.canvas.zoomAt({ x: 0, y: 0 }, 8);
    bench
      .run("tool.brush")
      .run("class.choose", 2)
      .run("brush.size", 1)
      .stroke([[84, 52]]);
    expect(bench.owner(10, 6)).toBe("Road");
    expect(bench.state.coverage.labelledPx).toBe(1);
  });

  it("keeps snapshots identical while nothing changed, and parts of them when only another part did", () => {
    const before = bench.state;
    expect(bench.state).toBe(before);
    bench.run("view.opacity", 0.7);
    const after = bench.state;
    expect(after).not.toBe(before);
    expect([after.segments, after.classes, after.tone, after.view, after.coverage]).toEqual([
      before.segments,
      before.classes,
      before.tone,
      before.view,
      before.coverage,
    ]);
    for (const part of ["segments", "classes", "tone", "view", "coverage", "lockedClasses", "target"] as const) {
      expect(after[part], part).toBe(before[part]);
    }
  });
});
