// SPDX-License-Identifier: Apache-2.0
/** The part that a click of the fill would take. Searched once per part: moving within it costs nothing. */
import { applyRegion } from "../core/apply.ts";
import { floodRegion } from "../core/flood.ts";
import type { Point } from "../core/geometry.ts";
import type { LabelMap } from "../core/labelMap.ts";
import { changedPx } from "../core/pixelRuns.ts";
import { type Region, regionHas } from "../core/region.ts";
import type { Badge } from "./canvas.ts";
import { whyNotFilled } from "./drawing.ts";
import { messages, percent } from "./messages.ts";
import type { EditorModel } from "./model.ts";
import type { TimerHandle } from "./ports.ts";
import { PreviewBoard } from "./previewBoard.ts";
import { BUDGET_MS, REST_MS, STANDS_FOR_NEW, takesBadge } from "./previewing.ts";
import { heldFrom, hostIds, type PaintTarget, paintTarget } from "./targets.ts";

/** A fill of more than this share of the image says so. */
const LARGE_SHARE = 0.25;

interface Shown {
  readonly region: Region;
  readonly map: LabelMap;
  readonly key: string;
  readonly badge: Omit<Badge, "pointScreen"> | null;
}

export class FillPreviewer {
  private readonly board: PreviewBoard;
  private shown: Shown | null = null;
  private lastCostMs = 0;
  private timer: TimerHandle | null = null;

  constructor(private readonly model: EditorModel) {
    this.board = new PreviewBoard(model);
  }

  /** Null: the pointer is away. */
  show(at: Point | null, pointScreen: Point | null): void {
    const { model } = this;
    this.cancelTimer();
    const { map } = model;
    const target = paintTarget(model);
    if (at === null || map === null || "refused" in target || !isInside(map, at)) {
      this.clear();
      return;
    }
    if (this.shown !== null && this.isStill(this.shown, map, at, target)) {
      model.badge = placed(this.shown.badge, pointScreen);
      model.dirtyOverlay();
      return;
    }
    if (this.lastCostMs <= BUDGET_MS) {
      this.compute(map, at, pointScreen, target);
      return;
    }
    // What was shown is no longer what a click takes.
    this.clear();
    this.timer = model.ports.timers.after(REST_MS, () => {
      this.timer = null;
      this.compute(map, at, pointScreen, target);
    });
  }

  private compute(map: LabelMap, at: Point, pointScreen: Point | null, target: PaintTarget): void {
    const { model } = this;
    const startedMs = model.ports.clock.monotonicMs();
    const region = floodRegion(map, Math.floor(at.x), Math.floor(at.y));
    const hosts = hostIds(model, model.mode, target.segmentId, at);
    const id = target.segmentId ?? STANDS_FOR_NEW;
    const taken = applyRegion(map, region, id, model.mode, heldFrom(model, target.classNumber), hosts);
    let badge: Shown["badge"] = null;
    const share = changedPx(taken) / (map.width * map.height);
    const under = map.get(Math.floor(at.x), Math.floor(at.y));
    if (taken.count === 0) {
      // On the segment that a fill adds to there is nothing to warn of: most often this click has just filled it.
      if (under !== target.segmentId) badge = { text: whyNotFilled(model, under, target, hosts), warn: true };
    } else if (share > LARGE_SHARE) badge = { text: messages.ofImage(percent(share, 1)), warn: false };
    else badge = takesBadge(model, taken, map);
    this.shown = { region, map, key: this.keyFor(target), badge };
    this.board.show(taken, target, placed(badge, pointScreen));
    this.lastCostMs = model.ports.clock.monotonicMs() - startedMs;
  }

  private clear(): void {
    this.shown = null;
    this.board.clear();
  }

  private isStill(shown: Shown, map: LabelMap, at: Point, target: PaintTarget): boolean {
    if (this.model.preview === null || shown.map !== map || shown.key !== this.keyFor(target)) return false;
    return regionHas(shown.region, Math.floor(at.x), Math.floor(at.y));
  }

  /** Changes with the pixels, the locks, the selection, the target and the draw mode. */
  private keyFor(target: PaintTarget): string {
    const { segmentsVersion, mode } = this.model;
    return `${segmentsVersion}:${mode}:${target.segmentId}:${target.classNumber}`;
  }

  private cancelTimer(): void {
    if (this.timer !== null) this.model.ports.timers.cancel(this.timer);
    this.timer = null;
  }
}

const placed = (badge: Shown["badge"], pointScreen: Point | null): Badge | null =>
  badge === null || pointScreen === null ? null : { ...badge, pointScreen };

const isInside = (map: LabelMap, { x, y }: Point): boolean => x >= 0 && y >= 0 && x < map.width && y < map.height;
