// SPDX-License-Identifier: Apache-2.0
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LabelMap } from "../../src/core/labelMap.ts";
import { strokesFor } from "../../src/render/edges.ts";
import { mipLevel } from "../../src/render/sampling.ts";
import { exposedStrips, shiftBetween, shiftWords } from "../../src/render/scroll.ts";
import { LOOKS, look, mapOf, Picture, sceneOf, view } from "./picture.ts";

const RIM = "#ff0000 100";
const FILL = "#ff0000 45";
const BLACK = "#0b0b0b 100";
const WHITE = "#f2f2f4 100";

describe("a segment", () => {
  it("has a fill, a rim of two px inside and a dual line towards unlabelled pixels", () => {
    const row = new Picture(16, 4, view(1)).draw(sceneOf(wide("....11111111...."))).row(2);
    const unlabelled = ["-", "-", "-", WHITE];
    expect(row).toEqual([...unlabelled, BLACK, RIM, RIM, FILL, FILL, RIM, RIM, BLACK, ...unlabelled.reverse()]);
  });

  it("shares one line with its neighbour, not a gap and not two lines", () => {
    const row = new Picture(16, 4, view(1)).draw(sceneOf(wide("1111111122222222"))).row(2);
    const [rim, fill] = ["#00ff00 100", "#00ff00 45"];
    expect(row.slice(2, 14)).toEqual([FILL, FILL, FILL, FILL, RIM, RIM, BLACK, rim, rim, fill, fill, fill]);
  });

  it("has a light line where both classes are dark", () => {
    const row = new Picture(14, 4, view(1)).draw(sceneOf(wide("33333334444444"))).row(2);
    expect(row[7]).toBe(WHITE);
  });

  it("is only filled when borders are off", () => {
    const row = new Picture(8, 2, view(1)).draw(sceneOf(wide("..1111.."), { outlines: false })).row(1);
    expect(row).toEqual(["-", "-", FILL, FILL, FILL, FILL, "-", "-"]);
  });

  it("is not there when it is hidden, and leaves no line", () => {
    const looks = { ...LOOKS, 1: look(0xff0000, { hidden: true }) };
    const row = new Picture(12, 3, view(1)).draw(sceneOf(wide("111122222222"), { looks })).row(1);
    expect(row.slice(0, 4)).toEqual(["-", "-", "-", "-"]);
    expect(row[4]).toBe("#00ff00 100");
  });

  it("shows its selection as white between black, fill unchanged", () => {
    const looks = { ...LOOKS, 1: look(0xff0000, { selected: true }) };
    const row = new Picture(16, 12, view(1)).draw(sceneOf(wide("..111111111111.."), { looks })).row(6);
    expect(row.slice(2, 8)).toEqual([BLACK, WHITE, WHITE, BLACK, FILL, FILL]);
  });

  it("keeps the rim two screen px wide at any zoom", () => {
    const row = new Picture(40, 8, view(8)).draw(sceneOf(wide("1111."))).row(4);
    expect(row.slice(28)).toEqual([FILL, RIM, RIM, BLACK, WHITE, ...Array(7).fill("-")]);
  });
});

describe("zoomed out", () => {
  it("reads the lower-right pixel of each block, as the label mips do", () => {
    const map = mapOf("1211", "1112", "2111", "1121");
    const picture = new Picture(2, 2, view(0.5)).draw(sceneOf(map, { outlines: false }));
    expect([picture.row(0), picture.row(1)]).toEqual([
      [FILL, "#00ff00 45"],
      [FILL, FILL],
    ]);
  });

  it("takes the coarsest level that is not coarser than the screen", () => {
    expect([4, 1, 0.51, 0.5, 0.26, 0.25, 0.1].map(mipLevel)).toEqual([0, 0, 0, 1, 1, 2, 3]);
  });

  it("shows in gap view every gap, however small", () => {
    const map = new LabelMap([64, 64]);
    for (let y = 0; y < 64; y++) map.writeRun(y, 0, 64, 1);
    map.writeRun(20, 20, 21, 0);
    const picture = new Picture(8, 8, view(0.125)).draw(sceneOf(map, { gapView: true, outlines: false }));
    expect(picture.at(2, 2)).not.toBe(FILL);
    expect(picture.at(3, 3)).toBe(FILL);
  });
});

