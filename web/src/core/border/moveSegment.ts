// SPDX-License-Identifier: Apache-2.0
/** Moving a whole segment by whole pixels: what it covers it takes as the draw mode says, what it leaves goes to others. */
import { NO_PIXELS, type PixelRuns } from "../pixelRuns.ts";
import type { BoxXyxy } from "../region.ts";
import { boxAround, IdWindow, type MapView, type Passage, windowChanges } from "./mapView.ts";

export interface MoveRule {
  /** Whether the segment may take a pixel of this owner where it arrives. */
  readonly mayCover: (id: number) => boolean;
  /** What it leaves goes to the nearest neighbour; else, and where there is none, to nobody. */
  readonly closesUp: boolean;
  readonly may: Passage;
}

/** What changes when the segment moves by (dx, dy). Pixels that it may not give up stay. The map is not changed. */
export function movedSegment(map: MapView, segmentId: number, dx: number, dy: number, rule: MoveRule): PixelRuns {
  const own = map.boxOf(segmentId);
  if (own === null || (dx === 0 && dy === 0)) return NO_PIXELS;
  const both: BoxXyxy = [
    Math.min(own[0], own[0] + dx),
    Math.min(own[1], own[1] + dy),
    Math.max(own[2], own[2] + dx),
    Math.max(own[3], own[3] + dy),
  ];
  const window = IdWindow.read(map, boxAround(map, both, 1));
  const { ids, width, height } = window;
  const after = ids.slice();
  const left: number[] = [];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const [fromX, fromY] = [x - dx, y - dy];
      const isInside = fromX >= 0 && fromY >= 0 && fromX < width && fromY < height;
      const arrives = isInside && ids[fromY * width + fromX] === segmentId;
      if (arrives && ids[i] !== segmentId && rule.mayCover(ids[i])) after[i] = segmentId;
      else if (!arrives && ids[i] === segmentId) left.push(i);
    }
  }
  if (rule.closesUp) closeUp(window, after, left, segmentId, rule.may);
  else if (rule.may(segmentId, 0)) for (const i of left) after[i] = 0;
  return windowChanges(window, after);
}

/** Each pixel that is left to the nearest neighbour, by steps within what is left; of equally near ones to the lowest id. */
function closeUp(window: IdWindow, after: Uint32Array, left: readonly number[], segmentId: number, may: Passage): void {
  const { width } = window;
  const isFree = new Uint8Array(after.length);
  for (const i of left) isFree[i] = 1;
  const around = (i: number): number[] => {
    const x = i % width;
    const found: number[] = [];
    if (i >= width) found.push(i - width);
    if (x > 0) found.push(i - 1);
    if (x + 1 < width) found.push(i + 1);
    if (i + width < after.length) found.push(i + width);
    return found;
  };
  const takers = new Map<number, number>();
  for (const i of left) {
    for (const k of around(i)) {
      const id = after[k];
      if (isFree[k] === 1 || id === segmentId || id === 0 || !may(segmentId, id)) continue;
      takers.set(i, Math.min(id, takers.get(i) ?? id));
    }
  }
  let ring = [...takers.keys()];
  while (ring.length > 0) {
    const next = new Map<number, number>();
    for (const i of ring) {
      isFree[i] = 0;
      after[i] = takers.get(i) as number;
    }
    for (const i of ring) {
      for (const k of around(i)) if (isFree[k] === 1) next.set(k, Math.min(after[i], next.get(k) ?? after[i]));
    }
    for (const [k, id] of next) takers.set(k, id);
    ring = [...next.keys()];
  }
  if (may(segmentId, 0)) for (const i of left) if (isFree[i] === 1) after[i] = 0;
}
