// SPDX-License-Identifier: Apache-2.0
/**
 * The photograph on screen with its tone changed. What is on screen before tone is kept, so that dragging a slider
 * costs one table lookup for each visible pixel, whatever the size of the image.
 */
import { applyClahe, type ClaheTables, claheTables, type RasterPlace } from "../core/clahe.ts";
import type { PhotoCounts } from "../core/photoCounts.ts";
import { applyTone, type RasterRect, type Tone, toneTable } from "../core/tone.ts";

export interface UntonedPicture {
  /** Equal strings: nothing but tone can have changed. */
  readonly key: string;
  readonly rect: RasterRect;
  readonly place: RasterPlace;
  paint(context: CanvasRenderingContext2D): void;
}

export class TonedPhoto {
  private readonly scratch: CanvasRenderingContext2D;
  private before: ImageData | null = null;
  private after: ImageData | null = null;
  private key = "";
  private table: Uint8Array = new Uint8Array(256);
  private tableOf: Tone | null = null;
  private clahe: { readonly counts: PhotoCounts; readonly clipLimit: number; readonly tables: ClaheTables } | null =
    null;

  constructor(document: Document) {
    this.scratch = document.createElement("canvas").getContext("2d", { alpha: false, willReadFrequently: true })!;
  }

  /** `counts` null: they are being made, and local contrast has to wait. */
  draw(target: CanvasRenderingContext2D, picture: UntonedPicture, tone: Tone, counts: PhotoCounts | null): void {
    const { width, height } = target.canvas;
    const clipLimit = counts === null ? 0 : tone.localContrast;
    const key = `${picture.key} ${clipLimit} ${width}×${height}`;
    if (key !== this.key || this.before === null || this.after === null) {
      this.before = this.untoned(picture, width, height, clipLimit, counts);
      this.after = new ImageData(new Uint8ClampedArray(this.before.data), width, height);
      this.key = key;
    }
    if (tone !== this.tableOf) {
      this.table = toneTable(tone);
      this.tableOf = tone;
    }
    applyTone(this.before.data, this.after.data, width, picture.rect, this.table, tone.channel);
    target.putImageData(this.after, 0, 0);
  }

  private untoned(
    picture: UntonedPicture,
    width: number,
    height: number,
    clipLimit: number,
    counts: PhotoCounts | null,
  ): ImageData {
    const { canvas } = this.scratch;
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    picture.paint(this.scratch);
    const pixels = this.scratch.getImageData(0, 0, width, height);
    if (clipLimit > 0 && counts !== null) {
      applyClahe(pixels.data, width, picture.rect, picture.place, this.tablesFor(counts, clipLimit));
    }
    return pixels;
  }

  private tablesFor(counts: PhotoCounts, clipLimit: number): ClaheTables {
    if (this.clahe?.counts !== counts || this.clahe.clipLimit !== clipLimit) {
      this.clahe = { counts, clipLimit, tables: claheTables(counts, clipLimit) };
    }
    return this.clahe.tables;
  }
}
