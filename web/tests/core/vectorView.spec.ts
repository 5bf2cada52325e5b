// SPDX-License-Identifier: Apache-2.0
import fc from "fast-check";
import { expect, test } from "vitest";
import { partsOf } from "../../src/core/components.ts";
import { LabelMap } from "../../src/core/labelMap.ts";
import { rasterizeView } from "../../src/core/partitionRaster.ts";
import { polygonRegion } from "../../src/core/raster/index.ts";
import { regionsEqual, type SizeHw } from "../../src/core/region.ts";
import { ringVertices, tracePolygons, traceRings } from "../../src/core/rings.ts";
import { simplify } from "../../src/core/simplify.ts";
import { arcCount, arcVertices, type VectorView, vectorize } from "../../src/core/vectorize.ts";
import { aMap, aSize, noiseMap, randomUint32 } from "./arbitraries.ts";
import { codeOf } from "./codeOf.ts";
import { naiveArcs, naiveThinned } from "./naiveView.ts";

const SMALL: fc.Arbitrary<SizeHw> = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }));
const aSmallMap = SMALL.chain(aMap);

function drawn(...rows: string[]): LabelMap {
  return LabelMap.fromIds([...rows.join("")].map(Number), [rows.length, rows[0].length]);
}

function arcs(view: VectorView): { left: number; right: number; xy: number[] }[] {
  return Array.from({ length: arcCount(view) }, (_, k) => {
    return { left: view.left[k], right: view.right[k], xy: [...arcVertices(view, k)] };
  });
}

function sameMap(a: LabelMap, b: LabelMap): boolean {
  return a.checksum("main") === b.checksum("main");
}

test("arcs are those of the oracle", () => {
  fc.assert(
    fc.property(aSmallMap, (map) => {
      const expected = naiveArcs(map).map(({ left, right, xy }) => ({
        left,
        right,
        xy: xy.flat().map((v) => v * 256),
      }));
      expect(arcs(vectorize(map))).toEqual(expected);
    }),
    { numRuns: 200 },
  );
});

test("thinned arcs are those of the oracle, whatever the tolerance below 0.75 px", () => {
  fc.assert(
    fc.property(aSmallMap, fc.integer({ min: 0, max: 192 }), (map, tolerance) => {
      const expected = naiveArcs(map).map((arc) => naiveThinned(arc, tolerance).flat());
      expect(arcs(simplify(vectorize(map), tolerance / 256)).map(({ xy }) => xy)).toEqual(expected);
    }),
    { numRuns: 200 },
  );
});

test("a map comes back exactly, and thinned to 0.75 px too", () => {
  fc.assert(
    fc.property(aSize.chain(aMap), (map) => {
      const view = vectorize(map);
      expect(sameMap(rasterizeView(view), map)).toBe(true);
      expect(sameMap(rasterizeView(simplify(view, 0.75)), map)).toBe(true);
    }),
    { numRuns: 120 },
  );
});

test("two thousand troublesome small maps come back exactly", () => {
  const next = randomUint32(20261);
  for (let k = 0; k < 2000; k++) {
    const size: SizeHw = [1 + (next() % 13), 1 + (next() % 13)];
    const map = k % 4 === 3 ? checkerboard(size, next() % 7) : noiseMap(size, next(), [2, 3, 70000][k % 3]);
    const view = vectorize(map);
    expect(sameMap(rasterizeView(view), map)).toBe(true);
    expect(sameMap(rasterizeView(simplify(view, 0.75)), map)).toBe(true);
  }
});

function checkerboard([h, w]: SizeHw, period: number): LabelMap {
  const ids = Array.from(
    { length: h * w },
    (_, i) => ((i % w) + Math.floor(i / w) + (i % (period + 2) === 0 ? 1 : 0)) % 2,
  );
  return LabelMap.fromIds(ids, [h, w]);
}

test("coarse borders keep one owner of the map for every pixel", () => {
  fc.assert(
    fc.property(aSmallMap, fc.double({ min: 0.8, max: 20, noNaN: true }), (map, tolerancePx) => {
      const result = rasterizeView(simplify(vectorize(map), tolerancePx));
      expect(result.ids().every((id) => map.areaOf(id) > 0)).toBe(true);
    }),
  );
});

test("polygons fill their parts, exact and thinned, and every arc has two sides", () => {
  fc.assert(
    fc.property(aSmallMap, (map) => {
      const view = vectorize(map);
      const rings = traceRings(view);
      const used = new Int32Array(arcCount(view));
      for (const { walk } of rings) for (const { arc } of walk) used[arc]++;
      expect([...used]).toEqual(arcs(view).map(({ left }) => (left === -1 ? 1 : 2)));
      const parts = partsOf(map, null);
      const polygons = tracePolygons(rings, view, map);
      expect(polygons).toHaveLength(parts.length);
      for (const shape of [view, simplify(view, 0.75)]) {
        for (const { segmentId, outer, holes } of polygons) {
          const outlines = [outer, ...holes].map((ring) => ringVertices(rings[ring], shape));
          const region = polygonRegion(outlines, "evenodd", map.sizeHw);
          const part = parts.find((p) => regionsEqual(p.region, region));
          expect(part?.segmentId).toBe(segmentId);
        }
      }
    }),
    { numRuns: 150 },
  );
});

test("a hole inside an island inside a hole goes to its own part", () => {
  const map = drawn("1111111", "1000001", "1011101", "1012101", "1011101", "1000001", "1111111");
  const view = vectorize(map);
  const rings = traceRings(view);
  const ones = tracePolygons(rings, view, map).filter(({ segmentId }) => segmentId === 1);
  const corners = ones.map(({ holes }) => holes.map((ring) => Math.min(...ringVertices(rings[ring], view)) / 256));
  expect(corners).toEqual([[1], [3]]);
});

test("a slanted straight border is one piece but for its ends", () => {
  const ids = Array.from({ length: 100 * 240 }, (_, i) =>
    Math.floor(i / 240) > Math.floor((i % 240) / 3) + 5 ? 1 : 0,
  );
  const view = simplify(vectorize(LabelMap.fromIds(ids, [100, 240])), 0.75);
  expect(arcs(view).find(({ left }) => left === 0)?.xy).toHaveLength(8);
});

test("what is simplified already, or no number, is refused", () => {
  const simple = simplify(vectorize(drawn("110", "100", "000")), 0.75);
  expect(codeOf(() => simplify(simple, 1))).toBe("not_exact");
  expect(codeOf(() => traceRings(simple))).toBe("not_exact");
  expect(codeOf(() => simplify(vectorize(drawn("1")), Number.NaN))).toBe("coordinate_not_finite");
});

test("arcs that leave a pixel without an owner are no partition", () => {
  const view = vectorize(drawn("44", "44"));
  const turned = { ...view, xy: view.xy.slice() };
  // The left side of the frame, turned round, gives the outside to what is right of it.
  turned.xy.set([0, 0, 0, 512], 2 * view.offsets[2]);
  expect(codeOf(() => rasterizeView(turned))).toBe("open_partition");
  const none = { ...view, xy: new Int32Array(0), offsets: Int32Array.of(0), left: new Float64Array(0) };
  expect(codeOf(() => rasterizeView(none))).toBe("open_partition");
  expect(codeOf(() => rasterizeView({ ...view, sizeHw: [1 << 20, 1 << 20] }))).toBe("size_out_of_range");
});
