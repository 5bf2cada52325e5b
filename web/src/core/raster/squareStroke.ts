// SPDX-License-Identifier: Apache-2.0
/** Square brush: a square swept along a path (contract/raster.md, "Square brush"). */
import { type Region, RunCollector, type SizeHw } from "../region.ts";
import { boxRegion } from "./box.ts";
import { fillRings } from "./polygon.ts";
import { checkRadius, checkSize, checkVertexCount, type FixedPath } from "./quantise.ts";

/** Pixels under the square [−radius, radius)² swept along the path (fixed coordinates). No point is nothing. */
export function squareStrokeRegion(points: FixedPath, radius: number, sizeHw: SizeHw): Region {
  checkSize(sizeHw);
  checkRadius(radius);
  checkVertexCount(points.length / 2);
  if (points.length === 2) {
    const [x, y] = points;
    return boxRegion(x - radius, y - radius, x + radius, y + radius, sizeHw);
  }
  const runs = new RunCollector(256);
  for (let i = 2; i < points.length; i += 2) {
    const hull = sweptHull(points[i - 2], points[i - 1], points[i], points[i + 1], radius);
    fillRings([hull], "nonzero", sizeHw, runs);
  }
  return runs.toRegion();
}

function sweptHull(px: number, py: number, qx: number, qy: number, r: number): FixedPath {
  const swap = px > qx || (px === qx && py > qy);
  const ax = swap ? qx : px;
  const ay = swap ? qy : py;
  const bx = swap ? px : qx;
  const by = swap ? py : qy;
  // biome-ignore format: one corner a line reads as the contract's list
  return by >= ay
    ? Int32Array.of(ax - r, ay - r, ax + r, ay - r, bx + r, by - r, bx + r, by + r, bx - r, by + r, ax - r, ay + r)
    : Int32Array.of(ax - r, ay + r, ax - r, ay - r, bx - r, by - r, bx + r, by - r, bx + r, by + r, ax + r, ay + r);
}
