// SPDX-License-Identifier: Apache-2.0
/** Examples of contract/edit.md: apply, bytes, JSON, compose. Those of replay are in casesReplay.ts. */
import { applyRegion, type DrawMode } from "../../../src/core/apply.ts";
import { toBase64 } from "../../../src/core/base64.ts";
import { type Edit, editToJson } from "../../../src/core/edit.ts";
import type { LabelMap } from "../../../src/core/labelMap.ts";
import { applyPixels, type PixelRuns } from "../../../src/core/pixelRuns.ts";
import { boxRegion, strokeRegion } from "../../../src/core/raster/index.ts";
import type { Region, SizeHw } from "../../../src/core/region.ts";
import { type Json, newSegmentFields, type SegmentChange } from "../../../src/core/segment.ts";
import { fieldsToJson } from "../../../src/core/segmentJson.ts";
import { noiseMap, paint, randomUint32 } from "../arbitraries.ts";
import { mapJson, type NewCase, pixelsFrom, pixelsJson, regionJson } from "./format.ts";

const IDS = [0, 1, 2, 65536, 65537, 4294967295];
const NO_IDS: ReadonlySet<number> = new Set();
const MODES: readonly DrawMode[] = ["behind", "over", "inside"];

const wholeOf = (sizeHw: SizeHw): Region => boxRegion(0, 0, sizeHw[1] * 256, sizeHw[0] * 256, sizeHw);

/** A map, and regions to paint on it, from a seed. */
export class Scene {
  readonly next: () => number;
  readonly sizeHw: SizeHw;
  readonly map: LabelMap;

  constructor(seed: number, sizeHw?: SizeHw) {
    this.next = randomUint32(seed);
    this.sizeHw = sizeHw ?? [1 + this.below(24), 1 + this.below(30)];
    this.map = noiseMap(this.sizeHw, seed, 1);
    for (let k = 0; k < 6; k++) paint(this.map, this.region(), this.id());
  }

  below(n: number): number {
    return this.next() % n;
  }

  id(): number {
    return IDS[this.below(IDS.length)];
  }

  region(): Region {
    const [h, w] = this.sizeHw;
    const at = (): [number, number] => [this.below(w * 256), this.below(h * 256)];
    if (this.below(2) === 0) return boxRegion(...at(), ...at(), this.sizeHw);
    return strokeRegion(Int32Array.of(...at(), ...at()), 128 + this.below(1200), this.sizeHw);
  }

  /** Pixels of an edit that changes something. */
  pixels(): PixelRuns {
    for (;;) {
      const runs = applyRegion(this.map, this.region(), this.id(), MODES[this.below(2)], NO_IDS, NO_IDS);
      if (runs.count > 0) return runs;
    }
  }
}

export function editOf(pixels: PixelRuns, segments: readonly SegmentChange[] = [], layer = "main"): Edit {
  const id = "01890a5d-ac96-774b-bcce-b302099a8057";
  return { id, seq: 12, layer, tool: "pen", assist: null, pixels, segments, items: [] };
}

function applyCases(): NewCase[] {
  const cases: NewCase[] = [];
  for (let k = 0; k < 45; k++) {
    const scene = new Scene(1000 + k, k % 9 === 8 ? [3, 300] : undefined);
    const some = (): number[] => IDS.filter(() => scene.below(3) === 0);
    const mode = MODES[k % 3];
    const input = {
      do: "apply",
      size_hw: [...scene.sizeHw],
      map: mapJson(scene.map),
      region: regionJson(scene.region()),
      segment: scene.id(),
      mode,
      locked: k % 2 === 0 ? [] : some(),
      hosts: mode === "inside" && k % 15 !== 2 ? some() : [],
    };
    cases.push({ name: `apply ${k}: ${mode}`, why: "who may take pixels from whom", input });
  }
  return cases;
}

