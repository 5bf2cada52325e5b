// SPDX-License-Identifier: Apache-2.0
/** Examples of contract/vector-view.md: pages vector_view, regions, statistics and rle. */
import { LabelMap } from "../../../src/core/labelMap.ts";
import type { SizeHw } from "../../../src/core/region.ts";
import type { Json } from "../../../src/core/segment.ts";
import { noiseMap } from "../arbitraries.ts";
import { Scene } from "./casesEdit.ts";
import { mapJson, type NewCase, regionJson } from "./format.ts";

const TOLERANCES = [0, 90, 91, 120, 180, 192, 193, 280, 512, 2000] as const;

function ofMap(what: string, name: string, why: string, map: LabelMap, more: { [key: string]: Json } = {}): NewCase {
  return { name: `${what}: ${name}`, why, input: { do: what, size_hw: [...map.sizeHw], map: mapJson(map), ...more } };
}

function drawn(...rows: string[]): LabelMap {
  return LabelMap.fromIds([...rows.join("")].map(Number), [rows.length, rows[0].length]);
}

/** Painted and noisy maps in turn. */
function randomMap(seed: number): LabelMap {
  const scene = new Scene(seed);
  const small: SizeHw = [1 + scene.below(12), 1 + scene.below(12)];
  return seed % 3 === 0 ? noiseMap(small, seed, 2 + (seed % 5)) : scene.map;
}

/** Rings in rings, off the tile grid, with a slanted cut. */
function target(sizeHw: SizeHw): LabelMap {
  const [h, w] = sizeHw;
  const ids = Array.from({ length: h * w }, (_, i) => {
    const [x, y] = [i % w, Math.floor(i / w)];
    const far = (x - w / 2) ** 2 + (y - h / 2) ** 2;
    return 5 * x > 4 * y + 3 * w ? 65536 : Math.floor(far / 300) % 4;
  });
  return LabelMap.fromIds(ids, sizeHw);
}

const NAMED: readonly (readonly [name: string, why: string, map: LabelMap])[] = [
  ["a pixel", "the frame alone", drawn("4")],
  ["two islands that touch", "diagonal contact makes a node", drawn("00000", "01100", "00010", "00000")],
  ["a ring", "a hole and an island in it", drawn("11111", "10001", "10201", "10001", "11111")],
  ["a ring at the frame", "holes do not touch the frame", drawn("1111", "1001", "1111")],
  ["a comb", "one pixel wide teeth", drawn("10101", "10101", "11111")],
  ["a checkerboard", "every crack an arc", drawn("1010", "0101", "1010")],
  ["a knight's line", "steps of two", drawn("111111", "001111", "000011", "000000")],
  ["a bay", "an outer ring that touches itself", drawn("1110", "1101", "1111")],
];

const ABOUT_MAPS = [
  ...NAMED,
  ...Array.from({ length: 16 }, (_, k) => [`random ${k}`, "any map", randomMap(50 + k)] as const),
];

const vectorView: NewCase[] = [
  ...ABOUT_MAPS.map(([name, why, map]) => ofMap("vectorize", name, why, map)),
  ...ABOUT_MAPS.map(([name, , map], k) => {
    const tolerance = TOLERANCES[k % TOLERANCES.length];
    return ofMap("simplify", name, `tolerance ${tolerance}`, map, { tolerance });
  }),
  ...[192, 250, 900].map((tolerance) =>
    ofMap("simplify", `target ${tolerance}`, "closed arcs, arcs of many pieces", target([70, 90]), { tolerance }),
  ),
];

const FRAME = [
  { left: -1, right: 3, xy: [0, 0, 1280, 0] },
  { left: -1, right: 3, xy: [1280, 0, 1280, 768] },
  { left: -1, right: 3, xy: [0, 768, 0, 0] },
  { left: -1, right: 3, xy: [1280, 768, 0, 768] },
];

function rasterCase(name: string, why: string, ...more: { left: number; right: number; xy: number[] }[]): NewCase {
  return { name: `rasterize: ${name}`, why, input: { do: "rasterize", size_hw: [3, 5], arcs: [...FRAME, ...more] } };
}

