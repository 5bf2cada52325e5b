// SPDX-License-Identifier: Apache-2.0
/** Random inputs that the laws are tried on. Maps cross tile borders often; ids are few, so that things meet. */
import fc from "fast-check";
import type { PaintRule } from "../../src/core/apply.ts";
import { LabelMap } from "../../src/core/labelMap.ts";
import { boxRegion, polygonRegion, strokeRegion } from "../../src/core/raster/index.ts";
import type { Region, SizeHw } from "../../src/core/region.ts";

export const IDS = [0, 1, 2, 7, 65536, 65537, 4294967295] as const;

export const anId = fc.constantFrom(...IDS);

/** Small maps and maps that just cross tile borders. */
export const aSize: fc.Arbitrary<SizeHw> = fc.oneof(
  fc.tuple(fc.integer({ min: 1, max: 24 }), fc.integer({ min: 1, max: 24 })),
  fc.tuple(fc.constantFrom(3, 255, 257), fc.constantFrom(5, 256, 258, 520)),
);

/** A pixel coordinate in fixed units, inside or a little outside of a side. */
export function aFixed(sidePx: number): fc.Arbitrary<number> {
  return fc.oneof(
    fc.integer({ min: -512, max: sidePx * 256 + 512 }),
    fc.integer({ min: -1, max: sidePx }).map((px) => px * 256 + 128),
    fc.integer({ min: 0, max: sidePx }).map((px) => px * 256),
  );
}

export function aPath(sizeHw: SizeHw, min: number, max: number): fc.Arbitrary<[number, number][]> {
  return fc.array(fc.tuple(aFixed(sizeHw[1]), aFixed(sizeHw[0])), { minLength: min, maxLength: max });
}

export function aRegion(sizeHw: SizeHw): fc.Arbitrary<Region> {
  return fc.oneof(
    fc
      .tuple(aFixed(sizeHw[1]), aFixed(sizeHw[0]), aFixed(sizeHw[1]), aFixed(sizeHw[0]))
      .map((c) => boxRegion(...c, sizeHw)),
    aPath(sizeHw, 3, 8).map((ring) => polygonRegion([Int32Array.from(ring.flat())], "nonzero", sizeHw)),
    fc
      .tuple(aPath(sizeHw, 1, 3), fc.integer({ min: 128, max: 2600 }))
      .map(([points, radius]) => strokeRegion(Int32Array.from(points.flat()), radius, sizeHw)),
  );
}

export const aRule: fc.Arbitrary<PaintRule> = fc.record({
  segmentId: anId,
  mode: fc.constantFrom("behind", "over", "inside"),
  locked: fc.uniqueArray(anId, { maxLength: 2 }).map((ids) => new Set<number>(ids)),
  hosts: fc.uniqueArray(anId, { maxLength: 3 }).map((ids) => new Set<number>(ids)),
});

/** A map filled by a few painted regions, as an editor would, or by noise. */
export function aMap(sizeHw: SizeHw): fc.Arbitrary<LabelMap> {
  const painted = fc.array(fc.tuple(aRegion(sizeHw), anId), { maxLength: 6 }).map((shapes) => {
    const map = new LabelMap(sizeHw);
    for (const [region, id] of shapes) paint(map, region, id);
    return map;
  });
  const small = sizeHw[0] * sizeHw[1] < 1000;
  const noisy = fc
    .tuple(fc.integer(), fc.constantFrom(2, 5, 300, 70000))
    .map(([seed, kinds]) => noiseMap(sizeHw, seed, kinds, small ? 1 : 40));
  return fc.oneof({ weight: 4, arbitrary: painted }, { weight: 1, arbitrary: noisy });
}

export function paint(map: LabelMap, region: Region, id: number): void {
  for (let i = 0; i < region.count; i++) map.writeRun(region.ys[i], region.x0s[i], region.x1s[i], id);
}

/** Every pixel its own draw out of `kinds` ids; with `everyRow` > 1 only in some rows, for maps of a size. */
export function noiseMap(sizeHw: SizeHw, seed: number, kinds: number, everyRow = 1): LabelMap {
  const next = randomUint32(seed);
  const [h, w] = sizeHw;
  return LabelMap.fromIds(
    Uint32Array.from({ length: h * w }, (_, at) => (Math.floor(at / w) % everyRow === 0 ? next() % kinds : 0)),
    sizeHw,
  );
}

/** xorshift32: the same numbers on every machine. */
export function randomUint32(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state;
  };
}
