// SPDX-License-Identifier: Apache-2.0
/**
 * Strokes of many objects on one canvas. A line is its class colour, cased in black, or in white where the colour is
 * dark, so that one of the two is seen on any photograph. Many at once are hairlines, which cost a tenth.
 */
import { boundsMeet } from "../core/objectShape.ts";
import type { CanvasView, Point, SegmentLook, ShownObject } from "../editor/canvas.ts";

const BLACK = "#0B0B0B";
const LIGHT = "#F2F2F4";
const LINE_PX = 1.5;
const CASING_PX = 1;
const POINT_RADIUS_PX = 4;
const HAIRLINES_FROM = 250;
/** Just under a device px: from one px on a stroke is a filled shape. */
const HAIRLINE_PX = 0.99;

interface Batch {
  readonly colour: string;
  readonly casing: string;
  readonly lines: Path2D[];
  readonly points: Point[];
}

const paths = new WeakMap<ShownObject["paths"], Path2D>();

/** The object's lines in image px, made once. */
function pathOf(shape: ShownObject): Path2D {
  let path = paths.get(shape.paths);
  if (path !== undefined) return path;
  path = new Path2D();
  for (const { points, closed } of shape.paths) {
    for (const [i, { x, y }] of points.entries()) {
      if (i === 0) path.moveTo(x, y);
      else path.lineTo(x, y);
    }
    if (closed) path.closePath();
  }
  paths.set(shape.paths, path);
  return path;
}

/** Strokes those objects that meet the box (image px). */
export function strokeShapes(
  context: CanvasRenderingContext2D,
  shapes: readonly ShownObject[],
  look: (id: string) => SegmentLook,
  box: readonly [number, number, number, number],
  view: CanvasView,
  dpr: number,
): void {
  const batches = new Map<number, Batch>();
  let count = 0;
  for (const shape of shapes) {
    if (!boundsMeet(shape.bounds, box)) continue;
    count++;
    const { colour, dark } = look(shape.id);
    let batch = batches.get(colour);
    if (batch === undefined) {
      batch = { colour: cssColour(colour), casing: dark ? LIGHT : BLACK, lines: [], points: [] };
      batches.set(colour, batch);
    }
    if (shape.geometry.kind === "point") batch.points.push(shape.paths[0].points[0]);
    else batch.lines.push(pathOf(shape));
  }
  const thin = count >= HAIRLINES_FROM;
  for (const batch of batches.values()) {
    if (thin) hairlines(context, batch, view, dpr);
    else {
      lines(context, batch.lines, batch.casing, LINE_PX + 2 * CASING_PX, view, dpr, 0);
      lines(context, batch.lines, batch.colour, LINE_PX, view, dpr, 0);
    }
    dots(context, batch, view, dpr);
  }
}

/** One object over all others: wider, and white round its colour when it is selected. */
export function strokeMarked(
  context: CanvasRenderingContext2D,
  shape: ShownObject,
  look: SegmentLook,
  view: CanvasView,
  dpr: number,
): void {
  const [outer, inner] = look.selected ? [BLACK, "#FFFFFF"] : [BLACK, LIGHT];
  const batch = { colour: cssColour(look.colour), casing: inner, points: [shape.paths[0].points[0]] };
  if (shape.geometry.kind === "point") {
    dots(context, { ...batch, casing: outer, colour: inner, lines: [] }, view, dpr, POINT_RADIUS_PX + 2);
    dots(context, { ...batch, lines: [] }, view, dpr);
    return;
  }
  const path = [pathOf(shape)];
  lines(context, path, outer, 5, view, dpr, 0);
  lines(context, path, inner, 3, view, dpr, 0);
  lines(context, path, batch.colour, 1, view, dpr, 0);
}

/** The casing is the same line a device px up left and down right. */
function hairlines(context: CanvasRenderingContext2D, batch: Batch, view: CanvasView, dpr: number): void {
  const width = HAIRLINE_PX / dpr;
  lines(context, batch.lines, batch.casing, width, view, dpr, -1);
  lines(context, batch.lines, batch.casing, width, view, dpr, 1);
  lines(context, batch.lines, batch.colour, width, view, dpr, 0);
}

/** Strokes paths of image px with lines of CSS px, moved by device px. */
function lines(
  context: CanvasRenderingContext2D,
  all: readonly Path2D[],
  colour: string,
  widthPx: number,
  view: CanvasView,
  dpr: number,
  offsetDevicePx: number,
): void {
  const scale = view.scale * dpr;
  context.setTransform(
    scale,
    0,
    0,
    scale,
    -view.originX * scale + offsetDevicePx,
    -view.originY * scale + offsetDevicePx,
  );
  context.lineJoin = "miter";
  context.miterLimit = 3;
  context.strokeStyle = colour;
  context.lineWidth = widthPx / view.scale;
  for (const path of all) context.stroke(path);
}

function dots(
  context: CanvasRenderingContext2D,
  batch: Batch,
  view: CanvasView,
  dpr: number,
  radiusPx = POINT_RADIUS_PX,
): void {
  if (batch.points.length === 0) return;
  context.setTransform(dpr, 0, 0, dpr, 0, 0);
  context.beginPath();
  for (const point of batch.points) {
    const x = (point.x - view.originX) * view.scale;
    const y = (point.y - view.originY) * view.scale;
    context.moveTo(x + radiusPx, y);
    context.arc(x, y, radiusPx, 0, 2 * Math.PI);
  }
  context.fillStyle = batch.colour;
  context.fill();
  context.strokeStyle = batch.casing;
  context.lineWidth = 1.5;
  context.stroke();
}

const cssColour = (rgb: number): string => `#${rgb.toString(16).padStart(6, "0")}`;
