// SPDX-License-Identifier: Apache-2.0
/** Photographs kept decoded beside the one on screen: those that will probably be shown next, and the one before. */
import { PhotoBitmaps } from "./photoBitmaps.ts";

/** Together they take at most this much; with the smaller copies about 5.3 bytes for each px. */
const BUDGET_PX = 16_777_216;

export interface KeptPhoto {
  readonly bitmaps: PhotoBitmaps;
  /** Resolves when something can be drawn; rejects when the picture cannot be read. */
  readonly ready: Promise<void>;
  readonly sizePx: number;
}

/** Fetches and begins to decode. Rejects when the server does not give it. */
export async function fetchPhoto(
  url: string,
  sizeHw: readonly [number, number],
  signal: AbortSignal,
  priority: RequestPriority = "auto",
): Promise<KeptPhoto> {
  const answer = await fetch(url, { signal, priority });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  const bitmaps = new PhotoBitmaps();
  return { bitmaps, ready: bitmaps.load(await answer.blob()), sizePx: sizeHw[0] * sizeHw[1] };
}

export class PhotoShelf {
  /** By address; the one put in last comes last. */
  private readonly kept = new Map<string, KeptPhoto>();

  constructor(private readonly budgetPx: number = BUDGET_PX) {}

  /**
   * Brings the picture into memory, or only into the browser's cache when it is too large to be kept decoded. Resolves
   * when that is done; rejects when it failed, which costs a head start and nothing else.
   */
  async warm(url: string, sizeHw: readonly [number, number], signal: AbortSignal): Promise<void> {
    if (this.kept.has(url)) return;
    if (sizeHw[0] * sizeHw[1] > this.budgetPx / 2) {
      await (await fetch(url, { signal, priority: "low" })).blob();
      return;
    }
    const photo = await fetchPhoto(url, sizeHw, signal, "low");
    this.keep(url, photo);
    await photo.ready;
  }

  /** The picture leaves the shelf; whoever takes it closes it or puts it back. */
  take(url: string): KeptPhoto | null {
    const found = this.kept.get(url) ?? null;
    this.kept.delete(url);
    return found;
  }

  /** Puts a picture on the shelf; what is there longest makes room. */
  keep(url: string, photo: KeptPhoto): void {
    this.take(url)?.bitmaps.close();
    photo.bitmaps.onChange(null);
    if (photo.sizePx > this.budgetPx / 2) {
      photo.bitmaps.close();
      return;
    }
    this.kept.set(url, photo);
    // What cannot be read is of no use later; who opens it fetches it again and says why.
    photo.ready.catch(() => this.kept.get(url) === photo && this.kept.delete(url));
    let sum = 0;
    for (const { sizePx } of this.kept.values()) sum += sizePx;
    for (const [oldest, { bitmaps, sizePx }] of this.kept) {
      if (sum <= this.budgetPx) return;
      sum -= sizePx;
      bitmaps.close();
      this.kept.delete(oldest);
    }
  }
}

/** One for the page: it outlives the picture that is open. */
export const photoShelf = new PhotoShelf();
