// SPDX-License-Identifier: Apache-2.0
/** Size and place of the canvases: as large as the window, or, when the view is turned, as the sheet that covers it. */
import type { CanvasView } from "../editor/canvas.ts";

/** Gives the canvases the sheet's size in device px. True when that changed, so that they are empty now. */
export function layOut(canvases: readonly HTMLCanvasElement[], view: CanvasView, dpr: number): boolean {
  const { widthPx, heightPx, windowPx, turnDegrees } = view;
  const width = Math.max(1, Math.floor(widthPx * dpr + 0.5));
  const height = Math.max(1, Math.floor(heightPx * dpr + 0.5));
  let changed = false;
  for (const canvas of canvases) {
    changed ||= canvas.width !== width || canvas.height !== height;
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    const upright = turnDegrees === 0;
    Object.assign(canvas.style, {
      left: upright ? "0" : `${(windowPx.widthPx - widthPx) / 2}px`,
      top: upright ? "0" : `${(windowPx.heightPx - heightPx) / 2}px`,
      width: upright ? "100%" : `${widthPx}px`,
      height: upright ? "100%" : `${heightPx}px`,
      transform: upright ? "" : `rotate(${turnDegrees}deg)`,
    });
  }
  return changed;
}
