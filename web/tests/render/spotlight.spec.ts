// SPDX-License-Identifier: Apache-2.0
/** Dimming around the host, and the lattice over pixels that an outline may not take. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LabelMap } from "../../src/core/labelMap.ts";
import { paintLattice } from "../../src/render/lattice.ts";
import { mapOf, Picture, sceneOf, view } from "./picture.ts";

const spotlightOn = (host: number, segmentId: number | null = null) => ({ hosts: new Set([host]), segmentId });

describe("the spotlight", () => {
  it("leaves 60 % of the picture outside the host, and tells the host by its rim", () => {
    const map = mapOf(...Array(9).fill("....11111111222222222222"));
    const row = new Picture(24, 9, view(1)).draw(sceneOf(map, { spotlight: spotlightOn(2) })).row(4);
    expect(row.slice(0, 2)).toEqual(["#000000 40", "#000000 40"]);
    expect(row.slice(6, 9)).toEqual(["#990000 100", "#670000 67", "#670000 67"]);
    expect(row.slice(13, 18)).toEqual(["#7ab0ff 100", "#7ab0ff 100", "#00ff00 45", "#00ff00 45", "#00ff00 45"]);
  });

  it("is black at 40 % over what is there without it, wherever the host is not", () => {
    const aMap = fc.array(fc.nat(4), { minLength: 48, maxLength: 48 }).map((ids) => LabelMap.fromIds(ids, [6, 8]));
    fc.assert(
      fc.property(
        aMap,
        fc.integer({ min: 1, max: 4 }),
        fc.option(fc.integer({ min: 1, max: 4 })),
        (map, host, grows) => {
          const options = { outlines: false };
          const plain = new Picture(8, 6, view(1)).draw(sceneOf(map, options));
          const lit = new Picture(8, 6, view(1)).draw(
            sceneOf(map, { ...options, spotlight: spotlightOn(host, grows) }),
          );
          for (let y = 0; y < 6; y++)
            for (let x = 0; x < 8; x++) {
              const id = map.get(x, y);
              const before = bytesAt(plain, x, y);
              const after = bytesAt(lit, x, y);
              if (id === host || id === grows) expect(after).toEqual(before);
              else
                for (const photo of [0, 90, 255])
                  expectClose(
                    onto(after, photo),
                    onto(before, photo).map((v) => 0.6 * v),
                  );
            }
        },
      ),
      { numRuns: 60 },
    );
  });

  it("goes out again, and follows another host, in a picture that is drawn on", () => {
    const map = mapOf("111222333444");
    const live = new Picture(12, 1, view(1));
    for (const spotlight of [spotlightOn(1), spotlightOn(3, 4), null, spotlightOn(2)]) {
      live.draw(sceneOf(map, { spotlight }));
      expect(live.words).toEqual(new Picture(12, 1, view(1)).draw(sceneOf(map, { spotlight })).words);
    }
  });
});

describe("the lattice", () => {
  it("lies on the kept pixels alone, light beside dark, and some of each run is seen at any zoom", () => {
    const kept = { ys: Int32Array.of(2, 3), x0s: Int32Array.of(4, 4), x1s: Int32Array.of(44, 44), count: 2 };
    for (const scale of [0.5, 1, 3]) {
      const picture = new Picture(140, 16, view(scale));
      paintLattice(kept, picture.view, { x: 0, y: 0, width: 140, height: 16 }, picture.words, 140);
      const seen = { light: 0, dark: 0 };
      for (let y = 0; y < 16; y++)
        for (let x = 0; x < 140; x++) {
          const pixel = picture.at(x, y);
          if (pixel === "-") continue;
          expect([pixel === "#f2f2f4 86", pixel === "#0b0b0b 86"]).toContain(true);
          if (pixel.startsWith("#f2")) seen.light++;
          else seen.dark++;
          expect(Math.floor(y / scale) >= 1 && y / scale < 5 && x / scale >= 3 && x / scale < 45).toBe(true);
        }
      expect(Math.min(seen.light, seen.dark)).toBeGreaterThan(0);
    }
  });

  it("is the same drawn in parts", () => {
    const kept = { ys: Int32Array.of(0, 1, 5), x0s: Int32Array.of(0, 2, 1), x1s: Int32Array.of(9, 7, 16), count: 3 };
    const whole = new Uint32Array(20 * 10);
    const parts = new Uint32Array(20 * 10);
    paintLattice(kept, view(1), { x: 0, y: 0, width: 20, height: 10 }, whole, 20);
    for (const [x, width] of [
      [0, 7],
      [7, 13],
    ])
      for (const [y, height] of [
        [0, 1],
        [1, 9],
      ])
        paintLattice(kept, view(1), { x, y, width, height }, parts, 20);
    expect(parts).toEqual(whole);
  });
});

function bytesAt(picture: Picture, x: number, y: number): number[] {
  return [...new Uint8Array(picture.words.buffer, 4 * (y * picture.width + x), 4)];
}

/** The pixel over a grey photo. */
const onto = ([r, g, b, a]: readonly number[], photo: number): number[] =>
  [r, g, b].map((value) => photo + (value - photo) * (a / 255));

function expectClose(found: readonly number[], wanted: readonly number[]): void {
  for (let i = 0; i < 3; i++) expect(Math.abs(found[i] - wanted[i])).toBeLessThan(2);
}
