// SPDX-License-Identifier: Apache-2.0
import fc from "fast-check";
import { expect, test } from "vitest";
import { partsOf } from "../../src/core/components.ts";
import { giveToNeighbours } from "../../src/core/gaps.ts";
import { islandsOf } from "../../src/core/islands.ts";
import { LabelMap } from "../../src/core/labelMap.ts";
import { type Region, RunCollector } from "../../src/core/region.ts";
import { aMap, anId, aSize, paint } from "./arbitraries.ts";
import { codeOf } from "./codeOf.ts";

const NONE: ReadonlySet<number> = new Set();
const someIds = fc.uniqueArray(anId, { maxLength: 2 }).map((ids): ReadonlySet<number> => new Set<number>(ids));
const smallMap = fc.tuple(fc.integer({ min: 1, max: 14 }), fc.integer({ min: 1, max: 14 })).chain((size) => aMap(size));

const beside = (map: LabelMap, at: number): number[] => {
  const [x, y] = [at % map.width, Math.floor(at / map.width)];
  const near = [];
  if (x > 0) near.push(at - 1);
  if (x < map.width - 1) near.push(at + 1);
  if (y > 0) near.push(at - map.width);
  if (y < map.height - 1) near.push(at + map.width);
  return near;
};

/** Pixel → id that gets it; each pixel looks for its nearest taker by itself. */
function naiveGifts(map: LabelMap, region: ReadonlySet<number>, closed: ReadonlySet<number>): Map<number, number> {
  const ids = map.toIds();
  const given = new Map<number, number>();
  for (const pixel of region) {
    const seen = new Set([pixel]);
    for (let ring = [pixel]; ring.length > 0; ) {
      const around = [...new Set(ring.flatMap((at) => beside(map, at)))].filter((at) => !seen.has(at));
      const takers = around.filter((at) => !region.has(at)).map((at) => ids[at]);
      const open = takers.filter((id) => id !== 0 && !closed.has(id));
      if (open.length > 0) {
        given.set(pixel, Math.min(...open));
        break;
      }
      for (const at of around) seen.add(at);
      ring = around.filter((at) => region.has(at));
    }
  }
  return given;
}

function pixelsOf(region: Region, width: number): number[] {
  const pixels: number[] = [];
  for (let i = 0; i < region.count; i++) {
    for (let x = region.x0s[i]; x < region.x1s[i]; x++) pixels.push(region.ys[i] * width + x);
  }
  return pixels;
}

function regionOfPixels(pixels: readonly number[], width: number): Region {
  const runs = new RunCollector();
  for (const at of pixels) runs.push(Math.floor(at / width), at % width, (at % width) + 1);
  return runs.toRegion();
}

test("each pixel of a region goes to its nearest taker", () => {
  fc.assert(
    fc.property(smallMap, anId, someIds, fc.boolean(), (map, id, closed, mixed) => {
      const pixels = [...map.toIds().keys()].filter(
        (at) => map.toIds()[at] === id || (mixed && at % map.width < map.width / 2),
      );
      const gifts = giveToNeighbours(map, regionOfPixels(pixels, map.width), closed);
      const given = new Map(
        gifts.flatMap(({ segmentId, region }) =>
          pixelsOf(region, map.width).map((at): [number, number] => [at, segmentId]),
        ),
      );
      expect(new Map([...given].sort(([a], [b]) => a - b))).toEqual(
        new Map([...naiveGifts(map, new Set(pixels), closed)].sort(([a], [b]) => a - b)),
      );
      expect(gifts.map((gift) => gift.segmentId)).toEqual(gifts.map((gift) => gift.segmentId).sort((a, b) => a - b));
    }),
    { numRuns: 150 },
  );
});

