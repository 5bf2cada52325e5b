// SPDX-License-Identifier: Apache-2.0
/**
 * A turned view. The picture is drawn upright on a *sheet* that is large enough to cover the window when it is turned
 * about the window's middle; everything else of the editor works in px of the sheet and need not know of the turn.
 * Degrees are clockwise. At 0° sheet and window are the same.
 */
import type { Point } from "./geometry.ts";
import type { SizeHw } from "./region.ts";
import { centreOn, type Viewport, type ViewSize } from "./viewport.ts";

/** Where a turn leads that is given in any number of degrees: 0 ≤ turn < 360, right angles exactly. */
export function normalTurn(degrees: number): number {
  const within = ((degrees % 360) + 360) % 360;
  const right = Math.floor(within / 90 + 0.5) * 90;
  return Math.abs(within - right) < 1e-9 ? right % 360 : within;
}

export const isRightAngle = (degrees: number): boolean => degrees % 90 === 0;

/** [cosine, sine], without rounding at right angles. */
function direction(degrees: number): readonly [number, number] {
  if (isRightAngle(degrees)) return RIGHT_ANGLES[normalTurn(degrees) / 90];
  const radians = (degrees * Math.PI) / 180;
  return [Math.cos(radians), Math.sin(radians)];
}

const RIGHT_ANGLES = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
] as const;

/** A vector of the window as it is on the sheet. */
export function turnBack(vector: Point, degrees: number): Point {
  const [cos, sin] = direction(degrees);
  return { x: vector.x * cos + vector.y * sin, y: vector.y * cos - vector.x * sin };
}

/** A vector of the sheet as it is in the window. */
export function turnForth(vector: Point, degrees: number): Point {
  const [cos, sin] = direction(degrees);
  return { x: vector.x * cos - vector.y * sin, y: vector.x * sin + vector.y * cos };
}

/** Whole px unless the turn is a right angle: then exactly the window's sides. */
export function sheetSize(window: ViewSize, degrees: number): ViewSize {
  const [cos, sin] = direction(degrees).map(Math.abs);
  const widthPx = window.widthPx * cos + window.heightPx * sin;
  const heightPx = window.widthPx * sin + window.heightPx * cos;
  return isRightAngle(degrees) ? { widthPx, heightPx } : { widthPx: Math.ceil(widthPx), heightPx: Math.ceil(heightPx) };
}

export function toSheet(pointWindow: Point, degrees: number, window: ViewSize, sheet: ViewSize): Point {
  const from = { x: pointWindow.x - window.widthPx / 2, y: pointWindow.y - window.heightPx / 2 };
  const turned = turnBack(from, degrees);
  return { x: turned.x + sheet.widthPx / 2, y: turned.y + sheet.heightPx / 2 };
}

export function toWindow(pointSheet: Point, degrees: number, window: ViewSize, sheet: ViewSize): Point {
  const from = { x: pointSheet.x - sheet.widthPx / 2, y: pointSheet.y - sheet.heightPx / 2 };
  const turned = turnForth(from, degrees);
  return { x: turned.x + window.widthPx / 2, y: turned.y + window.heightPx / 2 };
}

/** Shows the whole turned image in the window; the view is one of the sheet. */
export function fitTurned(sizeHw: SizeHw, window: ViewSize, degrees: number): Viewport {
  const [height, width] = sizeHw;
  const [cos, sin] = direction(degrees).map(Math.abs);
  const across = window.widthPx / Math.max(1, width * cos + height * sin);
  const down = window.heightPx / Math.max(1, width * sin + height * cos);
  return centreOn(Math.min(across, down), { x: width / 2, y: height / 2 }, sheetSize(window, degrees));
}
