// SPDX-License-Identifier: Apache-2.0
/** Examples of contract/label-map-codec.md. */
import { toBase64 } from "../../../src/core/base64.ts";
import { LabelMap } from "../../../src/core/labelMap.ts";
import type { SizeHw } from "../../../src/core/region.ts";
import type { Json } from "../../../src/core/segment.ts";
import { noiseMap } from "../arbitraries.ts";
import { mapJson, type NewCase, runsOfIds } from "./format.ts";

const MAX_ID = 4294967295;

function idsOf(sizeHw: SizeHw, id: (x: number, y: number) => number): Uint32Array {
  return Uint32Array.from({ length: sizeHw[0] * sizeHw[1] }, (_, i) => id(i % sizeHw[1], Math.floor(i / sizeHw[1])));
}

function tile(name: string, why: string, sizeHw: SizeHw, id: (x: number, y: number) => number): NewCase {
  return { name, why, input: { do: "tile", size_hw: [...sizeHw], map: runsOfIds(idsOf(sizeHw, id)) } };
}

function patched(bytes: Uint8Array, offset: number, ...values: number[]): Uint8Array {
  const copy = bytes.slice();
  copy.set(values, offset);
  return copy;
}

function longer(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(bytes.length + 1);
  copy.set(bytes);
  return copy;
}

const TILES: readonly NewCase[] = [
  tile("one pixel, unlabelled", "the smallest tile", [1, 1], () => 0),
  tile("one pixel of the largest id", "ids are unsigned", [1, 1], () => MAX_ID),
  tile("a full tile of one id", "one run of 65,536 pixels: length minus 1 fills two bytes", [256, 256], () => 70000),
  tile("runs over row ends", "runs pass over row ends", [3, 5], (x, y) => (x + 5 * y < 7 ? 4 : 9)),
  tile("checkerboard", "every run has one pixel", [16, 16], (x, y) => ((x + y) % 2 === 0 ? 0 : MAX_ID)),
  tile("256 ids", "the last palette with one byte per index", [2, 128], (x, y) => 65536 + x + 128 * y),
  tile("257 ids", "the first palette with two bytes per index", [2, 129], (x, y) => 65536 + Math.min(x + 129 * y, 256)),
  tile("300 ids, each met again", "indices of two bytes", [2, 150], (x, y) => 1 + ((x * 7 + y * 151) % 300)),
  tile("first met in falling order", "the palette is in first-met order, not sorted", [1, 6], (x) => 60 - 10 * x),
  tile("an odd rest of a tile", "tiles at the right and bottom are cut", [13, 7], (x, y) => (x * y) % 3),
];

/** 3 × 2 px: 0 0 5 | 5 9 9. Palette at 16, indices at 28, lengths at 31. */
const GOOD = LabelMap.fromIds([0, 0, 5, 5, 9, 9], [2, 3]).tilePayload(0);

const BAD_TILES: readonly (readonly [name: string, bytes: Uint8Array])[] = [
  ["nothing", new Uint8Array(0)],
  ["15 bytes", GOOD.subarray(0, 15)],
  ["a byte too few", GOOD.subarray(0, GOOD.length - 1)],
  ["a palette of four billion in version 9", patched(patched(GOOD, 8, 255, 255, 255, 255), 0, 9)],
  ["version 2 and an index width that makes it too short", patched(GOOD, 0, 2, 2)],
  ["version 0", patched(GOOD, 0, 0)],
  ["index width 0", patched(GOOD, 1, 0)],
  ["reserved bits set", patched(GOOD, 7, 128)],
  ["height 0", patched(GOOD, 4, 0)],
  ["width 259", patched(GOOD, 2, 3, 1)],
  ["palette of 0", patched(GOOD, 8, 0)],
  ["fewer runs than palette entries, and bytes left", patched(GOOD, 12, 2)],
  ["the same area in another size", patched(GOOD, 2, 2, 0, 3, 0)],
  ["a byte too many", longer(GOOD)],
  ["an index past the palette", patched(GOOD, 28, 3)],
  ["an index past the palette, and wrong lengths", patched(patched(GOOD, 28, 3), 31, 9)],
  ["lengths that add up to more", patched(GOOD, 31, 2)],
  ["lengths that add up to less", patched(GOOD, 33, 0)],
  ["two neighbours of one index, and a bad palette", patched(GOOD, 29, 0)],
  ["an id twice in the palette", patched(GOOD, 24, 0)],
  ["indices out of first-met order", patched(GOOD, 28, 1, 0)],
  ["a palette entry that no run uses", patched(GOOD, 30, 0)],
  ["nothing wrong", GOOD],
];

