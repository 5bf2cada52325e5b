// SPDX-License-Identifier: Apache-2.0
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  boxRegion,
  FIXED_MAX,
  FIXED_MIN,
  polygonRegion,
  quantise,
  squareStrokeRegion,
  strokeRegion,
} from "../../src/core/raster/index.ts";
import { RunCollector, type SizeHw } from "../../src/core/region.ts";
import { aFixed, aPath, aSize } from "./arbitraries.ts";
import { codeOf } from "./codeOf.ts";
import { crossingsAt, naiveStroke, runsOfRegion, runsWhere, squareHull, type Vertex } from "./naive.ts";

const flat = (points: readonly Vertex[]): Int32Array => Int32Array.from(points.flat());

const onCentre = ([x, y]: [number, number]): [number, number] => [256 * x + 128, 256 * y + 128];

describe("quantise", () => {
  test("rounds half up and clamps", () => {
    expect(quantise(0.5 / 256)).toBe(1);
    expect(quantise(-0.5 / 256)).toBe(0);
    expect(quantise(-0.500001 / 256)).toBe(-1);
    expect(quantise(1e300)).toBe(FIXED_MAX);
    expect(quantise(-1e308)).toBe(FIXED_MIN);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])("refuses %s", (value) => {
    expect(() => quantise(value)).toThrowError(expect.objectContaining({ code: "coordinate_not_finite" }));
  });
});

