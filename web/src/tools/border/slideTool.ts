// SPDX-License-Identifier: Apache-2.0
/**
 * Slide border: the border under the pointer lights up between its two junctions; dragging moves it and both its
 * neighbours follow. A junction moves when it is grabbed itself; zoomed in far, so do the border's vertices. A click
 * keeps a border in hand for the arrow keys.
 */
import { arcThrough, crackCount, crackNear } from "../../core/border/arc.ts";
import { type ArcMove, movedArcs } from "../../core/border/arcMoves.ts";
import type { MapView } from "../../core/border/mapView.ts";
import { normalOf, slideJunction, slideVertex, slideWhole, slideWithFalloff } from "../../core/border/slide.ts";
import { NO_PIXELS } from "../../core/pixelRuns.ts";
import { isSamePlace } from "../outline.ts";
import type { PixelProposal } from "../pixelProposal.ts";
import {
  type BorderOverlay,
  type CursorName,
  distance,
  lastSample,
  noOverlay,
  type Overlay,
  type Point,
  type PointerSample,
  type Tool,
  type ToolPhase,
  type ToolPointer,
} from "../Tool.ts";
import { radiiFor, type ToolContext } from "../toolContext.ts";
import { badgeOf } from "./badge.ts";
import { cursorAcross, type Grip, gripAt, type HeldBorder, heldBorder } from "./grip.ts";
import { ownerChanges } from "./ownerChanges.ts";
import { borderWords as words } from "./words.ts";

const REACH_SCREEN_PX = 24;
const REACH_MIN_SCREEN_PX = 4;
const REACH_MAX_SCREEN_PX = 800;
const REACH_STEP = 1.2;
/** An arrow key nearly along the border (more than 68° off its normal) does not move it. */
const LEAST_ACROSS = 0.38;

interface Press {
  readonly at: PointerSample;
  readonly held: HeldBorder;
  readonly grip: Grip;
  moving: boolean;
}

export class SlideTool implements Tool {
  private hovered: HeldBorder | null = null;
  private chosen: HeldBorder | null = null;
  private grip: Grip | null = null;
  private pressed: Press | null = null;
  private pointer: PointerSample | null = null;
  private reachScreenPx = REACH_SCREEN_PX;
  private sizing = false;

  constructor(private readonly context: ToolContext) {}

  get phase(): ToolPhase {
    return this.pressed === null ? "idle" : "pressing";
  }

  /** The border in hand. */
  get takesArrows(): boolean {
    return this.chosen !== null;
  }

  hover(pointer: ToolPointer): void {
    this.pointer = lastSample(pointer);
    this.sizing = false;
    this.find(pointer);
    this.context.repaint();
  }

  press(pointer: ToolPointer): void {
    this.hover(pointer);
    if (this.context.mapToChange() === null) return;
    if (this.hovered === null || this.grip === null) {
      this.chosen = null;
      this.context.repaint();
      return;
    }
    this.pressed = { at: this.pointer!, held: this.hovered, grip: this.grip, moving: false };
    this.context.repaint();
  }

  drag(pointer: ToolPointer): void {
    const { pressed } = this;
    if (pressed === null) return;
    this.pointer = lastSample(pointer);
    const moved = distance(this.pointer.pointScreen, pressed.at.pointScreen);
    if (!pressed.moving && moved < radiiFor(pointer.pointerType).dragPx) return;
    pressed.moving = true;
    this.show();
  }

  release(pointer: ToolPointer): void {
    const { pressed } = this;
    this.pressed = null;
    if (pressed === null) return;
    this.pointer = lastSample(pointer);
    if (pressed.moving) {
      const made = this.proposal(this.movesOf(pressed));
      this.context.propose(null, null);
      if (made !== null) this.context.commitProposal(made);
      this.chosen = null;
    } else this.chosen = pressed.held;
    this.find(pointer);
    this.context.repaint();
    this.context.changed();
  }

  leave(): void {
    if (this.pressed !== null) return;
    this.pointer = null;
    this.hovered = null;
    this.context.repaint();
  }

  cancelGesture(): void {
    this.pressed = null;
    this.context.propose(null, null);
    this.context.repaint();
  }

  escape(): boolean {
    if (this.pressed === null && this.chosen === null) return false;
    this.chosen = null;
    this.cancelGesture();
    return true;
  }

  finish(): boolean {
    return false;
  }

  undo(): boolean {
    if (this.pressed === null) return false;
    this.cancelGesture();
    return true;
  }

  redo(): boolean {
    return false;
  }

  /** The border in hand moves along its normal; a closed one moves as the arrow says. */
  nudge(dx: number, dy: number): boolean {
    const held = this.chosen;
    if (held === null) return false;
    const map = this.context.mapToChange();
    if (map === null) return true;
    const normal = normalOf(held.arc);
    const length = Math.max(Math.abs(dx), Math.abs(dy));
    const across = normal === null ? 1 : (normal.x * dx + normal.y * dy) / length;
    if (Math.abs(across) < LEAST_ACROSS) return true;
    const step = length * Math.sign(across);
    const by = normal === null ? { x: dx, y: dy } : { x: normal.x * step, y: normal.y * step };
    const move = slideWhole(held.arc, by, this.reachPx());
    const made = this.proposal([move]);
    if (made !== null && this.context.commitProposal(made) > 0) this.chosen = this.sameBorder(map, held, move);
    this.context.repaint();
    return true;
  }

  sizeBy(notches: number): boolean {
    const next = this.reachScreenPx * REACH_STEP ** notches;
    this.reachScreenPx = Math.min(REACH_MAX_SCREEN_PX, Math.max(REACH_MIN_SCREEN_PX, next));
    this.sizing = true;
    if (this.pressed?.moving) this.show();
    this.context.repaint();
    return true;
  }

