// SPDX-License-Identifier: Apache-2.0
/** Everything that lies above the labels: outline, handles, ring, badge, crosshair, pixel grid. Every line is dual. */

import { toSheet, toWindow, turnBack } from "../core/turning.ts";
import type {
  Badge,
  BorderOverlay,
  CanvasView,
  ObjectOverlay,
  OutlineOverlay,
  Overlay,
  Point,
  RingOverlay,
} from "../editor/canvas.ts";

const BLACK = "#0B0B0B";
const WHITE = "#FFFFFF";
const ACCENT = "#7AB0FF";
const GRID_FROM_SCALE = 8;
const HANDLE_PX = 7;
const CLOSE_PX = 14;
const FONT = "13px system-ui, sans-serif";

export interface OverlayScene {
  readonly active: Overlay;
  readonly parked: Overlay | null;
  readonly badge: Badge | null;
  readonly crosshair: Point | null;
  readonly grid: boolean;
}

export class OverlayLayer {
  readonly canvas: HTMLCanvasElement;
  private readonly context: CanvasRenderingContext2D;

  private blank = false;
  private dpr = 1;

  constructor(document: Document) {
    this.canvas = document.createElement("canvas");
    this.context = this.canvas.getContext("2d")!;
  }

  draw(scene: OverlayScene, view: CanvasView, sizeHw: readonly [number, number], dpr: number): void {
    const { context } = this;
    this.dpr = dpr;
    const grid = scene.grid && view.scale >= GRID_FROM_SCALE;
    const nothing = isBlank(scene, grid);
    if (nothing) {
      // Hidden, not cleared: a visible canvas costs a part of every frame even when nothing on it changes.
      if (!this.blank) this.canvas.style.display = "none";
      this.blank = true;
      return;
    }
    if (this.blank) this.canvas.style.display = "block";
    this.blank = false;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    context.setTransform(dpr, 0, 0, dpr, 0, 0);
    if (grid) this.grid(view, sizeHw);
    if (scene.parked?.outline) this.outline(scene.parked.outline, view);
    if (scene.parked?.objects) {
      context.globalAlpha = 0.5;
      this.objects(scene.parked.objects, view);
      context.globalAlpha = 1;
    }
    if (scene.active.border != null) this.border(scene.active.border, view);
    if (scene.active.outline !== null) this.outline(scene.active.outline, view);
    if (scene.active.objects != null) this.objects(scene.active.objects, view);
    if (scene.active.ring !== null) this.ringLabel(scene.active.ring, view);
    if (scene.active.box !== null) this.box(toScreen(scene.active.box.from, view), toScreen(scene.active.box.to, view));
    if (scene.crosshair !== null) this.crosshair(toScreen(scene.crosshair, view));
    if (scene.badge !== null) this.badge(scene.badge, view);
  }

  private outline(outline: OutlineOverlay, view: CanvasView): void {
    const { context } = this;
    const { points } = outline;
    context.globalAlpha = outline.parked ? 0.5 : 1;
    this.trace(points, view);
    if (outline.rubber !== null) {
      const last = points[points.length - 1];
      this.dual(() => this.line(toScreen(last, view), toScreen(outline.rubber!, view)));
    }
    const end = outline.rubber ?? points[points.length - 1];
    if (points.length + (outline.rubber === null ? 0 : 1) > 2) {
      context.setLineDash([5, 4]);
      this.dual(() => this.line(toScreen(end, view), toScreen(points[0], view)));
      context.setLineDash([]);
    }
    for (const handle of outline.handles) this.square(toScreen(handle, view), HANDLE_PX);
    if (points.length > 0 && outline.canClose) this.circle(toScreen(points[0], view), CLOSE_PX / 2, WHITE);
    if (outline.ghost !== null) this.diamond(toScreen(outline.ghost, view));
    if (outline.snap !== null) this.circle(toScreen(outline.snap, view), 3, ACCENT);
    context.globalAlpha = 1;
  }

  private border(border: BorderOverlay, view: CanvasView): void {
    const { context } = this;
    if (border.lit.length > 1) {
      this.path(border.lit, view);
      this.strokeDual(ACCENT, 3);
    }
    this.trace(border.line, view);
    for (const handle of border.handles) this.square(toScreen(handle, view), HANDLE_PX);
    for (const { text, at } of border.tags) {
      context.font = FONT;
      const place = toScreen(at, view);
      this.text(text, place, { x: -context.measureText(text).width / 2 - 8, y: -12 }, false, view);
    }
  }

