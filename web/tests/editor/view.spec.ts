// SPDX-License-Identifier: Apache-2.0
/** Commands of looking: what they set, what they keep for the project, and that no pixel is touched. */
import { beforeEach, describe, expect, it } from "vitest";
import { NEUTRAL_TONE } from "../../src/core/tone.ts";
import { type Bench, World } from "./bench.ts";
import { CLASSES } from "./fakeServer.ts";

let world: World;
let bench: Bench;

beforeEach(async () => {
  world = new World();
  bench = await world.open();
});

describe("tone", () => {
  it("is set by controls, kept for the project and reset by Shift+R", async () => {
    bench.run("tone.brightness", 0.4).run("tone.black", 30).run("tone.channel", "red").run("tone.invert");
    bench.run("tone.local-contrast").run("tone.clip-limit", 2.5);
    const set = { brightness: 0.4, black: 30, channel: "red", invert: true, localContrast: 2.5 };
    expect(bench.state.tone).toEqual({ ...NEUTRAL_TONE, ...set });
    expect((await world.open()).state.tone).toEqual({ ...NEUTRAL_TONE, ...set });
    bench.key("R", { shift: true });
    expect(bench.state.tone).toEqual(NEUTRAL_TONE);
    expect(bench.session.canvas.tone).toBeNull();
    expect((await world.open()).state.tone).toEqual(NEUTRAL_TONE);
  });

  it("walks the channels without a value, and refuses what is none", () => {
    const seen = [1, 2, 3, 4, 5].map(() => bench.run("tone.channel").state.tone.channel);
    expect(seen).toEqual(["red", "green", "blue", "luminance", "colour"]);
    expect(() => bench.run("tone.channel", "alpha")).toThrow(TypeError);
    expect(() => bench.run("tone.gamma", "much")).toThrow(TypeError);
  });

  it.each(["not json", "7", "null", '{"tone": 4}', '{"tone": {"gamma": "1", "channel": "colour"}}'])(
    "starts as it is when what was kept is broken: %s",
    async (text) => {
      bench.run("tone.invert");
      for (const key of world.preferences.keys()) if (key.startsWith("view.")) world.preferences.set(key, text);
      expect((await world.open()).state.tone).toEqual(NEUTRAL_TONE);
    },
  );
});

describe("the histogram", () => {
  it("is asked of the canvas only when a control shows it", () => {
    const { canvas } = bench.session;
    expect(canvas.histogramWanted).toBe(false);
    bench.run("tone.histogram");
    expect([canvas.histogramWanted, bench.state.histogram]).toEqual([true, null]);
    const counts = new Uint32Array(1024);
    canvas.showHistogram(counts);
    expect(bench.state.histogram).toBe(counts);
    bench.run("tone.histogram");
    expect(canvas.histogramWanted).toBe(false);
  });
});

