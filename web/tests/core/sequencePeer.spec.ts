// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { answer, type Sequence } from "./sequencePeer.ts";

/** Every op of contract/vectors/README.md, two layers, ops that end with an error and ops that do nothing. */
const sequence: Sequence = {
  seed: 1,
  size_hw: [300, 270],
  layers: ["main", "parts"],
  segments: [
    { id: 3, class: 3 },
    { id: 65536, class: 9 },
    { id: 11, class: 9 },
  ],
  start: [
    { layer: "main", box: [-5, -5, 260, 280], segment: 3 },
    { layer: "parts", box: [250, 250, 400, 400], segment: 11 },
  ],
  ops: [
    paint({ kind: "stroke", frame: "px", points: [10, 10, 265.5, 290.25], radius: 12.5 }, 65536),
    paint({ kind: "polygon", frame: "fixed", rule: "nonzero", rings: [[0, 0, 69120, 100, 300, 76800]] }, 70000),
    paint({ kind: "stroke", frame: "fixed", points: [0, 0], radius: 1 }, 65536),
    paint({ kind: "box", frame: "fixed", corners: [0, 0, 1024, 1024] }, 0),
    { op: "merge", layer: "main", segment: 65536, into: 70000 },
    { op: "merge", layer: "main", segment: 65536, into: 3 },
    { op: "delete", layer: "main", segment: 3 },
    { op: "replay", step: 0, inverse: false },
    { op: "replay", step: 4, inverse: true },
    { op: "delete", layer: "parts", segment: 11 },
    { op: "replay", step: 9, inverse: true },
  ],
};

function paint(
  shape: Extract<Sequence["ops"][number], { op: "paint" }>["shape"],
  segment: number,
): Sequence["ops"][number] {
  return {
    op: "paint",
    layer: "main",
    shape,
    segment,
    mode: "over",
    locked: [],
    hosts: [],
    create: segment === 0 ? null : 9,
  };
}

test("a sequence is undone to its start, and says what each step came to", () => {
  const { start, steps, undone, seed, edits } = answer(sequence);
  expect(seed).toBe(1);
  expect(undone).toBe(start);
  expect(steps[2]).toBe("error:radius_out_of_range");
  expect(steps[5]).toBe(steps[4]);
  expect(new Set([start, steps[0], steps[1], steps[3], steps[4], steps[6]]).size).toBe(6);
  expect(edits).toMatch(/^[0-9a-f]{64}$/);
  expect(answer(sequence)).toEqual(answer(sequence));
});

test("one planted pixel is seen from its step on, and stops the undo or spoils its end", () => {
  const good = answer(sequence);
  const bad = answer({ ...sequence, plant: { step: 6, layer: "parts", x: 0, y: 0 } });
  expect(bad.steps.slice(0, 6)).toEqual(good.steps.slice(0, 6));
  expect(bad.steps[6]).not.toBe(good.steps[6]);
  expect(bad.undone).not.toBe(good.undone);
});
