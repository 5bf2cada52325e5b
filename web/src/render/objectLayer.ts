// SPDX-License-Identifier: Apache-2.0
/**
 * Objects beside the map, on canvases of their own, so that a brush frame never touches them. All objects are on the
 * lower one: panning moves what is drawn, and a change draws anew only where it is. What is selected or under the
 * pointer, and arrows of relations, are on the upper one, which is drawn anew each time.
 */
import type { CanvasView, ObjectScene, Point, RelationArrow, ShownObject } from "../editor/canvas.ts";
import type { DeviceRect } from "./compose.ts";
import { exposedStrips, shiftBetween } from "./scroll.ts";
import { strokeMarked, strokeShapes } from "./shapeStrokes.ts";

/** How far lines and dots reach out of an object's bounds, CSS px. */
const REACH_PX = 8;
/** More changes than this are drawn as a whole. */
const RECTS_MAX = 24;
const ARROW_HEAD_PX = 10;
const FONT = "12px system-ui, sans-serif";
const BLACK = "#0B0B0B";
const WHITE = "#FFFFFF";

interface Drawn {
  readonly shapes: readonly ShownObject[];
  readonly colours: number;
  readonly view: CanvasView;
  readonly dpr: number;
  readonly width: number;
  readonly height: number;
}

export class ObjectLayer {
  readonly all: Sheet;
  readonly marks: Sheet;
  private drawn: Drawn | null = null;

  constructor(document: Document) {
    this.all = new Sheet(document);
    this.marks = new Sheet(document);
  }

  draw(scene: ObjectScene, view: CanvasView, dpr: number): void {
    this.drawAll(scene, view, dpr);
    this.drawMarks(scene, view, dpr);
  }

  private drawAll(scene: ObjectScene, view: CanvasView, dpr: number): void {
    const { canvas, context } = this.all;
    const { width, height } = canvas;
    if (!this.all.show(scene.visible && scene.shapes.length > 0)) {
      this.drawn = null;
      return;
    }
    const before = this.drawn;
    const next: Drawn = { shapes: scene.shapes, colours: scene.colours, view, dpr, width, height };
    for (const rect of this.staleRects(before, next)) {
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.save();
      context.beginPath();
      context.rect(rect.x, rect.y, rect.width, rect.height);
      context.clip();
      context.clearRect(rect.x, rect.y, rect.width, rect.height);
      strokeShapes(context, scene.shapes, scene.look, imageBox(rect, view, dpr), view, dpr);
      context.restore();
    }
    this.drawn = next;
  }

  /** Where to draw anew, device px; what stays is moved along with the view before. */
  private staleRects(before: Drawn | null, next: Drawn): readonly DeviceRect[] {
    const { width, height, view, dpr } = next;
    const whole = [{ x: 0, y: 0, width, height }];
    const same = before !== null && before.colours === next.colours;
    if (!same || before.width !== width || before.height !== height) return whole;
    const shift = shiftBetween(asComposed(before), asComposed(next), width, height);
    if (shift === null) return whole;
    const changed = changedShapes(before.shapes, next.shapes);
    if (changed.length > RECTS_MAX) return whole;
    if (shift.dx !== 0 || shift.dy !== 0) {
      const { context, canvas } = this.all;
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.globalCompositeOperation = "copy";
      context.drawImage(canvas, shift.dx, shift.dy);
      context.globalCompositeOperation = "source-over";
    }
    return [
      ...exposedStrips(width, height, shift),
      ...changed.flatMap((shape) => deviceRect(shape, view, dpr, width, height) ?? []),
    ];
  }

  private drawMarks(scene: ObjectScene, view: CanvasView, dpr: number): void {
    const marked = scene.visible ? scene.marked() : [];
    const arrows = scene.visible ? scene.arrows() : [];
    const { canvas, context } = this.marks;
    if (!this.marks.show(marked.length + arrows.length > 0)) return;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
    for (const shape of marked) strokeMarked(context, shape, scene.look(shape.id), view, dpr);
    context.setTransform(dpr, 0, 0, dpr, 0, 0);
    for (const arrow of arrows) drawArrow(context, arrow, view);
  }
}