test("a map with all gaps given has none, and nothing else has changed", () => {
  fc.assert(
    fc.property(aSize.chain(aMap), (map) => {
      fc.pre(map.labelledPx > 0);
      const full = map.clone();
      for (const { region } of partsOf(map, new Set([0]))) {
        for (const gift of giveToNeighbours(map, region, NONE)) paint(full, gift.region, gift.segmentId);
      }
      expect(full.areaOf(0)).toBe(0);
      const [before, after] = [map.toIds(), full.toIds()];
      expect(before.every((id, at) => id === 0 || after[at] === id)).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test("nothing is reached across a closed segment, and a gap among closed ones stays", () => {
  const map = LabelMap.fromIds([0, 7, 2, 7, 0, 0], [1, 6]);
  expect(giveToNeighbours(map, map.regionOf(0), new Set([7]))).toEqual([]);
  expect(giveToNeighbours(map, map.regionOf(0), NONE).map((gift) => gift.segmentId)).toEqual([7]);
});

test("more takers than two bytes tell apart", () => {
  for (const side of [40, 400]) {
    // Even rows of pixels that are all segments of their own: 800 and 80,000 of them.
    const ids = Uint32Array.from({ length: side * side }, (_, at) => (Math.floor(at / side) % 2 === 0 ? at + 1 : 0));
    const each = LabelMap.fromIds(ids, [side, side]);
    const gifts = giveToNeighbours(each, each.regionOf(0), NONE);
    // Every pixel of an odd row is as near to the row above, whose ids are lower, as to the one below.
    expect(gifts.every(({ segmentId, region }) => each.get(region.x0s[0], region.ys[0] - 1) === segmentId)).toBe(true);
    expect(gifts).toHaveLength((side * side) / 2);
  }
});

test("a region outside the image is refused", () => {
  const map = new LabelMap([2, 2]);
  for (const [y, x0, x1] of [
    [0, -1, 1],
    [0, 1, 3],
    [-1, 0, 1],
    [2, 0, 1],
  ]) {
    const region = { ys: Int32Array.of(y), x0s: Int32Array.of(x0), x1s: Int32Array.of(x1), count: 1 };
    expect(codeOf(() => giveToNeighbours(map, region, NONE))).toBe("out_of_image");
  }
});

/** Islands round by round, pixel by pixel: `id>taker:first pixel`. */
function naiveIslands(
  map: LabelMap,
  below: number,
  wanted: ReadonlySet<number> | null,
  closed: ReadonlySet<number>,
): string[] {
  const parts = partsOf(map, wanted).map((part) => ({ ...part, pixels: pixelsOf(part.region, map.width) }));
  const main = new Set(
    parts.filter(
      (part, k) =>
        part.segmentId !== 0 &&
        parts.every(
          (other, j) =>
            other.segmentId !== part.segmentId ||
            other.areaPx < part.areaPx ||
            (other.areaPx === part.areaPx && j >= k),
        ),
    ),
  );
  const shut = (id: number): boolean => id !== 0 && closed.has(id);
  let waiting = parts.filter((part) => part.areaPx < below && !main.has(part) && !shut(part.segmentId));
  const all = waiting;
  const owner = map.toIds();
  const takers = new Map<(typeof parts)[number], number>();
  for (;;) {
    const wet = new Set(waiting.flatMap((part) => part.pixels));
    const decided = waiting.flatMap((part) => {
      const cracks = new Map<number, number>();
      for (const at of part.pixels.flatMap((p) => beside(map, p))) {
        if (!wet.has(at) && !shut(owner[at])) cracks.set(owner[at], (cracks.get(owner[at]) ?? 0) + 1);
      }
      const best = [...cracks].sort(([a, m], [b, n]) => n - m || a - b)[0];
      return best === undefined ? [] : [{ part, taker: best[0] }];
    });
    if (decided.length === 0) break;
    for (const { part, taker } of decided) {
      takers.set(part, taker);
      for (const at of part.pixels) owner[at] = taker;
    }
    waiting = waiting.filter((part) => !takers.has(part));
  }
  return all
    .filter((part) => takers.has(part) && takers.get(part) !== part.segmentId)
    .map((part) => `${part.segmentId}>${takers.get(part)}:${part.pixels.join()}`);
}

test("islands go to whom they share most border with, in rounds", () => {
  fc.assert(
    fc.property(smallMap, fc.integer({ min: 0, max: 9 }), fc.option(someIds), someIds, (map, below, wanted, closed) => {
      const found = islandsOf(map, below, wanted, closed);
      expect(found.map((one) => `${one.segmentId}>${one.takerId}:${pixelsOf(one.region, map.width).join()}`)).toEqual(
        naiveIslands(map, below, wanted, closed),
      );
    }),
    { numRuns: 200 },
  );
});

test("no segment vanishes with its islands", () => {
  fc.assert(
    fc.property(aSize.chain(aMap), (map) => {
      const after = map.clone();
      for (const { region, takerId } of islandsOf(map, 6, null, NONE)) paint(after, region, takerId);
      const owners = (of: LabelMap): number[] =>
        of
          .ids()
          .filter((id) => id !== 0)
          .sort((a, b) => a - b);
      expect(owners(after)).toEqual(owners(map));
    }),
    { numRuns: 40 },
  );
});
