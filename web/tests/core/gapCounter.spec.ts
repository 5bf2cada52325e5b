// SPDX-License-Identifier: Apache-2.0
/** Gaps are counted as the parts of the unlabelled pixels are found, however small the steps. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { partsOf } from "../../src/core/components.ts";
import { GapCounter } from "../../src/core/gapCounter.ts";
import { LabelMap } from "../../src/core/labelMap.ts";

function count(map: LabelMap, rows: number): number {
  const counter = new GapCounter(map);
  for (let steps = 0; !counter.step(rows); steps++) expect(steps).toBeLessThanOrEqual(map.height);
  return counter.gaps;
}

describe("gap counter", () => {
  it("agrees with the parts, for any map and any step", () => {
    const sizes = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }));
    fc.assert(
      fc.property(
        sizes,
        fc.infiniteStream(fc.integer({ min: 0, max: 2 })),
        fc.integer({ min: 1, max: 13 }),
        (size, ids, rows) => {
          const [h, w] = size;
          const map = LabelMap.fromIds(
            Array.from({ length: h * w }, () => ids.next().value as number),
            [h, w],
          );
          expect(count(map, rows)).toBe(partsOf(map, new Set([0])).length);
        },
      ),
    );
  });

  it("knows a gap that goes on across tile borders as one", () => {
    const map = new LabelMap([600, 700]);
    expect(count(map, 96)).toBe(1);
    for (let y = 0; y < 600; y++) map.writeRun(y, 256, 257, 7);
    expect(count(map, 96)).toBe(2);
    map.writeRun(300, 256, 257, 0);
    expect(count(map, 7)).toBe(1);
    for (let y = 0; y < 600; y++) map.writeRun(y, 0, 700, 9);
    expect(count(map, 600)).toBe(0);
  });
});