describe("a turned view", () => {
  beforeEach(() => {
    bench.run("tool.brush").run("class.choose", 2).run("brush.size", 1);
  });

  it.each([90, 180, 270, 37, 300.5])("draws at the pixel that is under the pointer at %s°", (degrees) => {
    bench.run("view.turn", degrees).run("view.zoom", 8);
    const { canvas } = bench.session;
    const at = canvas.imageToScreen(52.5, 47.5);
    expect(canvas.screenToImage(at.x, at.y).x).toBeCloseTo(52.5, 6);
    bench.stroke([[at.x, at.y]]);
    expect(bench.owner(52, 47)).toBe("Road");
    expect(bench.state.coverage.labelledPx).toBe(1);
  });

  it("keeps the middle of the window, pans along the window and zooms about the pointer", () => {
    const { canvas } = bench.session;
    bench.run("view.zoom", 4);
    const middle = canvas.screenToImage(50, 50);
    bench.run("view.turn-right");
    expect(canvas.screenToImage(50, 50).x).toBeCloseTo(middle.x, 9);
    const before = canvas.imageToScreen(50, 50);
    canvas.panBy(7, 3);
    const after = canvas.imageToScreen(50, 50);
    expect([after.x - before.x, after.y - before.y]).toEqual([7, 3]);
    const under = canvas.screenToImage(20, 70);
    canvas.zoomAt({ x: 20, y: 70 }, 2);
    expect(canvas.screenToImage(20, 70).x).toBeCloseTo(under.x, 9);
    expect(canvas.screenToImage(20, 70).y).toBeCloseTo(under.y, 9);
  });

  it("turns by quarters and back upright, and belongs to one image", async () => {
    expect([1, 2, 3, 4].map(() => bench.run("view.turn-left").state.view.turnDegrees)).toEqual([270, 180, 90, 0]);
    bench.run("view.turn", -30);
    expect(bench.state.view.turnDegrees).toBe(330);
    expect((await world.open()).state.view.turnDegrees).toBe(0);
    bench.run("view.turn-reset");
    expect(bench.state.view).toMatchObject({ turnDegrees: 0, fitted: true });
  });

  it("moves the keyboard's crosshair to the right of the screen with the right arrow", () => {
    bench.run("view.turn-right").key("ArrowRight").key("ArrowRight", { shift: true });
    const { canvas } = bench.session;
    const at = canvas.imageToScreen(canvas.crosshair!.x, canvas.crosshair!.y);
    expect(at.x).toBeGreaterThan(55);
    expect(Math.abs(at.y - 50)).toBeLessThan(2);
  });
});

describe("aids", () => {
  it("are kept for the project, and what is broken falls back to its default", async () => {
    bench.run("view.rulers").run("view.cross-lines").run("view.grid").run("view.smoothing", "pixels");
    bench.run("view.outline-width", 9);
    const set = { rulers: true, crossLines: true, grid: false, minimap: true, smoothing: "pixels", outlineWidth: 6 };
    expect(bench.state.options).toEqual(set);
    expect((await world.open()).state.options).toEqual(set);
    expect(() => bench.run("view.smoothing", "blurred")).toThrow(TypeError);
    expect(["smooth", "pixels", "auto"].map(() => bench.run("view.smoothing").state.options.smoothing)).toEqual([
      "auto",
      "smooth",
      "pixels",
    ]);
    for (const key of world.preferences.keys())
      if (key.startsWith("view.")) world.preferences.set(key, '{"options": {"smoothing": "x", "outlineWidth": -4}}');
    expect((await world.open()).state.options).toMatchObject({ smoothing: "auto", outlineWidth: 1, rulers: false });
  });
});

