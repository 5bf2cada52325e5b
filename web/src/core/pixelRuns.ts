// SPDX-License-Identifier: Apache-2.0
/**
 * The pixels of an edit: runs `(y, [x0, x1), before → after)` sorted by y then x0, disjoint, before ≠ after, maximal
 * (two runs that touch on one row differ in before or after). Never a gesture.
 */
import { EditError } from "./errors.ts";
import type { LabelMap } from "./labelMap.ts";
import { type BoxXyxy, orderByRow } from "./region.ts";

export interface PixelRuns {
  readonly ys: Int32Array;
  readonly x0s: Int32Array;
  readonly x1s: Int32Array;
  readonly befores: Uint32Array;
  readonly afters: Uint32Array;
  readonly count: number;
}

const NO_INTS = new Int32Array(0);
const NO_IDS = new Uint32Array(0);

export const NO_PIXELS: PixelRuns = {
  ys: NO_INTS,
  x0s: NO_INTS,
  x1s: NO_INTS,
  befores: NO_IDS,
  afters: NO_IDS,
  count: 0,
};

/** Collects runs; touching runs of one row with the same ids become one as they come. `toRuns` sorts when needed. */
export class PixelRunCollector {
  count = 0;
  private ys: Int32Array;
  private x0s: Int32Array;
  private x1s: Int32Array;
  private befores: Uint32Array;
  private afters: Uint32Array;
  private sorted = true;

  constructor(capacity = 64) {
    this.ys = new Int32Array(capacity);
    this.x0s = new Int32Array(capacity);
    this.x1s = new Int32Array(capacity);
    this.befores = new Uint32Array(capacity);
    this.afters = new Uint32Array(capacity);
  }

  /** Adds a run that is disjoint from all others; empty runs and before = after are ignored. */
  push(y: number, x0: number, x1: number, before: number, after: number): void {
    if (x1 <= x0 || before === after) return;
    const n = this.count;
    if (n > 0) {
      const last = n - 1;
      if (this.ys[last] === y && this.x1s[last] === x0) {
        if (this.befores[last] === before && this.afters[last] === after) {
          this.x1s[last] = x1;
          return;
        }
      } else if (this.ys[last] > y || (this.ys[last] === y && this.x1s[last] > x0)) this.sorted = false;
    }
    if (n === this.ys.length) this.grow();
    this.ys[n] = y;
    this.x0s[n] = x0;
    this.x1s[n] = x1;
    this.befores[n] = before;
    this.afters[n] = after;
    this.count = n + 1;
  }

  /** Sorts and joins what is collected, to give memory back in the middle of a long stroke. */
  compact(): void {
    const runs = this.toRuns();
    const room = new PixelRunCollector(Math.max(64, 2 * runs.count));
    for (let i = 0; i < runs.count; i++) {
      room.push(runs.ys[i], runs.x0s[i], runs.x1s[i], runs.befores[i], runs.afters[i]);
    }
    this.takeOver(room);
  }

  toRuns(): PixelRuns {
    const n = this.count;
    if (n === 0) return NO_PIXELS;
    if (!this.sorted) return this.sortedRuns();
    return {
      ys: this.ys.slice(0, n),
      x0s: this.x0s.slice(0, n),
      x1s: this.x1s.slice(0, n),
      befores: this.befores.slice(0, n),
      afters: this.afters.slice(0, n),
      count: n,
    };
  }

  private sortedRuns(): PixelRuns {
    const order = orderByRow(this.ys, this.x0s, this.count);
    const out = new PixelRunCollector(this.count);
    for (let k = 0; k < order.length; k++) {
      const i = order[k];
      out.push(this.ys[i], this.x0s[i], this.x1s[i], this.befores[i], this.afters[i]);
    }
    return out.toRuns();
  }

  private grow(): void {
    const next = new PixelRunCollector(this.ys.length * 2);
    next.ys.set(this.ys);
    next.x0s.set(this.x0s);
    next.x1s.set(this.x1s);
    next.befores.set(this.befores);
    next.afters.set(this.afters);
    next.count = this.count;
    next.sorted = this.sorted;
    this.takeOver(next);
  }

  private takeOver(other: PixelRunCollector): void {
    this.ys = other.ys;
    this.x0s = other.x0s;
    this.x1s = other.x1s;
    this.befores = other.befores;
    this.afters = other.afters;
    this.count = other.count;
    this.sorted = other.sorted;
  }
}

/** Pixels changed. */
export function changedPx(runs: PixelRuns): number {
  let px = 0;
  for (let i = 0; i < runs.count; i++) px += runs.x1s[i] - runs.x0s[i];
  return px;
}

