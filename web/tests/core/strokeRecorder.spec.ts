// SPDX-License-Identifier: Apache-2.0
import fc from "fast-check";
import { expect, test } from "vitest";
import { applyRegion } from "../../src/core/apply.ts";
import { LabelMap } from "../../src/core/labelMap.ts";
import { changedPx } from "../../src/core/pixelRuns.ts";
import { type Region, unionRegions } from "../../src/core/region.ts";
import { StrokeRecorder } from "../../src/core/strokeRecorder.ts";
import { aMap, aRegion, aRule, aSize } from "./arbitraries.ts";
import { codeOf } from "./codeOf.ts";
import { runsOfPixels } from "./naive.ts";
import { expectSame } from "./same.ts";

const aStroke = aSize.chain((size) =>
  fc.tuple(aMap(size), aRule, fc.array(aRegion(size), { minLength: 1, maxLength: 6 })),
);

test("a stroke is apply of the union of its regions, and tells each dirty box", () => {
  fc.assert(
    fc.property(aStroke, ([map, rule, regions]) => {
      const start = map.clone();
      const whole = applyRegion(start, unionRegions(regions), rule.segmentId, rule.mode, rule.locked, rule.hosts);
      const stroke = StrokeRecorder.begin(map, rule);
      for (const region of regions) {
        const before = map.toIds();
        const box = stroke.add(region);
        const after = map.toIds();
        let found: number[] | null = null;
        after.forEach((id, at) => {
          if (id === before[at]) return;
          const x = at % map.width;
          const y = (at - x) / map.width;
          const f: number[] = found ?? [x, y, x + 1, y + 1];
          found = [Math.min(f[0], x), Math.min(f[1], y), Math.max(f[2], x + 1), Math.max(f[3], y + 1)];
        });
        expect(box).toEqual(found);
      }
      expect(stroke.changedPx).toBe(changedPx(whole));
      const runs = stroke.finish();
      expect(runsOfPixels(runs)).toEqual(runsOfPixels(whole));
      for (let i = 0; i < whole.count; i++) start.writeRun(whole.ys[i], whole.x0s[i], whole.x1s[i], whole.afters[i]);
      expect(map.checksum("main")).toBe(start.checksum("main"));
    }),
    { numRuns: 150 },
  );
});

test("a cancelled stroke leaves every byte as it was", () => {
  fc.assert(
    fc.property(aStroke, ([map, rule, regions]) => {
      const payloads = (): Uint8Array[] => Array.from({ length: map.tileCount }, (_, i) => map.tilePayload(i));
      const before = payloads();
      const sum = map.checksum("main");
      const areas = new Map(map.ids().map((id) => [id, map.areaOf(id)]));
      const stroke = StrokeRecorder.begin(map, rule);
      for (const region of regions) stroke.add(region);
      stroke.cancel();
      payloads().forEach((payload, i) => {
        expectSame(payload, before[i]);
      });
      expect(map.checksum("main")).toBe(sum);
      expect(new Map(map.ids().map((id) => [id, map.areaOf(id)]))).toEqual(areas);
    }),
    { numRuns: 100 },
  );
});

test("an ended stroke paints no more", () => {
  const map = fc.sample(aMap([8, 8]), 1)[0];
  const rule = { segmentId: 9, mode: "over", locked: new Set<number>(), hosts: new Set<number>() } as const;
  const stroke = StrokeRecorder.begin(map, rule);
  const region = map.regionOf(map.get(0, 0));
  stroke.finish();
  expect(codeOf(() => stroke.add(region))).toBe("stroke_ended");
  expect(codeOf(() => stroke.cancel())).toBe("stroke_ended");
});

test("a long stroke of slivers is kept small, and still undone exactly", () => {
  const size = [200, 300] as const;
  const map = new LabelMap(size);
  for (let y = 0; y < 200; y++) for (let x = 0; x < 300; x += 3) map.writeRun(y, x, x + 1 + (y % 2), 1 + (x % 5));
  const sum = map.checksum("main");
  const rule = { segmentId: 9, mode: "over", locked: new Set<number>(), hosts: new Set<number>() } as const;
  const stroke = StrokeRecorder.begin(map, rule);
  const column = (x: number): Region => ({
    ys: Int32Array.from({ length: 200 }, (_, y) => y),
    x0s: new Int32Array(200).fill(x),
    x1s: new Int32Array(200).fill(x + 1),
    count: 200,
  });
  // Even columns first: no two pixels touch until the odd ones come. 60,000 runs in all.
  for (let x = 0; x < 300; x += 2) stroke.add(column(x));
  for (let x = 1; x < 300; x += 2) stroke.add(column(x));
  expect(map.areaOf(9)).toBe(60000);
  expect(stroke.changedPx).toBe(60000);
  const runs = stroke.finish();
  expect(changedPx(runs)).toBe(60000);
  for (let i = 0; i < runs.count; i++) map.writeRun(runs.ys[i], runs.x0s[i], runs.x1s[i], runs.befores[i]);
  expect(map.checksum("main")).toBe(sum);
});
