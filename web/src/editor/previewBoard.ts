// SPDX-License-Identifier: Apache-2.0
/** Puts the pixels that a gesture would take on the picture, and takes them off again; redraws no more than they cover. */
import type { PixelRuns } from "../core/pixelRuns.ts";
import { type BoxXyxy, type Region, regionBox } from "../core/region.ts";
import type { Badge, SegmentLook } from "./canvas.ts";
import { lookOfClass } from "./looks.ts";
import type { EditorModel } from "./model.ts";
import type { PaintTarget } from "./targets.ts";

export class PreviewBoard {
  private shownBox: BoxXyxy | null = null;
  private shownLook: { readonly look: SegmentLook; readonly key: string } | null = null;

  constructor(private readonly model: EditorModel) {}

  /** `kept`: pixels that it meets and may not take. */
  show(taken: PixelRuns, target: PaintTarget, badge: Badge | null, kept: Region | null = null): void {
    const { model } = this;
    const exists = target.segmentId !== null && model.doc?.isLive(target.segmentId) === true;
    const region = asRegion(taken);
    const covered = kept === null ? regionBox(region) : unite(regionBox(region), regionBox(kept));
    const box = unite(this.shownBox, covered);
    model.preview = {
      taken: region,
      before: taken.befores,
      segmentId: exists ? target.segmentId : null,
      look: this.lookFor(target.classNumber),
      shares: model.mode === "behind",
      kept,
    };
    model.badge = badge;
    this.shownBox = covered;
    if (box !== null) model.dirtyLabels(box);
    model.dirtyOverlay();
  }

  /** Says whether anything was there. */
  clear(): boolean {
    const { model } = this;
    if (model.preview === null && model.badge === null) return false;
    model.preview = null;
    model.badge = null;
    if (this.shownBox !== null) model.dirtyLabels(this.shownBox);
    this.shownBox = null;
    model.dirtyOverlay();
    return true;
  }

  /** One object per class for as long as it looks the same: the renderer compares by identity. */
  private lookFor(classNumber: number): SegmentLook {
    const key = `${classNumber}:${this.model.lookVersion}`;
    if (this.shownLook?.key !== key) this.shownLook = { key, look: lookOfClass(this.model, classNumber) };
    return this.shownLook.look;
  }
}

/** The same arrays seen as runs without owners; runs of one row may touch where the owner changes. */
const asRegion = (runs: PixelRuns): Region => ({ ys: runs.ys, x0s: runs.x0s, x1s: runs.x1s, count: runs.count });

function unite(a: BoxXyxy | null, b: BoxXyxy | null): BoxXyxy | null {
  if (a === null || b === null) return a ?? b;
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
}
