// SPDX-License-Identifier: Apache-2.0
/** Holes, growth, smoothing and moves of whole segments, over random maps. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { grown, shrunk } from "../../../src/core/border/growth.ts";
import { filledHoles } from "../../../src/core/border/holes.ts";
import { movedSegment } from "../../../src/core/border/moveSegment.ts";
import { smoothed } from "../../../src/core/border/smooth.ts";
import { partsOf } from "../../../src/core/components.ts";
import { giveToNeighbours } from "../../../src/core/gaps.ts";
import { LabelMap } from "../../../src/core/labelMap.ts";
import { applyPixels } from "../../../src/core/pixelRuns.ts";
import { RunCollector } from "../../../src/core/region.ts";
import { aMap, aSize, IDS } from "../arbitraries.ts";

const aCase = aSize.chain((size) =>
  fc.record({
    map: aMap(size),
    id: fc.constantFrom(...IDS.slice(1)),
    neighbours: fc.constantFrom(4 as const, 8 as const),
    locked: fc.uniqueArray(fc.constantFrom(...IDS.slice(1)), { maxLength: 2 }).map((ids) => new Set<number>(ids)),
    yes: fc.boolean(),
    by: fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 })),
  }),
);

/** Two segments that meet in a ragged border, as hasty hands leave it. */
const aJagged = fc
  .tuple(fc.array(fc.integer({ min: 6, max: 14 }), { minLength: 12, maxLength: 24 }), fc.constantFrom(0, 7))
  .map(([cuts, other]) => ({
    map: LabelMap.fromIds(
      cuts.flatMap((cut) => Array.from({ length: 20 }, (_, x) => (x < cut ? 1 : other))),
      [cuts.length, 20],
    ),
    id: 1,
    locked: new Set<number>(),
  }));

const changedBy = (map: LabelMap, make: () => Parameters<typeof applyPixels>[1]): [Uint32Array, Uint32Array] => {
  const before = map.toIds();
  const pixels = make();
  expect(map.toIds()).toEqual(before);
  applyPixels(map, pixels);
  return [before, map.toIds()];
};

function around(map: LabelMap, i: number, neighbours: 4 | 8): number[] {
  const [x, y] = [i % map.width, Math.floor(i / map.width)];
  const found: number[] = [];
  for (let dy = -1; dy <= 1; dy++) {
    for (let dx = -1; dx <= 1; dx++) {
      const isIt = dx === 0 && dy === 0 ? false : neighbours === 8 || dx === 0 || dy === 0;
      const [nx, ny] = [x + dx, y + dy];
      if (isIt && nx >= 0 && ny >= 0 && nx < map.width && ny < map.height) found.push(ny * map.width + nx);
    }
  }
  return found;
}

describe("holes", () => {
  it("are the unlabelled pixels from which no way leads out", () => {
    fc.assert(
      fc.property(aCase, ({ map, id }) => {
        const box = map.boxOf(id) ?? [0, 0, 0, 0];
        const [before, after] = changedBy(map, () => filledHoles(map, id));
        const out = new Set<number>();
        const open: number[] = [];
        const visit = (i: number): void => {
          if (before[i] === id || out.has(i)) return;
          out.add(i);
          open.push(i);
        };
        for (let i = 0; i < before.length; i++) {
          const [x, y] = [i % map.width, Math.floor(i / map.width)];
          const onFrame = x === 0 || y === 0 || x === map.width - 1 || y === map.height - 1;
          if (onFrame || x < box[0] || y < box[1] || x >= box[2] || y >= box[3]) visit(i);
        }
        for (let i = open.pop(); i !== undefined; i = open.pop()) for (const k of around(map, i, 4)) visit(k);
        expect(after).toEqual(before.map((was, i) => (was === 0 && !out.has(i) && map.areaOf(id) > 0 ? id : was)));
      }),
      { numRuns: 100 },
    );
  });

  it("keep the segments that lie in them", () => {
    const map = LabelMap.fromIds([1, 1, 1, 1, 1, 0, 7, 1, 1, 1, 1, 1], [3, 4]);
    const [, after] = changedBy(map, () => filledHoles(map, 1));
    expect([...after]).toEqual([1, 1, 1, 1, 1, 1, 7, 1, 1, 1, 1, 1]);
  });
});

