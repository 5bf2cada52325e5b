// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LabelMap } from "../../src/core/labelMap.ts";
import type { SizeHw } from "../../src/core/region.ts";
import { aMap, anId, aSize, noiseMap, randomUint32 } from "./arbitraries.ts";
import { expectSame } from "./same.ts";

const aWrite = fc.tuple(
  fc.integer({ min: -2, max: 260 }),
  fc.integer({ min: -5, max: 530 }),
  fc.integer({ min: 0, max: 600 }),
  anId,
);

/** Everything the map keeps beside its pixels, counted anew from the pixels. */
function expectCountsOf(map: LabelMap, ids: Uint32Array): void {
  const areas = new Map<number, number>();
  const boxes = new Map<number, [number, number, number, number]>();
  const gaps = new Array<number>(map.tileCount).fill(0);
  ids.forEach((id, at) => {
    const x = at % map.width;
    const y = (at - x) / map.width;
    const box = boxes.get(id) ?? [x, y, x + 1, y + 1];
    boxes.set(id, [Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x + 1), Math.max(box[3], y + 1)]);
    areas.set(id, (areas.get(id) ?? 0) + 1);
    if (id === 0) gaps[(y >> 8) * map.tileColumns + (x >> 8)]++;
  });
  expect(new Map(map.ids().map((id) => [id, map.areaOf(id)]))).toEqual(areas);
  expect(map.labelledPx).toBe(ids.length - (areas.get(0) ?? 0));
  expect(gaps.map((_, i) => map.tileUnlabelledPx(i))).toEqual(gaps);
  expect(gaps.map((_, i) => map.tileHolds(i, 0))).toEqual(gaps.map((px) => px > 0));
  const some = [...areas.keys()].slice(0, 20);
  expect(some.map((id) => map.boxOf(id))).toEqual(some.map((id) => boxes.get(id)));
}

/** Whether the visited runs tile the row without a break and are maximal; the ids they spell. */
function visitedIds(map: LabelMap, y: number): number[] {
  const seen: number[] = [];
  let lastId = -1;
  map.forEachRun(y, -3, map.width + 3, (x0, x1, id) => {
    if (x0 !== seen.length || id === lastId || x1 <= x0) expect.fail(`run ${x0}..${x1} of ${id} after ${lastId}`);
    lastId = id;
    for (let x = x0; x < x1; x++) seen.push(id);
  });
  return seen;
}

describe("a label map against an array of ids", () => {
  test("writes, reads, runs, areas, boxes and gaps", () => {
    const input = aSize.chain((size) => fc.tuple(aMap(size), fc.array(aWrite, { maxLength: 30 })));
    fc.assert(
      fc.property(input, ([map, writes]) => {
        const ids = map.toIds();
        for (const [y, x0, length, id] of writes) {
          map.boxOf(id);
          const from = Math.max(0, x0);
          const to = Math.min(map.width, x0 + length);
          const row = ids.subarray(y * map.width, (y + 1) * map.width);
          const inside = y >= 0 && y < map.height && to > from;
          const changes = inside && row.subarray(from, to).some((found) => found !== id);
          expect(map.writeRun(y, x0, x0 + length, id)).toBe(changes);
          if (inside) row.fill(id, from, to);
        }
        expectSame(map.toIds(), ids);
        expectCountsOf(map, ids);
        for (let y = 0; y < map.height; y += 29) {
          expectSame(visitedIds(map, y), ids.subarray(y * map.width, (y + 1) * map.width));
        }
      }),
      { numRuns: 120 },
    );
  });

  test("pixel by pixel, also outside", () => {
    const map = noiseMap([3, 300], 5, 4);
    const ids = map.toIds();
    for (let y = 0; y < 3; y++) for (let x = 0; x < 300; x++) expect(map.get(x, y)).toBe(ids[y * 300 + x]);
    for (const [x, y] of [
      [-1, 0],
      [0, -1],
      [300, 0],
      [0, 3],
    ]) {
      expect(map.get(x, y)).toBe(0);
    }
  });

  test("the region of an id is its pixels", () => {
    fc.assert(
      fc.property(aSize.chain(aMap), anId, (map, id) => {
        const region = map.regionOf(id);
        const found = new Uint8Array(map.width * map.height);
        let px = 0;
        for (let i = 0; i < region.count; i++) {
          const touches = i > 0 && region.ys[i] === region.ys[i - 1] && region.x0s[i] <= region.x1s[i - 1];
          if (touches) expect.fail("two runs that touch");
          found.fill(1, region.ys[i] * map.width + region.x0s[i], region.ys[i] * map.width + region.x1s[i]);
          px += region.x1s[i] - region.x0s[i];
        }
        expectSame(
          found,
          Uint8Array.from(map.toIds(), (held) => (held === id ? 1 : 0)),
        );
        expect(px).toBe(map.areaOf(id));
      }),
      { numRuns: 60 },
    );
  });
});

