// SPDX-License-Identifier: Apache-2.0
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  applyTone,
  type Channel,
  changeTone,
  NEUTRAL_TONE,
  type RasterRect,
  type Tone,
  tonedValue,
  toneIsNeutral,
  toneTable,
} from "../../src/core/tone.ts";

const aChannel = fc.constantFrom<Channel>("colour", "red", "green", "blue", "luminance");
const aNumber = fc.double({ min: -400, max: 400, noNaN: true });
const aTone: fc.Arbitrary<Tone> = fc
  .record({
    brightness: aNumber,
    contrast: aNumber,
    gamma: aNumber,
    black: aNumber,
    white: aNumber,
    channel: aChannel,
    invert: fc.boolean(),
    localContrast: aNumber,
  })
  .map((wild) => changeTone(NEUTRAL_TONE, wild));

describe("tone", () => {
  test("as it is leaves every value as it is", () => {
    expect(toneIsNeutral(NEUTRAL_TONE)).toBe(true);
    expect([...toneTable(NEUTRAL_TONE)]).toEqual(Array.from({ length: 256 }, (_, value) => value));
  });

  test("numbers are brought into range, and black stays below white", () => {
    fc.assert(
      fc.property(aTone, (tone) => {
        expect(tone.black).toBeGreaterThanOrEqual(0);
        expect(tone.white).toBeGreaterThan(tone.black);
        expect(tone.white).toBeLessThanOrEqual(255);
        expect(Math.abs(tone.brightness)).toBeLessThanOrEqual(1);
        expect(tone.localContrast === 0 || (tone.localContrast >= 1 && tone.localContrast <= 8)).toBe(true);
      }),
    );
    const narrow = { ...NEUTRAL_TONE, black: 100, white: 120 };
    expect(changeTone(narrow, { black: 200 })).toMatchObject({ black: 200, white: 201 });
    expect(changeTone(narrow, { white: 50 })).toMatchObject({ black: 49, white: 50 });
    expect(changeTone(narrow, { white: 0 })).toMatchObject({ black: 0, white: 1 });
  });

  test("a table never falls, or with inversion never rises, and inversion is exact", () => {
    fc.assert(
      fc.property(aTone, (tone) => {
        const table = toneTable({ ...tone, invert: false });
        const inverted = toneTable({ ...tone, invert: true });
        for (let value = 0; value < 256; value++) {
          if (value > 0) expect(table[value]).toBeGreaterThanOrEqual(table[value - 1]);
          expect(inverted[value]).toBe(255 - table[value]);
        }
      }),
    );
  });

  test("levels put black and white where they are set", () => {
    const tone = { ...NEUTRAL_TONE, black: 64, white: 192 };
    expect([0, 64, 128, 192, 255].map((value) => tonedValue(value, tone))).toEqual([0, 0, 128, 255, 255]);
  });

  test("is applied to the rectangle alone, pixel by pixel as the naive one says", () => {
    const [width, height] = [7, 5];
    fc.assert(
      fc.property(
        aTone,
        fc.uint8Array({ minLength: 4 * width * height, maxLength: 4 * width * height }),
        fc.tuple(fc.nat(width), fc.nat(height), fc.nat(width), fc.nat(height)),
        (tone, bytes, rect) => {
          const source = new Uint8ClampedArray(bytes);
          const out = new Uint8ClampedArray(bytes);
          applyTone(source, out, width, rect as RasterRect, toneTable(tone), tone.channel);
          for (let y = 0; y < height; y++)
            for (let x = 0; x < width; x++) {
              const i = 4 * (y * width + x);
              const inside = x >= rect[0] && x < rect[2] && y >= rect[1] && y < rect[3];
              const wanted = inside ? naive(source.slice(i, i + 4), tone) : [...source.slice(i, i + 4)];
              expect([...out.slice(i, i + 4)]).toEqual(wanted);
            }
        },
      ),
      { numRuns: 60 },
    );
  });
});

function naive(pixel: Uint8ClampedArray, tone: Tone): number[] {
  const [r, g, b, a] = pixel;
  const grey = {
    red: r,
    green: g,
    blue: b,
    luminance: Math.floor((54 * r + 183 * g + 19 * b) / 256 + 0.5),
    colour: -1,
  };
  const parts = tone.channel === "colour" ? [r, g, b] : [grey[tone.channel], grey[tone.channel], grey[tone.channel]];
  return [...parts.map((value) => tonedValue(value, tone)), a];
}
