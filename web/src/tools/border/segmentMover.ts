// SPDX-License-Identifier: Apache-2.0
/** A segment on the move: shown where it would come to lie, made one edit when it is let go. */
import { movedSegment } from "../../core/border/moveSegment.ts";
import { NO_PIXELS, type PixelRuns } from "../../core/pixelRuns.ts";
import type { PixelProposal } from "../pixelProposal.ts";
import type { Point } from "../Tool.ts";
import type { ToolContext } from "../toolContext.ts";
import { ownerChanges, shortOf } from "./ownerChanges.ts";
import { borderWords as words } from "./words.ts";

export class SegmentMover {
  private dx = 0;
  private dy = 0;

  constructor(
    private readonly context: ToolContext,
    private readonly segmentId: number,
  ) {}

  /** Moved so far, whole image px. */
  moveTo(dx: number, dy: number, pointScreen: Point | null): void {
    this.dx = Math.round(dx);
    this.dy = Math.round(dy);
    this.show(pointScreen);
  }

  moveBy(dx: number, dy: number): void {
    this.moveTo(this.dx + dx, this.dy + dy, null);
  }

  show(pointScreen: Point | null): void {
    this.context.propose(() => this.proposal(), pointScreen);
  }

  drop(): void {
    const made = this.proposal();
    this.cancel();
    if (made !== null) this.context.commitProposal(made);
  }

  cancel(): void {
    this.context.propose(null, null);
  }

  private proposal(): PixelProposal | null {
    const { context, segmentId } = this;
    const map = context.map();
    if (map === null || (this.dx === 0 && this.dy === 0)) return null;
    const name = context.nameOf(segmentId);
    const base = { tool: "move", newLike: null } as const;
    if (context.locked().has(segmentId)) {
      return { ...base, pixels: NO_PIXELS, badge: { text: words.locked(name), warn: true }, done: "" };
    }
    const may = context.passage();
    const mode = context.drawMode();
    const mayCover = (id: number): boolean => may(id, segmentId) && (mode === "over" || id === 0);
    const pixels = movedSegment(map, segmentId, this.dx, this.dy, { mayCover, closesUp: mode !== "behind", may });
    if (pixels.count === 0) return { ...base, pixels, badge: { text: words.closed, warn: false }, done: "" };
    const by = words.movedBy(this.dx, this.dy);
    const covered = this.covers(pixels);
    const badge = covered === null ? { text: by, warn: false } : { ...covered, text: `${by} · ${covered.text}` };
    return { ...base, pixels, badge, done: words.moved(name, this.dx, this.dy) };
  }

  /** Who vanishes by it, else who loses most; null: nobody loses. */
  private covers(pixels: PixelRuns): PixelProposal["badge"] {
    const { context, segmentId } = this;
    const changes = ownerChanges(pixels);
    const gone = shortOf(context, changes);
    if (gone !== null) return { text: words.removes(gone), warn: true };
    const from = changes.lost.find(({ id }) => id !== segmentId && id !== 0);
    if (from === undefined) return null;
    return { text: words.takes(from.px, context.map()?.areaOf(from.id) ?? 0, context.nameOf(from.id)), warn: false };
  }
}
