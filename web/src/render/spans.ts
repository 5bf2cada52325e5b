// SPDX-License-Identifier: Apache-2.0
/** Where runs of image pixels lie on the screen. Zoomed out every run still covers at least one device pixel. */
import type { Region } from "../core/region.ts";
import type { ComposeView, DeviceRect } from "./compose.ts";

/** Calls `visit` for each part of a device row inside `rect` that run `i` covers: columns [from, to) of row y. */
export function eachSpan(
  runs: Region,
  view: ComposeView,
  rect: DeviceRect,
  visit: (i: number, y: number, from: number, to: number) => void,
): void {
  const { deviceScale, originX, originY } = view;
  const right = rect.x + rect.width;
  const bottom = rect.y + rect.height;
  for (let i = firstRow(runs, originY + rect.y / deviceScale - 1); i < runs.count; i++) {
    const y0 = Math.floor((runs.ys[i] - originY) * deviceScale);
    if (y0 >= bottom) break;
    const y1 = Math.max(y0 + 1, Math.ceil((runs.ys[i] + 1 - originY) * deviceScale));
    const x0 = Math.floor((runs.x0s[i] - originX) * deviceScale);
    const x1 = Math.max(x0 + 1, Math.ceil((runs.x1s[i] - originX) * deviceScale));
    if (y1 <= rect.y || x1 <= rect.x || x0 >= right) continue;
    for (let y = Math.max(y0, rect.y); y < Math.min(y1, bottom); y++)
      visit(i, y, Math.max(x0, rect.x), Math.min(x1, right));
  }
}

/** Index of the first run on row `y` or below it. */
function firstRow(runs: Region, y: number): number {
  let low = 0;
  let high = runs.count;
  while (low < high) {
    const mid = (low + high) >> 1;
    if (runs.ys[mid] < y) low = mid + 1;
    else high = mid;
  }
  return low;
}