describe("growth", () => {
  it("takes every neighbour that it may take, and no other", () => {
    fc.assert(
      fc.property(aCase, ({ map, id, neighbours, locked }) => {
        const [before, after] = changedBy(map, () => grown(map, id, neighbours, (other) => !locked.has(other)));
        const expected = before.map((was, i) =>
          was !== id && !locked.has(was) && around(map, i, neighbours).some((k) => before[k] === id) ? id : was,
        );
        expect(after).toEqual(expected);
      }),
      { numRuns: 100 },
    );
  });

  it("gives up every pixel with another neighbour, to one of these or to nobody", () => {
    fc.assert(
      fc.property(aCase, ({ map, id, neighbours, locked, yes }) => {
        const may = (from: number, to: number): boolean => !locked.has(from) && !locked.has(to);
        const [before, after] = changedBy(map, () => shrunk(map, id, neighbours, yes, may));
        let wrong = 0;
        for (let i = 0; i < before.length; i++) {
          if (before[i] !== id) {
            if (after[i] !== before[i]) wrong++;
            continue;
          }
          const others = new Set(around(map, i, neighbours).map((k) => before[k]));
          others.delete(id);
          const takers = yes ? [...others].filter((other) => other === 0 || may(id, other)) : [0];
          const leaves = others.size > 0 && !locked.has(id) && takers.length > 0;
          if (leaves ? !takers.includes(after[i]) : after[i] !== id) wrong++;
          if (leaves && yes && after[i] === 0 && takers.some((taker) => taker !== 0)) wrong++;
        }
        expect(wrong).toBe(0);
      }),
      { numRuns: 100 },
    );
  });
});

describe("smoothing", () => {
  it("keeps how many parts each segment has, and what is locked or not beside the segment", () => {
    let changed = 0;
    fc.assert(
      fc.property(fc.oneof(aCase, aJagged), ({ map, id, locked }) => {
        const counts = (): Record<number, number> => {
          const found: Record<number, number> = {};
          for (const part of partsOf(map, null)) found[part.segmentId] = (found[part.segmentId] ?? 0) + 1;
          return found;
        };
        const partsBefore = counts();
        const [before, after] = changedBy(map, () =>
          smoothed(map, id, (from, to) => !locked.has(from) && !locked.has(to)),
        );
        expect(counts()).toEqual(partsBefore);
        for (let i = 0; i < before.length; i++) {
          if (before[i] === after[i]) continue;
          changed++;
          expect(before[i] === id || after[i] === id).toBe(true);
          expect(locked.has(before[i]) || locked.has(after[i])).toBe(false);
        }
      }),
      { numRuns: 150 },
    );
    expect(changed).toBeGreaterThan(100);
  });

  it("takes hairs off a straight border and leaves a straight one and a large round one as they are", () => {
    const map = new LabelMap([60, 60]);
    for (let y = 0; y < 60; y++) map.writeRun(y, 0, 30 + (y % 7 === 3 ? 1 : 0), 1);
    for (let y = 0; y < 60; y++) map.writeRun(y, 30 + (y % 7 === 3 ? 1 : 0), 60, 2);
    applyPixels(
      map,
      smoothed(map, 1, () => true),
    );
    for (let y = 3; y < 57; y++) expect([map.get(29, y), map.get(30, y)]).toEqual([1, 2]);
    expect(smoothed(map, 2, () => true).count).toBe(0);
    const round = new LabelMap([80, 80]);
    for (let y = 0; y < 80; y++)
      for (let x = 0; x < 80; x++) if ((x - 40) ** 2 + (y - 40) ** 2 < 900) round.writeRun(y, x, x + 1, 7);
    const area = round.areaOf(7);
    for (let n = 0; n < 5; n++)
      applyPixels(
        round,
        smoothed(round, 7, () => true),
      );
    expect(Math.abs(round.areaOf(7) - area)).toBeLessThan(area / 100);
  });
});

describe("moving a segment", () => {
  it("covers what it may, leaves the rest to the nearest neighbours or to nobody, and touches nothing else", () => {
    fc.assert(
      fc.property(aCase, ({ map, id, locked, yes, by: [dx, dy] }) => {
        const may = (from: number, to: number): boolean => !locked.has(from) && !locked.has(to);
        const mayCover = (other: number): boolean => (yes || other === 0) && may(other, id);
        const [h, w] = map.sizeHw;
        const before = map.toIds();
        const arrives = (i: number): boolean => {
          const [x, y] = [(i % w) - dx, Math.floor(i / w) - dy];
          return x >= 0 && y >= 0 && x < w && y < h && before[y * w + x] === id;
        };
        const expected = before.map((was, i) => (was !== id && arrives(i) && mayCover(was) ? id : was));
        const left = new RunCollector(16);
        before.forEach((was, i) => {
          if (was === id && !arrives(i)) left.push(Math.floor(i / w), i % w, (i % w) + 1);
        });
        if (!locked.has(id) && (dx !== 0 || dy !== 0)) {
          const covered = LabelMap.fromIds(expected, [h, w]);
          const region = left.toRegion();
          for (let k = 0; k < region.count; k++) {
            for (let x = region.x0s[k]; x < region.x1s[k]; x++) expected[region.ys[k] * w + x] = 0;
          }
          const closed = new Set([...locked, id]);
          for (const { segmentId, region: gift } of yes ? giveToNeighbours(covered, region, closed) : []) {
            for (let k = 0; k < gift.count; k++)
              expected.fill(segmentId, gift.ys[k] * w + gift.x0s[k], gift.ys[k] * w + gift.x1s[k]);
          }
        }
        const [, after] = changedBy(map, () => movedSegment(map, id, dx, dy, { mayCover, closesUp: yes, may }));
        if (dx === 0 && dy === 0) expect(after).toEqual(before);
        else expect(after).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });
});
