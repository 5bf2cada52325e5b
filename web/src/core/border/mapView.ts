// SPDX-License-Identifier: Apache-2.0
/** A label map to read: what the border tools compute from. They never write; what comes out is a list of pixel runs. */
import type { LabelMap } from "../labelMap.ts";
import { PixelRunCollector, type PixelRuns } from "../pixelRuns.ts";
import type { BoxXyxy, Region } from "../region.ts";

export type MapView = Pick<
  LabelMap,
  "width" | "height" | "sizeHw" | "get" | "forEachRun" | "readRow" | "areaOf" | "boxOf" | "regionOf"
>;

/** Whether a pixel may pass from one owner (0: nobody) to another: locks and protection. Asked per run, so it is quick. */
export type Passage = (fromId: number, toId: number) => boolean;

/** The box grown by `marginPx` on each side and cut to the image; empty when it lies beyond. */
export function boxAround(map: MapView, box: BoxXyxy, marginPx: number): BoxXyxy {
  return [
    Math.max(0, Math.floor(box[0]) - marginPx),
    Math.max(0, Math.floor(box[1]) - marginPx),
    Math.min(map.width, Math.ceil(box[2]) + marginPx),
    Math.min(map.height, Math.ceil(box[3]) + marginPx),
  ];
}

/** Ids of a box of the map, row-major, copied, so that a new state can be worked out beside it. */
export class IdWindow {
  readonly width: number;
  readonly height: number;
  readonly ids: Uint32Array;

  constructor(
    readonly x0: number,
    readonly y0: number,
    x1: number,
    y1: number,
  ) {
    this.width = Math.max(0, x1 - x0);
    this.height = Math.max(0, y1 - y0);
    this.ids = new Uint32Array(this.width * this.height);
  }

  /** `box` lies inside the map. */
  static read(map: MapView, box: BoxXyxy): IdWindow {
    const window = new IdWindow(...box);
    for (let y = 0; y < window.height; y++) {
      map.readRow(window.y0 + y, window.x0, window.x0 + window.width, window.ids, y * window.width);
    }
    return window;
  }
}

/** What changes from one state of a window to the next. */
export function windowChanges(before: IdWindow, after: Uint32Array): PixelRuns {
  const out = new PixelRunCollector(256);
  const { ids, width, height, x0, y0 } = before;
  for (let y = 0; y < height; y++) {
    const row = y * width;
    for (let x = 0; x < width; x++) {
      const i = row + x;
      if (ids[i] !== after[i]) out.push(y0 + y, x0 + x, x0 + x + 1, ids[i], after[i]);
    }
  }
  return out.toRuns();
}

/** Pixels of a region that change owner to whom `ownerFor` says; the id itself: they stay. */
export function regionChanges(
  map: MapView,
  region: Region,
  ownerFor: (id: number) => number,
  out: PixelRunCollector,
): void {
  for (let i = 0; i < region.count; i++) {
    const y = region.ys[i];
    map.forEachRun(y, region.x0s[i], region.x1s[i], (x0, x1, id) => out.push(y, x0, x1, id, ownerFor(id)));
  }
}
