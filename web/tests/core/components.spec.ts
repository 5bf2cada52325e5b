// SPDX-License-Identifier: Apache-2.0
import fc from "fast-check";
import { expect, test } from "vitest";
import { partsOf } from "../../src/core/components.ts";
import { LabelMap } from "../../src/core/labelMap.ts";
import { aMap, anId, aSize } from "./arbitraries.ts";

/** Flood fill from each pixel not yet seen, row-major. */
function naiveParts(map: LabelMap, id: number): { box: number[]; areaPx: number; pixels: Set<number> }[] {
  const ids = map.toIds();
  const seen = new Uint8Array(ids.length);
  const parts: { box: number[]; areaPx: number; pixels: Set<number> }[] = [];
  for (let at = 0; at < ids.length; at++) {
    if (seen[at] === 1 || ids[at] !== id) continue;
    const open = [at];
    seen[at] = 1;
    const pixels = new Set<number>();
    let box = [map.width, map.height, 0, 0];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      pixels.add(next);
      const x = next % map.width;
      const y = (next - x) / map.width;
      box = [Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x + 1), Math.max(box[3], y + 1)];
      const near = [x > 0 && next - 1, x < map.width - 1 && next + 1, y > 0 && next - map.width, next + map.width];
      for (const q of near) {
        if (q === false || q >= ids.length || seen[q] === 1 || ids[q] !== id) continue;
        seen[q] = 1;
        open.push(q);
      }
    }
    parts.push({ box, areaPx: pixels.size, pixels });
  }
  return parts;
}

test("parts are those of a flood fill, in its order, each with a pixel of its own", () => {
  fc.assert(
    fc.property(aSize.chain(aMap), anId, (map, id) => {
      const found = partsOf(map, new Set([id]));
      const expected = naiveParts(map, id);
      expect(found.map(({ box, areaPx }) => ({ box: [...box], areaPx }))).toEqual(
        expected.map(({ box, areaPx }) => ({ box, areaPx })),
      );
      const inside = found.every(({ region: { ys, x0s, x1s, count } }, i) => {
        const { pixels } = expected[i];
        const runs = Array.from({ length: count }, (_, k) => [ys[k] * map.width + x0s[k], ys[k] * map.width + x1s[k]]);
        return runs.every(([from, to]) => pixels.has(from) && pixels.has(to - 1));
      });
      expect(inside).toBe(true);
    }),
    { numRuns: 100 },
  );
});

test("a spiral is one part, and its gap another", () => {
  const rows = ["xxxxxxx", "......x", "xxxxx.x", "x...x.x", "x.xxx.x", "x.....x", "xxxxxxx"];
  const map = LabelMap.fromIds(
    [...rows.join("")].map((c) => (c === "x" ? 3 : 0)),
    [7, 7],
  );
  expect(partsOf(map, new Set([3]))).toHaveLength(1);
  expect(partsOf(map, new Set([0]))).toMatchObject([{ box: [0, 1, 6, 6], areaPx: 18 }]);
});

test("diagonal neighbours are apart", () => {
  expect(partsOf(LabelMap.fromIds([1, 0, 0, 1], [2, 2]), new Set([1]))).toHaveLength(2);
});

test("a full map has no gap", () => {
  expect(partsOf(LabelMap.fromIds([1, 1], [1, 2]), new Set([0]))).toEqual([]);
});
