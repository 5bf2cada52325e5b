// SPDX-License-Identifier: Apache-2.0
/** Sliding borders over random partitions: nothing lost, nothing doubled, nothing far away touched, locks held. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  arcsFrom,
  arcThrough,
  type BorderArc,
  crackCount,
  crackNear,
  vertexNear,
} from "../../../src/core/border/arc.ts";
import { type ArcMove, movedArcs } from "../../../src/core/border/arcMoves.ts";
import { slideJunction, slideVertex, slideWhole, slideWithFalloff, telling } from "../../../src/core/border/slide.ts";
import { LabelMap } from "../../../src/core/labelMap.ts";
import { applyPixels } from "../../../src/core/pixelRuns.ts";
import type { SizeHw } from "../../../src/core/region.ts";
import { arcCount, arcVertices, vectorize } from "../../../src/core/vectorize.ts";
import { aMap, aSize, IDS } from "../arbitraries.ts";

/** Each pixel to the nearest of a few sites: a partition as a photograph gives one, without unlabelled pixels. */
const aVoronoi = (size: SizeHw): fc.Arbitrary<LabelMap> =>
  fc
    .array(fc.tuple(fc.nat(size[1]), fc.nat(size[0]), fc.constantFrom(...IDS.slice(1))), { minLength: 2, maxLength: 7 })
    .map((sites) =>
      LabelMap.fromIds(
        Array.from({ length: size[0] * size[1] }, (_, i) => {
          const [x, y] = [i % size[1], Math.floor(i / size[1])];
          const far = ([sx, sy]: readonly [number, number, number]): number => (sx - x) ** 2 + (sy - y) ** 2;
          return sites.reduce((a, b) => (far(b) < far(a) ? b : a))[2];
        }),
        size,
      ),
    );

const aCase = aSize.chain((size) =>
  fc.record({
    size: fc.constant(size),
    map: fc.oneof({ weight: 3, arbitrary: aVoronoi(size) }, { weight: 1, arbitrary: aMap(size) }),
    at: fc.record({
      x: fc.double({ min: 0, max: size[1], noNaN: true }),
      y: fc.double({ min: 0, max: size[0], noNaN: true }),
    }),
    by: fc.record({
      x: fc.double({ min: -14, max: 14, noNaN: true }),
      y: fc.double({ min: -14, max: 14, noNaN: true }),
    }),
    reach: fc.double({ min: 1, max: 40, noNaN: true }),
    locked: fc.uniqueArray(fc.constantFrom(...IDS.slice(1)), { maxLength: 2 }).map((ids) => new Set<number>(ids)),
  }),
);

/** Whether the winding number of the closed ring around a pixel's centre is not 0, edge by edge. */
function isAround(ring: readonly (readonly [number, number])[], x: number, y: number): boolean {
  let winding = 0;
  ring.forEach(([ax, ay], i) => {
    const [bx, by] = ring[(i + 1) % ring.length];
    if (ay <= y === by <= y) return;
    const crossing = ax + ((y - ay) * (bx - ax)) / (by - ay);
    if (crossing <= x) winding += by > ay ? 1 : -1;
  });
  return winding !== 0;
}

const grid = (v: number): number => Math.floor(v * 256 + 0.5) / 256;

function ringOf({ arc, from, xs, ys }: ArcMove): (readonly [number, number])[] {
  const ring: (readonly [number, number])[] = [];
  for (let i = Math.max(0, from - 1); i <= Math.min(crackCount(arc), from + xs.length); i++)
    ring.push([arc.xs[i], arc.ys[i]]);
  for (let i = xs.length - 1; i >= 0; i--) ring.push([grid(xs[i]), grid(ys[i])]);
  return ring;
}

function lawsHold(map: LabelMap, moves: readonly ArcMove[], locked: ReadonlySet<number>): void {
  const before = map.toIds();
  const pixels = movedArcs(map, moves, (from, to) => !locked.has(from) && !locked.has(to));
  applyPixels(map, pixels);
  const after = map.toIds();
  const sides = new Set(moves.flatMap(({ arc }) => [arc.left, arc.right]));
  const rings = moves.map(ringOf);
  for (let i = 0; i < before.length; i++) {
    if (before[i] === after[i]) continue;
    expect(sides.has(before[i]) && sides.has(after[i])).toBe(true);
    expect(locked.has(before[i]) || locked.has(after[i])).toBe(false);
    const [x, y] = [(i % map.width) + 0.5, Math.floor(i / map.width) + 0.5];
    expect(rings.some((ring) => isAround(ring, x, y))).toBe(true);
  }
  if (!sides.has(0)) expect(after.filter((id) => id === 0).length).toBe(before.filter((id) => id === 0).length);
}

