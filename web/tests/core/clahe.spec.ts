// SPDX-License-Identifier: Apache-2.0
/** CLAHE against a naive one that walks all pixels of a tile for every value and blends in plain fractions. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyClahe, claheTables } from "../../src/core/clahe.ts";
import { PhotoCounter, type PhotoCounts } from "../../src/core/photoCounts.ts";

interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8ClampedArray;
}

const aPicture: fc.Arbitrary<Picture> = fc
  .tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 30 }))
  .chain(([width, height]) =>
    fc
      .uint8Array({ minLength: 4 * width * height, maxLength: 4 * width * height })
      .map((bytes) => ({ width, height, rgba: new Uint8ClampedArray(bytes) })),
  );

const lumaAt = ({ rgba, width }: Picture, x: number, y: number): number => {
  const i = 4 * (y * width + x);
  return Math.floor((54 * rgba[i] + 183 * rgba[i + 1] + 19 * rgba[i + 2]) / 256 + 0.5);
};

function counted(picture: Picture, stripRows: number): PhotoCounts {
  const { width, height, rgba } = picture;
  const counter = new PhotoCounter([height, width]);
  for (let y = 0; y < height; y += stripRows)
    counter.addRows(rgba.slice(4 * width * y, 4 * width * (y + stripRows)), y);
  return counter.counts();
}

describe("counts", () => {
  test("are those of a walk over all pixels, in strips of any height", () => {
    fc.assert(
      fc.property(aPicture, fc.integer({ min: 1, max: 40 }), (picture, stripRows) => {
        const { histogram, tiles, tilesHw } = counted(picture, stripRows);
        const wanted = new Uint32Array(4 * 256);
        for (let y = 0; y < picture.height; y++)
          for (let x = 0; x < picture.width; x++) {
            for (let c = 0; c < 3; c++) wanted[256 * c + picture.rgba[4 * (y * picture.width + x) + c]]++;
            wanted[768 + lumaAt(picture, x, y)]++;
          }
        expect(histogram).toEqual(wanted);
        const sum = new Uint32Array(256);
        for (let i = 0; i < tiles.length; i++) sum[i % 256] += tiles[i];
        expect(sum).toEqual(wanted.slice(768));
        for (let tile = 0; tile < tilesHw[0] * tilesHw[1]; tile++)
          expect(tiles.slice(256 * tile, 256 * tile + 256).some((n) => n > 0)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

describe("CLAHE", () => {
  test("is what the naive one gives", () => {
    fc.assert(
      fc.property(aPicture, fc.double({ min: 1, max: 8, noNaN: true }), (picture, clipLimit) => {
        const tables = claheTables(counted(picture, 8), clipLimit);
        const out = new Uint8ClampedArray(picture.rgba);
        const { width, height } = picture;
        applyClahe(out, width, [0, 0, width, height], { originX: 0, originY: 0, scale: 1 }, tables);
        const wanted = naiveClahe(picture, clipLimit);
        for (let i = 0; i < out.length; i++) expect(Math.abs(out[i] - wanted[i])).toBeLessThanOrEqual(1);
      }),
      { numRuns: 60 },
    );
  });

  test("tables never fall and end at white", () => {
    fc.assert(
      fc.property(aPicture, fc.double({ min: 1, max: 8, noNaN: true }), (picture, clipLimit) => {
        const { tables } = claheTables(counted(picture, 8), clipLimit);
        for (let i = 0; i < tables.length; i++) {
          if (i % 256 > 0) expect(tables[i]).toBeGreaterThanOrEqual(tables[i - 1]);
          if (i % 256 === 255) expect(tables[i]).toBe(255);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("a part of the picture, panned and enlarged, gets what those pixels get in the whole", () => {
    const [width, height, scale] = [40, 30, 3];
    const rgba = new Uint8ClampedArray(4 * width * height).map((_, i) => (i * i * 7 + (i >> 5)) % 256);
    const picture = { width, height, rgba };
    const tables = claheTables(counted(picture, 30), 2);
    const [originX, originY, side] = [12, 9, 24];
    const enlarged = new Uint8ClampedArray(4 * side * side);
    const source = (k: number): number =>
      4 * ((originY + Math.floor(Math.floor(k / side) / scale)) * width + originX + Math.floor((k % side) / scale));
    for (let k = 0; k < side * side; k++) enlarged.set(rgba.slice(source(k), source(k) + 4), 4 * k);
    const before = new Uint8ClampedArray(enlarged);
    applyClahe(enlarged, side, [0, 0, side, side], { originX, originY, scale }, tables);
    const whole = new Uint8ClampedArray(rgba);
    applyClahe(whole, width, [0, 0, width, height], { originX: 0, originY: 0, scale: 1 }, tables);
    expect(enlarged).not.toEqual(before);
    // The middle one of each 3 × 3 device px has the place of the image pixel itself.
    for (let y = 1; y < side; y += scale)
      for (let x = 1; x < side; x += scale) {
        const k = y * side + x;
        expect([...enlarged.slice(4 * k, 4 * k + 4)]).toEqual([...whole.slice(source(k), source(k) + 4)]);
      }
  });
});

function naiveClahe(picture: Picture, clipLimit: number): number[] {
  const { width, height, rgba } = picture;
  const across = Math.min(8, width);
  const down = Math.min(8, height);
  const start = (i: number, count: number, side: number): number => Math.floor((i * side) / count);
  const tables = new Map<string, number[]>();
  for (let ty = 0; ty < down; ty++)
    for (let tx = 0; tx < across; tx++) {
      const values: number[] = [];
      for (let y = start(ty, down, height); y < start(ty + 1, down, height); y++)
        for (let x = start(tx, across, width); x < start(tx + 1, across, width); x++)
          values.push(lumaAt(picture, x, y));
      tables.set(`${tx},${ty}`, naiveTable(values, clipLimit));
    }
  const centres = (count: number, side: number): number[] =>
    Array.from({ length: count }, (_, i) => (start(i, count, side) + start(i + 1, count, side)) / 2);
  const xs = weights(centres(across, width), width);
  const ys = weights(centres(down, height), height);
  const out = [...rgba];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const was = lumaAt(picture, x, y);
      let now = 0;
      for (const [tx, wx] of xs[x]) for (const [ty, wy] of ys[y]) now += wx * wy * tables.get(`${tx},${ty}`)![was];
      for (let c = 0; c < 3; c++) {
        const i = 4 * (y * width + x) + c;
        out[i] = Math.min(255, Math.max(0, rgba[i] + now - was));
      }
    }
  return out;
}

function naiveTable(values: readonly number[], clipLimit: number): number[] {
  const counts = Array.from({ length: 256 }, (_, value) => values.filter((v) => v === value).length);
  const limit = Math.max(1, Math.floor((clipLimit * values.length) / 256));
  const clipped = counts.map((n) => Math.min(n, limit));
  let left = values.length - clipped.reduce((a, b) => a + b, 0);
  const rest = left % 256;
  for (let value = 0; value < 256; value++) clipped[value] += Math.floor(left / 256);
  // The rest goes to values at even steps.
  for (let value = 0, given = 0; value < 256; value++) {
    const due = Math.floor(((value + 1) * rest) / 256);
    clipped[value] += due - given;
    given = due;
  }
  left = 0;
  return clipped.map((n) => {
    left += n;
    return Math.floor((255 * left) / values.length + 0.5);
  });
}

/** For each pixel the tiles whose centres are nearest on either side, with weights that sum to 1. */
function weights(centres: readonly number[], side: number): (readonly [number, number])[][] {
  return Array.from({ length: side }, (_, pixel) => {
    const at = pixel + 0.5;
    const after = centres.findIndex((centre) => centre > at);
    if (after === 0) return [[0, 1]];
    if (after === -1) return [[centres.length - 1, 1]];
    const share = (at - centres[after - 1]) / (centres[after] - centres[after - 1]);
    return [
      [after - 1, 1 - share],
      [after, share],
    ];
  });
}
