// SPDX-License-Identifier: Apache-2.0
/**
 * The photograph at full, half and quarter size. Of a large picture the full size is kept only while the view needs it:
 * 67 megapixels are 268 MB of memory, and most of the time the screen shows a tenth of them.
 */
export interface PhotoBitmap {
  readonly divisor: number;
  readonly image: ImageBitmap;
}

/** Below this side a smaller copy saves nothing. */
const SMALLER_FROM_SIDE_PX = 1024;
/** Above this the full size is let go when it is not needed. */
const KEEP_FULL_MAX_PX = 16_777_216;
const LET_GO_AFTER_MS = 4000;

export class PhotoBitmaps {
  private readonly list = new Map<number, ImageBitmap>();
  private blob: Blob | null = null;
  private decoding = false;
  private idle: ReturnType<typeof setTimeout> | null = null;
  private closed = false;

  private changed: (() => void) | null = null;

  /** Called when a better picture can be drawn; null: nobody is looking. */
  onChange(changed: (() => void) | null): void {
    this.changed = changed;
  }

  /** As it came from the server; null before it is loaded. */
  get file(): Blob | null {
    return this.blob;
  }

  /** Resolves when something can be drawn. Rejects when the picture cannot be read. */
  async load(blob: Blob): Promise<void> {
    this.blob = blob;
    const full = await createImageBitmap(blob);
    if (this.closed) {
      full.close();
      return;
    }
    this.list.set(1, full);
    void this.addSmaller(full);
  }

  /** The smallest bitmap that is not coarser than the screen, or the best there is. `deviceScale`: device px per image px. */
  pick(deviceScale: number): PhotoBitmap | null {
    const wanted = deviceScale <= 0.25 ? 4 : deviceScale <= 0.5 ? 2 : 1;
    if (wanted === 1) this.needFull();
    else this.letFullGo();
    for (let divisor = wanted; divisor >= 1; divisor /= 2) {
      const image = this.list.get(divisor);
      if (image !== undefined) return { divisor, image };
    }
    for (const divisor of [2, 4]) {
      const image = this.list.get(divisor);
      if (image !== undefined) return { divisor, image };
    }
    return null;
  }

  get smallest(): ImageBitmap | null {
    return this.list.get(4) ?? this.list.get(2) ?? this.list.get(1) ?? null;
  }

  close(): void {
    this.closed = true;
    if (this.idle !== null) clearTimeout(this.idle);
    for (const image of this.list.values()) image.close();
    this.list.clear();
  }

  private async addSmaller(full: ImageBitmap): Promise<void> {
    if (Math.max(full.width, full.height) < SMALLER_FROM_SIDE_PX) return;
    let from = full;
    for (const divisor of [2, 4]) {
      const resizeWidth = Math.max(1, Math.floor(full.width / divisor));
      const resizeHeight = Math.max(1, Math.floor(full.height / divisor));
      const image = await createImageBitmap(from, { resizeWidth, resizeHeight, resizeQuality: "medium" });
      if (this.closed) {
        image.close();
        return;
      }
      this.list.set(divisor, image);
      from = image;
    }
    this.changed?.();
  }

  private needFull(): void {
    if (this.idle !== null) clearTimeout(this.idle);
    this.idle = null;
    if (this.list.has(1) || this.decoding || this.blob === null) return;
    this.decoding = true;
    createImageBitmap(this.blob)
      .then((full) => {
        if (this.closed) full.close();
        else {
          this.list.set(1, full);
          this.changed?.();
        }
      })
      .catch(() => undefined) // it could be read once; the half size stays on screen
      .finally(() => {
        this.decoding = false;
      });
  }

  private letFullGo(): void {
    const full = this.list.get(1);
    if (full === undefined || this.idle !== null || !this.list.has(4)) return;
    if (full.width * full.height <= KEEP_FULL_MAX_PX) return;
    this.idle = setTimeout(() => {
      this.idle = null;
      full.close();
      this.list.delete(1);
    }, LET_GO_AFTER_MS);
  }
}
