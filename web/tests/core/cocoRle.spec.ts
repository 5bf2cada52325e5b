// SPDX-License-Identifier: Apache-2.0
import fc from "fast-check";
import { expect, test } from "vitest";
import { compressCounts, encodeAllCounts, expandString, readCounts, regionOfCounts } from "../../src/core/cocoRle.ts";
import { LabelMap } from "../../src/core/labelMap.ts";
import { regionsEqual } from "../../src/core/region.ts";
import { aMap, aSize } from "./arbitraries.ts";
import { codeOf } from "./codeOf.ts";

function naiveCounts(map: LabelMap, id: number): number[] {
  const counts = [0];
  let inside = false;
  for (let x = 0; x < map.width; x++) {
    for (let y = 0; y < map.height; y++) {
      if ((map.get(x, y) === id) !== inside) {
        inside = !inside;
        counts.push(0);
      }
      counts[counts.length - 1]++;
    }
  }
  return counts;
}

test("all ids at once equal one mask at a time, and come back", () => {
  fc.assert(
    fc.property(aSize.chain(aMap), (map) => {
      const all = encodeAllCounts(map);
      expect([...all.keys()]).toEqual(map.ids().sort((a, b) => a - b));
      // A noise of thousands of ids is judged by a few of them.
      for (const [id, counts] of [...all].slice(0, 12)) {
        expect(counts).toEqual(naiveCounts(map, id));
        expect(expandString(compressCounts(counts), map.sizeHw)).toEqual(counts);
        const region = regionOfCounts(readCounts(counts, map.sizeHw), map.sizeHw);
        expect(regionsEqual(region, map.regionOf(id))).toBe(true);
      }
    }),
    { numRuns: 50 },
  );
});

test("strings that pycocotools wrote", () => {
  expect(compressCounts([0, 12])).toBe("0<");
  expect(compressCounts([6, 1, 40, 4, 5, 7, 10])).toBe("61X13mN35");
  expect(expandString("61X13mN35", [73, 1])).toEqual([6, 1, 40, 4, 5, 7, 10]);
});

test.each([
  ["", "bad_rle_string"],
  ["é", "bad_rle_string"],
  ["/4", "bad_rle_string"],
  ["p", "bad_rle_string"],
  ["4P", "bad_rle_string"],
  ["PPPPPPP0", "bad_rle_string"],
  ["oooooo0", "bad_counts"],
  ["O5", "bad_counts"],
  ["3", "bad_counts"],
  ["13OL4", "bad_counts"],
  ["000000000", "bad_counts"],
])("a hostile string has a code: %j", (text, code) => {
  expect(codeOf(() => expandString(text, [2, 2]))).toBe(code);
});

test.each([
  [[]],
  [[3]],
  [[-1, 5]],
  [[4, -4, 4]],
  [[1.5, 2.5]],
  [[true, 3]],
  [["4"]],
  [[null]],
  [[Number.NaN]],
  [[2 ** 70]],
])("hostile counts have a code: %j", (counts) => {
  expect(codeOf(() => readCounts(counts, [2, 2]))).toBe("bad_counts");
});

test("any string is read or refused, and what is read fills the image", () => {
  const aString = fc.string({
    unit: fc.integer({ min: 44, max: 116 }).map((code) => String.fromCharCode(code)),
    maxLength: 20,
  });
  fc.assert(
    fc.property(aString, fc.integer({ min: 1, max: 40 }), (text, side) => {
      const code = codeOf(() => {
        const counts = expandString(text, [side, 3]);
        expect(counts.reduce((a, b) => a + b, 0)).toBe(3 * side);
        expect(counts.every((count) => count >= 0)).toBe(true);
      });
      expect(["bad_rle_string", "bad_counts", null]).toContain(code);
    }),
    { numRuns: 2000 },
  );
});

test("a damaged mask of the largest image is refused before memory is taken, an impossible size too", () => {
  expect(codeOf(() => expandString("ooooo1", [16384, 16384]))).toBe("bad_counts");
  expect(codeOf(() => expandString("1", [2 ** 20, 2 ** 20]))).toBe("size_out_of_range");
  expect(codeOf(() => readCounts([1], [0, 1]))).toBe("size_out_of_range");
});

test("a mask of one id that is a whole large map", () => {
  const map = new LabelMap([300, 600]);
  expect(encodeAllCounts(map)).toEqual(new Map([[0, [0, 180000]]]));
});
