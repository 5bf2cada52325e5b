// SPDX-License-Identifier: Apache-2.0
/** The small map of the whole image: when it helps, how large it is, and what part of it is on screen. */
import type { Point } from "./geometry.ts";
import type { SizeHw } from "./region.ts";

const SIDE_PX = 168;
const FROM_ZOOM = 2;
const FROM_FITS = 4;

/** Only when so little of the image is on screen that one may get lost. Zooms are screen px per image px. */
export const minimapHelps = (zoom: number, fitZoom: number): boolean => zoom > FROM_ZOOM && zoom > FROM_FITS * fitZoom;

export interface Minimap {
  readonly widthPx: number; // screen px
  readonly heightPx: number;
  readonly scale: number; // screen px per image px
}

export function minimapFor(sizeHw: SizeHw): Minimap {
  const [height, width] = sizeHw;
  const scale = SIDE_PX / Math.max(height, width);
  const side = (px: number): number => Math.max(1, Math.floor(px * scale + 0.5));
  return { widthPx: side(width), heightPx: side(height), scale };
}

/** The image point under a point of the map, kept on the image. */
export function minimapToImage(map: Minimap, pointMap: Point, sizeHw: SizeHw): Point {
  const within = (value: number, side: number): number => Math.min(side, Math.max(0, value));
  return { x: within(pointMap.x / map.scale, sizeHw[1]), y: within(pointMap.y / map.scale, sizeHw[0]) };
}

export const imageToMinimap = (map: Minimap, pointImage: Point): Point => ({
  x: pointImage.x * map.scale,
  y: pointImage.y * map.scale,
});
