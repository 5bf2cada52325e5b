// SPDX-License-Identifier: Apache-2.0
/** Findings: asked for when everything is saved, walked by key, mended as one undo step. */
import { beforeEach, describe, expect, it } from "vitest";
import { toBase64 } from "../../src/core/base64.ts";
import { encodePixels } from "../../src/core/editCodec.ts";
import { PixelRunCollector } from "../../src/core/pixelRuns.ts";
import { type Bench, World } from "./bench.ts";
import { finding } from "./fakeReview.ts";

const ROAD = 2;
let world: World;
let bench: Bench;
const toast = (): string | undefined => bench.state.toast?.text;
const rules = (...findings: ReturnType<typeof finding>[]) => [
  { code: "unlabelled", title: "Unlabelled pixels", blocks: false, total: findings.length, findings },
];
const FAR = finding({ key: "b", box_xyxy: [80, 80, 82, 82], at: [80, 80] });

beforeEach(async () => {
  world = new World();
  bench = await world.open();
});

describe("walking", () => {
  it("asks once for a state that is saved, and goes round", async () => {
    world.review.rules = rules(finding({}), FAR);
    expect(bench.state.findings).toBeNull();
    bench.key("j");
    await world.clock.advance(0);
    expect(toast()).toBe("Finding 1 of 2: Unlabelled pixels.");
    expect(bench.state.findings).toMatchObject({ stale: false, at: "unlabelled:main::1,1:" });
    bench.key("j");
    await world.clock.advance(0);
    expect([toast(), bench.state.findings?.at]).toEqual(["Finding 2 of 2: Unlabelled pixels.", "b"]);
    bench.key("J", { shift: true });
    await world.clock.advance(0);
    expect(toast()).toBe("Finding 1 of 2: Unlabelled pixels.");
    expect(world.review.asked).toBe(1);
  });

  it("says so when nothing is found", async () => {
    bench.key("j");
    await world.clock.advance(0);
    expect(toast()).toBe("Nothing found: all review rules are content.");
  });

  it("saves first, and asks again after a later edit", async () => {
    world.review.rules = rules(finding({}));
    bench.key("j");
    await world.clock.advance(0);
    bench.run("tool.brush").run("class.choose", ROAD);
    bench.stroke([
      [40, 40],
      [60, 40],
    ]);
    await world.clock.advance(5000);
    expect(bench.state.findings?.stale).toBe(true);
    bench.key("j");
    await world.clock.advance(0);
    expect(world.review.asked).toBe(2);
    expect(bench.state.findings?.stale).toBe(false);
  });
});

describe("mending", () => {
  it("writes what the server proposes as one undo step of this window", async () => {
    bench.run("tool.brush").run("brush.shape", "square").run("brush.size", 10).run("class.choose", ROAD);
    bench.stroke([[20, 20]]);
    await world.clock.advance(5000);
    const before = bench.checksum;
    const runs = new PixelRunCollector(4);
    runs.push(50, 10, 14, 0, ROAD);
    world.review.rules = rules(finding({}));
    world.review.mending = {
      layer: "main",
      pixels: toBase64(encodePixels(runs.toRuns())),
      segments: [],
      deleted_items: [],
    };
    bench.key("j");
    await world.clock.advance(0);
    bench.key("y");
    await world.clock.advance(0);
    expect(bench.owner(12, 50)).toBe("Road");
    expect(bench.state.toast).toMatchObject({ text: "Mended: 4 pixels changed.", undo: true });
    bench.run("edit.undo");
    expect(bench.checksum).toBe(before);
  });

  it("names what is locked to the server, and tells why it cannot be mended", async () => {
    bench.run("tool.brush").run("class.choose", ROAD).run("brush.size", 10);
    bench.stroke([[20, 20]]);
    bench.run("segment.lock", ROAD);
    await world.clock.advance(5000);
    world.review.rules = rules(finding({}));
    bench.key("j");
    await world.clock.advance(0);
    bench.key("y");
    await world.clock.advance(0);
    expect(world.review.locked).toEqual([[ROAD]]);
    expect(toast()).toBe("It needs a decision.");
  });

  it("needs a finding that is looked at, and one that a key can mend", async () => {
    bench.key("y");
    expect(toast()).toBe("Go to a finding first: J for the next one.");
    world.review.rules = rules(finding({ fixable: false }));
    bench.key("j");
    await world.clock.advance(0);
    bench.key("y");
    await world.clock.advance(0);
    expect(toast()).toContain("needs your decision");
  });
});
