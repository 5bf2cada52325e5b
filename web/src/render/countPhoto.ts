// SPDX-License-Identifier: Apache-2.0
import type { PhotoCounts } from "../core/photoCounts.ts";

type Answer = { readonly counts: PhotoCounts } | { readonly error: string };

/** Counts the values of an image file in a worker of its own. Rejects when the file cannot be read. */
export function countPhoto(file: Blob): Promise<PhotoCounts> {
  const worker = new Worker(new URL("./photoCounts.worker.ts", import.meta.url), { type: "module" });
  return new Promise<PhotoCounts>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Answer>) =>
      "counts" in data ? resolve(data.counts) : reject(new Error(data.error));
    worker.onerror = (event) => reject(new Error(event.message));
    worker.postMessage(file);
  }).finally(() => worker.terminate());
}
