// SPDX-License-Identifier: Apache-2.0
/** Commands of looking: what they set, what they keep for the project, and that no pixel is touched. */
import { beforeEach, describe, expect, it } from "vitest";
import { NEUTRAL_TONE } from "../../src/core/tone.ts";
import { type Bench, World } from "./bench.ts";

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
