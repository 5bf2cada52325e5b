// SPDX-License-Identifier: Apache-2.0
/** The border of the core: float px become fixed coordinates, integers in 1/256 px (contract/raster.md). */
import { GeometryError } from "../errors.ts";
import type { Point } from "../geometry.ts";
import { PIXELS_MAX, POLYGON_VERTICES_MAX, SIDE_PX_MAX } from "../limits.ts";
import type { SizeHw } from "../region.ts";

export const FIXED_MIN = -(2 ** 24);
export const FIXED_MAX = 2 ** 25 - 1;
export const RADIUS_FIXED_MIN = 128;
export const RADIUS_FIXED_MAX = 2 ** 20;

/** Vertices or stroke points in fixed coordinates, interleaved x0, y0, x1, y1, … */
export type FixedPath = Int32Array;

/** px → fixed. Throws `coordinate_not_finite`. */
export function quantise(valuePx: number): number {
  if (!Number.isFinite(valuePx)) throw new GeometryError("coordinate_not_finite");
  const fixed = Math.floor(valuePx * 256 + 0.5);
  return fixed < FIXED_MIN ? FIXED_MIN : Math.min(fixed, FIXED_MAX);
}

/** Points in image px → fixed path. Throws `coordinate_not_finite`. */
export function quantisePath(pointsImage: readonly Point[]): FixedPath {
  const path = new Int32Array(pointsImage.length * 2);
  for (let i = 0; i < pointsImage.length; i++) {
    path[2 * i] = quantise(pointsImage[i].x);
    path[2 * i + 1] = quantise(pointsImage[i].y);
  }
  return path;
}

/** Throws `size_out_of_range` unless both sides are 1..SIDE_PX_MAX and the area is at most PIXELS_MAX. */
export function checkSize(sizeHw: SizeHw): void {
  const [h, w] = sizeHw;
  const whole = Number.isInteger(h) && Number.isInteger(w);
  if (!whole || h < 1 || w < 1 || h > SIDE_PX_MAX || w > SIDE_PX_MAX || h * w > PIXELS_MAX) {
    throw new GeometryError("size_out_of_range", `${h} x ${w}`);
  }
}

export function checkVertexCount(vertices: number): void {
  if (vertices > POLYGON_VERTICES_MAX) throw new GeometryError("too_many_vertices", String(vertices));
}

export function checkRadius(radius: number): void {
  if (!(radius >= RADIUS_FIXED_MIN && radius <= RADIUS_FIXED_MAX)) {
    throw new GeometryError("radius_out_of_range", String(radius));
  }
}

/** First pixel whose centre is at or right of (below) the fixed coordinate: ceil((v − 128) / 256). */
export function firstCentreFrom(fixed: number): number {
  return Math.ceil((fixed - 128) / 256);
}
