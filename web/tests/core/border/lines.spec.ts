// SPDX-License-Identifier: Apache-2.0
/** Knife and reshape against oracles that look at every pixel and every link. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { knifeCut } from "../../../src/core/border/knife.ts";
import { lineCuts } from "../../../src/core/border/lineCuts.ts";
import { reshape } from "../../../src/core/border/reshape.ts";
import { LabelMap } from "../../../src/core/labelMap.ts";
import { applyPixels } from "../../../src/core/pixelRuns.ts";
import { polygonRegion } from "../../../src/core/raster/index.ts";
import { regionHas, type SizeHw } from "../../../src/core/region.ts";
import { aMap, aPath, aSize, IDS } from "../arbitraries.ts";

const aCase = (points: number) =>
  aSize.chain((size) => fc.record({ size: fc.constant(size), map: aMap(size), path: aPath(size, 2, points) }));

const flat = (path: readonly (readonly [number, number])[]): Int32Array => Int32Array.from(path.flat());

/** Parts of the pixels that `wanted` takes, by steps over links that are not cut; −1 for the others. */
function naiveParts(size: SizeHw, wanted: (i: number) => boolean, cut: (a: number, b: number) => boolean): Int32Array {
  const [h, w] = size;
  const part = new Int32Array(h * w).fill(-1);
  for (let start = 0; start < h * w; start++) {
    if (part[start] >= 0 || !wanted(start)) continue;
    const open = [start];
    part[start] = start;
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      const [x, y] = [at % w, Math.floor(at / w)];
      for (const [nx, ny] of [
        [x - 1, y],
        [x + 1, y],
        [x, y - 1],
        [x, y + 1],
      ]) {
        const next = ny * w + nx;
        if (nx < 0 || ny < 0 || nx >= w || ny >= h || part[next] >= 0 || !wanted(next) || cut(at, next)) continue;
        part[next] = start;
        open.push(next);
      }
    }
  }
  return part;
}

function cutter(path: Int32Array, size: SizeHw): (a: number, b: number) => boolean {
  const w = size[1];
  const { beside, above } = lineCuts(path, size);
  return (a, b) => {
    const far = Math.max(a, b);
    const [x, y] = [far % w, Math.floor(far / w)];
    return ((Math.abs(a - b) === 1 && w > 1 ? beside : above).get(y) ?? []).includes(x);
  };
}

