// SPDX-License-Identifier: Apache-2.0
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LabelMap } from "../../src/core/labelMap.ts";
import { decodeTile, encodePack, encodeTile, splitPack } from "../../src/core/tileCodec.ts";
import { aMap, aSize, noiseMap } from "./arbitraries.ts";
import { codeOf } from "./codeOf.ts";
import { expectSame } from "./same.ts";

/** The payload as the contract words it, pixel by pixel. */
function literalPayload(ids: ArrayLike<number>, width: number, height: number): Uint8Array {
  const palette: number[] = [];
  const places = new Map<number, number>();
  const runs: [index: number, length: number][] = [];
  for (let i = 0; i < width * height; i++) {
    const index = places.get(ids[i]) ?? palette.length;
    if (index === palette.length) palette.push(ids[i]);
    places.set(ids[i], index);
    const last = runs[runs.length - 1];
    if (last !== undefined && last[0] === index) last[1]++;
    else runs.push([index, 1]);
  }
  const w = palette.length <= 256 ? 1 : 2;
  const bytes: number[] = [1, w];
  const put = (value: number, count: number): void => {
    for (let k = 0; k < count; k++) bytes.push(Math.floor(value / 256 ** k) % 256);
  };
  put(width, 2);
  put(height, 2);
  put(0, 2);
  put(palette.length, 4);
  put(runs.length, 4);
  for (const id of palette) put(id, 4);
  for (const [index] of runs) put(index, w);
  for (const [, length] of runs) put(length - 1, 2);
  return Uint8Array.from(bytes);
}

/** Changes one tile's payload: [offset, bytes…]. */
function patched(payload: Uint8Array, offset: number, ...bytes: number[]): Uint8Array {
  const copy = payload.slice();
  copy.set(bytes, offset);
  return copy;
}

function longer(payload: Uint8Array, byte: number): Uint8Array {
  const copy = new Uint8Array(payload.length + 1);
  copy.set(payload);
  copy[payload.length] = byte;
  return copy;
}