test("palettes grow past 256 ids and give dead slots away", () => {
  const size: SizeHw = [256, 256];
  const map = new LabelMap(size);
  const ids = new Uint32Array(65536);
  const next = randomUint32(11);
  for (let step = 0; step < 3; step++) {
    // Every step brings 60,000 new ids into one tile: 120,000 slots, were none of them given away.
    for (let at = 0; at < 65536; at++) {
      if (next() % 12 === 0) continue;
      // The last step brings the ids of the first again, whose slots others have by then.
      const id = 70000 + (step % 2) * 65536 + at;
      map.writeRun(at >> 8, at & 255, (at & 255) + 1, id);
      ids[at] = id;
    }
    expectSame(map.toIds(), ids);
    expect(map.tileIndexView(0).paletteSize).toBeLessThanOrEqual(65536);
  }
  const again = LabelMap.fromPack(map.toPack(), size);
  expect(again.checksum("a")).toBe(map.checksum("a"));
  for (let y = 0; y < 256; y++) map.writeRun(y, 0, 256, 9);
  expect(map.tileIndexView(0).indices).toBeNull();
  expect(map.ids()).toEqual([9]);
});

test("versions tell a renderer what changed", () => {
  const map = new LabelMap([10, 10]);
  const seen = (): number[] => [map.tileIndexView(0).version, map.tileIndexView(0).paletteVersion];
  const [v0, p0] = seen();
  map.writeRun(1, 1, 4, 0);
  expect(seen()).toEqual([v0, p0]);
  map.writeRun(1, 1, 4, 5);
  const [v1, p1] = seen();
  expect(v1).toBeGreaterThan(v0);
  expect(p1).toBeGreaterThan(p0);
  map.writeRun(2, 1, 4, 5);
  expect(seen()[0]).toBeGreaterThan(v1);
  expect(seen()[1]).toBe(p1);
});

describe("checksum", () => {
  test("is the SHA-256 of what the contract lists", () => {
    const map = noiseMap([3, 300], 3, 9);
    const name = new TextEncoder().encode("größe");
    const own = createHash("sha256").update("intarsia-map1").update(Uint8Array.of(name.length, 0)).update(name);
    own.update(Uint8Array.of(3, 0, 0, 0, 300 & 255, 1, 0, 0));
    for (let i = 0; i < 2; i++) own.update(createHash("sha256").update(map.tilePayload(i)).digest());
    expect(map.checksum("größe")).toBe(own.digest("hex"));
  });

  test("follows every write, whatever was asked before", () => {
    fc.assert(
      fc.property(aSize.chain(aMap), fc.array(aWrite, { maxLength: 8 }), (map, writes) => {
        for (const [y, x0, length, id] of writes) {
          map.checksum("main");
          map.writeRun(y, x0, x0 + length, id);
          expect(map.checksum("main")).toBe(LabelMap.fromIds(map.toIds(), map.sizeHw).checksum("main"));
        }
      }),
      { numRuns: 40 },
    );
  });
});

test("a clone is equal and independent", () => {
  const map = noiseMap([300, 20], 8, 3);
  const sum = map.checksum("m");
  const copy = map.clone();
  expect(copy.checksum("m")).toBe(sum);
  copy.writeRun(0, 0, 20, 77);
  expect(map.checksum("m")).toBe(sum);
  expect(map.areaOf(77)).toBe(0);
  expect(copy.areaOf(77)).toBe(20);
});
