// SPDX-License-Identifier: Apache-2.0
/**
 * A live stroke: regions are applied to the map as they come, with what is needed to take them back.
 * The result equals `applyRegion` of the union of the regions on the map as it was before.
 */
import { mayPaint, type PaintRule, ruleIsOpen } from "./apply.ts";
import { EditError } from "./errors.ts";
import type { LabelMap } from "./labelMap.ts";
import { PixelRunCollector, type PixelRuns } from "./pixelRuns.ts";
import type { BoxXyxy, Region } from "./region.ts";

/** A wide brush leaves hundreds of slivers a move; from here on they are joined, so that memory follows the area. */
const COMPACT_FROM_RUNS = 50_000;

export class StrokeRecorder {
  private readonly map: LabelMap;
  private readonly rule: PaintRule;
  private readonly open: boolean;
  private readonly done = new PixelRunCollector(1024);
  /** Runs of the row being painted: x0, x1, before; a map may not be written while it is read. */
  private readonly pending: number[] = [];
  private compactAt = COMPACT_FROM_RUNS;
  private ended = false;
  private px = 0;

  private constructor(map: LabelMap, rule: PaintRule) {
    this.map = map;
    this.rule = rule;
    this.open = ruleIsOpen(rule);
  }

  /** Starts a stroke. Until `finish` or `cancel` nobody else may write to the map. */
  static begin(map: LabelMap, rule: PaintRule): StrokeRecorder {
    return new StrokeRecorder(map, rule);
  }

  /** Pixels changed so far. */
  get changedPx(): number {
    return this.px;
  }

  /** Paints what of the region the rule allows; the box of the changed pixels, or null when there are none. */
  add(region: Region): BoxXyxy | null {
    if (this.ended) throw new EditError("stroke_ended");
    if (!this.open) return null;
    let left = this.map.width;
    let right = 0;
    let top = -1;
    let bottom = 0;
    for (let i = 0; i < region.count; i++) {
      const y = region.ys[i];
      this.map.forEachRun(y, region.x0s[i], region.x1s[i], this.note);
      if (this.pending.length === 0) continue;
      if (top < 0) top = y;
      bottom = y + 1;
      left = Math.min(left, this.pending[0]);
      right = Math.max(right, this.pending[this.pending.length - 2]);
      this.paint(y);
    }
    if (this.done.count > this.compactAt) {
      this.done.compact();
      this.compactAt = Math.max(COMPACT_FROM_RUNS, 2 * this.done.count);
    }
    return top < 0 ? null : [left, top, right, bottom];
  }

  private readonly note = (x0: number, x1: number, id: number): void => {
    if (mayPaint(this.rule, id)) this.pending.push(x0, x1, id);
  };

  private paint(y: number): void {
    const { pending, rule } = this;
    for (let k = 0; k < pending.length; k += 3) {
      this.done.push(y, pending[k], pending[k + 1], pending[k + 2], rule.segmentId);
      this.map.writeRun(y, pending[k], pending[k + 1], rule.segmentId);
      this.px += pending[k + 1] - pending[k];
    }
    pending.length = 0;
  }

  /** Ends the stroke: its pixels as canonical runs. The map keeps them. */
  finish(): PixelRuns {
    if (this.ended) throw new EditError("stroke_ended");
    this.ended = true;
    return this.done.toRuns();
  }

  /** Ends the stroke and gives every pixel back to its owner. The box to redraw is that of the runs returned. */
  cancel(): PixelRuns {
    const runs = this.finish();
    for (let i = 0; i < runs.count; i++) this.map.writeRun(runs.ys[i], runs.x0s[i], runs.x1s[i], runs.befores[i]);
    return runs;
  }
}
