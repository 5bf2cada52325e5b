// SPDX-License-Identifier: Apache-2.0
/** Values that controls hand to commands; a wrong one is a mistake of ours and throws. */

export function numberFrom(value: unknown): number {
  if (typeof value !== "number" || !Number.isFinite(value))
    throw new TypeError(`expected a number, got ${String(value)}`);
  return value;
}

export function toggle(set: Set<number>, value: number): void {
  if (!set.delete(value)) set.add(value);
}
