// SPDX-License-Identifier: Apache-2.0
/** The photograph: full, half and quarter bitmaps, the smallest one that is not coarser than the screen. */
import type { CanvasView } from "../editor/canvas.ts";
import type { Tone } from "../editor/state.ts";
import { PhotoBitmaps } from "./photoBitmaps.ts";
import { ToneTable, toneIsNeutral } from "./tone.ts";

/** From here on single pixels are shown as squares. */
const SMOOTH_BELOW_SCALE = 2;

export class PhotoLayer {
  readonly canvas: HTMLCanvasElement;
  private readonly context: CanvasRenderingContext2D;
  private readonly toneTable = new ToneTable();
  private toned: CanvasRenderingContext2D | null = null;
  private bitmaps: PhotoBitmaps | null = null;
  private sizeHw: readonly [number, number] = [1, 1];
  private loading: AbortController | null = null;

  /** `changed` is called when a better picture can be drawn. */
  constructor(
    document: Document,
    private readonly changed: () => void,
  ) {
    this.canvas = document.createElement("canvas");
    this.context = this.canvas.getContext("2d", { alpha: false })!;
  }

  /** Loads the picture; resolves when it can be drawn. Rejects when it cannot be read. */
  async load(url: string, sizeHw: readonly [number, number]): Promise<void> {
    this.loading?.abort();
    this.bitmaps?.close();
    const loading = new AbortController();
    this.loading = loading;
    this.sizeHw = sizeHw;
    const answer = await fetch(url, { signal: loading.signal });
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    const bitmaps = new PhotoBitmaps(this.changed);
    this.bitmaps = bitmaps;
    await bitmaps.load(await answer.blob());
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
    this.bitmaps?.close();
  }

  private paintOn(context: CanvasRenderingContext2D, view: CanvasView, dpr: number): void {
    const scale = view.scale * dpr;
    const image = this.bitmaps?.pick(scale)?.image;
    if (image === undefined) return;
    const { width, height } = this.canvas;
    const [h, w] = this.sizeHw;
    // Only what is visible is handed to drawImage: whole image pixels, so that edges stay where they are.
    const x0 = Math.max(0, Math.floor(view.originX));
    const y0 = Math.max(0, Math.floor(view.originY));
    const x1 = Math.min(w, Math.ceil(view.originX + width / scale));
    const y1 = Math.min(h, Math.ceil(view.originY + height / scale));
    if (x1 <= x0 || y1 <= y0) return;
    context.imageSmoothingEnabled = view.scale < SMOOTH_BELOW_SCALE;
    const sx = image.width / w;
    const sy = image.height / h;
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
}
