// SPDX-License-Identifier: Apache-2.0
/** Two versions of the same pixels: which only the first has, which only the second, and where both have an owner. */
import { fromBase64 } from "../core/base64.ts";
import { decodePixels } from "../core/editCodec.ts";
import { invertPixels, type PixelRuns } from "../core/pixelRuns.ts";
import type { SizeHw } from "../core/region.ts";

/** `befores` of the runs are the first version, `afters` the second. */
export interface Difference {
  readonly layer: string;
  readonly runs: PixelRuns;
  readonly firstPx: number;
  readonly secondPx: number;
  readonly bothPx: number;
}

/** Throws CodecError when the text is no run bytes of an image of this size. `swap`: the second version comes first. */
export function differenceFrom(pixels: string, sizeHw: SizeHw, layer: string, swap = false): Difference {
  const decoded = decodePixels(fromBase64(pixels), sizeHw);
  return differenceOf(swap ? invertPixels(decoded) : decoded, layer);
}

export function differenceOf(runs: PixelRuns, layer: string): Difference {
  let firstPx = 0;
  let secondPx = 0;
  let bothPx = 0;
  for (let i = 0; i < runs.count; i++) {
    const px = runs.x1s[i] - runs.x0s[i];
    if (runs.afters[i] === 0) firstPx += px;
    else if (runs.befores[i] === 0) secondPx += px;
    else bothPx += px;
  }
  return { layer, runs, firstPx, secondPx, bothPx };
}
