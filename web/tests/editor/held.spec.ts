// SPDX-License-Identifier: Apache-2.0
/** What is lent while a key or a button is held, and what pen and contrast settings do. */
import { describe, expect, it } from "vitest";
import { World } from "./bench.ts";

describe("held Z", () => {
  it("zooms to the rectangle that is dragged, draws nothing, and lets go", async () => {
    const bench = await new World().open();
    const before = bench.checksum;
    bench.run("tool.brush").keyDown("z");
    bench.press(20, 20).drag([[60, 60]]);
    expect(bench.session.canvas.overlays().active.box).toEqual({ from: { x: 20, y: 20 }, to: { x: 60, y: 60 } });
    bench.release().keyUp("z");
    expect(bench.session.canvas.overlays().active.box).toBeNull();
    expect(bench.state.view.zoom).toBeCloseTo(2.5);
    expect(bench.session.canvas.screenToImage(50, 50)).toEqual({ x: 40, y: 40 });
    expect(bench.checksum).toBe(before);
  });

  it("keeps the view after a press that is no rectangle, and a tap still fits the picture", async () => {
    const bench = await new World().open();
    bench.keyDown("z").press(20, 20).release().keyUp("z");
    expect(bench.state.view.fitted).toBe(true);
    bench.run("view.zoom", 4).key("z");
    expect(bench.state.view.fitted).toBe(true);
  });
});

describe("a held button", () => {
  it("lends the eraser and the other mode as the key does", async () => {
    const bench = await new World().open();
    bench.run("tool.brush");
    bench.session.hold("tool.eraser", true);
    expect(bench.state.tool).toBe("eraser");
    bench.session.hold("tool.eraser", false);
    expect(bench.state.tool).toBe("brush");
    bench.session.hold("mode.swap", true);
    expect(bench.state.mode).toBe("behind");
    bench.session.hold("mode.swap", false);
    expect(bench.state.mode).toBe("over");
  });
});

describe("settings of the pen", () => {
  const px = async (pressure: string, type: "pen" | "mouse"): Promise<number> => {
    const world = new World();
    world.preferences.set("pen-pressure", pressure);
    const bench = await world.open();
    bench.run("tool.brush").run("brush.size", 20).run("class.choose", 2);
    bench.stroke(
      [
        [30, 50],
        [70, 50],
      ],
      { type },
    );
    return bench.state.coverage.labelledPx;
  };

  it("narrows the brush by pressure only where that is set, and only for a pen", async () => {
    const full = await px("off", "pen");
    expect(await px("on", "mouse")).toBe(full);
    const half = await px("on", "pen"); // the bench's pen presses with 0.5
    expect(half).toBeGreaterThan(0.4 * full);
    expect(half).toBeLessThan(0.6 * full);
  });
});

it("draws a thicker rim in high contrast", async () => {
  const world = new World();
  expect((await world.open()).session.canvas.labels!.outlineWidth).toBe(2);
  world.preferences.set("contrast", "high");
  expect((await world.open()).session.canvas.labels!.outlineWidth).toBe(3);
});