  private objects(overlay: ObjectOverlay, view: CanvasView): void {
    const { context } = this;
    for (const { points, closed } of overlay.paths) {
      context.beginPath();
      for (const [i, point] of points.entries()) {
        const { x, y } = toScreen(point, view);
        if (i === 0) context.moveTo(x, y);
        else context.lineTo(x, y);
      }
      if (closed) context.closePath();
      this.strokeDual();
    }
    if (overlay.knob !== null) {
      const at = toScreen(overlay.knob.at, view);
      this.dual(() => this.line(toScreen(overlay.knob!.from, view), at));
      context.beginPath();
      context.arc(at.x, at.y, HANDLE_PX / 2, 0, 2 * Math.PI);
      context.fillStyle = WHITE;
      context.fill();
      this.strokeDual();
    }
    for (const handle of overlay.handles) this.square(toScreen(handle, view), HANDLE_PX);
    if (overlay.canClose) this.circle(toScreen(overlay.handles[0], view), CLOSE_PX / 2, WHITE);
    if (overlay.ghost !== null) this.diamond(toScreen(overlay.ghost, view));
    if (overlay.snap !== null) this.circle(toScreen(overlay.snap, view), 3, ACCENT);
  }

  private trace(points: readonly Point[], view: CanvasView): void {
    if (points.length < 2) return;
    this.path(points, view);
    this.strokeDual();
  }

  private path(points: readonly Point[], view: CanvasView): void {
    const { context } = this;
    context.beginPath();
    for (let i = 0; i < points.length; i++) {
      const x = (points[i].x - view.originX) * view.scale;
      const y = (points[i].y - view.originY) * view.scale;
      if (i === 0) context.moveTo(x, y);
      else context.lineTo(x, y);
    }
  }

  /** The ring itself is an element of its own; only the number beside it is drawn here, while it changes. */
  private ringLabel(ring: RingOverlay, view: CanvasView): void {
    const centre = toScreen(ring.centre, view);
    if (ring.label !== null) this.text(ring.label, centre, { x: 8, y: -8 }, false, view);
  }

  private box(from: Point, to: Point): void {
    this.context.beginPath();
    this.context.rect(Math.min(from.x, to.x), Math.min(from.y, to.y), Math.abs(to.x - from.x), Math.abs(to.y - from.y));
    this.strokeDual();
  }

  private crosshair(at: Point): void {
    this.dual(() => {
      for (const [dx, dy] of [
        [1, 0],
        [-1, 0],
        [0, 1],
        [0, -1],
      ] as const) {
        this.context.moveTo(at.x + 4 * dx, at.y + 4 * dy);
        this.context.lineTo(at.x + 14 * dx, at.y + 14 * dy);
      }
    });
  }

  private badge(badge: Badge, view: CanvasView): void {
    this.text(badge.text, badge.pointScreen, { x: 16, y: 16 }, badge.warn, view);
  }

  /** Text on a dark plate `off` an anchor, upright and inside the window, however the view is turned. */
  private text(text: string, anchor: Point, off: Point, warn: boolean, view: CanvasView): void {
    const { context } = this;
    const { windowPx, turnDegrees } = view;
    const at = turnDegrees === 0 ? anchor : toWindow(anchor, turnDegrees, windowPx, view);
    context.save();
    if (turnDegrees !== 0) this.drawInWindow(view);
    context.font = FONT;
    const width = Math.ceil(context.measureText(text).width) + 16;
    const x = Math.max(4, Math.min(at.x + off.x, windowPx.widthPx - width - 4));
    const y = Math.max(4, Math.min(at.y + off.y, windowPx.heightPx - 28));
    context.fillStyle = "#1A1A1B";
    context.fillRect(x, y, width, 24);
    context.strokeStyle = warn ? "#FF8A80" : "#85858D";
    context.lineWidth = 1;
    context.strokeRect(x + 0.5, y + 0.5, width - 1, 23);
    context.fillStyle = "#F2F2F4";
    context.textBaseline = "middle";
    context.fillText(text, x + 8, y + 12.5);
    context.restore();
  }

