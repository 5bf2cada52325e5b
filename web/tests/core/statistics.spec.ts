// SPDX-License-Identifier: Apache-2.0
import fc from "fast-check";
import { expect, test } from "vitest";
import { LabelMap } from "../../src/core/labelMap.ts";
import { MapStatistics } from "../../src/core/statistics.ts";
import { aMap, anId, aRegion, aSize, paint } from "./arbitraries.ts";

interface Counted {
  areaPx: number;
  box: number[];
  perimeterCracks: number;
  neighbours: [number, number][];
}

function naive(map: LabelMap): [number, Counted][] {
  const found = new Map<number, Counted & { around: Map<number, number> }>();
  for (let y = 0; y < map.height; y++) {
    for (let x = 0; x < map.width; x++) {
      const id = map.get(x, y);
      const own = found.get(id) ?? {
        ...{ areaPx: 0, box: [x, y, x, y], perimeterCracks: 0, neighbours: [] },
        around: new Map<number, number>(),
      };
      found.set(id, own);
      own.areaPx++;
      const [x0, y0, x1, y1] = own.box;
      own.box = [Math.min(x0, x), Math.min(y0, y), Math.max(x1, x + 1), Math.max(y1, y + 1)];
      for (const [dx, dy] of [
        [1, 0],
        [0, 1],
        [-1, 0],
        [0, -1],
      ]) {
        const inside = x + dx >= 0 && y + dy >= 0 && x + dx < map.width && y + dy < map.height;
        const other = inside ? map.get(x + dx, y + dy) : -1;
        if (other === id) continue;
        own.perimeterCracks++;
        own.around.set(other, (own.around.get(other) ?? 0) + 1);
      }
    }
  }
  return [...found]
    .sort(([a], [b]) => a - b)
    .map(([id, { around, ...own }]) => [id, { ...own, neighbours: [...around].sort(([a], [b]) => a - b) }]);
}

function counted(statistics: MapStatistics): [number, Counted][] {
  return statistics.ids().map((id) => {
    const found = statistics.of(id);
    if (found === null) throw new Error("an id without statistics");
    return [id, { ...found, box: [...found.box], neighbours: [...found.neighbours] }];
  });
}

test("statistics are those of counting pixel by pixel", () => {
  fc.assert(
    fc.property(aSize.chain(aMap), (map) => {
      expect(counted(new MapStatistics(map))).toEqual(naive(map));
    }),
    { numRuns: 20 },
  );
});

test("a refresh after painting equals counting afresh, and nothing written means nothing counted", () => {
  const aStory = aSize.chain((size) =>
    fc.tuple(aMap(size), fc.array(fc.tuple(aRegion(size), anId), { minLength: 1, maxLength: 4 })),
  );
  fc.assert(
    fc.property(aStory, ([map, strokes]) => {
      const statistics = new MapStatistics(map);
      for (const [region, id] of strokes) {
        paint(map, region, id);
        statistics.refresh();
        expect(counted(statistics)).toEqual(counted(new MapStatistics(map)));
      }
      expect(counted(statistics)).toEqual(naive(map));
      expect(statistics.refresh()).toBe(0);
    }),
    { numRuns: 20 },
  );
});

test("a stroke in one tile counts that tile alone", () => {
  const map = new LabelMap([600, 900]);
  const statistics = new MapStatistics(map);
  map.writeRun(300, 300, 340, 9);
  expect(statistics.refresh()).toBe(1);
  expect(statistics.of(9)).toEqual({
    areaPx: 40,
    box: [300, 300, 340, 301],
    perimeterCracks: 82,
    neighbours: new Map([[0, 82]]),
  });
  expect(statistics.of(77)).toBeNull();
});
