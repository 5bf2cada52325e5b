// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { PhotoBitmaps } from "../../src/render/photoBitmaps.ts";
import { type KeptPhoto, PhotoShelf } from "../../src/render/photoShelf.ts";

class Bitmaps extends PhotoBitmaps {
  closings = 0;

  override close(): void {
    this.closings++;
  }
}

const photo = (sizePx: number): KeptPhoto & { readonly bitmaps: Bitmaps } => ({
  bitmaps: new Bitmaps(),
  ready: Promise.resolve(),
  sizePx,
});

test("the oldest makes room, and nothing is closings twice", () => {
  const shelf = new PhotoShelf(100);
  const [a, b, c] = [photo(40), photo(40), photo(40)];
  shelf.keep("a", a);
  shelf.keep("b", b);
  shelf.keep("c", c);
  expect([a.bitmaps.closings, b.bitmaps.closings, c.bitmaps.closings]).toEqual([1, 0, 0]);
  expect(shelf.take("a")).toBeNull();
  expect(shelf.take("b")).toBe(b);
  expect(shelf.take("b")).toBeNull();
});

test("a picture that would push out everything else is not kept", () => {
  const shelf = new PhotoShelf(100);
  const [small, large] = [photo(10), photo(60)];
  shelf.keep("small", small);
  shelf.keep("large", large);
  expect([small.bitmaps.closings, large.bitmaps.closings]).toEqual([0, 1]);
});

test("a picture that cannot be read leaves the shelf", async () => {
  const shelf = new PhotoShelf(100);
  shelf.keep("broken", { ...photo(10), ready: Promise.reject(new Error("broken")) });
  await Promise.resolve();
  await Promise.resolve();
  expect(shelf.take("broken")).toBeNull();
});