const rasterCases: NewCase[] = [
  rasterCase(
    "a crossing pair",
    "the place decides, then the order",
    ...[
      { left: 3, right: 8, xy: [300, 0, 1000, 768] },
      { left: 8, right: 9, xy: [1000, 0, 300, 768] },
    ],
  ),
  rasterCase("a level edge", "crosses no row", { left: 3, right: 8, xy: [256, 0, 256, 384, 900, 384, 900, 768] }),
  rasterCase("the largest id", "ids are uint32", { left: 3, right: 4294967295, xy: [700, 0, 650, 768] }),
  rasterCase("outside right of an arc", "open_partition", { left: -1, right: 3, xy: [600, 768, 600, 0] }),
  rasterCase("outside in one row", "open_partition", { left: -1, right: 3, xy: [600, 256, 600, 512] }),
  { ...rasterCase("no side", ""), why: "size_out_of_range", input: { do: "rasterize", size_hw: [0, 5], arcs: [] } },
];

const regions: NewCase[] = [
  ...ABOUT_MAPS.flatMap(([name, why, map], k) => {
    const [x, y] = [(k * 7) % map.width, (k * 3) % map.height];
    const ids = k % 2 === 0 ? null : [0, map.get(x, y)].sort((a, b) => a - b);
    return [ofMap("components", name, why, map, { ids }), ofMap("flood", name, why, map, { x, y })];
  }),
  ...[0, 3, 9, 12].map((k) => ofMap("mips", ABOUT_MAPS[k][0], "lower-right pixels, gaps kept", ABOUT_MAPS[k][2])),
  ofMap("mips", "two tiles", "odd sizes, blocks within tiles", target([33, 267])),
  ofMap("flood", "two tiles", "a ring across a seam", target([33, 299]), { x: 165, y: 16 }),
  ofMap("flood", "below the image", "out_of_image", drawn("1"), { x: 0, y: 1 }),
];

/** Runs of the pixels of an id, as a region in JSON. */
function runsOf(map: LabelMap, id: number): Json {
  return regionJson(map.regionOf(id));
}

const gapsAndIslands: NewCase[] = [
  ...ABOUT_MAPS.flatMap(([name, , map], k) => {
    const [first, last] = [map.get(0, 0), map.get(map.width - 1, map.height - 1)];
    const region = runsOf(map, k % 3 === 0 ? first : 0);
    return [
      ofMap("give_to_neighbours", name, "nearest along the region", map, { region, closed: k % 4 === 1 ? [last] : [] }),
      ofMap("islands", name, "most cracks, in rounds", map, {
        below: 1 + (k % 7),
        ids: k % 2 === 0 ? null : [...new Set([0, first])].sort((a, b) => a - b),
        closed: k % 4 === 2 ? [last] : [],
      }),
    ];
  }),
  ofMap("give_to_neighbours", "two tiles", "gaps across a seam", target([33, 299]), {
    region: runsOf(target([33, 299]), 0),
    closed: [2],
  }),
  ofMap("islands", "two tiles", "parts across a seam", target([33, 299]), { below: 900, ids: null, closed: [1] }),
  ofMap("give_to_neighbours", "beyond the image", "out_of_image", drawn("10"), { region: [[0, 1, 3]], closed: [] }),
];

const statistics: NewCase[] = [
  ...ABOUT_MAPS.map(([name, why, map]) => ofMap("statistics", name, why, map)),
  ofMap("statistics", "two tiles", "seams counted once", target([15, 267])),
  ofMap("statistics", "two tiles, one above the other", "seams counted once", target([267, 15])),
];

const STRINGS = [
  "",
  "~",
  "/",
  "P0",
  "Q1",
  "4",
  "04",
  "0P4",
  "1o1",
  "111o01",
  "ooooooo",
  "02OO2",
  "121O2",
  "22",
] as const;
const COUNTS: readonly Json[] = [
  [6],
  [0, 6],
  [0, 0, 6],
  [2, 2, 2],
  [1, 0, 0, 3, 2],
  [7],
  [-6, 12],
  [6, null],
  ["6"],
  [6.5],
];

const rle: NewCase[] = [
  ...ABOUT_MAPS.map(([name, why, map]) => ofMap("encode", name, why, map)),
  ofMap("encode", "two tiles", "numbers of several characters", target([67, 267])),
  ...STRINGS.map((string, k) => {
    return {
      name: `decode_string: ${k}`,
      why: "read or refused",
      input: { do: "decode_string", size_hw: [2, 2], string },
    };
  }),
  ...COUNTS.map((counts, k) => {
    return {
      name: `decode_counts: ${k}`,
      why: "read or refused",
      input: { do: "decode_counts", size_hw: [2, 3], counts },
    };
  }),
];

export const VIEW_CASES = {
  vector_view: [...vectorView, ...rasterCases],
  regions: [...regions, ...gapsAndIslands],
  statistics,
  rle,
};
