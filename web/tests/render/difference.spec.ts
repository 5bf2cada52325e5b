// SPDX-License-Identifier: Apache-2.0
/** What differs is marked pixel by pixel, in the right colour, and seen at any zoom. */
import { describe, expect, it } from "vitest";
import { PixelRunCollector } from "../../src/core/pixelRuns.ts";
import { differenceOf } from "../../src/editor/difference.ts";
import { BOTH, ONLY_FIRST, ONLY_SECOND, paintDifference } from "../../src/render/difference.ts";

const NOTHING = 0x1234;

function runs(...list: readonly (readonly [number, number, number, number, number])[]) {
  const collector = new PixelRunCollector();
  for (const run of list) collector.push(...run);
  return collector.toRuns();
}

function picture(found: ReturnType<typeof runs>, side: number, deviceScale: number, origin = 0, dpr = 1): Uint32Array {
  const out = new Uint32Array(side * side).fill(NOTHING);
  const view = { deviceScale, originX: origin, originY: origin, dpr };
  paintDifference(found, view, { x: 0, y: 0, width: side, height: side }, out, side);
  return out;
}

const painted = (out: Uint32Array, side: number): string[] =>
  Array.from({ length: side }, (_, y) =>
    [...out.subarray(y * side, y * side + side)].map((word) => (word === NOTHING ? "." : "#")).join(""),
  );

describe("marks of a difference", () => {
  it("cover exactly the changed pixels at one to one", () => {
    const out = picture(runs([1, 1, 3, 5, 0], [2, 2, 4, 5, 6]), 5, 1);
    expect(painted(out, 5)).toEqual([".....", ".##..", "..##.", ".....", "....."]);
  });

  it("tell only the first, only the second and both apart by colour and by hatch", () => {
    const side = 24;
    const rows = (y0: number, before: number, after: number) =>
      Array.from({ length: 8 }, (_, i) => [y0 + i, 0, side, before, after] as const);
    const out = picture(runs(...rows(0, 5, 0), ...rows(8, 0, 5), ...rows(16, 5, 6)), side, 1);
    const at = (x: number, y: number): number => out[y * side + x];
    for (const [y0, mark] of [
      [0, ONLY_FIRST],
      [8, ONLY_SECOND],
      [16, BOTH],
    ] as const) {
      const words = new Set(Array.from({ length: 8 * side }, (_, i) => at(i % side, y0 + Math.floor(i / side))));
      expect(words.has(mark.line) && words.has(mark.fill)).toBe(true);
      for (const other of [ONLY_FIRST, ONLY_SECOND, BOTH])
        if (other !== mark) expect(words.has(other.line)).toBe(false);
    }
    expect([at(8, 0), at(7, 1), at(9, 1)]).toEqual([ONLY_FIRST.line, ONLY_FIRST.line, ONLY_FIRST.fill]);
    expect([at(8, 8), at(9, 9)]).toEqual([ONLY_SECOND.line, ONLY_SECOND.line]);
    expect([at(8, 16), at(9, 17), at(7, 17)]).toEqual([BOTH.line, BOTH.line, BOTH.line]);
  });

  it("do not vanish when many pixels share one of the screen", () => {
    const out = picture(runs([501, 333, 334, 5, 6]), 10, 0.01);
    expect([...out].filter((word) => word !== NOTHING)).toHaveLength(1);
    expect(out[5 * 10 + 3]).not.toBe(NOTHING);
  });

  it("grow with the zoom and follow the view", () => {
    const out = picture(runs([11, 11, 12, 5, 6]), 12, 4, 10);
    expect(painted(out, 12).map((row) => row.indexOf("#"))).toEqual([-1, -1, -1, -1, 4, 4, 4, 4, -1, -1, -1, -1]);
    expect([...out].filter((word) => word !== NOTHING)).toHaveLength(16);
  });

  it("stay inside the rectangle that is drawn", () => {
    const out = new Uint32Array(100).fill(NOTHING);
    const all = runs(...Array.from({ length: 10 }, (_, y) => [y, 0, 10, 1, 2] as const));
    const view = { deviceScale: 1, originX: 0, originY: 0, dpr: 1 };
    paintDifference(all, view, { x: 2, y: 3, width: 4, height: 5 }, out, 10);
    expect(painted(out, 10).join("").replaceAll(".", "")).toHaveLength(20);
    expect(painted(out, 10)[3]).toBe("..####....");
  });

  it("are counted by kind", () => {
    const found = differenceOf(runs([0, 0, 3, 5, 0], [0, 4, 5, 0, 5], [1, 0, 7, 5, 6]), "main");
    expect([found.firstPx, found.secondPx, found.bothPx]).toEqual([3, 1, 7]);
  });
});
