// SPDX-License-Identifier: Apache-2.0
/**
 * The outline as it would end up: which pixels it takes and from whom. Recomputed with every move; when that takes
 * longer than a part of a frame, the picture follows when the pointer rests, the line itself never waits.
 */
import { applyRegion } from "../core/apply.ts";
import type { Point } from "../core/geometry.ts";
import type { LabelMap } from "../core/labelMap.ts";
import { SEGMENT_ID_MAX } from "../core/limits.ts";
import type { PixelRuns } from "../core/pixelRuns.ts";
import { type BoxXyxy, type Region, regionAreaPx, regionBox } from "../core/region.ts";
import type { SegmentLook } from "./canvas.ts";
import { outlineRegion } from "./drawing.ts";
import { lookOfClass } from "./looks.ts";
import { messages, percent } from "./messages.ts";
import type { EditorModel } from "./model.ts";
import type { TimerHandle } from "./ports.ts";
import { hostIds, lockedIds, nameOf, paintTarget } from "./targets.ts";

/** Owns no pixel and is never leased: stands for the thing that would be made. */
const STANDS_FOR_NEW = SEGMENT_ID_MAX;
const BUDGET_MS = 8;
const REST_MS = 60;

export class OutlinePreviewer {
  private lastCostMs = 0;
  private timer: TimerHandle | null = null;
  private shownBox: BoxXyxy | null = null;
  private shownLook: { readonly look: SegmentLook; readonly key: string } | null = null;

  constructor(private readonly model: EditorModel) {}

  show(points: readonly Point[] | null, pointScreen: Point | null): void {
    this.cancelTimer();
    if (points === null || points.length < 3) {
      this.clear();
      return;
    }
    if (this.lastCostMs <= BUDGET_MS) {
      this.compute(points, pointScreen);
      return;
    }
    this.timer = this.model.ports.timers.after(REST_MS, () => {
      this.timer = null;
      this.compute(points, pointScreen);
    });
  }

  clear(): void {
    const { model } = this;
    this.cancelTimer();
    if (model.preview === null && model.badge === null) return;
    model.preview = null;
    model.badge = null;
    if (this.shownBox !== null) model.dirtyLabels(this.shownBox);
    this.shownBox = null;
    this.lastCostMs = 0;
    model.dirtyOverlay();
  }

  private compute(points: readonly Point[], pointScreen: Point | null): void {
    const { model } = this;
    const { map } = model;
    const target = paintTarget(model);
    if (map === null || "refused" in target) {
      this.clear();
      return;
    }
    const startedMs = model.ports.clock.monotonicMs();
    const region = outlineRegion(points, model.sizeHw);
    const hosts = hostIds(model, model.mode, target.segmentId, points[0]);
    const id = target.segmentId ?? STANDS_FOR_NEW;
    const taken = applyRegion(map, region, id, model.mode, lockedIds(model), hosts);
    const exists = target.segmentId !== null && model.doc?.isLive(target.segmentId) === true;
    const box = unite(this.shownBox, regionBox(asRegion(taken)));
    model.preview = {
      taken: asRegion(taken),
      before: taken.befores,
      segmentId: exists ? target.segmentId : null,
      look: this.lookFor(target.classNumber),
      shares: model.mode === "behind",
    };
    const badge = this.badgeFor(region, taken, hosts, id);
    model.badge = badge === null || pointScreen === null ? null : { ...badge, pointScreen };
    this.shownBox = regionBox(asRegion(taken));
    if (box !== null) model.dirtyLabels(box);
    this.lastCostMs = model.ports.clock.monotonicMs() - startedMs;
    model.dirtyOverlay();
  }

  /** One object per class for as long as it looks the same: the renderer compares by identity. */
  private lookFor(classNumber: number): SegmentLook {
    const key = `${classNumber}:${this.model.lookVersion}`;
    if (this.shownLook?.key !== key) this.shownLook = { key, look: lookOfClass(this.model, classNumber) };
    return this.shownLook.look;
  }

  private badgeFor(
    region: Region,
    taken: PixelRuns,
    hosts: ReadonlySet<number>,
    target: number,
  ): { text: string; warn: boolean } | null {
    const { model } = this;
    const map = model.map!;
    if (model.mode === "inside") {
      const host = [...hosts][0];
      return host === undefined
        ? { text: messages.startInside, warn: true }
        : { text: messages.inside(nameOf(model, host)), warn: false };
    }
    if (model.mode === "over") return this.takesBadge(taken, map);
    if (taken.count === 0 && region.count > 0) return { text: messages.nothingFree, warn: true };
    const shared = largest(neighboursIn(map, region, target));
    return shared === null ? null : { text: messages.shares(shared.px, nameOf(model, shared.id)), warn: false };
  }

  private takesBadge(taken: PixelRuns, map: LabelMap): { text: string; warn: boolean } | null {
    const lost = new Map<number, number>();
    for (let i = 0; i < taken.count; i++) {
      const id = taken.befores[i];
      if (id !== 0) lost.set(id, (lost.get(id) ?? 0) + taken.x1s[i] - taken.x0s[i]);
    }
    for (const [id, px] of lost) {
      if (px === map.areaOf(id)) return { text: messages.removes(nameOf(this.model, id)), warn: true };
    }
    const most = largest(lost);
    if (most === null) return null;
    return { text: messages.takes(percent(most.px, map.areaOf(most.id)), nameOf(this.model, most.id)), warn: false };
  }

  private cancelTimer(): void {
    if (this.timer !== null) this.model.ports.timers.cancel(this.timer);
    this.timer = null;
  }
}

/** Pixels of the region by owner, without the unlabelled ones and those of the target itself. */
function neighboursIn(map: LabelMap, region: Region, target: number): ReadonlyMap<number, number> {
  const owners = new Map<number, number>();
  const visit = (x0: number, x1: number, id: number): void => {
    if (id !== 0 && id !== target) owners.set(id, (owners.get(id) ?? 0) + x1 - x0);
  };
  if (regionAreaPx(region) > 0) {
    for (let i = 0; i < region.count; i++) map.forEachRun(region.ys[i], region.x0s[i], region.x1s[i], visit);
  }
  return owners;
}

function largest(owners: ReadonlyMap<number, number>): { readonly id: number; readonly px: number } | null {
  let best: { id: number; px: number } | null = null;
  for (const [id, px] of owners) if (best === null || px > best.px) best = { id, px };
  return best;
}

/** The same arrays seen as runs without owners; runs of one row may touch where the owner changes. */
const asRegion = (runs: PixelRuns): Region => ({ ys: runs.ys, x0s: runs.x0s, x1s: runs.x1s, count: runs.count });

function unite(a: BoxXyxy | null, b: BoxXyxy | null): BoxXyxy | null {
  if (a === null || b === null) return a ?? b;
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
}
