// SPDX-License-Identifier: Apache-2.0
/** Brush and eraser are one machine: drag paints, Shift+click draws straight from the last end, Shift+drag sizes. */
import {
  distance,
  lastSample,
  noOverlay,
  type Overlay,
  type Point,
  type Tool,
  type ToolPhase,
  type ToolPointer,
} from "./Tool.ts";
import { radiiFor, type Stroke, type ToolContext } from "./toolContext.ts";

type Gesture =
  | { readonly kind: "none" }
  | { readonly kind: "painting"; readonly stroke: Stroke }
  | { readonly kind: "shift"; readonly from: ToolPointer; readonly sizePx: number; sizing: boolean }
  | { readonly kind: "refused" };

const NONE: Gesture = { kind: "none" };
/** Share of the brush's size under the lightest pressure. */
const LEAST_WIDTH = 0.1;
/** Below this diameter on screen a ring says nothing; a crosshair does. */
const RING_MIN_SCREEN_PX = 6;

class StrokeTool implements Tool {
  private gesture: Gesture = NONE;
  private centre: Point | null = null;
  private lastEnd: Point | null = null;

  constructor(
    private readonly context: ToolContext,
    private readonly purpose: "paint" | "erase",
  ) {}

  get phase(): ToolPhase {
    return this.gesture.kind === "none" ? "idle" : "pressing";
  }

  hover(pointer: ToolPointer): void {
    this.centre = lastSample(pointer).pointImage;
    this.context.repaint();
  }

  press(pointer: ToolPointer): void {
    this.centre = lastSample(pointer).pointImage;
    if (pointer.shift) {
      this.gesture = { kind: "shift", from: pointer, sizePx: this.context.brush().sizePx, sizing: false };
      return;
    }
    this.beginAt([this.centre], this.widthOf(pointer, lastSample(pointer).pressure));
  }

  drag(pointer: ToolPointer): void {
    const now = lastSample(pointer);
    if (this.gesture.kind === "shift") {
      this.resize(this.gesture, pointer);
      return;
    }
    this.centre = now.pointImage;
    if (this.gesture.kind === "painting") this.paint(this.gesture.stroke, pointer);
    this.context.repaint();
  }

  release(pointer: ToolPointer): void {
    const gesture = this.gesture;
    this.gesture = NONE;
    if (gesture.kind === "painting") {
      this.lastEnd = lastSample(pointer).pointImage;
      gesture.stroke.finish();
    } else if (gesture.kind === "shift" && !gesture.sizing) {
      const end = lastSample(pointer).pointImage;
      this.beginAt(this.lastEnd === null ? [end] : [this.lastEnd, end]);
      const straight: Gesture = this.gesture;
      this.gesture = NONE;
      if (straight.kind === "painting") {
        straight.stroke.finish();
        this.lastEnd = end;
      }
    }
    this.context.repaint();
  }

  leave(): void {
    if (this.gesture.kind !== "none") return;
    this.centre = null;
    this.context.repaint();
  }

  cancelGesture(): void {
    if (this.gesture.kind === "painting") this.gesture.stroke.cancel();
    if (this.gesture.kind === "shift") this.context.setBrushSize(this.gesture.sizePx);
    this.gesture = NONE;
    this.context.repaint();
  }

  escape(): boolean {
    if (this.gesture.kind === "none") return false;
    this.cancelGesture();
    return true;
  }

  finish(): boolean {
    return false;
  }

  undo(): boolean {
    return this.escape();
  }

  redo(): boolean {
    return false;
  }

  nudge(): boolean {
    return false;
  }

  refresh(): void {
    this.context.repaint();
  }

  suspend(): void {
    this.cancelGesture();
    this.centre = null;
  }

  resume(): void {
    this.context.repaint();
  }

  overlay(): Overlay {
    if (this.centre === null) return noOverlay("crosshair");
    const { sizePx, shape } = this.context.brush();
    if (sizePx * this.context.scale() < RING_MIN_SCREEN_PX) return noOverlay("crosshair");
    const label = this.gesture.kind === "shift" && this.gesture.sizing ? `${sizePx} px` : null;
    const ring = { centre: this.centre, radiusPx: sizePx / 2, shape, dashed: this.purpose === "erase", label };
    return { ...noOverlay("none"), ring };
  }

  private paint(stroke: Stroke, pointer: ToolPointer): void {
    if (pointer.pointerType === "pen" && this.context.brush().pressure) {
      for (const { pointImage, pressure } of pointer.samples) stroke.add([pointImage], this.widthOf(pointer, pressure));
    } else stroke.add(pointer.samples.map((sample) => sample.pointImage));
  }

  /** Share of the brush's size; a touch so light that the pen reports nothing still draws. */
  private widthOf(pointer: ToolPointer, pressure: number): number {
    if (pointer.pointerType !== "pen" || !this.context.brush().pressure) return 1;
    return Math.min(1, Math.max(LEAST_WIDTH, pressure));
  }

  private beginAt(points: readonly Point[], width = 1): void {
    const stroke = this.context.beginStroke(this.purpose);
    if ("refused" in stroke) {
      this.gesture = { kind: "refused" };
      return;
    }
    this.gesture = { kind: "painting", stroke };
    stroke.add(points, width);
  }

  private resize(gesture: Extract<Gesture, { kind: "shift" }>, pointer: ToolPointer): void {
    const from = lastSample(gesture.from).pointScreen;
    const to = lastSample(pointer).pointScreen;
    if (!gesture.sizing && distance(from, to) < radiiFor(pointer.pointerType).dragPx) return;
    gesture.sizing = true;
    this.context.setBrushSize(Math.max(1, Math.floor(gesture.sizePx + (to.x - from.x) / this.context.scale() + 0.5)));
    this.context.repaint();
  }
}

export const createStrokeTool = (context: ToolContext, purpose: "paint" | "erase"): Tool =>
  new StrokeTool(context, purpose);
