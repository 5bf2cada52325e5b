// SPDX-License-Identifier: Apache-2.0
/** The photograph: full, half and quarter bitmaps, the smallest one that is not coarser than the screen. */
import type { CanvasView } from "../editor/canvas.ts";
import type { Tone } from "../editor/state.ts";
import { ToneTable, toneIsNeutral } from "./tone.ts";

/** From here on single pixels are shown as squares. */
const SMOOTH_BELOW_SCALE = 2;
const LEVELS = [1, 2, 4] as const;
/** Below this side a smaller copy saves nothing. */
const SMALLER_FROM_SIDE_PX = 1024;

export class PhotoLayer {
  readonly canvas: HTMLCanvasElement;
  private readonly context: CanvasRenderingContext2D;
  private readonly toneTable = new ToneTable();
  private toned: CanvasRenderingContext2D | null = null;
  private bitmaps: readonly { readonly divisor: number; readonly image: CanvasImageSource }[] = [];
  private sizeHw: readonly [number, number] = [1, 1];
  private loading: AbortController | null = null;

  constructor(document: Document) {
    this.canvas = document.createElement("canvas");
    this.context = this.canvas.getContext("2d", { alpha: false })!;
  }

  /** Loads the picture; resolves when it can be drawn. Rejects when it cannot be read. */
  async load(url: string, sizeHw: readonly [number, number]): Promise<void> {
    this.loading?.abort();
    const loading = new AbortController();
    this.loading = loading;
    this.sizeHw = sizeHw;
    const answer = await fetch(url, { signal: loading.signal });
    if (!answer.ok) throw new Error(`image: status ${answer.status}`);
    const full = await createImageBitmap(await answer.blob(), { colorSpaceConversion: "default" });
    if (loading.signal.aborted) {
      full.close();
      return;
    }
    this.close();
    this.bitmaps = [{ divisor: 1, image: full }];
    void this.addSmaller(full, loading.signal);
  }

  private async addSmaller(full: ImageBitmap, signal: AbortSignal): Promise<void> {
    if (Math.max(full.width, full.height) < SMALLER_FROM_SIDE_PX) return;
    for (const divisor of LEVELS.slice(1)) {
      const resizeWidth = Math.max(1, Math.floor(full.width / divisor));
      const resizeHeight = Math.max(1, Math.floor(full.height / divisor));
      const image = await createImageBitmap(full, { resizeWidth, resizeHeight, resizeQuality: "medium" });
      if (signal.aborted) {
        image.close();
        return;
      }
      this.bitmaps = [...this.bitmaps, { divisor, image }];
    }
  }

  draw(view: CanvasView, dpr: number, tone: Tone): void {
    const { canvas } = this;
    const neutral = toneIsNeutral(tone);
    const target = neutral ? this.context : this.scratch();
    target.fillStyle = "#141414";
    target.fillRect(0, 0, canvas.width, canvas.height);
    this.paintOn(target, view, dpr);
    if (neutral) return;
    const pixels = target.getImageData(0, 0, canvas.width, canvas.height);
    this.toneTable.apply(pixels.data, tone, this.pictureRect(view, dpr), canvas.width);
    this.context.putImageData(pixels, 0, 0);
  }

  dispose(): void {
    this.loading?.abort();
    this.close();
  }

  private paintOn(context: CanvasRenderingContext2D, view: CanvasView, dpr: number): void {
    if (this.bitmaps.length === 0) return;
    const scale = view.scale * dpr;
    const { image } = this.pick(scale);
    const { width, height } = this.canvas;
    const [h, w] = this.sizeHw;
    // Only what is visible is handed to drawImage: whole image pixels, so that edges stay where they are.
    const x0 = Math.max(0, Math.floor(view.originX));
    const y0 = Math.max(0, Math.floor(view.originY));
    const x1 = Math.min(w, Math.ceil(view.originX + width / scale));
    const y1 = Math.min(h, Math.ceil(view.originY + height / scale));
    if (x1 <= x0 || y1 <= y0) return;
    context.imageSmoothingEnabled = view.scale < SMOOTH_BELOW_SCALE;
    const sx = (image as ImageBitmap).width / w;
    const sy = (image as ImageBitmap).height / h;
    const dx = (x0 - view.originX) * scale;
    const dy = (y0 - view.originY) * scale;
    context.drawImage(
      image,
      x0 * sx,
      y0 * sy,
      (x1 - x0) * sx,
      (y1 - y0) * sy,
      dx,
      dy,
      (x1 - x0) * scale,
      (y1 - y0) * scale,
    );
  }

  private pick(scale: number): { readonly divisor: number; readonly image: CanvasImageSource } {
    let best = this.bitmaps[0];
    for (const bitmap of this.bitmaps) if (bitmap.divisor * scale <= 1 && bitmap.divisor > best.divisor) best = bitmap;
    return best;
  }

  /** Device px that the picture covers; only these are toned. */
  private pictureRect(view: CanvasView, dpr: number): readonly [number, number, number, number] {
    const scale = view.scale * dpr;
    const [h, w] = this.sizeHw;
    const clampX = (x: number): number => Math.min(this.canvas.width, Math.max(0, x));
    const clampY = (y: number): number => Math.min(this.canvas.height, Math.max(0, y));
    return [
      clampX(Math.floor(-view.originX * scale)),
      clampY(Math.floor(-view.originY * scale)),
      clampX(Math.ceil((w - view.originX) * scale)),
      clampY(Math.ceil((h - view.originY) * scale)),
    ];
  }

  private scratch(): CanvasRenderingContext2D {
    const { width, height } = this.canvas;
    if (this.toned === null) {
      const canvas = this.canvas.ownerDocument.createElement("canvas");
      this.toned = canvas.getContext("2d", { alpha: false, willReadFrequently: true })!;
    }
    if (this.toned.canvas.width !== width || this.toned.canvas.height !== height) {
      this.toned.canvas.width = width;
      this.toned.canvas.height = height;
    }
    return this.toned;
  }

  private close(): void {
    for (const { image } of this.bitmaps) if (image instanceof ImageBitmap) image.close();
    this.bitmaps = [];
  }
}
