// SPDX-License-Identifier: Apache-2.0
/** Pixels that a merge or a deletion did not name, since another author gave them to the segment in the meantime. */
import type { LabelMap } from "./labelMap.ts";
import { composePixels, PixelRunCollector, type PixelRuns } from "./pixelRuns.ts";

/**
 * `written` (exact against `map`), and with it every pixel that a key of `targets` would keep goes to its target.
 * No target is a key.
 */
export function carriedOver(map: LabelMap, written: PixelRuns, targets: ReadonlyMap<number, number>): PixelRuns {
  const moves = new PixelRunCollector();
  for (const [id, target] of targets) {
    const { ys, x0s, x1s, count } = map.regionOf(id);
    for (let i = 0; i < count; i++) moves.push(ys[i], x0s[i], x1s[i], id, target);
  }
  // As if the whole segment had gone over first, and what was written came after that.
  const renamed = (id: number): number => targets.get(id) ?? id;
  const rest = new PixelRunCollector(Math.max(1, written.count));
  const { ys, x0s, x1s, befores, afters, count } = written;
  for (let i = 0; i < count; i++) rest.push(ys[i], x0s[i], x1s[i], renamed(befores[i]), renamed(afters[i]));
  return composePixels(moves.toRuns(), rest.toRuns());
}

/** Pixels that `id` owns after `written` (exact against `map`). */
export function areaAfter(map: LabelMap, written: PixelRuns, id: number): number {
  let area = map.areaOf(id);
  const { x0s, x1s, befores, afters, count } = written;
  for (let i = 0; i < count; i++) {
    if (befores[i] === id) area -= x1s[i] - x0s[i];
    if (afters[i] === id) area += x1s[i] - x0s[i];
  }
  return area;
}
