// SPDX-License-Identifier: Apache-2.0
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { distance } from "../../src/core/geometry.ts";
import { fitTurned, normalTurn, sheetSize, toSheet, toWindow, turnBack, turnForth } from "../../src/core/turning.ts";
import { fitImage, toScreen, ZOOM_MAX } from "../../src/core/viewport.ts";

const aTurn = fc.oneof(fc.constantFrom(0, 90, 180, 270), fc.double({ min: 0, max: 359.99, noNaN: true }));
const aSide = fc.integer({ min: 1, max: 3000 });
const aWindow = fc.record({ widthPx: aSide, heightPx: aSide });
const aPoint = fc.record({
  x: fc.double({ min: -3000, max: 3000, noNaN: true }),
  y: fc.double({ min: -3000, max: 3000, noNaN: true }),
});

describe("a turned view", () => {
  test("window and sheet are inverse, and distances stay", () => {
    fc.assert(
      fc.property(aTurn, aWindow, aPoint, aPoint, (turn, window, a, b) => {
        const sheet = sheetSize(window, turn);
        const there = [a, b].map((point) => toSheet(point, turn, window, sheet));
        expect(distance(toWindow(there[0], turn, window, sheet), a)).toBeLessThan(1e-8);
        expect(Math.abs(distance(there[0], there[1]) - distance(a, b))).toBeLessThan(1e-8);
      }),
    );
  });

  test("the sheet covers the window", () => {
    fc.assert(
      fc.property(aTurn, aWindow, (turn, window) => {
        const sheet = sheetSize(window, turn);
        for (const x of [0, window.widthPx])
          for (const y of [0, window.heightPx]) {
            const at = toSheet({ x, y }, turn, window, sheet);
            expect(at.x).toBeGreaterThan(-1e-6);
            expect(at.y).toBeGreaterThan(-1e-6);
            expect(at.x).toBeLessThan(sheet.widthPx + 1e-6);
            expect(at.y).toBeLessThan(sheet.heightPx + 1e-6);
          }
      }),
    );
  });

  test("right angles are exact", () => {
    const window = { widthPx: 301, heightPx: 200 };
    expect(sheetSize(window, 0)).toEqual(window);
    expect(sheetSize(window, 90)).toEqual({ widthPx: 200, heightPx: 301 });
    // Turned right, the sheet's upper left corner is the window's upper right one.
    expect(toWindow({ x: 0, y: 0 }, 90, window, sheetSize(window, 90))).toEqual({ x: 301, y: 0 });
    expect(toWindow({ x: 0, y: 0 }, 180, window, window)).toEqual({ x: 301, y: 200 });
    expect(turnBack({ x: 1, y: 0 }, 90)).toEqual({ x: 0, y: -1 });
    expect(turnForth({ x: 1, y: 0 }, 270)).toEqual({ x: 0, y: -1 });
    expect([-90, 450, 360, 720.5, -0.25].map(normalTurn)).toEqual([270, 90, 0, 0.5, 359.75]);
  });

  test("fits so that all corners of the image are in the window and two sides touch", () => {
    // Smaller images would need more than the largest zoom to fill the largest window.
    const aSide = fc.integer({ min: 50, max: 4000 });
    const aSize = fc.tuple(aSide, aSide);
    const aRoom = fc.integer({ min: 100, max: 3000 });
    fc.assert(
      fc.property(aTurn, fc.record({ widthPx: aRoom, heightPx: aRoom }), aSize, (turn, window, sizeHw) => {
        const view = fitTurned(sizeHw, window, turn);
        const sheet = sheetSize(window, turn);
        const corners = [0, sizeHw[1]].flatMap((x) =>
          [0, sizeHw[0]].map((y) => toWindow(toScreen(view, { x, y }), turn, window, sheet)),
        );
        const room = corners.map(({ x, y }) => Math.min(x, y, window.widthPx - x, window.heightPx - y));
        expect(Math.min(...room)).toBeGreaterThan(-0.01);
        // A tiny image in a large window is shown as large as can be, and touches nothing.
        if (view.zoom < ZOOM_MAX) expect(Math.min(...room)).toBeLessThan(0.01);
        if (turn === 0) expect(view).toEqual(fitImage(sizeHw, window));
      }),
    );
  });
});
