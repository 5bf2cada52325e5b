// SPDX-License-Identifier: Apache-2.0
import { expect } from "vitest";

/** Equality of long arrays of numbers: names the first place that differs, and is quick where `toEqual` is not. */
export function expectSame(found: ArrayLike<number>, expected: ArrayLike<number>, what = "arrays"): void {
  if (found.length !== expected.length) expect.fail(`${what}: length ${found.length}, not ${expected.length}`);
  for (let i = 0; i < found.length; i++) {
    if (found[i] !== expected[i]) expect.fail(`${what}: at ${i} ${found[i]}, not ${expected[i]}`);
  }
}