  /** From here on, coordinates are px of the window and not of the turned sheet. */
  private drawInWindow(view: CanvasView): void {
    const { dpr } = this;
    const { windowPx, turnDegrees } = view;
    const origin = toSheet({ x: 0, y: 0 }, turnDegrees, windowPx, view);
    const right = turnBack({ x: dpr, y: 0 }, turnDegrees);
    const down = turnBack({ x: 0, y: dpr }, turnDegrees);
    this.context.setTransform(right.x, right.y, down.x, down.y, origin.x * dpr, origin.y * dpr);
  }

  /** Thin lines between image pixels, only where pixels are big enough to count. */
  private grid(view: CanvasView, sizeHw: readonly [number, number]): void {
    const { context } = this;
    const x0 = Math.max(0, Math.floor(view.originX));
    const y0 = Math.max(0, Math.floor(view.originY));
    const x1 = Math.min(sizeHw[1], Math.ceil(view.originX + view.widthPx / view.scale));
    const y1 = Math.min(sizeHw[0], Math.ceil(view.originY + view.heightPx / view.scale));
    if (x1 <= x0 || y1 <= y0) return;
    context.beginPath();
    for (let x = x0; x <= x1; x++)
      this.segment(snap((x - view.originX) * view.scale), (y0 - view.originY) * view.scale, 0, (y1 - y0) * view.scale);
    for (let y = y0; y <= y1; y++)
      this.segment((x0 - view.originX) * view.scale, snap((y - view.originY) * view.scale), (x1 - x0) * view.scale, 0);
    context.strokeStyle = "rgba(128, 128, 128, 0.35)";
    context.lineWidth = 1;
    context.stroke();
  }

  private segment(x: number, y: number, dx: number, dy: number): void {
    this.context.moveTo(x, y);
    this.context.lineTo(x + dx, y + dy);
  }

  private square(at: Point, sidePx: number): void {
    this.context.fillStyle = WHITE;
    this.context.fillRect(at.x - sidePx / 2, at.y - sidePx / 2, sidePx, sidePx);
    this.context.strokeStyle = BLACK;
    this.context.lineWidth = 1;
    this.context.strokeRect(at.x - sidePx / 2, at.y - sidePx / 2, sidePx, sidePx);
  }

  private circle(at: Point, radiusPx: number, colour: string): void {
    const { context } = this;
    context.beginPath();
    context.arc(at.x, at.y, radiusPx, 0, 2 * Math.PI);
    this.strokeDual(colour);
  }

  private diamond(at: Point): void {
    const { context } = this;
    context.beginPath();
    context.moveTo(at.x, at.y - 5);
    context.lineTo(at.x + 5, at.y);
    context.lineTo(at.x, at.y + 5);
    context.lineTo(at.x - 5, at.y);
    context.closePath();
    this.strokeDual();
  }

  private line(from: Point, to: Point): void {
    this.context.moveTo(from.x, from.y);
    this.context.lineTo(to.x, to.y);
  }

  private dual(path: () => void): void {
    this.context.beginPath();
    path();
    this.strokeDual();
  }

  /** Black under white: one of the two is seen on any photograph. */
  private strokeDual(light: string = WHITE, lightPx = 1): void {
    const { context } = this;
    context.lineJoin = "round";
    context.strokeStyle = BLACK;
    context.lineWidth = lightPx + 2;
    context.stroke();
    context.strokeStyle = light;
    context.lineWidth = lightPx;
    context.stroke();
  }
}

/** Nothing to draw, as during a brush stroke: then the canvas is left alone. */
function isBlank(scene: OverlayScene, grid: boolean): boolean {
  const { active } = scene;
  const { border } = active;
  const noBorder =
    border == null || border.line.length + border.lit.length + border.handles.length + border.tags.length === 0;
  if (!noBorder) return false;
  const parts = [
    active.outline,
    active.objects ?? null,
    active.box,
    active.ring?.label ?? null,
    scene.parked,
    scene.badge,
    scene.crosshair,
  ];
  return parts.every((part) => part === null) && !grid;
}

const snap = (value: number): number => Math.floor(value) + 0.5;

function toScreen(point: Point, view: CanvasView): Point {
  return { x: (point.x - view.originX) * view.scale, y: (point.y - view.originY) * view.scale };
}
