// SPDX-License-Identifier: Apache-2.0
/** The knife: one segment becomes two along a line that enters and leaves it. */
import type { FixedPath } from "../raster/quantise.ts";
import { type Region, regionAreaPx, unionRegions } from "../region.ts";
import { type CutGroup, partsAcross } from "./cutParts.ts";
import { lineCuts } from "./lineCuts.ts";
import type { MapView } from "./mapView.ts";

/** The smaller side of the cut, and what stays. */
export interface KnifeCut {
  readonly part: Region;
  readonly partPx: number;
  readonly keptPx: number;
}

/**
 * What the line cuts off the segment: of every part that it goes right across, the smaller side (of equals the one
 * further down). Parts that it does not part stay whole. Null when it parts nothing. The map is not changed.
 */
export function knifeCut(map: MapView, segmentId: number, path: FixedPath): KnifeCut | null {
  const cuts = lineCuts(path, map.sizeHw);
  const box = map.boxOf(segmentId);
  if (cuts.box === null || box === null) return null;
  const off = partsAcross(map, (id) => id === segmentId, box, cuts, false).flatMap(smallerSide);
  if (off.length === 0) return null;
  const part = unionRegions(off);
  const partPx = regionAreaPx(part);
  return { part, partPx, keptPx: map.areaOf(segmentId) - partPx };
}

function smallerSide({ parts, twoSided }: CutGroup): Region[] {
  if (!twoSided) {
    const largest = parts.reduce((a, b) => (b.areaPx > a.areaPx ? b : a));
    return parts.filter((part) => part !== largest).map(({ region }) => region);
  }
  const areaOf = (side: number): number => parts.reduce((sum, part) => sum + (part.side === side ? part.areaPx : 0), 0);
  const smaller = areaOf(0) < areaOf(1) ? 0 : 1;
  return parts.filter(({ side }) => side === smaller).map(({ region }) => region);
}