/** Smallest box that holds all changed pixels, or null. */
export function changedBox(runs: PixelRuns): BoxXyxy | null {
  if (runs.count === 0) return null;
  let x0 = runs.x0s[0];
  let x1 = runs.x1s[0];
  for (let i = 1; i < runs.count; i++) {
    x0 = Math.min(x0, runs.x0s[i]);
    x1 = Math.max(x1, runs.x1s[i]);
  }
  return [x0, runs.ys[0], x1, runs.ys[runs.count - 1] + 1];
}

/** The change that takes these pixels back. */
export function invertPixels(runs: PixelRuns): PixelRuns {
  return { ...runs, befores: runs.afters, afters: runs.befores };
}

export function pixelRunsEqual(a: PixelRuns, b: PixelRuns): boolean {
  if (a.count !== b.count) return false;
  for (let i = 0; i < a.count; i++) {
    if (a.ys[i] !== b.ys[i] || a.x0s[i] !== b.x0s[i] || a.x1s[i] !== b.x1s[i]) return false;
    if (a.befores[i] !== b.befores[i] || a.afters[i] !== b.afters[i]) return false;
  }
  return true;
}

/** The one change that does a, then b. Throws `not_composable` where b does not begin as a ended. */
export function composePixels(a: PixelRuns, b: PixelRuns): PixelRuns {
  const out = new PixelRunCollector(Math.max(1, a.count + b.count));
  let i = 0;
  let j = 0;
  // What is left of a's and b's current run starts at ax and bx.
  let ax = a.count > 0 ? a.x0s[0] : 0;
  let bx = b.count > 0 ? b.x0s[0] : 0;
  while (i < a.count && j < b.count) {
    const order = a.ys[i] - b.ys[j] || ax - bx;
    const sameRow = a.ys[i] === b.ys[j];
    let aTo = ax;
    let bTo = bx;
    if (order < 0) {
      aTo = sameRow ? Math.min(a.x1s[i], bx) : a.x1s[i];
      out.push(a.ys[i], ax, aTo, a.befores[i], a.afters[i]);
    } else if (order > 0) {
      bTo = sameRow ? Math.min(b.x1s[j], ax) : b.x1s[j];
      out.push(b.ys[j], bx, bTo, b.befores[j], b.afters[j]);
    } else {
      if (a.afters[i] !== b.befores[j]) throw new EditError("not_composable");
      aTo = bTo = Math.min(a.x1s[i], b.x1s[j]);
      out.push(a.ys[i], ax, aTo, a.befores[i], b.afters[j]);
    }
    ax = aTo;
    bx = bTo;
    if (ax === a.x1s[i]) ax = ++i < a.count ? a.x0s[i] : 0;
    if (bx === b.x1s[j]) bx = ++j < b.count ? b.x0s[j] : 0;
  }
  for (; i < a.count; ax = ++i < a.count ? a.x0s[i] : 0) out.push(a.ys[i], ax, a.x1s[i], a.befores[i], a.afters[i]);
  for (; j < b.count; bx = ++j < b.count ? b.x0s[j] : 0) out.push(b.ys[j], bx, b.x1s[j], b.befores[j], b.afters[j]);
  return out.toRuns();
}

/** Writes the pixels. Throws `out_of_image`, or `stale_pixels` unless every pixel holds its before id; the map unchanged. */
export function applyPixels(map: LabelMap, runs: PixelRuns): void {
  checkFits(map, runs);
  const { ys, x0s, x1s, befores, afters } = runs;
  for (let i = 0; i < runs.count; i++) {
    if (!map.runHolds(ys[i], x0s[i], x1s[i], befores[i])) {
      throw new EditError("stale_pixels", `row ${ys[i]}, columns ${x0s[i]}..${x1s[i]}`);
    }
  }
  for (let i = 0; i < runs.count; i++) map.writeRun(ys[i], x0s[i], x1s[i], afters[i]);
}

/** Throws `out_of_image` when a run reaches beyond the map. */
export function checkFits(map: LabelMap, runs: PixelRuns): void {
  for (let i = 0; i < runs.count; i++) {
    if (runs.ys[i] >= map.height || runs.x1s[i] > map.width) throw new EditError("out_of_image");
  }
}

/**
 * What undoing these pixels can still do on a map that went on: the inverse, only where the map holds the after id.
 * `leftPx` counts the pixels that someone else has changed since.
 */
export function restorablePixels(map: LabelMap, runs: PixelRuns): { pixels: PixelRuns; leftPx: number } {
  const out = new PixelRunCollector(Math.max(1, runs.count));
  let leftPx = 0;
  for (let i = 0; i < runs.count; i++) {
    const y = runs.ys[i];
    const after = runs.afters[i];
    const before = runs.befores[i];
    map.forEachRun(y, runs.x0s[i], runs.x1s[i], (x0, x1, id) => {
      if (id === after) out.push(y, x0, x1, after, before);
      else leftPx += x1 - x0;
    });
  }
  return { pixels: out.toRuns(), leftPx };
}
