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
import type { Region } from "../core/region.ts";
import { outlineRegion, ownersIn } from "./drawing.ts";
import { messages, percent } from "./messages.ts";
import type { EditorModel } from "./model.ts";
import type { TimerHandle } from "./ports.ts";
import { PreviewBoard } from "./previewBoard.ts";
import { heldFrom, hostIds, nameOf, type PaintTarget, paintTarget, whyProtected } from "./targets.ts";

/** Owns no pixel and is never leased: stands for the thing that would be made. */
export const STANDS_FOR_NEW = SEGMENT_ID_MAX;
/** A preview that costs more than this is made when the pointer has rested. */
export const BUDGET_MS = 8;
export const REST_MS = 60;

export class OutlinePreviewer {
  private lastCostMs = 0;
  private timer: TimerHandle | null = null;
  private readonly board: PreviewBoard;

  constructor(private readonly model: EditorModel) {
    this.board = new PreviewBoard(model);
  }

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
    this.cancelTimer();
    this.model.setSpotlight(null, null);
    if (this.board.clear()) this.lastCostMs = 0;
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
    const held = heldFrom(model, target.classNumber);
    const taken = applyRegion(map, region, id, model.mode, held, hosts);
    const badge = this.badgeFor(region, taken, hosts, target);
    this.board.show(
      taken,
      target,
      badge === null || pointScreen === null ? null : { ...badge, pointScreen },
      keptIn(map, region, held),
    );
    model.setSpotlight(hosts, target.segmentId);
    this.lastCostMs = model.ports.clock.monotonicMs() - startedMs;
  }

  private badgeFor(
    region: Region,
    taken: PixelRuns,
    hosts: ReadonlySet<number>,
    target: PaintTarget,
  ): { text: string; warn: boolean } | null {
    const { model } = this;
    const map = model.map!;
    if (model.mode === "inside") {
      const host = [...hosts][0];
      return host === undefined
        ? { text: messages.startInside, warn: true }
        : { text: messages.inside(nameOf(model, host)), warn: false };
    }
    if (model.mode === "over") {
      const held = model.protection.open ? null : whyProtected(model, target.classNumber, ownersIn(map, region).keys());
      return withHeld(takesBadge(model, taken, map), held, taken.count === 0);
    }
    if (taken.count === 0 && region.count > 0) return { text: messages.nothingFree, warn: true };
    const owners = new Map(ownersIn(map, region));
    owners.delete(target.segmentId ?? STANDS_FOR_NEW);
    const shared = largest(owners);
    return shared === null ? null : { text: messages.shares(shared.px, nameOf(model, shared.id)), warn: false };
  }

  private cancelTimer(): void {
    if (this.timer !== null) this.model.ports.timers.cancel(this.timer);
    this.timer = null;
  }
}

/** Pixels of the region whose owners keep them; null: none. */
function keptIn(map: LabelMap, region: Region, held: ReadonlySet<number>): Region | null {
  if (held.size === 0) return null;
  const ys: number[] = [];
  const x0s: number[] = [];
  const x1s: number[] = [];
  for (let i = 0; i < region.count; i++) {
    map.forEachRun(region.ys[i], region.x0s[i], region.x1s[i], (x0, x1, id) => {
      if (!held.has(id)) return;
      ys.push(region.ys[i]);
      x0s.push(x0);
      x1s.push(x1);
    });
  }
  if (ys.length === 0) return null;
  return { ys: Int32Array.from(ys), x0s: Int32Array.from(x0s), x1s: Int32Array.from(x1s), count: ys.length };
}

/** Who loses most by it, or vanishes. */
export function takesBadge(
  model: EditorModel,
  taken: PixelRuns,
  map: LabelMap,
): { readonly text: string; readonly warn: boolean } | null {
  const lost = new Map<number, number>();
  for (let i = 0; i < taken.count; i++) {
    const id = taken.befores[i];
    if (id !== 0) lost.set(id, (lost.get(id) ?? 0) + taken.x1s[i] - taken.x0s[i]);
  }
  for (const [id, px] of lost) {
    if (px === map.areaOf(id)) return { text: messages.removes(nameOf(model, id)), warn: true };
  }
  const most = largest(lost);
  if (most === null) return null;
  return { text: messages.takes(percent(most.px, map.areaOf(most.id)), nameOf(model, most.id)), warn: false };
}

type BadgeText = { readonly text: string; readonly warn: boolean };

/** What is taken, and beside it who keeps theirs. */
export function withHeld(taken: BadgeText | null, held: string | null, nothing: boolean): BadgeText | null {
  if (held === null) return taken;
  return taken === null ? { text: held, warn: nothing } : { text: `${taken.text} · ${held}`, warn: taken.warn };
}

function largest(owners: ReadonlyMap<number, number>): { readonly id: number; readonly px: number } | null {
  let best: { id: number; px: number } | null = null;
  for (const [id, px] of owners) if (best === null || px > best.px) best = { id, px };
  return best;
}
