// SPDX-License-Identifier: Apache-2.0
/** The label layer: a canvas of the size of the view, of which only the stale rectangle is composed anew. */
import type { CanvasView, DirtyBox, LabelScene } from "../editor/canvas.ts";
import { Compositor, type DeviceRect } from "./compose.ts";
import { paintDifference } from "./difference.ts";
import { strokesFor } from "./edges.ts";
import { SlotPalette } from "./palette.ts";

export class LabelLayer {
  readonly canvas: HTMLCanvasElement;
  private readonly context: CanvasRenderingContext2D;
  private readonly palette = new SlotPalette();
  private readonly compositor = new Compositor(this.palette);
  private image: ImageData | null = null;
  private words = new Uint32Array(0);

  constructor(document: Document) {
    this.canvas = document.createElement("canvas");
    this.context = this.canvas.getContext("2d", { willReadFrequently: true })!;
  }

  /** Draws the box (image px), or everything when it is null or when colours changed. */
  draw(scene: LabelScene | null, view: CanvasView, dpr: number, box: DirtyBox | null): void {
    const { width, height } = this.canvas;
    if (scene === null || !scene.visible || width === 0 || height === 0) {
      this.context.clearRect(0, 0, width, height);
      return;
    }
    const fresh = this.prepare();
    const all = this.palette.update(scene) || fresh || box === null;
    const rect = all ? { x: 0, y: 0, width, height } : this.deviceRect(box, view, dpr);
    if (rect === null) return;
    const deviceScale = view.scale * dpr;
    const composeView = { deviceScale, originX: view.originX, originY: view.originY, dpr };
    this.compositor.draw(scene, composeView, rect, this.words, width);
    if (scene.difference != null) paintDifference(scene.difference, composeView, rect, this.words, width);
    this.context.putImageData(this.image!, 0, 0, rect.x, rect.y, rect.width, rect.height);
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
  private deviceRect(box: DirtyBox, view: CanvasView, dpr: number): DeviceRect | null {
    const scale = view.scale * dpr;
    const { reach } = strokesFor(dpr);
    // Zoomed out, a device pixel shows the last pixel of its block, which may lie beyond the box by a block.
    const spread = reach + 2;
    const x0 = Math.max(0, Math.floor((box[0] - view.originX) * scale) - spread);
    const y0 = Math.max(0, Math.floor((box[1] - view.originY) * scale) - spread);
    const x1 = Math.min(this.canvas.width, Math.ceil((box[2] - view.originX) * scale) + spread);
    const y1 = Math.min(this.canvas.height, Math.ceil((box[3] - view.originY) * scale) + spread);
    return x1 > x0 && y1 > y0 ? { x: x0, y: y0, width: x1 - x0, height: y1 - y0 } : null;
  }
}
