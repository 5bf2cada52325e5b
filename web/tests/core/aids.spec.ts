// SPDX-License-Identifier: Apache-2.0
/** Minimap and rulers, as numbers. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { imageToMinimap, minimapFor, minimapHelps, minimapToImage } from "../../src/core/minimap.ts";
import { rulerStep, rulerTicks } from "../../src/core/rulers.ts";

const aSize = fc.tuple(fc.integer({ min: 1, max: 9000 }), fc.integer({ min: 1, max: 9000 }));

describe("minimap", () => {
  test("helps above 200 % and above four times the fitted zoom", () => {
    expect(minimapHelps(2, 0.1)).toBe(false);
    expect(minimapHelps(2.01, 0.1)).toBe(true);
    expect(minimapHelps(3, 1)).toBe(false);
    expect(minimapHelps(4.1, 1)).toBe(true);
  });

  test("holds the whole image, and a point of it leads back to the same place", () => {
    fc.assert(
      fc.property(
        aSize,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (size, u, v) => {
          const map = minimapFor(size);
          expect(Math.max(map.widthPx, map.heightPx)).toBe(168);
          const point = { x: u * size[1], y: v * size[0] };
          const back = minimapToImage(map, imageToMinimap(map, point), size);
          expect(Math.abs(back.x - point.x) + Math.abs(back.y - point.y)).toBeLessThan(1e-6);
        },
      ),
    );
  });

  test("keeps a drag beyond its edge on the image", () => {
    expect(minimapToImage(minimapFor([100, 200]), { x: -20, y: 900 }, [100, 200])).toEqual({ x: 0, y: 100 });
  });
});

describe("rulers", () => {
  const aStart = fc.double({ min: -1000, max: 9000, noNaN: true });
  const aScale = fc
    .double({ min: 1 / 64, max: 50, noNaN: true })
    .chain((perPx) => fc.constantFrom({ perPx }, { perPx: -perPx }));

  test("have whole steps of 1, 2 or 5, far enough apart for their numbers", () => {
    fc.assert(
      fc.property(aScale, ({ perPx }) => {
        const step = rulerStep(perPx);
        const digits = String(step).replace(/0+$/, "");
        expect(["1", "2", "5"]).toContain(digits);
        expect(step / Math.abs(perPx)).toBeGreaterThanOrEqual(64 - 1e-6);
        expect(step === 1 || step / Math.abs(perPx) <= 64 * 2.5 + 1e-6).toBe(true);
      }),
    );
  });

  test("have every multiple of the step within the side, and nothing else with a number", () => {
    fc.assert(
      fc.property(aStart, aScale, fc.integer({ min: 1, max: 1500 }), (start, { perPx }, lengthPx) => {
        const step = rulerStep(perPx);
        const [low, high] = [start, start + perPx * lengthPx].sort((a, b) => a - b);
        // A side that ends on a tick to the last bit may have it or not.
        fc.pre([low, high].every((end) => Math.abs(end / step - Math.round(end / step)) > 1e-9));
        const wanted: number[] = [];
        for (let value = Math.ceil(low / step) * step; value <= high; value += step) wanted.push(value + 0);
        const ticks = rulerTicks({ start, perPx }, lengthPx);
        const labelled = ticks.filter((tick) => tick.labelled).map((tick) => tick.value + 0);
        expect(labelled).toEqual(wanted);
        for (const { atPx, value } of ticks) {
          expect(Math.abs(start + atPx * perPx - value)).toBeLessThan(1e-6);
          expect(atPx > -1e-6 && atPx < lengthPx + 1e-6).toBe(true);
        }
      }),
    );
  });
});