const HEAD = [1, 1, 0, 5];
const BYTES: readonly (readonly [name: string, bytes: string | number[]])[] = [
  ["none", ""],
  ["a run", [...HEAD, 1, 2, 3, 1, 0]],
  ["two pairs that touch", [1, 2, 0, 5, 7, 5, 2, 0, 0, 2, 0, 0, 0, 0, 1]],
  ["the largest ids", [1, 1, 0, 255, 255, 255, 255, 15, 1, 0, 0, 0, 0]],
  ["an id of 2^32", [1, 1, 0, 128, 128, 128, 128, 16, 1, 0, 0, 0, 0]],
  ["a version alone", [1]],
  ["version 0", [0]],
  ["version 2, cut off", [2]],
  ["zero pairs and runs", [1, 0, 0]],
  ["a pair in vain and no run", [1, 1, 0, 5, 0]],
  ["no pair and a run", [1, 0, 1, 0, 0, 0, 0]],
  ["before = after", [1, 1, 5, 5, 1, 0, 0, 0, 0]],
  ["a pair twice", [1, 2, 0, 5, 0, 5, 2, 0, 0, 0, 0, 1, 0, 0, 1]],
  ["pairs that are cut off", [1, 200, 1, 0, 5]],
  ["a pair twice before the cut", [1, 200, 1, 0, 5, 0, 5]],
  ["half a pair before the cut", [1, 2, 0, 5, 5]],
  ["more runs than bytes", [...HEAD, 2, 0, 0, 0, 0, 0, 2, 0]],
  ["four billion runs", [...HEAD, 255, 255, 255, 255, 15, 0, 0, 0, 0]],
  ["an index past the pairs", [...HEAD, 1, 0, 0, 0, 1]],
  ["indices out of order", [1, 2, 0, 5, 0, 6, 2, 0, 0, 0, 1, 0, 1, 0, 0]],
  ["the last pair unused", [1, 2, 0, 5, 0, 6, 1, 0, 0, 0, 0]],
  ["a row below the image, and a bad index", [...HEAD, 1, 8, 0, 0, 9]],
  ["a row below the image", [...HEAD, 1, 8, 0, 0, 0]],
  ["a run over the right edge", [...HEAD, 1, 0, 5, 4, 0]],
  ["a length of 2^32", [...HEAD, 1, 0, 0, 255, 255, 255, 255, 15, 0]],
  ["rows that pass 2^32", [...HEAD, 2, 1, 0, 0, 0, 255, 255, 255, 255, 15, 0, 0, 0]],
  ["two runs that are one", [...HEAD, 2, 1, 0, 0, 0, 0, 0, 0, 0]],
  ["a new row at column 0 is not a touch", [...HEAD, 2, 1, 0, 8, 0, 1, 0, 0, 0]],
  ["a byte too many", [...HEAD, 1, 0, 0, 0, 0, 7]],
  ["a byte too many and a pair unused", [1, 2, 0, 5, 0, 6, 1, 0, 0, 0, 0, 9]],
  ["a number in two bytes that fits one", [...HEAD, 1, 128, 0, 0, 0, 0]],
  ["a number of six bytes", [...HEAD, 1, 128, 128, 128, 128, 128, 1, 0, 0, 0]],
  ["five bytes without an end", [...HEAD, 1, 128, 128, 128, 128, 128]],
  ["four bytes without an end", [...HEAD, 1, 128, 128, 128, 128]],
  ["base64 without padding", "AQEABQEAAAAA="],
  ["base64 of another alphabet", "AQ_-"],
  ["base64 with a line break", "AQEABQEA\nAAA"],
  ["base64 with bits under the padding", "AR=="],
  ["base64 of a letter beyond ASCII", "éAAA"],
  ["base64 padding alone", "===="],
];

function byteCases(): NewCase[] {
  return BYTES.map(([name, bytes]) => ({
    name: `bytes: ${name}`,
    why: "what a reader from the left meets first",
    input: {
      do: "decode_pixels",
      size_hw: [8, 9],
      bytes: typeof bytes === "string" ? bytes : toBase64(Uint8Array.from(bytes)),
    },
  }));
}

function exactCases(): NewCase[] {
  const cases: NewCase[] = [];
  for (let k = 0; k < 6; k++) {
    const scene = new Scene(2000 + k);
    const runs = scene.pixels();
    const pixels = pixelsJson(runs);
    if (k % 2 === 1) scene.map.writeRun(runs.ys[0], runs.x0s[0], runs.x0s[0] + 1, 77);
    const input = { do: "apply_edit", size_hw: [...scene.sizeHw], map: mapJson(scene.map), pixels };
    cases.push({ name: `exact ${k}`, why: k % 2 === 1 ? "one pixel has moved on" : "as it was found", input });
  }
  const outside = { do: "apply_edit", size_hw: [2, 2], map: [[0, 4]], pixels: [[0, 1, 2, 0, 5]] };
  return [...cases, { name: "exact: outside", why: "a run that leaves the image", input: outside }];
}