/** A canvas that is hidden while nothing is on it: a visible one costs a part of every frame. */
class Sheet {
  readonly canvas: HTMLCanvasElement;
  readonly context: CanvasRenderingContext2D;

  constructor(document: Document) {
    this.canvas = document.createElement("canvas");
    this.canvas.style.display = "none";
    this.context = this.canvas.getContext("2d")!;
  }

  show(on: boolean): boolean {
    const display = on ? "block" : "none";
    if (this.canvas.style.display !== display) this.canvas.style.display = display;
    return on;
  }
}

const asComposed = ({ view, dpr }: Drawn) => ({
  deviceScale: view.scale * dpr,
  originX: view.originX,
  originY: view.originY,
  dpr,
});

/** Objects of one list that are not in the other, from both sides. */
function changedShapes(before: readonly ShownObject[], after: readonly ShownObject[]): readonly ShownObject[] {
  if (before === after) return [];
  const kept = new Set(after);
  const known = new Set(before);
  return [...before.filter((shape) => !kept.has(shape)), ...after.filter((shape) => !known.has(shape))];
}

function deviceRect(
  shape: ShownObject,
  view: CanvasView,
  dpr: number,
  width: number,
  height: number,
): DeviceRect | null {
  const [x0, y0, x1, y1] = shape.bounds;
  const scale = view.scale * dpr;
  const reach = REACH_PX * dpr;
  const x = Math.max(0, Math.floor((x0 - view.originX) * scale - reach));
  const y = Math.max(0, Math.floor((y0 - view.originY) * scale - reach));
  const right = Math.min(width, Math.ceil((x1 - view.originX) * scale + reach));
  const bottom = Math.min(height, Math.ceil((y1 - view.originY) * scale + reach));
  return right > x && bottom > y ? { x, y, width: right - x, height: bottom - y } : null;
}

/** Image px that the lines of objects in the rectangle may come from. */
function imageBox(rect: DeviceRect, view: CanvasView, dpr: number): readonly [number, number, number, number] {
  const scale = view.scale * dpr;
  const reach = REACH_PX / view.scale;
  return [
    view.originX + rect.x / scale - reach,
    view.originY + rect.y / scale - reach,
    view.originX + (rect.x + rect.width) / scale + reach,
    view.originY + (rect.y + rect.height) / scale + reach,
  ];
}

function drawArrow(context: CanvasRenderingContext2D, arrow: RelationArrow, view: CanvasView): void {
  const from = toScreen(arrow.from, view);
  const to = toScreen(arrow.to, view);
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const [ux, uy] = length === 0 ? [1, 0] : [(to.x - from.x) / length, (to.y - from.y) / length];
  context.beginPath();
  context.moveTo(from.x, from.y);
  context.lineTo(to.x, to.y);
  for (const side of arrow.directed ? [-1, 1] : []) {
    context.moveTo(to.x, to.y);
    context.lineTo(to.x - ARROW_HEAD_PX * (ux + (side * uy) / 2), to.y - ARROW_HEAD_PX * (uy - (side * ux) / 2));
  }
  context.strokeStyle = BLACK;
  context.lineWidth = 4;
  context.stroke();
  context.strokeStyle = WHITE;
  context.lineWidth = 1.5;
  context.stroke();
  plate(context, arrow.title, { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 });
}

function plate(context: CanvasRenderingContext2D, text: string, at: Point): void {
  context.font = FONT;
  const width = Math.ceil(context.measureText(text).width) + 12;
  context.fillStyle = "#1A1A1B";
  context.fillRect(at.x - width / 2, at.y - 10, width, 20);
  context.fillStyle = "#F2F2F4";
  context.textBaseline = "middle";
  context.fillText(text, at.x - width / 2 + 6, at.y + 0.5);
}

function toScreen(point: Point, view: CanvasView): Point {
  return { x: (point.x - view.originX) * view.scale, y: (point.y - view.originY) * view.scale };
}
