// SPDX-License-Identifier: Apache-2.0
/** `apply`, the one door by which pixels change owner (contract/edit.md). */
import type { LabelMap } from "./labelMap.ts";
import { NO_PIXELS, PixelRunCollector, type PixelRuns } from "./pixelRuns.ts";
import type { Region } from "./region.ts";

export type DrawMode = "behind" | "over" | "inside";

/** Who gets the pixels, and who may lose them. */
export interface PaintRule {
  /** 0 erases. */
  readonly segmentId: number;
  readonly mode: DrawMode;
  readonly locked: ReadonlySet<number>;
  /** Asked only in mode `inside`; 0 allowed. */
  readonly hosts: ReadonlySet<number>;
}

/** Whether a pixel of `currentId` changes owner under the rule. */
export function mayPaint(rule: PaintRule, currentId: number): boolean {
  if (currentId === rule.segmentId) return false;
  if (currentId !== 0 && rule.locked.has(currentId)) return false;
  if (rule.mode === "over") return true;
  return rule.mode === "behind" ? currentId === 0 : rule.hosts.has(currentId);
}

/** Whether the rule can change any pixel at all: a locked segment neither gains nor loses. */
export function ruleIsOpen(rule: PaintRule): boolean {
  if (rule.segmentId !== 0 && rule.locked.has(rule.segmentId)) return false;
  return rule.mode !== "inside" || rule.hosts.size > 0;
}

/** The pixels of `region` that would change owner. Does not change the map. */
export function applyRegion(
  map: LabelMap,
  region: Region,
  segmentId: number,
  mode: DrawMode,
  locked: ReadonlySet<number>,
  hosts: ReadonlySet<number>,
): PixelRuns {
  const rule: PaintRule = { segmentId, mode, locked, hosts };
  if (!ruleIsOpen(rule)) return NO_PIXELS;
  const out = new PixelRunCollector(Math.max(16, region.count));
  let y = 0;
  const visit = (x0: number, x1: number, id: number): void => {
    if (mayPaint(rule, id)) out.push(y, x0, x1, id, segmentId);
  };
  for (let i = 0; i < region.count; i++) {
    y = region.ys[i];
    map.forEachRun(y, region.x0s[i], region.x1s[i], visit);
  }
  return out.toRuns();
}
