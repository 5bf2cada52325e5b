// SPDX-License-Identifier: Apache-2.0
/** The label layer: a canvas of the size of the view, of which only the stale rectangle is composed anew. */
import type { CanvasView, DirtyBox, LabelScene, RingOverlay } from "../editor/canvas.ts";
import { type ComposeView, Compositor, type DeviceRect } from "./compose.ts";
import { paintDifference } from "./difference.ts";
import { strokesFor } from "./edges.ts";
import { paintLattice } from "./lattice.ts";
import { SlotPalette } from "./palette.ts";
import { ringRect, strokeRing } from "./ring.ts";
import { exposedStrips, shiftBetween, shiftWords } from "./scroll.ts";

/** A box in image px, or "moved": only the view did, or "all". */
export type StaleLabels = DirtyBox | "moved" | "all";

export class LabelLayer {
  readonly canvas: HTMLCanvasElement;
  private readonly context: CanvasRenderingContext2D;
  private readonly palette = new SlotPalette();
  private readonly compositor = new Compositor(this.palette);
  private image: ImageData | null = null;
  private words = new Uint32Array(0);
  private drawn: ComposeView | null = null;
  private ring: DeviceRect | null = null;

  constructor(document: Document) {
    this.canvas = document.createElement("canvas");
    this.context = this.canvas.getContext("2d", { willReadFrequently: true })!;
  }

  /** Draws what is stale (everything when colours changed), and the ring above it. */
  draw(
    scene: LabelScene | null,
    view: CanvasView,
    dpr: number,
    stale: StaleLabels | null,
    ring: RingOverlay | null,
  ): void {
    const { width, height } = this.canvas;
    if (width === 0 || height === 0) return;
    const shown = scene !== null && scene.visible;
    this.eraseRing(shown);
    if (!shown) {
      this.context.clearRect(0, 0, width, height);
      this.drawn = null;
    } else if (stale !== null || this.drawn === null) this.drawLabels(scene, view, dpr, stale ?? "all");
    if (ring === null) return;
    this.ring = ringRect(ring, view, dpr, this.canvas);
    if (this.ring !== null) strokeRing(this.context, ring, view, dpr);
  }

  private eraseRing(shown: boolean): void {
    const rect = this.ring;
    this.ring = null;
    if (rect === null) return;
    if (shown && this.image !== null) {
      this.context.putImageData(this.image, 0, 0, rect.x, rect.y, rect.width, rect.height);
    } else this.context.clearRect(rect.x, rect.y, rect.width, rect.height);
  }

  private drawLabels(scene: LabelScene, view: CanvasView, dpr: number, stale: StaleLabels): void {
    const { width, height } = this.canvas;
    const fresh = this.prepare();
    const repaint = this.palette.update(scene) || fresh || this.drawn === null;
    const composeView = { deviceScale: view.scale * dpr, originX: view.originX, originY: view.originY, dpr };
    const shift =
      repaint || stale !== "moved" || isPatterned(scene) ? null : shiftBetween(this.drawn!, composeView, width, height);
    this.drawn = composeView;
    const all = { x: 0, y: 0, width, height };
    if (shift !== null) {
      shiftWords(this.words, width, shift);
      for (const strip of exposedStrips(width, height, shift)) this.compose(scene, composeView, strip);
      this.context.putImageData(this.image!, 0, 0);
      return;
    }
    const rect = repaint || typeof stale === "string" ? all : this.deviceRect(stale, view, dpr, scene.outlineWidth);
    if (rect === null) return;
    this.compose(scene, composeView, rect);
    this.context.putImageData(this.image!, 0, 0, rect.x, rect.y, rect.width, rect.height);
  }

  private compose(scene: LabelScene, view: ComposeView, rect: DeviceRect): void {
    this.compositor.draw(scene, view, rect, this.words, this.canvas.width);
    const kept = scene.preview?.kept ?? null;
    if (kept !== null) paintLattice(kept, view, rect, this.words, this.canvas.width);
    if (scene.difference != null) paintDifference(scene.difference, view, rect, this.words, this.canvas.width);
  }

  /** One ImageData for as long as the canvas keeps its size. True when it is new. */
  private prepare(): boolean {
    const { width, height } = this.canvas;
    if (this.image !== null && this.image.width === width && this.image.height === height) return false;
    this.image = new ImageData(width, height);
    this.words = new Uint32Array(this.image.data.buffer);
    return true;
  }

  /** Device px that can look different when the box changed: with the reach of rim and line around it. */
  private deviceRect(box: DirtyBox, view: CanvasView, dpr: number, rimPx: number): DeviceRect | null {
    const scale = view.scale * dpr;
    const { reach } = strokesFor(dpr, rimPx);
    // Zoomed out, a device pixel shows the last pixel of its block, which may lie beyond the box by a block.
    const spread = reach + 2;
    const x0 = Math.max(0, Math.floor((box[0] - view.originX) * scale) - spread);
    const y0 = Math.max(0, Math.floor((box[1] - view.originY) * scale) - spread);
    const x1 = Math.min(this.canvas.width, Math.ceil((box[2] - view.originX) * scale) + spread);
    const y1 = Math.min(this.canvas.height, Math.ceil((box[3] - view.originY) * scale) + spread);
    return x1 > x0 && y1 > y0 ? { x: x0, y: y0, width: x1 - x0, height: y1 - y0 } : null;
  }
}

/** Hatches stay where they are on the screen while the picture moves below them. */
function isPatterned(scene: LabelScene): boolean {
  return scene.gapView || scene.preview !== null || scene.proposal != null || scene.difference != null;
}