  /** Pixels, view or locks changed: what was found is found anew. */
  refresh(): void {
    const map = this.context.map();
    if (this.chosen !== null) {
      const { arc } = this.chosen;
      const middle = Math.floor(arc.xs.length / 2);
      const crack = map === null ? null : crackNear(map, { x: arc.xs[middle], y: arc.ys[middle] }, 1);
      const now = map === null || crack === null ? null : arcThrough(map, crack);
      this.chosen =
        now !== null && now.left === arc.left && now.right === arc.right ? heldBorder(now, this.context.scale()) : null;
    }
    this.hovered = null;
    if (this.pressed?.moving) this.show();
    this.context.repaint();
  }

  suspend(): void {
    this.chosen = null;
    this.hovered = null;
    this.pointer = null;
    this.cancelGesture();
  }

  resume(): void {}

  overlay(): Overlay {
    const lit = this.pressed?.held ?? this.hovered ?? this.chosen;
    const border: BorderOverlay = {
      line: [],
      // While it moves the pixels show where it goes; the old border would only cover them.
      lit: lit === null || this.pressed?.moving ? [] : lit.corners,
      handles: lit === null || this.pressed?.moving ? [] : this.handlesOf(lit),
      tags: this.tags(),
    };
    return { ...noOverlay(this.cursor()), border };
  }

  private tags(): BorderOverlay["tags"] {
    if (!this.sizing || this.pointer === null) return [];
    return [{ text: words.reach(Math.round(this.reachScreenPx)), at: this.pointer.pointImage }];
  }

  private handlesOf({ arc, vertices }: HeldBorder): readonly Point[] {
    const places = vertices.length > 0 ? vertices : arc.closed ? [] : [0, crackCount(arc)];
    return places.map((i) => ({ x: arc.xs[i], y: arc.ys[i] }));
  }

  private cursor(): CursorName {
    const held = this.pressed?.held ?? this.hovered;
    if (held === null) return "crosshair";
    const { left, right } = held.arc;
    const may = this.context.passage();
    if (this.pressed !== null && !may(left, right) && !may(right, left)) return "not-allowed";
    const grip = this.pressed?.grip ?? this.grip;
    if (grip === null || grip.kind !== "place") return "vertex";
    return cursorAcross(held.arc, grip.at);
  }

  private reachPx(): number {
    return this.reachScreenPx / this.context.scale();
  }

  /** The border under the pointer and what of it a press would grab. */
  private find(pointer: ToolPointer): void {
    const at = lastSample(pointer).pointImage;
    const map = this.context.map();
    const radii = radiiFor(pointer.pointerType);
    const crack = map === null ? null : crackNear(map, at, Math.max(radii.snapPx / this.context.scale(), 0.75));
    if (map === null || crack === null) {
      this.hovered = null;
      this.grip = null;
      return;
    }
    this.hovered = heldBorder(arcThrough(map, crack), this.context.scale());
    this.grip = gripAt(map, this.hovered, at, radii.vertexPx / this.context.scale());
  }

  private movesOf({ at, held, grip }: Press): readonly ArcMove[] {
    const map = this.context.map();
    if (map === null || this.pointer === null || isSamePlace(this.pointer.pointImage, at.pointImage)) return [];
    const by = { x: this.pointer.pointImage.x - at.pointImage.x, y: this.pointer.pointImage.y - at.pointImage.y };
    if (grip.kind === "junction") return slideJunction(map, grip.at, by, this.reachPx());
    const move =
      grip.kind === "vertex"
        ? slideVertex(held.arc, held.vertices, grip.which, by)
        : slideWithFalloff(held.arc, grip.at, by, this.reachPx());
    return move === null ? [] : [move];
  }

  private show(): void {
    const { pressed } = this;
    if (pressed === null) return;
    const moves = this.movesOf(pressed);
    this.context.propose(() => this.proposal(moves), this.pointer?.pointScreen ?? null);
    this.context.repaint();
  }

  private proposal(moves: readonly ArcMove[]): PixelProposal | null {
    const { context } = this;
    const map = context.map();
    if (map === null || moves.length === 0) return null;
    const may = context.passage();
    const sides = new Set(moves.flatMap(({ arc }) => [arc.left, arc.right]));
    const pixels = movedArcs(map, moves, may);
    const base = { tool: "slide", newLike: null } as const;
    if (pixels.count === 0) {
      const locked = [...sides].find((id) => context.locked().has(id));
      const held = locked === undefined && movedArcs(map, moves, () => true).count > 0;
      const text = locked !== undefined ? words.locked(context.nameOf(locked)) : held ? words.closed : null;
      const badge = text === null ? null : { text, warn: true };
      return { ...base, pixels: NO_PIXELS, badge, done: "" };
    }
    const changes = ownerChanges(pixels);
    return { ...base, pixels, badge: badgeOf(context, changes, null), done: words.borderMoved(changes.changedPx) };
  }

  /** The border in hand after it has moved: the one at its middle, between the same two. */
  private sameBorder(map: MapView, { arc }: HeldBorder, move: ArcMove): HeldBorder | null {
    const middle = Math.floor(move.xs.length / 2);
    const crack = crackNear(map, { x: move.xs[middle], y: move.ys[middle] }, 2);
    if (crack === null) return null;
    const now = arcThrough(map, crack);
    return now.left === arc.left && now.right === arc.right ? heldBorder(now, this.context.scale()) : null;
  }
}