describe("the arc at the pointer", () => {
  it("is the one of the vector view", () => {
    fc.assert(
      fc.property(aCase, ({ map, at }) => {
        const crack = crackNear(map, at, 8);
        if (crack === null) return;
        const arc = arcThrough(map, crack);
        const view = vectorize(map);
        const corners = (xy: Int32Array): string[] =>
          Array.from({ length: xy.length / 2 }, (_, i) => `${xy[2 * i] / 256},${xy[2 * i + 1] / 256}`);
        const all = new Set(Array.from(arc.xs, (x, i) => `${x},${arc.ys[i]}`));
        const same = Array.from({ length: arcCount(view) }, (_, k) => k).filter(
          (k) =>
            view.left[k] === arc.left &&
            view.right[k] === arc.right &&
            corners(arcVertices(view, k)).every((corner) => all.has(corner)),
        );
        expect(same.length).toBeGreaterThan(0);
        const ends = new Set(corners(arcVertices(view, same[0])));
        if (!arc.closed && same.length === 1) {
          expect(ends.has(`${arc.xs[0]},${arc.ys[0]}`)).toBe(true);
          expect(corners(arcVertices(view, same[0]))[0]).toBe(`${arc.xs[0]},${arc.ys[0]}`);
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe("a border that moves", () => {
  const withArc = (map: LabelMap, at: { x: number; y: number }, run: (arc: BorderArc) => void): void => {
    const crack = crackNear(map, at, 12);
    if (crack !== null) run(arcThrough(map, crack));
  };

  it("keeps the partition, what is far away and what is locked, with falloff", () => {
    fc.assert(
      fc.property(aCase, ({ map, at, by, reach, locked }) =>
        withArc(map, at, (arc) => lawsHold(map, [slideWithFalloff(arc, vertexNear(arc, at), by, reach)], locked)),
      ),
      { numRuns: 250 },
    );
  });

  it("does so as a whole and by a vertex", () => {
    fc.assert(
      fc.property(aCase, fc.nat(), ({ map, at, by, reach, locked }, which) =>
        withArc(map, at, (arc) => {
          const vertices = telling(arc);
          const move = slideVertex(arc, vertices, which % vertices.length, by);
          if (move !== null) lawsHold(map.clone(), [move], locked);
          lawsHold(map, [slideWhole(arc, by, reach)], locked);
        }),
      ),
      { numRuns: 150 },
    );
  });

  it("keeps the partition when a junction moves", () => {
    let moved = 0;
    fc.assert(
      fc.property(aCase, ({ map, at, by, reach, locked }) =>
        withArc(map, at, (arc) => {
          if (arc.closed) return;
          const junction = { x: arc.xs[0], y: arc.ys[0] };
          const moves = slideJunction(map, junction, by, reach);
          if (moves.length > 0) moved++;
          lawsHold(map, moves, locked);
        }),
      ),
      { numRuns: 200 },
    );
    expect(moved).toBeGreaterThan(20);
  });

  it("changes nothing when it does not move, and comes back when it is moved back", () => {
    const map = LabelMap.fromIds(
      Array.from({ length: 2400 }, (_, i) => (i % 60 < 30 ? 1 : 2)),
      [40, 60],
    );
    const before = map.toIds();
    const arc = arcThrough(map, crackNear(map, { x: 30, y: 20 }, 2)!);
    expect([arc.left, arc.right, arc.closed, crackCount(arc)]).toEqual([1, 2, false, 40]);
    const may = (): boolean => true;
    expect(movedArcs(map, [slideWithFalloff(arc, 20, { x: 0, y: 0 }, 10)], may).count).toBe(0);
    applyPixels(map, movedArcs(map, [slideWithFalloff(arc, 20, { x: 7, y: 0 }, 10)], may));
    expect([map.get(36, 20), map.get(37, 20), map.get(30, 5), map.get(30, 35)]).toEqual([1, 2, 2, 2]);
    const again = arcThrough(map, crackNear(map, { x: 37, y: 20 }, 2)!);
    expect(again.left).toBe(1);
    expect(crackCount(again)).toBeGreaterThan(40);
    applyPixels(
      map,
      movedArcs(map, [slideWhole(arcThrough(map, crackNear(map, { x: 37, y: 20 }, 2)!), { x: 0, y: 0 }, 5)], may),
    );
    expect(map.get(36, 20)).toBe(1);
    expect(before.length).toBe(2400);
  });

  it("shares out what a junction opens: three quarters meet where the hand is", () => {
    const ids = Array.from({ length: 3600 }, (_, i) => (Math.floor(i / 60) < 30 ? (i % 60 < 30 ? 1 : 2) : 3));
    const map = LabelMap.fromIds(ids, [60, 60]);
    expect(arcsFrom(map, 30, 30)).toHaveLength(3);
    applyPixels(
      map,
      movedArcs(map, slideJunction(map, { x: 30, y: 30 }, { x: 0, y: 8 }, 16), () => true),
    );
    expect([map.get(29, 37), map.get(30, 37), map.get(29, 38), map.get(30, 38)]).toEqual([1, 2, 3, 3]);
    expect([map.get(5, 30), map.get(50, 30)]).toEqual([3, 3]);
  });
});
