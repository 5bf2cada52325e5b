// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import type { Ontology } from "../../src/api/types.ts";
import type { ClassInfo, CommandInfo, SegmentRow } from "../../src/editor/state.ts";
import { brushSizeMaxPx, sizeOfStep, stepOfSize } from "../../src/ui/brushScale.ts";
import { chordParts, chordText, learnKey, learnKeyboard } from "../../src/ui/chords.ts";
import { classPalette, nextColour, textOn } from "../../src/ui/colour.ts";
import { findCommands, groupCommands } from "../../src/ui/commandSearch.ts";
import { nextArea } from "../../src/ui/editor/areas.ts";
import { withClass } from "../../src/ui/editor/useAddClass.ts";
import { shortenMiddle } from "../../src/ui/middle.ts";
import {
  classNamed,
  listedSegments,
  matchingClasses,
  rowAfterKey,
  segmentsPerClass,
} from "../../src/ui/segmentRows.ts";

function classInfo(number: number, name: string, retired = false): ClassInfo {
  const rest = { parent: null, geometry: ["mask"] as const, priority: 0, description: "", questions: [] };
  return { number, name, kind: "thing", layer: "main", colour: "#2C9EF3", key: null, retired, ...rest };
}

const classes = [classInfo(1, "Car"), classInfo(2, "Road"), classInfo(3, "Cable car"), classInfo(4, "Old car", true)];

describe("classes", () => {
  it("are found by any part of the name, those that begin with it first, never retired ones", () => {
    expect(matchingClasses(classes, "car").map((entry) => entry.name)).toEqual(["Car", "Cable car"]);
    expect(matchingClasses(classes, "  ").map((entry) => entry.number)).toEqual([1, 2, 3]);
    expect(classNamed(classes, " cAR ")?.number).toBe(1);
    expect(classNamed(classes, "Old car")).toBeNull();
  });

  it("count their segments", () => {
    const row = (id: number, classNumber: number): SegmentRow => ({
      id,
      number: id,
      classNumber,
      layer: "main",
      areaPx: 1,
      locked: false,
      hidden: false,
      selected: false,
      first: false,
    });
    const counts = segmentsPerClass([row(65536, 1), row(65537, 1), row(2, 2)]);
    expect([...counts]).toEqual([
      [1, 2],
      [2, 1],
    ]);
  });

  it("added by name get a number that was never used, the first free colour and digit", () => {
    const entries = classPalette.slice(0, 7).map((colour, index) => ({
      ...classInfo(index + 1, `Class ${index + 1}`, index === 6),
      colour,
      key: String(index + 1),
      geometry: ["mask" as const],
      questions: [],
    }));
    const start = { version: 1, layers: [{ name: "main", title: "Main" }], classes: entries };
    const { added, ontology } = withClass(start as unknown as Ontology, "Basket", "thing");
    expect(added).toMatchObject({ number: 8, name: "Basket", colour: classPalette[6], key: "7", layer: "main" });
    expect(ontology.classes).toHaveLength(8);
  });
});

describe("colours", () => {
  it("take the first free one and repeat when all are used", () => {
    expect(nextColour([])).toBe("#2C9EF3");
    expect(nextColour(["#2c9ef3", "#E1F812"])).toBe("#CF5200");
    expect(nextColour(classPalette)).toBe(classPalette[0]);
  });

  it("carry digits that can be read: at least 4.5 to 1", () => {
    const luminance = (hex: string): number => {
      const channels = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
      const linear = channels.map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
      return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
    };
    for (const colour of classPalette) {
      const [dark, light] = [luminance(colour), luminance(textOn(colour))].sort((a, b) => a - b);
      expect((light + 0.05) / (dark + 0.05)).toBeGreaterThanOrEqual(4.5);
    }
  });
});

describe("keys in lists and areas", () => {
  it("stay within the rows", () => {
    expect(rowAfterKey("ArrowDown", 4, 5, 10)).toBe(4);
    expect(rowAfterKey("ArrowUp", 0, 5, 10)).toBe(0);
    expect(rowAfterKey("PageDown", 1, 50, 10)).toBe(11);
    expect(rowAfterKey("End", 1, 50, 10)).toBe(49);
    expect(rowAfterKey("a", 1, 50, 10)).toBeNull();
    expect(rowAfterKey("ArrowDown", 0, 0, 10)).toBeNull();
  });

  it("F6 walks the areas that are there, both ways, and wraps", () => {
    const open = ["header", "rail", "canvas", "panel", "status"];
    const closed = open.filter((name) => name !== "panel");
    expect(nextArea("canvas", open, false)).toBe("panel");
    expect(nextArea("canvas", closed, false)).toBe("status");
    expect(nextArea("status", closed, false)).toBe("header");
    expect(nextArea("header", open, true)).toBe("status");
    expect(nextArea(null, open, false)).toBe("header");
  });
});

