// SPDX-License-Identifier: Apache-2.0
/** Holes of a segment: what it encloses all round. Only their unlabelled pixels are filled; segments inside stay. */
import { NO_PIXELS, type PixelRuns } from "../pixelRuns.ts";
import { boxAround, IdWindow, type MapView, windowChanges } from "./mapView.ts";

/**
 * Unlabelled pixels from which no steps between 4-neighbours lead past the segment to the image's frame or out of its
 * box, given to it. The map is not changed.
 */
export function filledHoles(map: MapView, segmentId: number): PixelRuns {
  const own = map.boxOf(segmentId);
  if (own === null) return NO_PIXELS;
  const window = IdWindow.read(map, boxAround(map, own, 1));
  const outside = reachedFromEdge(window, segmentId);
  const after = window.ids.slice();
  for (let i = 0; i < after.length; i++) if (after[i] === 0 && outside[i] === 0) after[i] = segmentId;
  return windowChanges(window, after);
}

/** 1 where steps that do not enter the segment lead to the window's edge. */
function reachedFromEdge({ ids, width, height }: IdWindow, segmentId: number): Uint8Array {
  const reached = new Uint8Array(ids.length);
  const open: number[] = [];
  const reach = (i: number): void => {
    if (reached[i] === 1 || ids[i] === segmentId) return;
    reached[i] = 1;
    open.push(i);
  };
  for (let x = 0; x < width; x++) {
    reach(x);
    reach((height - 1) * width + x);
  }
  for (let y = 0; y < height; y++) {
    reach(y * width);
    reach(y * width + width - 1);
  }
  for (let i = open.pop(); i !== undefined; i = open.pop()) {
    const x = i % width;
    if (x > 0) reach(i - 1);
    if (x + 1 < width) reach(i + 1);
    if (i >= width) reach(i - width);
    if (i + width < ids.length) reach(i + width);
  }
  return reached;
}