describe("colours", () => {
  const question = {
    id: "q_state",
    title: "State",
    kind: "single",
    required: false,
    default: null,
    retired: false,
    help: "",
    options: ["Moving", "Parked"].map((title) => ({ id: title.toLowerCase(), title, retired: false, questions: [] })),
  };
  const colourAt = (x: number, y: number): number =>
    bench.session.canvas.labels!.look(bench.session.canvas.labels!.map.get(x, y)).colour;

  /** Two cars, of which the second one has an answer, and a road. */
  async function threeSegments(): Promise<void> {
    bench.run("tool.brush").run("class.choose", 1).run("brush.size", 9).run("segment.select", 0);
    bench.stroke([[10, 10]]).run("segment.select", 0);
    bench.stroke([[30, 10]]).run("class.choose", 2);
    bench.stroke([[50, 10]]);
    await bench.wait(3000);
    const second = bench.session.canvas.labels!.map.get(30, 10);
    const segments = new Map(world.server.head.segments);
    segments.set(second, { ...segments.get(second)!, answers: { q_state: "parked" } });
    world.server.head = { ...world.server.head, segments };
    bench = await world.open();
    const classes = CLASSES.map((entry) => ({ ...entry, questions: entry.number === 1 ? [question] : [] }));
    bench.run("ontology.use", { version: 2, layers: [{ name: "main", title: "Main" }], classes });
  }

  it("stand for classes, segments, answers or authors, with a legend of what was found", async () => {
    await threeSegments();
    const before = bench.checksum;
    expect([colourAt(10, 10), colourAt(50, 10), bench.state.legend]).toEqual([0x2c9ef3, 0xcf5200, null]);
    bench.run("view.colour-by", "segment");
    expect(colourAt(10, 10)).not.toBe(colourAt(30, 10));
    expect(bench.state.questions.map(({ title }) => title)).toEqual(["State"]);
    bench.run("view.colour-question", "q_state");
    expect(bench.state.colourBy).toBe("answer");
    expect([colourAt(10, 10), colourAt(30, 10), colourAt(50, 10)]).toEqual([0x808080, 0x2c9ef3, 0x808080]);
    expect(bench.state.legend).toEqual([
      { colour: 0x2c9ef3, label: "Parked", segments: 1 },
      { colour: 0x808080, label: null, segments: 2 },
    ]);
    bench.run("view.colour-by", "author");
    await bench.wait(10);
    // The fake server says that Ana made what has an odd id, Bo the rest; the road is segment 2.
    expect(new Set(bench.state.legend?.map(({ label }) => label))).toEqual(new Set(["Ana", "Bo"]));
    expect(colourAt(50, 10)).toBe(bench.state.legend?.find(({ label }) => label === "Bo")?.colour);
    expect(bench.checksum).toBe(before);
  });

  it("never colour by answers where there is no question, and say so", () => {
    bench.run("view.colour-by", "answer");
    expect(bench.state.colourBy).toBe("class");
    expect(bench.state.toast?.text).toBe("No class has a question yet, so there are no answers to colour by.");
    expect([1, 2, 3].map(() => bench.run("view.colour-by").state.colourBy)).toEqual(["segment", "author", "class"]);
    expect(() => bench.run("view.colour-question", "q_none")).toThrow(TypeError);
  });

  it("leave only one class to be seen, and all again", async () => {
    await threeSegments();
    const hidden = (x: number): boolean =>
      bench.session.canvas.labels!.look(bench.session.canvas.labels!.map.get(x, 10)).hidden;
    bench.run("view.only-class", 2);
    expect([hidden(10), hidden(30), hidden(50), bench.state.onlyClass]).toEqual([true, true, false, 2]);
    bench.run("view.only-class", 2);
    expect([hidden(10), hidden(50), bench.state.onlyClass]).toEqual([false, false, null]);
    bench.run("view.layer");
    expect(bench.state.toast?.text).toBe("There is only one layer.");
  });
});