function composeCases(): NewCase[] {
  const cases: NewCase[] = [];
  for (let k = 0; k < 12; k++) {
    const scene = new Scene(3000 + k);
    const first = scene.pixels();
    applyPixels(scene.map, first);
    if (k % 4 === 3) scene.map.writeRun(first.ys[0], first.x0s[0], first.x1s[0], 77);
    const second =
      k % 4 === 3 ? applyRegion(scene.map, wholeOf(scene.sizeHw), 78, "over", NO_IDS, NO_IDS) : scene.pixels();
    const input = { do: "compose", size_hw: [...scene.sizeHw], first: json(first), second: json(second) };
    cases.push({ name: `compose ${k}`, why: "two edits, one after the other", input });
  }
  const live = newSegmentFields(3);
  const crowd = { ...live, crowd: true };
  const made = editOf(pixelsFrom([]), [{ id: 65536, before: null, after: live }]);
  const changed = editOf(pixelsFrom([]), [{ id: 65536, before: live, after: crowd }]);
  const gone = editOf(pixelsFrom([]), [{ id: 65536, before: live, after: null }]);
  const pair = (name: string, why: string, first: Edit, second: Edit): NewCase => ({
    name: `compose: ${name}`,
    why,
    input: { do: "compose", size_hw: [2, 2], first: editToJson(first), second: editToJson(second) },
  });
  return [
    ...cases,
    pair("made, then changed", "one change from nothing", made, changed),
    pair("made, then unmade", "vanishes", made, gone),
    pair("made twice", "the second does not begin as the first ended", made, made),
    pair("another layer", "not_composable", made, { ...changed, layer: "parts" }),
  ];
}

const json = (pixels: PixelRuns): Json => editToJson(editOf(pixels));

function readCases(): NewCase[] {
  const fields = fieldsToJson(newSegmentFields(3));
  const good = editToJson(
    editOf(pixelsFrom([[0, 0, 2, 0, 65536]]), [{ id: 65536, before: null, after: newSegmentFields(3) }]),
  );
  const withFields = (changes: { [key: string]: Json }): Json => ({
    ...good,
    segments: [{ id: 7, before: null, after: { ...fields, ...changes } }],
  });
  const values: readonly (readonly [name: string, value: Json])[] = [
    ["as written", good],
    ["an answer of every kind", withFields({ answers: { "": [1, -2.5, true, null, "ü", { z: [], a: {} }] } })],
    ["merged", withFields({ state: "merged", merged_into: 4294967295 })],
    ["an assist", { ...good, assist: "sam/2.1" }],
    ["null", null],
    ["a key more", { ...good, more: 1 }],
    ["a wrong version", { ...good, v: 2 }],
    ["true as a version", { ...good, v: true }],
    ["an id in upper case", { ...good, id: "01890A5D-ac96-774b-bcce-b302099a8057" }],
    ["an id with a newline", { ...good, id: "01890a5d-ac96-774b-bcce-b302099a8057\n" }],
    ["seq 0", { ...good, seq: 0 }],
    ["seq 1.5", { ...good, seq: 1.5 }],
    ["a layer of 64 letters beyond the first plane", { ...good, layer: "𝒳".repeat(64) }],
    ["a layer of 65 letters", { ...good, layer: "x".repeat(65) }],
    ["a control character in a layer", { ...good, layer: "a\u001f" }],
    ["a tool with a space", { ...good, tool: "my pen" }],
    ["an assist without a version", { ...good, assist: "sam" }],
    ["an assist with a no-break space", { ...good, assist: "sam\u00a0x/1" }],
    ["an assist with a next-line character", { ...good, assist: "sam\u0085x/1" }],
    ["an assist with a zero-width no-break space", { ...good, assist: "sam\ufeffx/1" }],
    ["bad JSON and bad pixels", { ...good, seq: 0, pixels: "AR==" }],
    ["bad pixels", { ...good, pixels: "AR==" }],
    ["pixels outside the image", { ...good, pixels: toBase64(Uint8Array.of(...HEAD, 1, 9, 0, 0, 0)) }],
    ["class 0", withFields({ class: 0 })],
    ["crowd 1", withFields({ crowd: 1 })],
    ["merged into null", withFields({ state: "merged" })],
    ["deleted into 5", withFields({ state: "deleted", merged_into: 5 })],
    ["answers as a list", withFields({ answers: [] })],
    ["a change of nothing", { ...good, segments: [{ id: 7, before: fields, after: fields }] }],
    ["a change from null to null", { ...good, segments: [{ id: 7, before: null, after: null }] }],
    ["a creation taken back", { ...good, segments: [{ id: 7, before: fields, after: null }] }],
    ["an id twice", { ...good, segments: [7, 7].map((id) => ({ id, before: null, after: fields })) }],
  ];
  return values.map(([name, edit]) => ({
    name: `read: ${name}`,
    why: "JSON is read strictly",
    input: { do: "read_edit", size_hw: [4, 4], edit },
  }));
}

function invertCases(): NewCase[] {
  const live = newSegmentFields(3);
  const edit = editOf(
    pixelsFrom([
      [0, 0, 2, 0, 65536],
      [1, 1, 1, 5, 65536],
    ]),
    [{ id: 65536, before: null, after: live }],
  );
  const input = { do: "invert", size_hw: [4, 4], edit: editToJson(edit) };
  return [{ name: "invert", why: "before and after change places, of pixels and segments", input }];
}

export const EDIT_CASES: readonly NewCase[] = [
  ...applyCases(),
  ...byteCases(),
  ...exactCases(),
  ...invertCases(),
  ...composeCases(),
  ...readCases(),
];