describe("each shape takes the pixels of the contract's predicate", () => {
  test("box", () => {
    const input = aSize.chain((size) =>
      fc.tuple(fc.constant(size), aFixed(size[1]), aFixed(size[0]), aFixed(size[1]), aFixed(size[0])),
    );
    fc.assert(
      fc.property(input, ([size, ax, ay, bx, by]) => {
        const expected = runsWhere(
          size,
          (X, Y) => Math.min(ax, bx) <= X && X < Math.max(ax, bx) && Math.min(ay, by) <= Y && Y < Math.max(ay, by),
        );
        expect(runsOfRegion(boxRegion(ax, ay, bx, by, size))).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  test("polygon, both rules, several rings", () => {
    const input = fc
      .tuple(fc.integer({ min: 1, max: 24 }), fc.integer({ min: 1, max: 24 }))
      .chain((size: SizeHw) =>
        fc.tuple(fc.constant(size), fc.array(aPath(size, 3, 7), { minLength: 1, maxLength: 3 })),
      );
    fc.assert(
      fc.property(input, ([size, rings]) => {
        const fixed = rings.map(flat);
        const nonZero = runsWhere(size, (_X, _Y, x, y) => crossingsAt(rings, x, y).sum !== 0);
        expect(runsOfRegion(polygonRegion(fixed, "nonzero", size))).toEqual(nonZero);
        const odd = runsWhere(size, (_X, _Y, x, y) => crossingsAt(rings, x, y).count % 2 === 1);
        expect(runsOfRegion(polygonRegion(fixed, "evenodd", size))).toEqual(odd);
      }),
      { numRuns: 300 },
    );
  });

  test("polygon with corners at the ends of the coordinate range", () => {
    const size: SizeHw = [40, 33];
    const far = fc.constantFrom(FIXED_MIN, FIXED_MIN + 1, 0, 128, 4221, FIXED_MAX - 1, FIXED_MAX);
    fc.assert(
      fc.property(fc.array(fc.tuple(far, far), { minLength: 3, maxLength: 5 }), (ring) => {
        const expected = runsWhere(size, (_X, _Y, x, y) => crossingsAt([ring], x, y).sum !== 0);
        expect(runsOfRegion(polygonRegion([flat(ring)], "nonzero", size))).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });

  test("round brush", () => {
    const input = fc
      .tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 30 }))
      .chain((size: SizeHw) => fc.tuple(fc.constant(size), aPath(size, 1, 4), fc.integer({ min: 128, max: 3000 })));
    fc.assert(
      fc.property(input, ([size, points, radius]) => {
        expect(runsOfRegion(strokeRegion(flat(points), radius, size))).toEqual(naiveStroke(points, radius, size));
      }),
      { numRuns: 400 },
    );
  });

  test("round brush whose rim runs through centres: the rim is in", () => {
    const centre = fc.tuple(fc.integer({ min: 0, max: 19 }), fc.integer({ min: 0, max: 19 })).map(onCentre);
    fc.assert(
      fc.property(
        fc.array(centre, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 10 }),
        (points, radiusPx) => {
          const radius = 256 * radiusPx;
          expect(runsOfRegion(strokeRegion(flat(points), radius, [20, 20]))).toEqual(
            naiveStroke(points, radius, [20, 20]),
          );
        },
      ),
      { numRuns: 200 },
    );
  });

  test("round brush from far away, where products are rounded", () => {
    const size: SizeHw = [24, 24];
    const far = fc.oneof(
      fc.integer({ min: FIXED_MIN, max: FIXED_MAX }),
      fc.constantFrom(FIXED_MIN, FIXED_MAX, 128, 3200),
    );
    const input = fc.tuple(
      fc.tuple(far, far),
      fc.tuple(far, far),
      fc.constantFrom(128, 129, 5121, 2 ** 19 + 1, 2 ** 20),
    );
    fc.assert(
      fc.property(input, ([a, b, radius]) => {
        expect(runsOfRegion(strokeRegion(flat([a, b]), radius, size))).toEqual(naiveStroke([a, b], radius, size));
      }),
      { numRuns: 400 },
    );
  });

  test("square brush", () => {
    const input = fc
      .tuple(fc.integer({ min: 1, max: 24 }), fc.integer({ min: 1, max: 24 }))
      .chain((size: SizeHw) => fc.tuple(fc.constant(size), aPath(size, 1, 4), fc.integer({ min: 128, max: 2000 })));
    fc.assert(
      fc.property(input, ([size, points, radius]) => {
        const pairs = points.length === 1 ? [[points[0], points[0]]] : points.slice(1).map((p, i) => [points[i], p]);
        const hulls = pairs.map(([p, q]) => squareHull(p, q, radius));
        const expected = runsWhere(size, (_X, _Y, x, y) => hulls.some((hull) => crossingsAt([hull], x, y).sum !== 0));
        expect(runsOfRegion(squareStrokeRegion(flat(points), radius, size))).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });
});

test("two polygons that share an edge share no pixel and leave none out", () => {
  const size: SizeHw = [20, 20];
  const corner = fc.tuple(fc.integer({ min: 0, max: 5120 }), fc.integer({ min: 0, max: 5120 }));
  fc.assert(
    fc.property(corner, corner, (a, b) => {
      // A cut from the left edge to the right edge of the image, by way of two inner points.
      const cut: Vertex[] = [[0, 2000], a, b, [5120, 3000]];
      const covered = new Uint8Array(400);
      const upper = [...cut, [5120, -5120] as Vertex, [0, -5120] as Vertex];
      const lower = [...cut, [5120, 20480] as Vertex, [0, 20480] as Vertex];
      for (const ring of [upper, lower]) {
        for (const [y, x0, x1] of runsOfRegion(polygonRegion([flat(ring)], "evenodd", size))) {
          for (let x = x0; x < x1; x++) covered[y * 20 + x]++;
        }
      }
      expect(covered.every((times) => times === 1)).toBe(true);
    }),
    { numRuns: 200 },
  );
});

describe("refusals", () => {
  const triangle = Int32Array.of(0, 0, 512, 0, 0, 512);

  test("by code", () => {
    expect(codeOf(() => polygonRegion([Int32Array.of(0, 0, 256, 256)], "nonzero", [4, 4]))).toBe("ring_too_short");
    expect(codeOf(() => polygonRegion([new Int32Array(400002)], "nonzero", [4, 4]))).toBe("too_many_vertices");
    expect(codeOf(() => strokeRegion(new Int32Array(400002), 256, [4, 4]))).toBe("too_many_vertices");
    expect(codeOf(() => strokeRegion(triangle, 127, [4, 4]))).toBe("radius_out_of_range");
    expect(codeOf(() => squareStrokeRegion(triangle, 2 ** 20 + 1, [4, 4]))).toBe("radius_out_of_range");
    expect(codeOf(() => strokeRegion(triangle, Number.NaN, [4, 4]))).toBe("radius_out_of_range");
    for (const size of [
      [0, 4],
      [4, 65536],
      [65535, 65535],
      [1.5, 4],
    ] as const) {
      expect(codeOf(() => boxRegion(0, 0, 9, 9, size))).toBe("size_out_of_range");
    }
  });

  test("at the limits nothing is refused", () => {
    expect(strokeRegion(triangle, 2 ** 20, [4, 4]).count).toBe(4);
    expect(polygonRegion([new Int32Array(400000)], "nonzero", [4, 4]).count).toBe(0);
  });
});

test("an outline that crosses more often than one band holds is filled alike", () => {
  const size: SizeHw = [300, 40];
  const ring: Vertex[] = [];
  for (let i = 0; i < 10000; i++) ring.push([(i * 997) % 10240, i % 2 === 0 ? -300 : 77100]);
  const expected = runsWhere(size, (_X, _Y, x, y) =>
    y % 150 === 7 ? crossingsAt([ring], x, y).count % 2 === 1 : false,
  );
  const found = runsOfRegion(polygonRegion([flat(ring)], "evenodd", size)).filter(([y]) => y % 150 === 7);
  expect(found).toEqual(expected);
});

test("collected runs that touch or overlap become one, in whatever order they come", () => {
  const collect = (...runs: [number, number, number][]): number[][] => {
    const collector = new RunCollector(1);
    for (const run of runs) collector.push(...run);
    return runsOfRegion(collector.toRegion());
  };
  expect(collect([1, 0, 3], [1, 3, 5], [2, 5, 6])).toEqual([
    [1, 0, 5],
    [2, 5, 6],
  ]);
  expect(collect([2, 5, 6], [1, 3, 5], [1, 0, 3], [1, 1, 2])).toEqual([
    [1, 0, 5],
    [2, 5, 6],
  ]);
  expect(collect([1, 0, 3], [1, 4, 5], [1, 9, 9])).toEqual([
    [1, 0, 3],
    [1, 4, 5],
  ]);
  expect(collect()).toEqual([]);
});
