// SPDX-License-Identifier: Apache-2.0
/**
 * A tool that draws one open line: drag freehand (Shift: straight) and it acts on release, or click points and press
 * Enter. What it does with the line is worked out anew with each move.
 */
import { thinPath } from "../../core/geometry.ts";
import { isSamePlace, OutlineDraft, toFifteenDegrees } from "../outline.ts";
import type { PixelProposal } from "../pixelProposal.ts";
import { isDoubleClick } from "../select.ts";
import {
  type CursorName,
  distance,
  lastSample,
  noOverlay,
  type Overlay,
  type Point,
  type PointerKind,
  type PointerSample,
  type TagOverlay,
  type Tool,
  type ToolPhase,
  type ToolPointer,
} from "../Tool.ts";
import { radiiFor, type ToolContext } from "../toolContext.ts";

const THIN_SCREEN_PX = 0.75;

interface Press {
  readonly at: PointerSample;
  /** Null while it may still be a click. */
  run: Point[] | null;
}

/** What a line would do, and what is written on the picture meanwhile. */
export interface Made {
  readonly proposal: PixelProposal;
  readonly tags: readonly TagOverlay[];
}

export abstract class LineTool implements Tool {
  private draft = new OutlineDraft();
  private pressed: Press | null = null;
  private pointer: PointerSample | null = null;
  private aim: Point | null = null;
  private kind: PointerKind = "mouse";
  private lastClick: PointerSample | null = null;
  private tags: readonly TagOverlay[] = [];

  constructor(protected readonly context: ToolContext) {}

  protected abstract readonly cursor: CursorName;
  /** What the line does; null: it has not begun to do anything. Tags are shown with it. */
  protected abstract propose(line: readonly Point[]): Made | null;

  get phase(): ToolPhase {
    if (this.pressed !== null) return "pressing";
    return this.draft.isEmpty ? "idle" : "open";
  }

  hover(pointer: ToolPointer): void {
    this.pointer = lastSample(pointer);
    this.kind = pointer.pointerType;
    this.aim = this.place(pointer);
    this.show();
  }

  press(pointer: ToolPointer): void {
    if (this.context.mapToChange() === null) return;
    this.pointer = lastSample(pointer);
    this.pressed = { at: this.pointer, run: null };
  }

  drag(pointer: ToolPointer): void {
    const { pressed } = this;
    if (pressed === null) return;
    this.pointer = lastSample(pointer);
    const moved = distance(this.pointer.pointScreen, pressed.at.pointScreen);
    if (pressed.run === null && moved < radiiFor(pointer.pointerType).dragPx) return;
    pressed.run ??= [pressed.at.pointImage];
    if (pointer.shift) pressed.run = [pressed.run[0], this.pointer.pointImage];
    else for (const sample of pointer.samples) pressed.run.push(sample.pointImage);
    this.aim = null;
    this.show();
  }

  release(pointer: ToolPointer): void {
    const { pressed } = this;
    this.pressed = null;
    if (pressed === null) return;
    this.pointer = lastSample(pointer);
    if (pressed.run !== null) {
      const run = thinPath(pressed.run, THIN_SCREEN_PX / this.context.scale());
      this.draft.change([...this.draft.points, ...run]);
      this.apply(pointer.pointerType, false);
    } else this.click(pressed, pointer);
    this.aim = this.place(pointer);
    this.show();
    this.context.changed();
  }

  leave(): void {
    if (this.pressed !== null) return;
    this.pointer = null;
    this.aim = null;
    this.show();
  }

  cancelGesture(): void {
    this.pressed = null;
    this.show();
  }

  escape(): boolean {
    if (this.phase === "idle") return false;
    this.pressed = null;
    this.draft = new OutlineDraft();
    this.show();
    return true;
  }

  finish(): boolean {
    if (this.draft.isEmpty) return false;
    this.apply("mouse", true);
    this.show();
    return true;
  }

  undo(): boolean {
    const undone = this.pressed === null ? this.draft.undo() : this.escape();
    this.show();
    return undone;
  }

  redo(): boolean {
    const redone = this.draft.redo();
    this.show();
    return redone;
  }

  nudge(dx: number, dy: number): boolean {
    const { points } = this.draft;
    if (points.length === 0) return false;
    const last = points[points.length - 1];
    this.draft.change([...points.slice(0, -1), { x: last.x + dx, y: last.y + dy }]);
    this.aim = null;
    this.show();
    return true;
  }

  refresh(): void {
    this.show();
  }

  suspend(): void {
    this.escape();
    this.pointer = null;
    this.aim = null;
    this.context.propose(null, null);
  }

  resume(): void {}

  overlay(): Overlay {
    const border = { line: this.line(), lit: [], handles: this.draft.points, tags: this.tags };
    return { ...noOverlay(this.cursor), border };
  }

  private click(pressed: Press, pointer: ToolPointer): void {
    const again = this.lastClick !== null && isDoubleClick(this.lastClick, pressed.at);
    this.lastClick = pressed.at;
    if (again && this.draft.points.length > 1) {
      this.apply(pointer.pointerType, true);
      return;
    }
    const place = this.place(pointer);
    const { points } = this.draft;
    if (points.length === 0 || !isSamePlace(points[points.length - 1], place)) this.draft.change([...points, place]);
  }

  /** The line does what it shows; when that is nothing, a line of clicks may stay, so that it can go on. */
  private apply(kind: PointerKind, stays: boolean): void {
    const made = this.made(this.draft.points, kind);
    this.context.propose(null, null);
    const changedPx = made === null ? 0 : this.context.commitProposal(made.proposal);
    if (changedPx > 0 || !stays) this.draft = new OutlineDraft();
    this.lastClick = null;
  }

  private line(): readonly Point[] {
    if (this.pressed?.run != null) return [...this.draft.points, ...this.pressed.run];
    const { points } = this.draft;
    return points.length > 0 && this.aim !== null ? [...points, this.aim] : points;
  }

  /** What the line does; where that is nothing and it comes back to its beginning, what it does as a loop. */
  private made(line: readonly Point[], kind: PointerKind): Made | null {
    if (line.length < 2) return null;
    const open = this.propose(line);
    if (open !== null && open.proposal.pixels.count > 0) return open;
    const reachPx = radiiFor(kind).closePx / this.context.scale();
    const [first, last] = [line[0], line[line.length - 1]];
    const wentAway = line.some((point) => distance(first, point) > 2 * reachPx);
    return wentAway && distance(first, last) <= reachPx ? this.propose([...line, first]) : open;
  }

  private place(pointer: ToolPointer): Point {
    const { pointImage } = lastSample(pointer);
    const last = this.draft.points[this.draft.points.length - 1];
    return pointer.shift && last !== undefined ? toFifteenDegrees(last, pointImage) : pointImage;
  }

  private show(): void {
    const line = this.line();
    this.tags = [];
    const make = (): PixelProposal | null => {
      const made = this.made(line, this.kind);
      this.tags = made?.tags ?? [];
      return made?.proposal ?? null;
    };
    this.context.propose(line.length < 2 ? null : make, this.pointer?.pointScreen ?? null);
    this.context.repaint();
  }
}
