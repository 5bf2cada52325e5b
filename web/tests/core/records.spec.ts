// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from "vitest";
import { segmentsFromJson } from "../../src/core/annotation.ts";
import { editFromJson } from "../../src/core/edit.ts";
import { IdPool, isStuffId, uuidV4, uuidV7 } from "../../src/core/ids.ts";
import { fieldsEqual, jsonEqual, newSegmentFields, type SegmentFields } from "../../src/core/segment.ts";
import { codeOf } from "./codeOf.ts";

describe("ids", () => {
  const ones = new Uint8Array(16).fill(255);

  test("UUIDs carry version, variant and time", () => {
    expect(uuidV4(new Uint8Array(16))).toBe("00000000-0000-4000-8000-000000000000");
    expect(uuidV4(ones)).toBe("ffffffff-ffff-4fff-bfff-ffffffffffff");
    expect(uuidV7(0x018f0a5dac96, ones)).toBe("018f0a5d-ac96-7fff-bfff-ffffffffffff");
    expect(uuidV7(2 ** 48 - 1, new Uint8Array(16))).toBe("ffffffff-ffff-7000-8000-000000000000");
    expect(() => uuidV4(new Uint8Array(15))).toThrow(RangeError);
  });

  test("given bytes are not changed", () => {
    const bytes = new Uint8Array(16);
    uuidV7(1, bytes);
    expect(bytes).toEqual(new Uint8Array(16));
  });

  test("a pool hands out each leased id once, in order", () => {
    const pool = new IdPool();
    expect(codeOf(() => pool.take())).toBe("no_id_left");
    pool.add(65536, 65538);
    pool.add(70000, 70001);
    expect(pool.left).toBe(3);
    expect([pool.take(), pool.take(), pool.take()]).toEqual([65536, 65537, 70000]);
    expect(pool.left).toBe(0);
    expect(codeOf(() => pool.take())).toBe("no_id_left");
    expect(() => pool.add(5, 9)).toThrow(RangeError);
    expect(() => pool.add(70000, 70000)).toThrow(RangeError);
    pool.add(4294967295, 4294967296);
    expect(pool.take()).toBe(4294967295);
  });

  test("stuff ids are 1 to 65,535", () => {
    expect([0, 1, 65535, 65536].map(isStuffId)).toEqual([false, true, true, false]);
  });
});

const fields = { class: 3, crowd: false, instances_unknown: false, answers: {}, state: "live", merged_into: null };

test("the list of an annotation's segments", () => {
  const read = { class: 3, crowd: false, instancesUnknown: false, answers: {}, state: "live", mergedInto: null };
  expect(segmentsFromJson([{ id: 65536, number: 1, ...fields }])).toEqual([{ id: 65536, number: 1, fields: read }]);
  expect(segmentsFromJson([{ id: 65536, number: null, ...fields }])[0].number).toBeNull();
  for (const bad of [
    {},
    [null],
    [{ id: 0, number: 1, ...fields }],
    [{ id: 5, number: 0, ...fields }],
    [{ id: 5, number: 1 }],
  ]) {
    expect(codeOf(() => segmentsFromJson(bad))).toBe("bad_json");
  }
});

