// SPDX-License-Identifier: Apache-2.0
import type { Region, SizeHw } from "../region.ts";
import { checkSize, firstCentreFrom } from "./quantise.ts";

/** Pixels whose centre lies in the half-open box between two corners (fixed coordinates, any order). */
export function boxRegion(ax: number, ay: number, bx: number, by: number, sizeHw: SizeHw): Region {
  checkSize(sizeHw);
  const [h, w] = sizeHw;
  const x0 = Math.max(0, firstCentreFrom(Math.min(ax, bx)));
  const x1 = Math.min(w, firstCentreFrom(Math.max(ax, bx)));
  const y0 = Math.max(0, firstCentreFrom(Math.min(ay, by)));
  const y1 = Math.min(h, firstCentreFrom(Math.max(ay, by)));
  const count = x1 > x0 && y1 > y0 ? y1 - y0 : 0;
  const ys = new Int32Array(count);
  for (let i = 0; i < count; i++) ys[i] = y0 + i;
  return { ys, x0s: new Int32Array(count).fill(x0), x1s: new Int32Array(count).fill(x1), count };
}
