// SPDX-License-Identifier: Apache-2.0
/**
 * Objects beside the map, on a canvas of their own: it is drawn anew when they or the view change, so a brush frame
 * never touches it. Each line is its class colour on black. Paths are kept in image px and only those in view are drawn.
 */

import { boundsMeet } from "../core/objectShape.ts";
import type { CanvasView, ObjectScene, Point, RelationArrow, SegmentLook, ShownObject } from "../editor/canvas.ts";

const BLACK = "#0B0B0B";
const WHITE = "#FFFFFF";
const LINE_PX = 1.5;
const SELECTED_PX = 2;
const POINT_RADIUS_PX = 4;
const ARROW_HEAD_PX = 10;
const FONT = "12px system-ui, sans-serif";

interface Batch {
  readonly lines: Path2D;
  readonly points: Point[];
}

export class ObjectLayer {
  readonly canvas: HTMLCanvasElement;
  private readonly context: CanvasRenderingContext2D;
  private readonly paths = new WeakMap<ShownObject["paths"], Path2D>();
  private blank = true;

  constructor(document: Document) {
    this.canvas = document.createElement("canvas");
    this.canvas.style.display = "none";
    this.context = this.canvas.getContext("2d")!;
  }

  draw(scene: ObjectScene, view: CanvasView, dpr: number): void {
    const nothing = !scene.visible || scene.shapes.length === 0;
    const arrows = scene.visible ? scene.arrows() : [];
    this.show(!nothing || arrows.length > 0);
    if (this.blank) return;
    const { context } = this;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    if (!nothing) this.shapes(scene, view, dpr);
    context.setTransform(dpr, 0, 0, dpr, 0, 0);
    for (const arrow of arrows) this.arrow(arrow, view);
  }

  /** Hidden, not cleared: a visible canvas costs a part of every frame even when nothing on it changes. */
  private show(on: boolean): void {
    if (on === !this.blank) return;
    this.blank = !on;
    this.canvas.style.display = on ? "block" : "none";
  }

  private shapes(scene: ObjectScene, view: CanvasView, dpr: number): void {
    const scale = view.scale * dpr;
    const margin = 8 / view.scale;
    const seen = [
      view.originX - margin,
      view.originY - margin,
      view.originX + view.widthPx / view.scale + margin,
      view.originY + view.heightPx / view.scale + margin,
    ] as const;
    const all: Batch = { lines: new Path2D(), points: [] };
    const byColour = new Map<number, Batch>();
    const marked: { readonly shape: ShownObject; readonly look: SegmentLook }[] = [];
    for (const shape of scene.shapes) {
      if (!boundsMeet(shape.bounds, seen)) continue;
      const look = scene.look(shape.id);
      if (look.selected || look.hovered) marked.push({ shape, look });
      let batch = byColour.get(look.colour);
      if (batch === undefined) {
        batch = { lines: new Path2D(), points: [] };
        byColour.set(look.colour, batch);
      }
      this.addTo(all, shape);
      this.addTo(batch, shape);
    }
    // Image px from here on: lines are as wide as they are on screen whatever the zoom.
    this.context.setTransform(scale, 0, 0, scale, -view.originX * scale, -view.originY * scale);
    this.context.lineJoin = "round";
    this.stroke(all, BLACK, (LINE_PX + 2) / view.scale, view);
    for (const [colour, batch] of byColour) this.stroke(batch, cssColour(colour), LINE_PX / view.scale, view);
    for (const { shape, look } of marked) this.mark(shape, look, view);
  }

  private mark(shape: ShownObject, look: SegmentLook, view: CanvasView): void {
    const one: Batch = { lines: new Path2D(), points: [] };
    this.addTo(one, shape);
    this.stroke(one, BLACK, (SELECTED_PX + 3) / view.scale, view);
    if (look.selected) this.stroke(one, WHITE, (SELECTED_PX + 1) / view.scale, view);
    this.stroke(one, look.selected ? cssColour(look.colour) : WHITE, 1 / view.scale, view);
  }

  private addTo(batch: Batch, shape: ShownObject): void {
    if (shape.geometry.kind === "point") batch.points.push(shape.paths[0].points[0]);
    else batch.lines.addPath(this.pathOf(shape));
  }

  private stroke(batch: Batch, colour: string, width: number, view: CanvasView): void {
    const { context } = this;
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.stroke(batch.lines);
    if (batch.points.length === 0) return;
    const radius = POINT_RADIUS_PX / view.scale;
    context.beginPath();
    for (const { x, y } of batch.points) {
      context.moveTo(x + radius, y);
      context.arc(x, y, radius, 0, 2 * Math.PI);
    }
    context.fillStyle = colour;
    context.fill();
    context.stroke();
  }

  private pathOf(shape: ShownObject): Path2D {
    let path = this.paths.get(shape.paths);
    if (path !== undefined) return path;
    path = new Path2D();
    for (const { points, closed } of shape.paths) {
      for (const [i, { x, y }] of points.entries()) {
        if (i === 0) path.moveTo(x, y);
        else path.lineTo(x, y);
      }
      if (closed) path.closePath();
    }
    this.paths.set(shape.paths, path);
    return path;
  }

  private arrow(arrow: RelationArrow, view: CanvasView): void {
    const { context } = this;
    const from = toScreen(arrow.from, view);
    const to = toScreen(arrow.to, view);
    const length = Math.hypot(to.x - from.x, to.y - from.y);
    const [ux, uy] = length === 0 ? [1, 0] : [(to.x - from.x) / length, (to.y - from.y) / length];
    context.beginPath();
    context.moveTo(from.x, from.y);
    context.lineTo(to.x, to.y);
    if (arrow.directed) {
      for (const side of [-1, 1]) {
        context.moveTo(to.x, to.y);
        context.lineTo(
          to.x - ARROW_HEAD_PX * ux + (side * ARROW_HEAD_PX * -uy) / 2,
          to.y - ARROW_HEAD_PX * uy + (side * ARROW_HEAD_PX * ux) / 2,
        );
      }
    }
    context.strokeStyle = BLACK;
    context.lineWidth = 4;
    context.stroke();
    context.strokeStyle = WHITE;
    context.lineWidth = 1.5;
    context.stroke();
    this.plate(arrow.title, { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 });
  }

  private plate(text: string, at: Point): void {
    const { context } = this;
    context.font = FONT;
    const width = Math.ceil(context.measureText(text).width) + 12;
    context.fillStyle = "#1A1A1B";
    context.fillRect(at.x - width / 2, at.y - 10, width, 20);
    context.fillStyle = "#F2F2F4";
    context.textBaseline = "middle";
    context.fillText(text, at.x - width / 2 + 6, at.y + 0.5);
  }
}

const cssColour = (rgb: number): string => `#${rgb.toString(16).padStart(6, "0")}`;

function toScreen(point: Point, view: CanvasView): Point {
  return { x: (point.x - view.originX) * view.scale, y: (point.y - view.originY) * view.scale };
}