describe("an edit as JSON", () => {
  const edit = {
    v: 1,
    id: "01890a5d-ac96-774b-bcce-b302099a8057",
    seq: 12,
    layer: "main",
    tool: "pen",
    assist: null,
    pixels: "",
    segments: [{ id: 65536, before: null, after: fields }],
  };
  const withFields = (changes: object): object => ({
    ...edit,
    segments: [{ id: 7, before: null, after: { ...fields, ...changes } }],
  });
  const deep = JSON.parse(`${'{"a":'.repeat(17)}0${"}".repeat(17)}`);

  test("that is well formed is read", () => {
    const size = [4, 4] as const;
    for (const good of [
      edit,
      { ...edit, assist: "sam/2.1" },
      { ...edit, layer: "𝒳".repeat(64) },
      withFields({ state: "merged", merged_into: 9 }),
      withFields({ answers: { q: [1, -0.5, "x", { y: null }] } }),
      { ...edit, segments: [{ id: 7, before: fields, after: null }] },
    ]) {
      expect(
        codeOf(() => editFromJson(good, size)),
        JSON.stringify(good),
      ).toBeNull();
    }
  });

  test.each([
    ["null", null],
    ["a list", [edit]],
    ["a key more", { ...edit, extra: 1 }],
    ["a key less", Object.fromEntries(Object.entries(edit).filter(([key]) => key !== "assist"))],
    ["version 2", { ...edit, v: 2 }],
    ["an id in upper case", { ...edit, id: edit.id.toUpperCase() }],
    ["seq 0", { ...edit, seq: 0 }],
    ["seq 2^53", { ...edit, seq: 2 ** 53 }],
    ["an empty layer", { ...edit, layer: "" }],
    ["a layer too long", { ...edit, layer: "x".repeat(65) }],
    ["a control character", { ...edit, layer: "a\u0007" }],
    ["half a character", { ...edit, layer: "a\ud800" }],
    ["a tool in capitals", { ...edit, tool: "Pen" }],
    ["an assist without a version", { ...edit, assist: "sam" }],
    ["an assist with a space", { ...edit, assist: "sam /1" }],
    ["pixels that are no text", { ...edit, pixels: 5 }],
    ["segments that are no list", { ...edit, segments: {} }],
    ["a change of nothing", { ...edit, segments: [{ id: 7, before: fields, after: fields }] }],
    ["two nulls", { ...edit, segments: [{ id: 7, before: null, after: null }] }],
    ["id 0", { ...edit, segments: [{ id: 0, before: null, after: fields }] }],
    [
      "changes out of order",
      {
        ...edit,
        segments: [
          { id: 8, before: null, after: fields },
          { id: 7, before: null, after: fields },
        ],
      },
    ],
    ["class 65,536", withFields({ class: 65536 })],
    ["crowd as a number", withFields({ crowd: 1 })],
    ["a state of its own", withFields({ state: "asleep" })],
    ["merged into nothing", withFields({ state: "merged" })],
    ["live and merged", withFields({ merged_into: 9 })],
    ["answers as a list", withFields({ answers: [] })],
    ["answers nested deeply", withFields({ answers: deep })],
    ["an answer beyond 2^53", withFields({ answers: { q: 2 ** 53 } })],
  ])("with %s is refused", (_, value) => {
    expect(codeOf(() => editFromJson(value, [4, 4]))).toBe("bad_json");
  });

  test("bad pixels have codes of their own", () => {
    expect(codeOf(() => editFromJson({ ...edit, pixels: "AQ=" }, [4, 4]))).toBe("bad_base64");
    expect(codeOf(() => editFromJson({ ...edit, pixels: "é===" }, [4, 4]))).toBe("bad_base64");
    expect(codeOf(() => editFromJson({ ...edit, pixels: "Ag==" }, [4, 4]))).toBe("bad_version");
    expect(codeOf(() => editFromJson({ ...edit, pixels: "Ag==", seq: 0 }, [4, 4]))).toBe("bad_json");
  });
});

test("fields differ in any one of them, also in the target of a merge alone", () => {
  const live = newSegmentFields(3);
  const merged: SegmentFields = { ...live, state: "merged", mergedInto: 9 };
  expect(fieldsEqual(live, newSegmentFields(3))).toBe(true);
  expect(fieldsEqual(null, null)).toBe(true);
  for (const other of [
    null,
    { ...merged, mergedInto: 8 },
    { ...merged, class: 4 },
    { ...merged, crowd: true },
    { ...merged, instancesUnknown: true },
    { ...merged, answers: { a: 1 } },
    live,
  ]) {
    expect(fieldsEqual(merged, other)).toBe(false);
    expect(fieldsEqual(other, merged)).toBe(false);
  }
});

test("JSON values are equal whatever the order of their keys", () => {
  expect(jsonEqual({ a: 1, b: [2, { c: null }] }, { b: [2, { c: null }], a: 1 })).toBe(true);
  for (const [a, b] of [
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ a: 1 }, { b: 1 }],
    [
      [1, 2],
      [2, 1],
    ],
    [[], {}],
    [null, {}],
    [true, 1],
    ["1", 1],
  ] as const) {
    expect(jsonEqual(a, b)).toBe(false);
  }
});
