// SPDX-License-Identifier: Apache-2.0
/** Examples of contract/raster.md. */
import { FIXED_MAX, FIXED_MIN } from "../../../src/core/raster/index.ts";
import type { SizeHw } from "../../../src/core/region.ts";
import type { Json } from "../../../src/core/segment.ts";
import { randomUint32 } from "../arbitraries.ts";
import type { NewCase } from "./format.ts";

type ShapeJson = { readonly [key: string]: Json };

function region(name: string, why: string, sizeHw: SizeHw, shape: ShapeJson): NewCase {
  return { name, why, input: { do: "region", size_hw: [...sizeHw], shape } };
}

function quantising(name: string, why: string, values: Json): NewCase {
  return { name, why, input: { do: "quantise", values } };
}

const polygon = (rule: string, ...rings: number[][]): ShapeJson => ({ kind: "polygon", frame: "fixed", rule, rings });
const stroke = (radius: number, ...points: number[]): ShapeJson => ({ kind: "stroke", frame: "fixed", radius, points });
const square = (radius: number, ...points: number[]): ShapeJson => ({
  ...stroke(radius, ...points),
  kind: "square_stroke",
});
const box = (...corners: number[]): ShapeJson => ({ kind: "box", frame: "fixed", corners });

const HANDMADE: readonly NewCase[] = [
  quantising("halves", "floor(v · 256 + 0.5), so halves go up", [0.001953125, -0.001953125, 0.5, -0.5, 3.998046875]),
  quantising("clamped", "to the range of fixed coordinates", [1e308, -1e308, 131071.998046875, 131072, -65536, -65537]),
  quantising("not finite, after finite ones", "an error", [1, "NaN"]),
  quantising("infinite", "an error", ["-Infinity"]),
  region("box by centres", "left and top centres in, right and bottom out", [4, 4], box(128, 128, 640, 640)),
  region("box a hair smaller", "a centre just left of the edge is out", [4, 4], box(129, 127, 641, 639)),
  region("box from its far corner", "corners in any order", [5, 6], box(1200, 900, 200, 130)),
  region("box outside", "empty", [4, 4], box(-900, 0, -10, 900)),
  region("box as thin as a line", "no centre inside", [4, 4], box(128, 0, 128, 1024)),
  region(
    "triangle through centres",
    "left and top edges in",
    [6, 6],
    polygon("nonzero", [128, 128, 1408, 128, 128, 1408]),
  ),
  region(
    "triangle the other way round",
    "direction does not matter",
    [6, 6],
    polygon("evenodd", [128, 1408, 1408, 128, 128, 128]),
  ),
  region(
    "star, non-zero",
    "the middle is in",
    [12, 12],
    polygon("nonzero", [1536, 0, 2400, 3000, 100, 1100, 2972, 1100, 672, 3000]),
  ),
  region(
    "star, even-odd",
    "the middle is out",
    [12, 12],
    polygon("evenodd", [1536, 0, 2400, 3000, 100, 1100, 2972, 1100, 672, 3000]),
  ),
  region(
    "a hole",
    "a further ring, the other way",
    [8, 8],
    polygon("nonzero", [0, 0, 2048, 0, 2048, 2048, 0, 2048], [512, 512, 512, 1536, 1536, 1536, 1536, 512]),
  ),
  region(
    "a ring twice, even-odd",
    "two crossings at one place",
    [4, 4],
    polygon("evenodd", [0, 0, 1024, 0, 1024, 1024, 0, 1024], [0, 0, 1024, 0, 1024, 1024, 0, 1024]),
  ),
  region("a ring without area", "empty", [4, 4], polygon("nonzero", [0, 0, 1024, 1024, 0, 0])),
  region(
    "corners at the ends of the range",
    "products stay below 2^53",
    [9, 9],
    polygon("nonzero", [FIXED_MIN, FIXED_MIN, FIXED_MAX, 1152, FIXED_MIN, FIXED_MAX]),
  ),
  region("no ring", "an empty region", [4, 4], polygon("nonzero")),
  region("a ring of two", "ring_too_short", [4, 4], polygon("nonzero", [0, 0, 1024, 0, 0, 1024], [0, 0, 9, 9])),
  region("a map without a side", "size_out_of_range", [0, 4], box(0, 0, 9, 9)),
  region("a map too wide", "size_out_of_range", [1, 65536], box(0, 0, 9, 9)),
  region("a map too large", "size_out_of_range", [65535, 65535], box(0, 0, 9, 9)),
  region("disc on a centre", "the rim is in", [7, 7], stroke(512, 896, 896)),
  region("disc between centres", "a disc of radius 1/2 px may have no pixel", [4, 4], stroke(128, 512, 512)),
  region("smallest disc", "one pixel", [4, 4], stroke(128, 640, 640)),
  region("a point twice", "a capsule of length 0 is its disc", [6, 6], stroke(300, 700, 700, 700, 700)),
  region("no point", "an empty region", [6, 6], stroke(300)),
  region("level stroke whose rim runs through centres", "equality is in", [9, 20], stroke(512, 640, 1152, 4000, 1152)),
  region(
    "upright stroke whose rim runs through centres",
    "equality is in",
    [20, 9],
    stroke(512, 1152, 640, 1152, 4000),
  ),
  region("a stroke that turns back", "union of capsules", [16, 24], stroke(500, 500, 500, 5000, 3300, 900, 3000)),
  region(
    "two capsules with a gap in a row",
    "a union is not an interval",
    [16, 32],
    stroke(300, 400, 400, 4000, 3800, 7600, 400),
  ),
  region(
    "a stroke from the end of the range to the other",
    "c·c and r²·L are rounded",
    [24, 24],
    stroke(2 ** 20, FIXED_MIN, FIXED_MIN + 77, FIXED_MAX, FIXED_MAX - 1024),
  ),
  region("radius just too small", "radius_out_of_range", [4, 4], stroke(127, 0, 0)),
  region("radius just too large", "radius_out_of_range", [4, 4], stroke(2 ** 20 + 1, 0, 0)),
  region("the largest radius", "covers all", [4, 4], stroke(2 ** 20, 0, 0)),
  region("square dab", "half-open", [6, 6], square(256, 640, 640)),
  region("square stroke down right", "hull of the swept square", [14, 14], square(300, 500, 500, 2900, 2000)),
  region("square stroke up right", "the other hull", [14, 14], square(300, 500, 2900, 2900, 700)),
  region("square stroke straight up", "equal x: ordered by y", [14, 8], square(300, 900, 3000, 900, 300)),
  region("square radius too small", "radius_out_of_range", [4, 4], square(1, 0, 0)),
  region("a shape in px", "every number goes through quantise, the radius too", [12, 12], {
    kind: "stroke",
    frame: "px",
    points: [2.3, 2.7, 9.1, 8.9],
    radius: 1.75,
  }),
  region("a polygon in px", "floats become 1/256 px", [12, 12], {
    kind: "polygon",
    frame: "px",
    rule: "nonzero",
    rings: [[0.1, 0.2, 11.9, 3.3, 5.5, 11.7]],
  }),
];

