// SPDX-License-Identifier: Apache-2.0
import fc from "fast-check";
import { expect, test } from "vitest";
import { partsOf } from "../../src/core/components.ts";
import { floodRegion } from "../../src/core/flood.ts";
import { LabelMap } from "../../src/core/labelMap.ts";
import { aMap, anId, aSize } from "./arbitraries.ts";
import { codeOf } from "./codeOf.ts";
import { runsOfRegion } from "./naive.ts";

/** Flat positions of the pixels joined to (x, y) by 4-neighbours of its id. */
function naiveFlood(map: LabelMap, x: number, y: number): Set<number> {
  const found = new Set([y * map.width + x]);
  for (const at of found) {
    const px = at % map.width;
    const py = Math.floor(at / map.width);
    for (const [qx, qy] of [
      [px - 1, py],
      [px + 1, py],
      [px, py - 1],
      [px, py + 1],
    ]) {
      const inside = qx >= 0 && qy >= 0 && qx < map.width && qy < map.height;
      if (inside && map.get(qx, qy) === map.get(x, y)) found.add(qy * map.width + qx);
    }
  }
  return found;
}

function runsOfPixels(pixels: ReadonlySet<number>, width: number): number[][] {
  const runs: number[][] = [];
  for (const at of [...pixels].sort((a, b) => a - b)) {
    const [y, x] = [Math.floor(at / width), at % width];
    const last = runs[runs.length - 1];
    if (last !== undefined && last[0] === y && last[2] === x) last[2]++;
    else runs.push([y, x, x + 1]);
  }
  return runs;
}

const aMapAndPixel = aSize
  .chain(aMap)
  .chain((map) => fc.tuple(fc.constant(map), fc.nat(map.width - 1), fc.nat(map.height - 1)));

test("a fill takes the part under the pointer", () => {
  fc.assert(
    fc.property(aMapAndPixel, ([map, x, y]) => {
      expect(runsOfRegion(floodRegion(map, x, y))).toEqual(runsOfPixels(naiveFlood(map, x, y), map.width));
    }),
    { numRuns: 40 },
  );
});

test("a fill outside the image is refused", () => {
  const map = new LabelMap([2, 3]);
  for (const [x, y] of [
    [-1, 0],
    [0, -1],
    [3, 0],
    [0, 2],
    [Number.NaN, 0],
  ]) {
    expect(codeOf(() => floodRegion(map, x, y))).toBe("out_of_image");
  }
});

test("a fill of a comb with a thousand teeth is one part", () => {
  const map = new LabelMap([200, 2000]);
  for (let y = 0; y < 199; y++) for (let x = 1; x < 2000; x += 2) map.writeRun(y, x, x + 1, 7);
  const comb = floodRegion(map, 0, 0);
  expect(comb.count).toBe(199 * 1000 + 1);
  expect(partsOf(map, new Set([0]))).toHaveLength(1);
  expect(partsOf(map, new Set([7]))).toHaveLength(1000);
});

test("parts of chosen ids, or of all, are their fills, by first pixel", () => {
  fc.assert(
    fc.property(aSize.chain(aMap), fc.option(fc.uniqueArray(anId, { maxLength: 3 })), (map, wanted) => {
      const seen = new Set<number>();
      const expected: unknown[] = [];
      for (let y = 0; y < map.height; y++) {
        for (let x = 0; x < map.width; x++) {
          const id = map.get(x, y);
          if (seen.has(y * map.width + x) || (wanted !== null && !wanted.includes(id as never))) continue;
          const pixels = naiveFlood(map, x, y);
          for (const at of pixels) seen.add(at);
          const runs = runsOfPixels(pixels, map.width);
          const [x0, x1] = [Math.min(...runs.map((r) => r[1])), Math.max(...runs.map((r) => r[2]))];
          expected.push({ id, areaPx: pixels.size, box: [x0, y, x1, runs[runs.length - 1][0] + 1], runs });
        }
      }
      const found = partsOf(map, wanted === null ? null : new Set<number>(wanted)).map((part) => {
        return { id: part.segmentId, areaPx: part.areaPx, box: [...part.box], runs: runsOfRegion(part.region) };
      });
      expect(found).toEqual(expected);
    }),
    { numRuns: 25 },
  );
});
