// SPDX-License-Identifier: Apache-2.0
/** Examples of items that this core writes for the other. */
import type { Json } from "../../../src/core/segment.ts";
import type { NewCase } from "./format.ts";

type Fields = { readonly [key: string]: Json };

const objectId = (n: number): string => `obj_01890a5d-ac96-774b-bcce-b3020000000${n}`;
const RELATION = "rel_01890a5d-ac96-774b-bcce-b30200000001";
const SIZE = [4, 4];

const objectWith = (geometry: Fields, more: Fields = {}): Fields => ({
  class: 3,
  geometry,
  answers: {},
  state: "live",
  ...more,
});
const POINT: Fields = { kind: "point", point: [1.5, 2] };
const change = (id: string, before: Json, after: Json): Fields => ({ id, before, after });
const edit = (items: readonly Fields[]): Fields => ({
  ...{ v: 1, id: "01890a5d-ac96-774b-bcce-b302099a8057", seq: 12, layer: "main", tool: "polygon", assist: null },
  ...{ pixels: "", segments: [], items },
});

const GEOMETRIES: readonly (readonly [string, Fields])[] = [
  ["a turned box", { kind: "rotated_box", centre: [10, -2.5], size_wh: [4, 0.00390625], angle_deg: 359.99609375 }],
  ["a turned box with two sizes too few", { kind: "rotated_box", centre: [1, 1], size_wh: [], angle_deg: 0 }],
  ["a turn of 360", { kind: "rotated_box", centre: [1, 1], size_wh: [1, 1], angle_deg: 360 }],
  [
    "a polygon with a hole",
    {
      kind: "polygon",
      rings: [
        [
          [0, 0],
          [9, 0],
          [9, 9],
        ],
        [
          [1, 1],
          [2, 1],
          [2, 2],
        ],
      ],
    },
  ],
  [
    "a ring of two, and a text in the next",
    {
      kind: "polygon",
      rings: [
        [
          [0, 0],
          [1, 1],
        ],
        [
          ["1", 0],
          [1, 0],
          [1, 1],
        ],
      ],
    },
  ],
  [
    "a ring of two",
    {
      kind: "polygon",
      rings: [
        [
          [0, 0],
          [1, 1],
        ],
      ],
    },
  ],
  ["a polyline of one", { kind: "polyline", points: [[0, 0]] }],
  ["a coordinate between the grid", { kind: "point", point: [0.001, 0] }],
  ["a coordinate beyond", { kind: "point", point: [1048576.00390625, 0] }],
  ["a box from right to left", { kind: "box", box_xyxy: [5, 0, 4, 1] }],
];

function readCases(): NewCase[] {
  return GEOMETRIES.map(([name, geometry]) => ({
    name: `read: ${name}`,
    why: "a shape is judged whole before its numbers are",
    input: { do: "read_edit", size_hw: SIZE, edit: edit([change(objectId(1), null, objectWith(geometry))]) },
  }));
}

function replayCases(): NewCase[] {
  const base = objectWith(POINT);
  const moved = objectWith({ kind: "point", point: [3, 3] });
  const rides = { relation: "rides", from: { segment: 65536 }, to: { object: objectId(1) }, state: "live" };
  const cases: readonly (readonly [string, Fields, Fields])[] = [
    [
      "both answer differently",
      { image: { answers: { night: true } } },
      change("image", { answers: {} }, { answers: { night: false } }),
    ],
    [
      "an answer taken back",
      { image: { answers: { night: true } } },
      change("image", { answers: { night: true } }, { answers: {} }),
    ],
    [
      "one moves, one gives a class",
      { [objectId(1)]: moved },
      change(objectId(1), base, objectWith(POINT, { class: 4 })),
    ],
    ["both move", { [objectId(1)]: moved }, change(objectId(1), base, objectWith({ kind: "point", point: [4, 4] }))],
    ["a creation redone", { [objectId(1)]: objectWith(POINT, { state: "deleted" }) }, change(objectId(1), null, base)],
    ["a creation taken back", { [objectId(1)]: base }, change(objectId(1), base, null)],
    ["an end moved", { [RELATION]: rides }, change(RELATION, rides, { ...rides, to: { segment: 7 } })],
    ["nobody made it", {}, change(objectId(1), base, moved)],
  ];
  return cases.map(([name, items, one]) => ({
    name: `replay: ${name}`,
    why: "field by field",
    input: { do: "replay", size_hw: SIZE, items, edit: edit([one]) },
  }));
}

export const ITEM_CASES: readonly NewCase[] = [...readCases(), ...replayCases()];
