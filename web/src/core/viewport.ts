// SPDX-License-Identifier: Apache-2.0
/** Image ↔ screen as plain numbers. Screen px are CSS px from the view's top left; `zoom` is screen px per image px. */
import type { Point } from "./geometry.ts";
import type { BoxXyxy, SizeHw } from "./region.ts";

export const ZOOM_MIN = 0.02;
export const ZOOM_MAX = 64;

export interface Viewport {
  readonly zoom: number;
  /** Image point at the view's top left corner. */
  readonly originX: number;
  readonly originY: number;
}

/** Width and height of the view in screen px. */
export interface ViewSize {
  readonly widthPx: number;
  readonly heightPx: number;
}

export function toImage(view: Viewport, pointScreen: Point): Point {
  return { x: view.originX + pointScreen.x / view.zoom, y: view.originY + pointScreen.y / view.zoom };
}

export function toScreen(view: Viewport, pointImage: Point): Point {
  return { x: (pointImage.x - view.originX) * view.zoom, y: (pointImage.y - view.originY) * view.zoom };
}

export function clampZoom(zoom: number): number {
  return Math.min(ZOOM_MAX, Math.max(ZOOM_MIN, zoom));
}

/** Zooms so that the image point under `anchorScreen` stays there. */
export function zoomAbout(view: Viewport, anchorScreen: Point, zoom: number): Viewport {
  const next = clampZoom(zoom);
  const anchor = toImage(view, anchorScreen);
  return { zoom: next, originX: anchor.x - anchorScreen.x / next, originY: anchor.y - anchorScreen.y / next };
}

/** Moves the picture by a drag of `dx`, `dy` screen px. */
export function panBy(view: Viewport, dxScreen: number, dyScreen: number): Viewport {
  return {
    zoom: view.zoom,
    originX: view.originX - dxScreen / view.zoom,
    originY: view.originY - dyScreen / view.zoom,
  };
}

/** Centres the view on an image point. */
export function centreOn(zoom: number, pointImage: Point, size: ViewSize): Viewport {
  const z = clampZoom(zoom);
  return { zoom: z, originX: pointImage.x - size.widthPx / z / 2, originY: pointImage.y - size.heightPx / z / 2 };
}

/** Shows the whole box, centred, with `marginPx` screen px around it. */
export function fitBox(box: BoxXyxy, size: ViewSize, marginPx = 0): Viewport {
  const [x0, y0, x1, y1] = box;
  const across = Math.max(1, size.widthPx - 2 * marginPx) / Math.max(1, x1 - x0);
  const down = Math.max(1, size.heightPx - 2 * marginPx) / Math.max(1, y1 - y0);
  return centreOn(Math.min(across, down), { x: (x0 + x1) / 2, y: (y0 + y1) / 2 }, size);
}

export function fitImage(sizeHw: SizeHw, size: ViewSize, marginPx = 0): Viewport {
  return fitBox([0, 0, sizeHw[1], sizeHw[0]], size, marginPx);
}

/** Keeps the image in reach: the middle of the view stays on it, so at most half a view lies beyond an edge. */
export function clampToImage(view: Viewport, sizeHw: SizeHw, size: ViewSize): Viewport {
  const halfWidth = size.widthPx / view.zoom / 2;
  const halfHeight = size.heightPx / view.zoom / 2;
  const centreX = Math.min(sizeHw[1], Math.max(0, view.originX + halfWidth));
  const centreY = Math.min(sizeHw[0], Math.max(0, view.originY + halfHeight));
  return { zoom: view.zoom, originX: centreX - halfWidth, originY: centreY - halfHeight };
}

/** Pixels of the image that the view shows, whole ones, half-open; null when none. */
export function visibleBox(view: Viewport, sizeHw: SizeHw, size: ViewSize): BoxXyxy | null {
  const x0 = Math.max(0, Math.floor(view.originX));
  const y0 = Math.max(0, Math.floor(view.originY));
  const x1 = Math.min(sizeHw[1], Math.ceil(view.originX + size.widthPx / view.zoom));
  const y1 = Math.min(sizeHw[0], Math.ceil(view.originY + size.heightPx / view.zoom));
  return x1 > x0 && y1 > y0 ? [x0, y0, x1, y1] : null;
}
