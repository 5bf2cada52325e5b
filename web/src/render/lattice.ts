// SPDX-License-Identifier: Apache-2.0
/** A lattice over pixels that an outline meets and may not take: locked ones, and those protected from its class. */
import type { Region } from "../core/region.ts";
import type { ComposeView, DeviceRect } from "./compose.ts";
import { packColour } from "./palette.ts";
import { eachSpan } from "./spans.ts";

const STEP_PX = 12;
const LINE_LIGHT = packColour(0xf2f2f4, 220);
const LINE_DARK = packColour(0x0b0b0b, 220);

/** Paints over `out` (one word a pixel, `stride` words a row), inside `rect` only. Lines stay fixed on the screen. */
export function paintLattice(
  kept: Region,
  view: ComposeView,
  rect: DeviceRect,
  out: Uint32Array,
  stride: number,
): void {
  const { dpr } = view;
  eachSpan(kept, view, rect, (_run, y, from, to) => {
    const row = Math.floor(y / dpr);
    for (let x = from; x < to; x++) {
      const column = Math.floor(x / dpr);
      const rising = (column + row) % STEP_PX;
      const falling = (((column - row) % STEP_PX) + STEP_PX) % STEP_PX;
      if (rising === 0 || falling === 0) out[y * stride + x] = LINE_LIGHT;
      else if (rising === 1 || falling === 1) out[y * stride + x] = LINE_DARK;
    }
  });
}