describe("links cut by a line", () => {
  it("are those between inside and outside when the line is closed", () => {
    fc.assert(
      fc.property(
        aSize.chain((size) => fc.tuple(fc.constant(size), aPath(size, 3, 7))),
        ([size, ring]) => {
          const [h, w] = size;
          const inside = polygonRegion([flat(ring)], "evenodd", size);
          const { beside, above } = lineCuts(flat([...ring, ring[0]]), size);
          let wrong = 0;
          for (let y = 0; y < h; y++) {
            const [left, up] = [new Set(beside.get(y)), new Set(above.get(y))];
            for (let x = 0; x < w; x++) {
              const here = regionHas(inside, x, y);
              if (x > 0 && left.has(x) !== (here !== regionHas(inside, x - 1, y))) wrong++;
              if (y > 0 && up.has(x) !== (here !== regionHas(inside, x, y - 1))) wrong++;
            }
          }
          expect(wrong).toBe(0);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("knife", () => {
  it("cuts off what no path joins to the rest, and never the larger side", () => {
    fc.assert(
      fc.property(aCase(5), fc.constantFrom(...IDS), ({ size, map, path }, id) => {
        const ids = map.toIds();
        const line = flat(path);
        const isCut = cutter(line, size);
        const whole = naiveParts(
          size,
          (i) => ids[i] === id,
          () => false,
        );
        const parted = naiveParts(size, (i) => ids[i] === id, isCut);
        const split = new Map<number, Set<number>>();
        whole.forEach((root, i) => {
          if (root >= 0) split.set(root, (split.get(root) ?? new Set()).add(parted[i]));
        });
        const cut = knifeCut(map, id, line);
        const several = [...split].filter(([, parts]) => parts.size > 1);
        expect(cut === null).toBe(several.length === 0);
        if (cut === null) return;
        expect(cut.partPx + cut.keptPx).toBe(map.areaOf(id));
        const off = new Uint8Array(ids.length);
        for (let i = 0; i < ids.length; i++) off[i] = regionHas(cut.part, i % size[1], Math.floor(i / size[1])) ? 1 : 0;
        expect(off.reduce((sum, one) => sum + one, 0)).toBe(cut.partPx);
        // A part goes or stays as a whole; untouched ones stay; of each split one both kinds are there.
        const kinds = new Map<number, Set<number>>();
        parted.forEach((root, i) => {
          if (root >= 0) kinds.set(root, (kinds.get(root) ?? new Set()).add(off[i]));
          else expect(off[i]).toBe(0);
        });
        for (const found of kinds.values()) expect(found.size).toBe(1);
        for (const [, parts] of split) {
          const found = new Set([...parts].flatMap((root) => [...(kinds.get(root) as Set<number>)]));
          expect(found).toEqual(parts.size > 1 ? new Set([0, 1]) : new Set([0]));
        }
      }),
      { numRuns: 150 },
    );
  });

  it("leaves two legs of one side together", () => {
    const map = LabelMap.fromIds([1, 1, 1, 1, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 1], [4, 5]);
    const cut = knifeCut(map, 1, Int32Array.of(-100, 640, 1500, 640));
    expect(cut).toMatchObject({ partPx: 4, keptPx: 7 });
  });
});

describe("reshape", () => {
  it("is a partition of the same pixels: locked ones stay, gains go to the segment, losses leave it", () => {
    fc.assert(
      fc.property(
        aCase(7),
        fc.constantFrom(...IDS.slice(1)),
        fc.uniqueArray(fc.constantFrom(...IDS.slice(1)), { maxLength: 2 }),
        ({ size, map, path }, id, lockedIds) => {
          const locked = new Set<number>(lockedIds);
          const before = map.toIds();
          const { pixels } = reshape(map, id, flat(path), (from, to) => !locked.has(from) && !locked.has(to));
          applyPixels(map, pixels);
          const after = map.toIds();
          const isCut = cutter(flat(path), size);
          const outside = naiveParts(size, (i) => before[i] !== id, isCut);
          const outer = naiveParts(
            size,
            (i) => before[i] !== id,
            () => false,
          );
          for (let i = 0; i < before.length; i++) {
            if (before[i] === after[i]) continue;
            expect(locked.has(before[i]) || locked.has(after[i]) || locked.has(id)).toBe(false);
            expect(before[i] === id || after[i] === id).toBe(true);
            // Gained pixels lie in a part that the line made.
            if (after[i] === id)
              expect(outside.some((root, k) => outer[k] === outer[i] && root !== outside[i])).toBe(true);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  const stripes = (): LabelMap =>
    LabelMap.fromIds(
      Array.from({ length: 100 }, (_, i) => (i % 10 < 5 ? 1 : 2)),
      [10, 10],
    );
  const at = (...xy: number[]): Int32Array => Int32Array.from(xy, (v) => Math.round(v * 256));

  it("gains the pocket between line and border, and loses what is cut off to the longest neighbour", () => {
    const map = stripes();
    applyPixels(map, reshape(map, 1, at(3, 2, 8, 2, 8, 5, 3, 5), () => true).pixels);
    expect(map.areaOf(1)).toBe(59);
    applyPixels(map, reshape(map, 1, at(9, 8, 2, 8, 2, 12), () => true).pixels);
    expect([map.areaOf(1), map.areaOf(2)]).toEqual([53, 47]);
  });

  it("cuts a hole with a loop, which nobody gets", () => {
    const map = stripes();
    const { pixels, holePx } = reshape(map, 1, at(1, 1, 4, 1, 4, 4, 1, 4, 1, 1), () => true);
    expect(holePx).toBe(9);
    applyPixels(map, pixels);
    expect(map.areaOf(0)).toBe(9);
  });

  it("takes nothing from locked neighbours and gives nothing to them", () => {
    const map = stripes();
    expect(reshape(map, 1, at(3, 2, 8, 2, 8, 5, 3, 5), (from, to) => from !== 2 && to !== 2).pixels.count).toBe(0);
    expect(reshape(map, 1, at(9, 8, 2, 8, 2, 12), (from, to) => from !== 2 && to !== 2).pixels.count).toBe(0);
  });
});
