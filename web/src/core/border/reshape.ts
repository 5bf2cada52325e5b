// SPDX-License-Identifier: Apache-2.0
/**
 * Reshaping by a line: what it encloses together with a segment's border is gained, what it cuts off the segment goes to
 * the neighbour with the longest shared border, and a loop inside is a hole.
 */
import { PixelRunCollector, type PixelRuns } from "../pixelRuns.ts";
import type { FixedPath } from "../raster/quantise.ts";
import { type BoxXyxy, type Region, regionHas } from "../region.ts";
import { type CutPart, partsAcross } from "./cutParts.ts";
import { type LineCuts, lineCuts } from "./lineCuts.ts";
import { boxAround, type MapView, type Passage, regionChanges } from "./mapView.ts";

/** Pixels before and after, all of which may pass. */
export interface Reshaped {
  readonly pixels: PixelRuns;
  /** Pixels cut out of the inside, which become unlabelled. */
  readonly holePx: number;
}

/** What the line changes of the segment. The map is not changed. */
export function reshape(map: MapView, segmentId: number, path: FixedPath, may: Passage): Reshaped {
  const out = new PixelRunCollector(256);
  const cuts = lineCuts(path, map.sizeHw);
  const box = map.boxOf(segmentId);
  let holePx = 0;
  if (cuts.box === null || box === null) return { pixels: out.toRuns(), holePx };
  const ownerAfterGain = (id: number): number => (may(id, segmentId) ? segmentId : id);
  for (const part of gainedParts(map, segmentId, box, cuts)) regionChanges(map, part.region, ownerAfterGain, out);
  for (const part of lostParts(map, segmentId, box, cuts)) {
    const around = neighboursOf(map, part.region, segmentId);
    const taker = longest(around, (id) => may(segmentId, id));
    if (taker === null) continue;
    if (around.size === 0) holePx += part.areaPx;
    regionChanges(map, part.region, () => taker, out);
  }
  return { pixels: out.toRuns(), holePx };
}

/** Pockets between line and segment: what the line parts from the rest of the outside, and touches the segment. */
function gainedParts(map: MapView, segmentId: number, own: BoxXyxy, cuts: LineCuts): CutPart[] {
  const line = cuts.box as BoxXyxy;
  const both: BoxXyxy = [
    Math.min(own[0], line[0]),
    Math.min(own[1], line[1]),
    Math.max(own[2], line[2]),
    Math.max(own[3], line[3]),
  ];
  return partsAcross(map, (id) => id !== segmentId, boxAround(map, both, 1), cuts, true)
    .flatMap(({ parts }) => allButLargest(parts))
    .filter(({ region }) => neighboursOf(map, region, -1).has(segmentId));
}

function lostParts(map: MapView, segmentId: number, own: BoxXyxy, cuts: LineCuts): CutPart[] {
  return partsAcross(map, (id) => id === segmentId, own, cuts, false).flatMap(({ parts }) => allButLargest(parts));
}

function allButLargest(parts: readonly CutPart[]): CutPart[] {
  const largest = parts.reduce((a, b) => (b.areaPx > a.areaPx ? b : a));
  return parts.filter((part) => part !== largest);
}

/** By id other than `without`: cracks that pixels of the region share with pixels beside it. The image's frame is no neighbour. */
export function neighboursOf(map: MapView, region: Region, without: number): ReadonlyMap<number, number> {
  const cracks = new Map<number, number>();
  const meet = (id: number, length: number): void => {
    if (id !== without) cracks.set(id, (cracks.get(id) ?? 0) + length);
  };
  for (let i = 0; i < region.count; i++) {
    const [y, x0, x1] = [region.ys[i], region.x0s[i], region.x1s[i]];
    if (x0 > 0) meet(map.get(x0 - 1, y), 1);
    if (x1 < map.width) meet(map.get(x1, y), 1);
    for (const row of [y - 1, y + 1]) {
      if (row < 0 || row >= map.height) continue;
      map.forEachRun(row, x0, x1, (from, to, id) => {
        if (id === without) return;
        let outside = 0;
        for (let x = from; x < to; x++) if (!regionHas(region, x, row)) outside++;
        if (outside > 0) meet(id, outside);
      });
    }
  }
  return cracks;
}

/** The open neighbour with the longest border, of equals the lowest id; nobody around: unlabelled; none may have it: null. */
function longest(cracks: ReadonlyMap<number, number>, isOpen: (id: number) => boolean): number | null {
  if (cracks.size === 0) return isOpen(0) ? 0 : null;
  let best: number | null = null;
  for (const [id, length] of cracks) {
    if (!isOpen(id)) continue;
    const most = best === null ? -1 : (cracks.get(best) as number);
    if (length > most || (length === most && best !== null && id < best)) best = id;
  }
  return best;
}