describe("commands", () => {
  const command = (id: string, title: string, group: CommandInfo["group"], keys: string[]): CommandInfo => ({
    id,
    title,
    group,
    keys,
    hold: false,
  });
  const all = [
    command("tool.pen", "Pen", "Tools", ["P"]),
    command("view.fit", "Fit image", "View", ["Z"]),
    command("image.next", "Next image", "Image", ["F"]),
  ];

  it("are found by words of title and group, or by key", () => {
    expect(findCommands(all, "im").map((entry) => entry.id)).toEqual(["view.fit", "image.next"]);
    expect(findCommands(all, "next im").map((entry) => entry.id)).toEqual(["image.next"]);
    expect(findCommands(all, "z").map((entry) => entry.id)).toEqual(["view.fit"]);
    expect(findCommands(all, "xyz")).toEqual([]);
  });

  it("keep their groups in order", () => {
    expect(groupCommands(all).map((entry) => entry.group)).toEqual(["Tools", "View", "Image"]);
  });

  it("write chords as the keyboard names them", () => {
    expect(chordText("Mod+Shift+Z", false)).toBe("Ctrl+Shift+Z");
    expect(chordText("Mod+Shift+Z", true)).toBe("⌘⇧Z");
    expect(chordParts("BracketLeft", false)).toEqual(["["]);
    expect(chordParts("Digit1", false)).toEqual(["1"]);
    expect(chordParts("Shift++", false)).toEqual(["Shift", "+"]);
  });
});

describe("brush size", () => {
  it("comes back from its own step, and covers the range", () => {
    expect(sizeOfStep(0)).toBe(1);
    expect(sizeOfStep(100)).toBe(brushSizeMaxPx);
    for (let step = 0; step <= 100; step++) {
      const size = sizeOfStep(step);
      expect(sizeOfStep(stepOfSize(size))).toBe(size);
    }
  });
});

describe("long names", () => {
  it("lose their middle", () => {
    expect(shortenMiddle("street_0142_camera_front_left.jpg", 16)).toBe("street_0…eft.jpg");
    expect(shortenMiddle("short.jpg", 16)).toBe("short.jpg");
    expect([...shortenMiddle("x".repeat(99), 20)]).toHaveLength(20);
  });
});

describe("the list of segments", () => {
  const row = (id: number, classNumber: number, number: number | null, areaPx: number): SegmentRow => ({
    id,
    number,
    classNumber,
    layer: "main",
    areaPx,
    locked: false,
    hidden: false,
    selected: false,
    first: false,
  });
  const rows = [row(4, 1, null, 50), row(3, 2, 1, 90), row(2, 1, 12, 10), row(1, 1, 2, 70)];
  const nameOf = (one: SegmentRow): string => `${one.classNumber === 1 ? "Car" : "Road"} ${one.number ?? ""}`;
  const ids = (query: string, order: Parameters<typeof listedSegments>[2]): readonly number[] =>
    listedSegments(rows, query, order, nameOf).map(({ id }) => id);

  it("sorts, and leaves the newest first where nothing else is wanted", () => {
    expect(ids("", "newest")).toEqual([4, 3, 2, 1]);
    expect(ids("", "largest")).toEqual([3, 1, 4, 2]);
    expect(ids("", "smallest")).toEqual([2, 4, 1, 3]);
    expect(ids("", "class")).toEqual([1, 2, 4, 3]);
  });

  it("finds by what is shown: class and number", () => {
    expect(ids(" car ", "smallest")).toEqual([2, 4, 1]);
    expect(ids("car 1", "newest")).toEqual([2]);
    expect(ids("nothing", "newest")).toEqual([]);
  });
});

it("shows what this keyboard prints on the keys that mean their place", () => {
  learnKeyboard(
    new Map([
      ["BracketLeft", "ü"],
      ["KeyP", "p"],
    ]),
  );
  learnKey("BracketRight", "+");
  learnKey("BracketLeft", "[");
  learnKey("KeyZ", "y");
  expect([chordText("BracketLeft"), chordText("BracketRight"), chordText("Z")]).toEqual(["Ü", "+", "Z"]);
});
