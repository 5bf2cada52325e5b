// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import limits from "../../../contract/limits.json" with { type: "json" };
import { fromBase64, toBase64 } from "../../src/core/base64.ts";
import * as ours from "../../src/core/limits.ts";
import { Sha256, sha256, toHex } from "../../src/core/sha256.ts";
import { utf8Bytes } from "../../src/core/utf8.ts";
import { VarintReader, VarintWriter } from "../../src/core/varint.ts";
import { codeOf } from "./codeOf.ts";

test("limits are those of the contract, neither more nor fewer", () => {
  const named = Object.fromEntries(Object.entries(ours).map(([name, value]) => [name.toLowerCase(), value]));
  expect(named).toEqual(limits);
});

test("SHA-256 of every length around a block, whole and in pieces", () => {
  const bytes = Uint8Array.from({ length: 300 }, (_, i) => (i * 89 + 7) & 255);
  for (let n = 0; n <= 300; n++) {
    const part = bytes.subarray(0, n);
    const expected = createHash("sha256").update(part).digest("hex");
    expect(toHex(sha256(part))).toBe(expected);
    const cut = (n * 37) % (n + 1);
    expect(toHex(new Sha256().update(part.subarray(0, cut)).update(part.subarray(cut)).digest())).toBe(expected);
  }
});

test("SHA-256 of random bytes in random pieces", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 6 }), (pieces) => {
      const hash = new Sha256();
      for (const piece of pieces) hash.update(piece);
      expect(toHex(hash.digest())).toBe(createHash("sha256").update(Buffer.concat(pieces)).digest("hex"));
    }),
  );
});

test("base64 is that of everybody, and only its canonical text is read", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      const text = Buffer.from(bytes).toString("base64");
      expect(toBase64(bytes)).toBe(text);
      expect(fromBase64(text)).toEqual(bytes);
    }),
  );
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."AZaz09+/=-_ \u00e9"), maxLength: 12 }), (text) => {
      const canonical = Buffer.from(text, "base64").toString("base64") === text;
      expect(codeOf(() => fromBase64(text))).toBe(canonical ? null : "bad_base64");
    }),
    { numRuns: 2000 },
  );
  expect(toBase64(new Uint8Array(50000).fill(255))).toBe(Buffer.alloc(50000, 255).toString("base64"));
});

const aText = fc
  .array(fc.integer({ min: 0, max: 0x10ffff }), { maxLength: 20 })
  .map((codes) => String.fromCodePoint(...codes));

test("UTF-8 is that of everybody", () => {
  fc.assert(
    fc.property(aText, (text) => {
      expect(utf8Bytes(text)).toEqual(new TextEncoder().encode(text));
    }),
  );
  expect(utf8Bytes("\ud800x")).toEqual(new TextEncoder().encode("\ud800x"));
});

test("varints go round, and each number has one form", () => {
  const numbers = [0, 1, 127, 128, 16383, 16384, 2097151, 2097152, 268435455, 268435456, 4294967295];
  const writer = new VarintWriter();
  for (let k = 0; k < 60; k++) for (const n of numbers) writer.varint(n);
  const reader = new VarintReader(writer.finish());
  for (let k = 0; k < 60; k++) for (const n of numbers) expect(reader.varint()).toBe(n);
  expect(reader.left).toBe(0);
});

test.each([
  [[0x80], "truncated"],
  [[], "truncated"],
  [[0x80, 0x00], "bad_varint"],
  [[0xff, 0xff, 0xff, 0xff, 0x10], "bad_varint"],
  [[0xff, 0xff, 0xff, 0xff, 0xff, 0x01], "bad_varint"],
  [[0x80, 0x80, 0x80, 0x80, 0x80], "bad_varint"],
  [[0x80, 0x80, 0x80, 0x80], "truncated"],
])("varint %j is %s", (bytes, code) => {
  expect(codeOf(() => new VarintReader(Uint8Array.from(bytes)).varint())).toBe(code);
});
