// SPDX-License-Identifier: Apache-2.0
/** While its key is held, a drag marks a rectangle that then fills the window. */
import { fitBox, toImage } from "../core/viewport.ts";
import type { CanvasPointer, Overlay, Point } from "./canvas.ts";
import type { EditorModel } from "./model.ts";

/** A press that moves less is no rectangle. */
const LEAST_SCREEN_PX = 8;

export class ZoomDrag {
  /** The key is down. */
  armed = false;
  private from: Point | null = null; // screen
  private to: Point | null = null;

  constructor(private readonly model: EditorModel) {}

  get running(): boolean {
    return this.from !== null;
  }

  press(pointer: CanvasPointer): void {
    this.from = pointer.samples[pointer.samples.length - 1].pointScreen;
    this.to = this.from;
  }

  drag(pointer: CanvasPointer): void {
    this.to = pointer.samples[pointer.samples.length - 1].pointScreen;
    this.model.dirtyOverlay();
  }

  release(): void {
    const { from, to, model } = this;
    this.cancel();
    if (from === null || to === null) return;
    if (Math.abs(to.x - from.x) < LEAST_SCREEN_PX || Math.abs(to.y - from.y) < LEAST_SCREEN_PX) return;
    const [a, b] = [toImage(model.view, from), toImage(model.view, to)];
    const box = [Math.min(a.x, b.x), Math.min(a.y, b.y), Math.max(a.x, b.x), Math.max(a.y, b.y)] as const;
    model.setView(fitBox(box, model.canvasSize), false);
  }

  cancel(): void {
    this.from = null;
    this.to = null;
    this.model.dirtyOverlay();
  }

  /** What is drawn above the picture instead of what the tool shows. */
  overlay(of: Overlay): Overlay {
    if (!this.armed) return of;
    const { from, to, model } = this;
    const box = from === null || to === null ? null : { from: toImage(model.view, from), to: toImage(model.view, to) };
    return { ...of, cursor: "crosshair", ring: null, box };
  }
}
