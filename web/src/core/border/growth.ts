// SPDX-License-Identifier: Apache-2.0
/** A segment one pixel larger or smaller. Steps by 4 and by 8 neighbours in turn come near to a round shape. */
import { NO_PIXELS, type PixelRuns } from "../pixelRuns.ts";
import { boxAround, IdWindow, type MapView, type Passage, windowChanges } from "./mapView.ts";

export type Neighbours = 4 | 8;

const BESIDE = [
  [0, -1],
  [-1, 0],
  [1, 0],
  [0, 1],
] as const;
const ACROSS = [
  [-1, -1],
  [1, -1],
  [-1, 1],
  [1, 1],
] as const;

/** Every neighbour of the segment that it may take becomes its own. The map is not changed. */
export function grown(
  map: MapView,
  segmentId: number,
  neighbours: Neighbours,
  mayTake: (id: number) => boolean,
): PixelRuns {
  const own = map.boxOf(segmentId);
  if (own === null) return NO_PIXELS;
  const window = IdWindow.read(map, boxAround(map, own, 1));
  const after = window.ids.slice();
  const steps = neighbours === 4 ? BESIDE : [...BESIDE, ...ACROSS];
  for (let y = 0; y < window.height; y++) {
    for (let x = 0; x < window.width; x++) {
      const i = y * window.width + x;
      const id = window.ids[i];
      if (id === segmentId || !steps.some(([dx, dy]) => idAt(window, x + dx, y + dy) === segmentId)) continue;
      if (mayTake(id)) after[i] = segmentId;
    }
  }
  return windowChanges(window, after);
}

/**
 * Every pixel of the segment with a neighbour of another owner leaves it: to nobody, or with `toNeighbours` to the one
 * that has most of its neighbours, of equals the lowest id. Where it may go to nobody of them it stays. The image's
 * frame is no neighbour. The map is not changed.
 */
export function shrunk(
  map: MapView,
  segmentId: number,
  neighbours: Neighbours,
  toNeighbours: boolean,
  may: Passage,
): PixelRuns {
  const own = map.boxOf(segmentId);
  if (own === null) return NO_PIXELS;
  const window = IdWindow.read(map, boxAround(map, own, 1));
  const after = window.ids.slice();
  const steps = neighbours === 4 ? BESIDE : [...BESIDE, ...ACROSS];
  for (let y = 0; y < window.height; y++) {
    for (let x = 0; x < window.width; x++) {
      const i = y * window.width + x;
      if (window.ids[i] !== segmentId) continue;
      const others = new Map<number, number>();
      for (const [dx, dy] of steps) {
        const id = idAt(window, x + dx, y + dy);
        if (id !== segmentId && id >= 0) others.set(id, (others.get(id) ?? 0) + 1);
      }
      if (others.size > 0) after[i] = takerOf(others, segmentId, toNeighbours, may);
    }
  }
  return windowChanges(window, after);
}

function takerOf(others: ReadonlyMap<number, number>, segmentId: number, toNeighbours: boolean, may: Passage): number {
  let best = segmentId;
  if (toNeighbours) {
    for (const [id, count] of others) {
      if (id === 0 || !may(segmentId, id)) continue;
      const most = best === segmentId ? 0 : (others.get(best) as number);
      if (count > most || (count === most && id < best)) best = id;
    }
    if (best !== segmentId) return best;
    if (!others.has(0)) return segmentId;
  }
  return may(segmentId, 0) ? 0 : segmentId;
}

/** −1 beyond the window, which holds all that matters. */
function idAt({ ids, width, height }: IdWindow, x: number, y: number): number {
  return x < 0 || y < 0 || x >= width || y >= height ? -1 : ids[y * width + x];
}