function mapCase(name: string, why: string, layer: string, map: LabelMap): NewCase {
  return { name, why, input: { do: "checksum", layer, size_hw: [...map.sizeHw], map: mapJson(map) } };
}

function strip(sizeHw: SizeHw): LabelMap {
  const map = new LabelMap(sizeHw);
  for (let y = 0; y < sizeHw[0]; y++) map.writeRun(y, (y * 3) % sizeHw[1], ((y * 3) % sizeHw[1]) + 40, 1 + (y % 5));
  return map;
}

const MAPS: readonly NewCase[] = [
  mapCase(
    "an unlabelled map",
    "unlabelled tiles count in the checksum and not in the pack",
    "main",
    new LabelMap([300, 520]),
  ),
  mapCase(
    "a layer's name in two bytes a letter",
    "the name's length is in bytes of UTF-8",
    "größe",
    noiseMap([3, 4], 5, 3),
  ),
  mapCase("a layer's name beyond the first plane", "four bytes of UTF-8", "𝒳", noiseMap([3, 4], 5, 3)),
  mapCase("one row across three tiles", "H comes before W", "main", noiseMap([1, 513], 9, 4)),
  mapCase("one column across two tiles", "H comes before W", "main", noiseMap([257, 1], 9, 4)),
  mapCase("stripes over six tiles", "tiles are row-major", "parts", strip([300, 700])),
];

const PACK_MAP = ((): LabelMap => {
  const map = new LabelMap([300, 300]);
  for (const [y, x, id] of [
    [0, 0, 5],
    [0, 299, 6],
    [299, 0, 7],
    [299, 299, 8],
  ]) {
    map.writeRun(y, x, x + 1, id);
  }
  return map;
})();
const PACK = PACK_MAP.toPack();

const BAD_PACKS: readonly (readonly [name: string, bytes: Uint8Array])[] = [
  ["7 bytes", PACK.subarray(0, 7)],
  ["half a table", PACK.subarray(0, 30)],
  ["a payload cut off", PACK.subarray(0, PACK.length - 1)],
  ["a count of four billion in another magic", patched(PACK, 0, 0, 80, 75, 49, 255, 255, 255, 255)],
  ["another magic", patched(PACK, 3, 50)],
  ["an index twice", patched(PACK, 16, 0)],
  ["a tile outside the map", patched(PACK, 32, 4)],
  ["a byte too many and indices that fall", longer(patched(PACK, 8, 9))],
  ["a byte too many", longer(PACK)],
  ["a payload of another version", patched(PACK, 8 + 32, 9)],
  ["no tile", Uint8Array.of(73, 80, 75, 49, 0, 0, 0, 0)],
  ["four tiles", PACK],
];

const size: Json = [2, 3];

export const TILE_CODEC_CASES: readonly NewCase[] = [
  ...TILES,
  ...BAD_TILES.map(([name, bytes]) => ({
    name: `payload: ${name}`,
    why: "the first code that applies",
    input: { do: "decode_tile", size_hw: size, payload: toBase64(bytes) },
  })),
  ...MAPS,
  ...BAD_PACKS.map(([name, bytes]) => ({
    name: `pack: ${name}`,
    why: "the first code that applies",
    input: { do: "decode_pack", size_hw: [300, 300], pack: toBase64(bytes) },
  })),
];
