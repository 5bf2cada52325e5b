// SPDX-License-Identifier: Apache-2.0
/** The photograph: full, half and quarter bitmaps, the smallest one that is not coarser than the screen. */
import type { PhotoCounts } from "../core/photoCounts.ts";
import type { RasterRect, Tone } from "../core/tone.ts";
import type { CanvasView } from "../editor/canvas.ts";
import type { Smoothing } from "../editor/viewOptions.ts";
import type { PhotoBitmaps } from "./photoBitmaps.ts";
import { fetchPhoto, type KeptPhoto, photoShelf } from "./photoShelf.ts";
import type { TonedPhoto } from "./tonedPhoto.ts";

/** From here on single pixels are shown as squares. */
const SMOOTH_BELOW_SCALE = 2;

function isSmooth(smoothing: Smoothing, scale: number): boolean {
  return smoothing === "auto" ? scale < SMOOTH_BELOW_SCALE : smoothing === "smooth";
}

export class PhotoLayer {
  readonly canvas: HTMLCanvasElement;
  private readonly context: CanvasRenderingContext2D;
  /** Loaded when a tone is first asked for; null: asked for, not here yet. */
  private toning: TonedPhoto | null | undefined;
  private counts: PhotoCounts | null = null;
  private counting: Promise<PhotoCounts> | null = null;
  private shown: { readonly url: string; readonly photo: KeptPhoto } | null = null;
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
    this.letGo();
    const loading = new AbortController();
    this.loading = loading;
    this.sizeHw = sizeHw;
    const photo = photoShelf.take(url) ?? (await fetchPhoto(url, sizeHw, loading.signal));
    if (loading.signal.aborted) {
      photoShelf.keep(url, photo);
      return;
    }
    this.shown = { url, photo };
    this.counting = null;
    this.counts = null;
    photo.bitmaps.onChange(this.changed);
    await photo.ready;
  }

  /** `tone` null: as it is. */
  draw(view: CanvasView, dpr: number, tone: Tone | null, smoothing: Smoothing): void {
    const toning = tone === null ? null : this.toner();
    const paint = (context: CanvasRenderingContext2D): void => {
      context.fillStyle = "#141414";
      context.fillRect(0, 0, this.canvas.width, this.canvas.height);
      this.paintOn(context, view, dpr, isSmooth(smoothing, view.scale));
    };
    if (tone === null || toning === null) {
      paint(this.context);
      return;
    }
    if (tone.localContrast > 0) this.count().catch(() => undefined); // then local contrast is left out
    const { originX, originY } = view;
    const place = { originX, originY, scale: view.scale * dpr };
    const divisor = this.bitmaps?.pick(place.scale)?.divisor ?? 0;
    const key = `${divisor} ${smoothing} ${originX} ${originY} ${place.scale}`;
    toning.draw(this.context, { key, rect: this.pictureRect(view, dpr), place, paint }, tone, this.counts);
  }

  /** Values of the whole picture, counted once. Rejects when there is none, or it cannot be read. */
  count(): Promise<PhotoCounts> {
    const file = this.bitmaps?.file ?? null;
    if (file === null) return Promise.reject(new Error("no picture yet"));
    this.counting ??= import("./countPhoto.ts")
      .then(({ countPhoto }) => countPhoto(file))
      .then((counts) => {
        if (this.bitmaps?.file === file) this.counts = counts;
        this.changed();
        return counts;
      });
    return this.counting;
  }

  /** The smallest bitmap there is. */
  get thumbnail(): ImageBitmap | null {
    return this.bitmaps?.smallest ?? null;
  }

  dispose(): void {
    this.letGo();
  }

  private get bitmaps(): PhotoBitmaps | null {
    return this.shown?.photo.bitmaps ?? null;
  }

  /** The picture stays at hand: whoever leaves it may come back. */
  private letGo(): void {
    this.loading?.abort();
    if (this.shown !== null) photoShelf.keep(this.shown.url, this.shown.photo);
    this.shown = null;
  }

  private paintOn(context: CanvasRenderingContext2D, view: CanvasView, dpr: number, smooth: boolean): void {
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
    context.imageSmoothingEnabled = smooth;
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
  private pictureRect(view: CanvasView, dpr: number): RasterRect {
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

  private toner(): TonedPhoto | null {
    if (this.toning === undefined) {
      this.toning = null;
      void import("./tonedPhoto.ts").then(({ TonedPhoto }) => {
        this.toning = new TonedPhoto(this.canvas.ownerDocument);
        this.changed();
      });
    }
    return this.toning;
  }
}