describe("the compare view", () => {
  async function twoRevisions(): Promise<void> {
    bench.run("tool.brush").run("class.choose", 2).run("brush.size", 9);
    bench.stroke([[20, 20]]);
    await bench.wait(3000);
    bench.stroke([[60, 60]]);
    await bench.wait(3000);
    expect(bench.state.latestRevision).toBe(2);
  }
  const ownerBeside = (x: number, y: number): number | null => bench.session.sideCanvas.segmentAt("main", x, y);

  it("has the revision before beside the picture, and changes neither", async () => {
    await twoRevisions();
    const before = bench.checksum;
    bench.key("V", { shift: true });
    await bench.wait(10);
    expect(bench.state.side).toEqual({ kind: "revision", revision: 1 });
    expect([ownerBeside(20, 20), ownerBeside(60, 60)]).toEqual([2, 0]);
    bench.stroke([[80, 20]]);
    expect([ownerBeside(80, 20), bench.owner(80, 20)]).toEqual([0, "Road"]);
    bench.run("edit.undo").run("compare.open", { kind: "latest" });
    expect([ownerBeside(60, 60), bench.checksum]).toEqual([2, before]);
    bench.key("V", { shift: true });
    expect([bench.state.side, bench.session.sideCanvas.labels]).toEqual([null, null]);
  });

  it("shows the same middle at the same zoom and angle, and moving one moves both", async () => {
    await twoRevisions();
    bench.run("compare.view").run("view.zoom", 3).run("view.turn", 90);
    await bench.wait(10);
    const { canvas, sideCanvas } = bench.session;
    sideCanvas.resize(60, 40);
    const middles = (): readonly number[] => {
      const here = canvas.screenToImage(50, 50);
      const beside = sideCanvas.screenToImage(30, 20);
      return [here.x - beside.x, here.y - beside.y, canvas.view.scale - sideCanvas.view.scale];
    };
    for (const difference of middles()) expect(difference).toBeCloseTo(0, 9);
    const under = sideCanvas.screenToImage(10, 30);
    sideCanvas.zoomAt({ x: 10, y: 30 }, 2);
    expect(sideCanvas.screenToImage(10, 30).x).toBeCloseTo(under.x, 9);
    expect(sideCanvas.screenToImage(10, 30).y).toBeCloseTo(under.y, 9);
    const at = sideCanvas.imageToScreen(50, 50);
    sideCanvas.panBy(5, -3);
    const after = sideCanvas.imageToScreen(50, 50);
    expect(after.x - at.x).toBeCloseTo(5, 9);
    expect(after.y - at.y).toBeCloseTo(-3, 9);
    for (const difference of middles()) expect(difference).toBeCloseTo(0, 9);
  });

  it("says so when there is nothing to compare with", () => {
    bench.run("compare.view");
    expect([bench.state.side, bench.state.toast?.text]).toEqual([
      null,
      "There is no other revision or layer to compare with yet.",
    ]);
  });
});

describe("drawing inside a host", () => {
  const spotlight = () => bench.session.canvas.labels!.spotlight;

  beforeEach(() => {
    bench.run("tool.brush").run("class.choose", 2).run("brush.size", 40);
    bench.stroke([[50, 50]]).run("segment.select", 0);
    bench.run("class.choose", 1).run("mode.set", "inside").run("brush.size", 4);
  });

  it("dims all but the host while a stroke runs", () => {
    expect(spotlight()).toBeNull();
    bench.press(50, 50);
    expect([...spotlight()!.hosts]).toEqual([2]);
    bench.drag([[54, 50]]).release();
    expect(spotlight()).toBeNull();
    bench.press(50, 60);
    expect(spotlight()).not.toBeNull();
    bench.session.canvas.cancelGesture();
    expect(spotlight()).toBeNull();
    bench.press(5, 5);
    expect(spotlight(), "nothing to be inside of").toBeNull();
    bench.release().run("mode.set", "over").press(50, 50);
    expect(spotlight()).toBeNull();
    bench.release();
  });

  it("dims all but the host while an outline is open, and marks locked pixels that it meets", () => {
    bench.run("tool.pen").run("mode.set", "inside");
    for (const [x, y] of [
      [45, 45],
      [55, 45],
      [55, 55],
    ])
      bench.press(x, y).release();
    bench.hover(45, 55);
    expect([...spotlight()!.hosts]).toEqual([2]);
    bench.key("Escape");
    expect(spotlight()).toBeNull();
    bench.run("mode.set", "over").run("class.lock", 2);
    for (const [x, y] of [
      [45, 45],
      [95, 45],
      [95, 55],
    ])
      bench.press(x, y).release();
    bench.hover(45, 55);
    const { kept, taken } = bench.session.canvas.labels!.preview!;
    for (let i = 0; i < kept!.count; i++) expect(bench.owner(kept!.x0s[i], kept!.ys[i])).toBe("Road");
    for (let i = 0; i < taken.count; i++) expect(bench.owner(taken.x0s[i], taken.ys[i])).toBeNull();
    expect(Math.min(kept!.count, taken.count)).toBeGreaterThan(0);
  });
});
