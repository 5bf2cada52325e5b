// SPDX-License-Identifier: Apache-2.0
import fc from "fast-check";
import { expect, test } from "vitest";
import type { LabelMap } from "../../src/core/labelMap.ts";
import { MIP_LEVEL_MAX, MipPyramid } from "../../src/core/mips.ts";
import { aMap, anId, aRegion, aSize, noiseMap, paint } from "./arbitraries.ts";

interface Plane {
  readonly width: number;
  readonly height: number;
  readonly ids: Uint32Array;
  readonly gaps: Uint8Array;
}

function levelZero(map: LabelMap): Plane {
  const ids = map.toIds();
  return { width: map.width, height: map.height, ids, gaps: Uint8Array.from(ids, (id) => (id === 0 ? 1 : 0)) };
}

/** The contract's sentence on a whole plane, without tiles. */
function nextPlane(below: Plane): Plane {
  const width = Math.ceil(below.width / 2);
  const height = Math.ceil(below.height / 2);
  const ids = new Uint32Array(width * height);
  const gaps = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const right = Math.min(2 * x + 1, below.width - 1);
      const lower = Math.min(2 * y + 1, below.height - 1);
      ids[y * width + x] = below.ids[lower * below.width + right];
      const at = (px: number, py: number): number => below.gaps[py * below.width + px];
      gaps[y * width + x] = at(2 * x, 2 * y) | at(right, 2 * y) | at(2 * x, lower) | at(right, lower);
    }
  }
  return { width, height, ids, gaps };
}

/** A level put together from the views of all tiles. */
function planeOf(map: LabelMap, pyramid: MipPyramid, level: number, width: number, height: number): Plane {
  const ids = new Uint32Array(width * height).fill(123456);
  const gaps = new Uint8Array(width * height).fill(9);
  for (let i = 0; i < map.tileCount; i++) {
    const view = pyramid.view(i, level);
    for (let y = 0; y < view.height; y++) {
      for (let x = 0; x < view.width; x++) {
        const at = (view.y0 + y) * width + view.x0 + x;
        const from = y * view.width + x;
        ids[at] = view.palette[view.indices === null ? 0 : view.indices[from]];
        gaps[at] = view.unlabelled === null ? (view.allUnlabelled ? 1 : 0) : view.unlabelled[from];
      }
    }
  }
  return { width, height, ids, gaps };
}

function expectPyramid(map: LabelMap, pyramid: MipPyramid, levels: readonly number[]): void {
  let plane = levelZero(map);
  for (let level = 1; level <= MIP_LEVEL_MAX; level++) {
    plane = nextPlane(plane);
    if (levels.includes(level)) {
      expect(planeOf(map, pyramid, level, plane.width, plane.height), `level ${level}`).toEqual(plane);
    }
  }
}

test("kept up to date by looking equals made from scratch, at every level and in any order", () => {
  const aStory = aSize.chain((size) =>
    fc.tuple(
      aMap(size),
      fc.array(fc.tuple(aRegion(size), anId, fc.uniqueArray(fc.integer({ min: 1, max: MIP_LEVEL_MAX }))), {
        maxLength: 5,
      }),
    ),
  );
  fc.assert(
    fc.property(aStory, ([map, steps]) => {
      const pyramid = new MipPyramid(map);
      expectPyramid(map, pyramid, [2]);
      for (const [region, id, levels] of steps) {
        paint(map, region, id);
        expectPyramid(map, pyramid, levels);
      }
      expectPyramid(map, pyramid, [1, 2, 3, 4, 5, 6, 7, 8]);
    }),
    { numRuns: 60 },
  );
});

test("a single unlabelled pixel is seen from every height", () => {
  const map = noiseMap([300, 700], 3, 1);
  for (let y = 0; y < 300; y++) map.writeRun(y, 0, 700, 8);
  map.writeRun(101, 402, 403, 0);
  const pyramid = new MipPyramid(map);
  for (let level = 1; level <= MIP_LEVEL_MAX; level++) {
    const width = Math.ceil(700 / 2 ** level);
    const plane = planeOf(map, pyramid, level, width, Math.ceil(300 / 2 ** level));
    const seen = plane.gaps.reduce((sum, bit) => sum + bit, 0);
    expect([seen, plane.gaps[(101 >> level) * width + (402 >> level)]]).toEqual([1, 1]);
  }
});

test("uniform tiles cost nothing, and levels beyond the pyramid are refused", () => {
  const map = noiseMap([512, 512], 3, 1);
  const pyramid = new MipPyramid(map);
  for (let i = 0; i < 4; i++) pyramid.view(i, 8);
  expect(pyramid.bytes).toBe(0);
  map.writeRun(3, 3, 9, 5);
  pyramid.view(0, 1);
  expect(pyramid.bytes).toBe(2 * 128 * 128);
  expect(() => pyramid.view(0, 0)).toThrow(RangeError);
  expect(() => pyramid.view(0, 9)).toThrow(RangeError);
});