describe("the dirty rectangle", () => {
  it("gives the same picture as drawing everything, wherever a stroke went", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(59), fc.nat(59), fc.integer({ min: 1, max: 20 }), fc.nat(4)), {
          minLength: 1,
          maxLength: 12,
        }),
        fc.constantFrom(0.3, 0.5, 0.77, 1, 2.5, 4),
        fc.nat(20),
        (strokes, scale, origin) => {
          const map = new LabelMap([60, 60]);
          const size = 50;
          const live = new Picture(size, size, view(scale, origin / 3, origin / 5)).draw(sceneOf(map));
          for (const [x, y, length, id] of strokes) {
            for (let row = y; row < Math.min(60, y + 3); row++) map.writeRun(row, x, x + length, id);
            live.draw(sceneOf(map), staleRect([x, y, Math.min(60, x + length), Math.min(60, y + 3)], live, size));
          }
          const anew = new Picture(size, size, live.view).draw(sceneOf(map));
          expect(live.words).toEqual(anew.words);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe("panning", () => {
  it("moves what is drawn and composes the rest, with the same picture as drawing everything", () => {
    const map = new LabelMap([90, 80]);
    for (let i = 0; i < 60; i++)
      for (let y = 0; y < 9; y++) map.writeRun(((i * 37) % 85) + y, (i * 53) % 70, ((i * 53) % 70) + 11, (i % 4) + 1);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -70, max: 70 }), fc.integer({ min: -70, max: 70 })), {
          minLength: 1,
          maxLength: 6,
        }),
        fc.constantFrom(0.25, 0.5, 0.81, 1, 1.2, 3, 8),
        (moves, scale) => {
          const [width, height] = [64, 48];
          let now = view(scale, 3.3, 1.7);
          const live = new Picture(width, height, now).draw(sceneOf(map));
          for (const [dx, dy] of moves) {
            const next = view(scale, now.originX - dx / scale, now.originY - dy / scale);
            const shift = shiftBetween(now, next, width, height);
            now = next;
            live.view = next;
            if (shift === null) live.draw(sceneOf(map));
            else {
              shiftWords(live.words, width, shift);
              for (const strip of exposedStrips(width, height, shift)) live.draw(sceneOf(map), strip);
            }
            expect(live.words).toEqual(new Picture(width, height, next).draw(sceneOf(map)).words);
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe("the outline preview", () => {
  it("shows what would be taken as the segment that takes it, hatched where it takes from others", () => {
    const map = mapOf(...Array(12).fill("....22222222222222222222"));
    const taken = {
      ys: rowsOf(12),
      x0s: new Int32Array(24).map((_, i) => (i % 2 ? 4 : 0)),
      x1s: new Int32Array(24).map((_, i) => (i % 2 ? 16 : 4)),
      count: 24,
    };
    const before = new Uint32Array(24).map((_, i) => (i % 2 ? 2 : 0));
    const preview = { taken, before, segmentId: null, look: look(0xff0000), shares: false, kept: null };
    const row = new Picture(24, 12, view(1)).draw(sceneOf(map, { preview })).row(6);
    expect(row.slice(2, 4)).toEqual([FILL, FILL]);
    expect(row.slice(4, 14).filter((pixel) => pixel === RIM)).toHaveLength(2); // every sixth px of the hatch
    expect(row.slice(14, 17)).toEqual([RIM, RIM, BLACK]);
    expect(map.areaOf(1)).toBe(0);
  });
});

function wide(row: string): LabelMap {
  return mapOf(...Array(12).fill(row));
}

function rowsOf(height: number): Int32Array {
  return new Int32Array(2 * height).map((_, i) => i >> 1);
}

function staleRect(box: readonly [number, number, number, number], picture: Picture, size: number) {
  const { deviceScale, originX, originY } = picture.view;
  const spread = strokesFor(1).reach + 2;
  const x = Math.max(0, Math.floor((box[0] - originX) * deviceScale) - spread);
  const y = Math.max(0, Math.floor((box[1] - originY) * deviceScale) - spread);
  const x1 = Math.min(size, Math.ceil((box[2] - originX) * deviceScale) + spread);
  const y1 = Math.min(size, Math.ceil((box[3] - originY) * deviceScale) + spread);
  return { x, y, width: Math.max(0, x1 - x), height: Math.max(0, y1 - y) };
}