/** Shapes from a seed; every kind in turn, some points on centres and edges. */
function randomShapes(count: number, seed: number): NewCase[] {
  const next = randomUint32(seed);
  const below = (n: number): number => next() % n;
  const cases: NewCase[] = [];
  for (let k = 0; k < count; k++) {
    const sizeHw: SizeHw = [1 + below(40), 1 + below(40)];
    const coordinate = (side: number): number => {
      const free = below(side * 256 + 1024) - 512;
      return [free, free, Math.floor(free / 256) * 256 + 128, Math.floor(free / 256) * 256][below(4)];
    };
    const path = (points: number): number[] =>
      Array.from({ length: points }, () => [coordinate(sizeHw[1]), coordinate(sizeHw[0])]).flat();
    const radius = 128 + below(2500);
    const shapes = [
      () => box(...path(2)),
      () => polygon("nonzero", path(3 + below(7))),
      () => polygon("evenodd", path(3 + below(7)), path(3 + below(3))),
      () => stroke(radius, ...path(1 + below(4))),
      () => stroke(radius, ...path(2)),
      () => square(radius, ...path(1 + below(4))),
    ];
    cases.push(region(`random shape ${k}`, "from a seed", sizeHw, shapes[k % shapes.length]()));
  }
  return cases;
}

export const RASTER_CASES: readonly NewCase[] = [...HANDMADE, ...randomShapes(120, 20260726)];
