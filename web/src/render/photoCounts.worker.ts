// SPDX-License-Identifier: Apache-2.0
/** Counts the values of a photograph away from the page. Takes the file as a Blob, gives `PhotoCounts` or an error text. */
import { PhotoCounter } from "../core/photoCounts.ts";

/** Rows at a time, so that a large picture is never in memory twice. */
const STRIP_ROWS = 256;

async function count(file: Blob): Promise<ReturnType<PhotoCounter["counts"]>> {
  const picture = await createImageBitmap(file);
  const { width, height } = picture;
  const counter = new PhotoCounter([height, width]);
  const strip = new OffscreenCanvas(width, Math.min(STRIP_ROWS, height));
  const context = strip.getContext("2d", { willReadFrequently: true, alpha: false })!;
  for (let y = 0; y < height; y += STRIP_ROWS) {
    const rows = Math.min(STRIP_ROWS, height - y);
    context.drawImage(picture, 0, y, width, rows, 0, 0, width, rows);
    counter.addRows(context.getImageData(0, 0, width, rows).data, y);
  }
  picture.close();
  return counter.counts();
}

self.addEventListener("message", (event: MessageEvent<Blob>) => {
  count(event.data).then(
    (counts) => self.postMessage({ counts }),
    (error: unknown) => self.postMessage({ error: error instanceof Error ? error.message : String(error) }),
  );
});
