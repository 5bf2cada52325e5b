// SPDX-License-Identifier: Apache-2.0
/** Whether minimap, rulers or cross lines are to be seen; apart from them, so that they are loaded only then. */
import { minimapHelps } from "../core/minimap.ts";
import { fitTurned } from "../core/turning.ts";
import type { CanvasPort } from "../editor/canvas.ts";

export function minimapWanted({ options, view, sizeHw }: CanvasPort): boolean {
  return options.minimap && minimapHelps(view.scale, fitTurned(sizeHw, view.windowPx, view.turnDegrees).zoom);
}

export const aidsWanted = (canvas: CanvasPort): boolean =>
  canvas.options.rulers || canvas.options.crossLines || minimapWanted(canvas);