describe("tile payload", () => {
  test("is the one the contract spells, and decodes to the same pixels", () => {
    fc.assert(
      fc.property(aSize.chain(aMap), (map) => {
        for (let i = 0; i < map.tileCount; i++) {
          const { x0, y0, width, height } = map.tileIndexView(i);
          const ids = new Uint32Array(width * height);
          for (let y = 0; y < height; y++) map.readRow(y0 + y, x0, x0 + width, ids, y * width);
          const payload = map.tilePayload(i);
          expectSame(payload, literalPayload(ids, width, height));
          const { palette, indices } = decodeTile(payload, width, height);
          expectSame(
            Uint32Array.from(ids, (_, at) => palette[indices === null ? 0 : indices[at]]),
            ids,
          );
          expectSame(encodeTile(decodeTile(payload, width, height)), payload);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("with slots of two bytes, runs end where the slot changes, also when both its bytes are the old slot", () => {
    // Slot 0 is taken by unlabelled; id 1000 + k gets slot k + 1.
    const ids = Array.from({ length: 600 }, (_, k) => 1000 + k);
    for (const slot of [1, 2]) ids.push(1500, 999 + slot, ...new Array<number>(14).fill(999 + 257 * slot));
    const map = LabelMap.fromIds(ids, [4, 158]);
    const { indices } = map.tileIndexView(0);
    expect([indices?.[600 + 1], indices?.[600 + 2]]).toEqual([1, 257]);
    expectSame(map.tilePayload(0), literalPayload(ids, 158, 4));
  });

  test("any bytes that decode are the one encoding of what they say", () => {
    const small = LabelMap.fromIds([0, 0, 5, 5, 9, 9], [2, 3]).tilePayload(0);
    fc.assert(
      fc.property(
        fc.nat({ max: small.length - 1 }),
        fc.nat({ max: 255 }),
        fc.nat({ max: small.length }),
        (at, value, keep) => {
          for (const bytes of [patched(small, at, value), small.subarray(0, keep), longer(small, value)]) {
            let tile: ReturnType<typeof decodeTile> | null = null;
            const code = codeOf(() => {
              tile = decodeTile(bytes, 3, 2);
            });
            if (code === null) expect(encodeTile(tile as unknown as ReturnType<typeof decodeTile>)).toEqual(bytes);
          }
        },
      ),
      { numRuns: 3000 },
    );
  });

  // 3 × 2 px, ids 0 0 5 | 5 9 9: three runs of two; palette at 16, indices at 28, lengths at 31.
  const good = LabelMap.fromIds([0, 0, 5, 5, 9, 9], [2, 3]).tilePayload(0);
  test.each([
    ["no byte", new Uint8Array(0), "truncated"],
    ["half a header", good.subarray(0, 15), "truncated"],
    ["one byte short", good.subarray(0, good.length - 1), "truncated"],
    ["a palette of four billion, and a bad version", patched(patched(good, 8, 255, 255, 255, 255), 0, 9), "truncated"],
    ["version 2, and a bad width", patched(good, 0, 2, 2), "truncated"],
    ["version 2", patched(good, 0, 2), "bad_version"],
    ["index width 0", patched(good, 1, 0), "bad_header"],
    ["reserved bits", patched(good, 6, 1), "bad_header"],
    ["width 0", patched(good, 2, 0), "bad_header"],
    ["width 257", patched(good, 2, 1, 1), "bad_header"],
    ["fewer runs than palette entries", patched(good, 12, 2), "bad_header"],
    ["no palette", patched(good, 8, 0), "bad_header"],
    ["another size of the same area", patched(good, 2, 2, 0, 3, 0), "wrong_size"],
    ["a byte more", longer(good, 0), "trailing_bytes"],
    ["an index past the palette", patched(good, 30, 3), "bad_index"],
    ["runs too long", patched(good, 31, 2), "bad_length"],
    ["two runs that are one", patched(good, 29, 0), "not_maximal"],
    ["an id twice", patched(good, 24, 5), "bad_palette"],
    ["an order that is not first-met", patched(good, 28, 1, 0), "bad_palette"],
    ["an entry in vain", patched(good, 30, 0), "bad_palette"],
  ])("refuses %s", (_, bytes, code) => {
    expect(codeOf(() => decodeTile(bytes, 3, 2))).toBe(code);
  });

  test("a payload inside a larger buffer is read from its own start", () => {
    const padded = new Uint8Array(good.length + 7);
    padded.set(good, 5);
    expect(encodeTile(decodeTile(padded.subarray(5, 5 + good.length), 3, 2))).toEqual(good);
  });
});

describe("pack", () => {
  test("of a map, and back", () => {
    fc.assert(
      fc.property(aSize.chain(aMap), (map) => {
        const pack = map.toPack();
        const again = LabelMap.fromPack(pack, map.sizeHw);
        expectSame(again.toIds(), map.toIds());
        expectSame(again.toPack(), pack);
        expect(again.checksum("x")).toBe(map.checksum("x"));
        expect(new Map(again.ids().map((id) => [id, again.areaOf(id)]))).toEqual(
          new Map(map.ids().map((id) => [id, map.areaOf(id)])),
        );
      }),
      { numRuns: 60 },
    );
  });

  test("leaves unlabelled tiles out", () => {
    const map = new LabelMap([300, 600]);
    expect(map.toPack()).toEqual(Uint8Array.of(0x49, 0x50, 0x4b, 0x31, 0, 0, 0, 0));
    map.writeRun(299, 599, 600, 4);
    expect(splitPack(map.toPack(), map.tileCount).map((entry) => entry.index)).toEqual([5]);
    map.writeRun(299, 599, 600, 0);
    expect(map.toPack().length).toBe(8);
  });

  const map = noiseMap([300, 300], 4, 3);
  const pack = map.toPack();
  test.each([
    ["no byte", new Uint8Array(0), "truncated"],
    ["half a table", pack.subarray(0, 20), "truncated"],
    ["half a payload", pack.subarray(0, pack.length - 1), "truncated"],
    ["another magic", patched(pack, 0, 0), "bad_magic"],
    ["indices that do not ascend", patched(pack, 16, 0), "bad_tile_index"],
    ["a tile outside the map", patched(pack, 32, 4), "bad_tile_index"],
    ["a byte more", longer(pack, 0), "trailing_bytes"],
    ["a bad payload", patched(pack, 8 + 32, 7), "bad_version"],
    ["a count of four billion", patched(pack, 4, 255, 255, 255, 255), "truncated"],
  ])("refuses %s", (_, bytes, code) => {
    expect(codeOf(() => LabelMap.fromPack(bytes, [300, 300]))).toBe(code);
  });

  test("a refused pack leaves the map as it was", () => {
    const target = noiseMap([300, 300], 9, 2);
    const sum = target.checksum("m");
    const lastPayload = splitPack(pack, 4)[3].payload;
    const bad = patched(pack, pack.length - lastPayload.length, 7);
    expect(codeOf(() => target.loadPack(bad))).toBe("bad_version");
    expect(target.checksum("m")).toBe(sum);
  });

  test("loading some tiles replaces those only", () => {
    const target = noiseMap([300, 300], 9, 2);
    const before = target.toIds();
    target.loadPack(encodePack([{ index: 1, payload: map.tilePayload(1) }]));
    const [after, wanted] = [target.toIds(), map.toIds()];
    for (let at = 0; at < after.length; at++) {
      const inTile1 = at % 300 >= 256 && at < 256 * 300;
      if (after[at] !== (inTile1 ? wanted : before)[at]) expect.fail(`pixel ${at}`);
    }
    expect(target.areaOf(2)).toBe(after.filter((id) => id === 2).length);
  });
});
