// SPDX-License-Identifier: Apache-2.0

/** Order of Unicode code points, as Python sorts; the default order of JavaScript is that of UTF-16 units. */
export function byCodePoint(a: string, b: string): number {
  const left = [...a];
  const right = [...b];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const order = (left[i].codePointAt(0) as number) - (right[i].codePointAt(0) as number);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}
