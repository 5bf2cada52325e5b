// SPDX-License-Identifier: Apache-2.0
/**
 * Tools that make an object out of places: clicks, a drag, or the keyboard's crosshair, in any mix. What the places
 * mean, each kind of object says in a file of its own.
 */
import { distance, type Point, thinPath } from "../core/geometry.ts";
import type { Geometry, GeometryKind } from "../core/item.ts";
import type { ShapePath } from "../core/objectShape.ts";
import { NO_OBJECT_OVERLAY, type ObjectOverlay } from "./objectContext.ts";
import { snapToObjects } from "./objectSnapping.ts";
import { isSamePlace, OutlineDraft, visibleHandles } from "./outline.ts";
import { isDoubleClick } from "./select.ts";
import {
  lastSample,
  noOverlay,
  type Overlay,
  type PointerSample,
  type Tool,
  type ToolDescriptor,
  type ToolPhase,
  type ToolPointer,
} from "./Tool.ts";
import { radiiFor, type ToolContext } from "./toolContext.ts";

const HANDLE_APART_SCREEN_PX = 12;
const THIN_SCREEN_PX = 0.75;
/** An object that is smaller on screen was hardly meant. */
const LEAST_SCREEN_PX = 2;
const TOO_SMALL = "Too small for an object. Zoom in and try again.";

export interface PlacesRule {
  readonly kind: GeometryKind;
  readonly least: number;
  /** With so many places it is finished by itself; null: by Enter, a double click, or a click on the first place. */
  readonly most: number | null;
  readonly closed: boolean;
  /** The place that Shift means instead of the pointer's. */
  constrain(places: readonly Point[], at: Point): Point;
  /** Null: too small, in image px, to be one. */
  geometry(places: readonly Point[], leastPx: number): Geometry | null;
  /** What is shown of the places fixed so far and the one under the pointer. */
  paths(places: readonly Point[]): readonly ShapePath[];
}

type Gesture =
  | { readonly kind: "none" }
  | { readonly kind: "pressed" | "dragging"; readonly at: PointerSample; readonly place: Point }
  | { readonly kind: "freehand"; readonly run: Point[] };

const NONE: Gesture = { kind: "none" };

class PlacesTool implements Tool {
  private draft = new OutlineDraft();
  private discarded: OutlineDraft | null = null;
  private gesture: Gesture = NONE;
  private aim: { readonly place: Point; readonly snapped: boolean; readonly closes: boolean } | null = null;
  private lastClick: PointerSample | null = null;

  constructor(
    private readonly rule: PlacesRule,
    private readonly context: ToolContext,
  ) {}

  get phase(): ToolPhase {
    if (this.gesture.kind !== "none") return "pressing";
    return this.draft.isEmpty ? "idle" : "open";
  }

  hover(pointer: ToolPointer): void {
    this.takeAim(pointer);
    this.context.repaint();
  }

  press(pointer: ToolPointer): void {
    if (this.draft.isEmpty && !this.context.objects.mayMake(this.rule.kind)) return;
    this.takeAim(pointer);
    this.gesture = { kind: "pressed", at: lastSample(pointer), place: this.aim!.place };
    this.context.repaint();
  }

  drag(pointer: ToolPointer): void {
    const { gesture } = this;
    if (gesture.kind === "freehand") for (const sample of pointer.samples) gesture.run.push(sample.pointImage);
    else if (gesture.kind === "none") return;
    else if (gesture.kind === "pressed") {
      const far = distance(lastSample(pointer).pointScreen, gesture.at.pointScreen);
      if (far < radiiFor(pointer.pointerType).dragPx) return;
      const run = [gesture.place, ...pointer.samples.map((sample) => sample.pointImage)];
      this.gesture = this.rule.most === null ? { kind: "freehand", run } : { ...gesture, kind: "dragging" };
    }
    this.takeAim(pointer);
    this.context.repaint();
  }

  release(pointer: ToolPointer): void {
    const { gesture } = this;
    if (gesture.kind === "none") return;
    this.takeAim(pointer);
    this.gesture = NONE;
    if (gesture.kind === "pressed") this.click(gesture, pointer);
    else if (gesture.kind === "freehand") this.add(thinPath(gesture.run, THIN_SCREEN_PX / this.context.scale()));
    else this.endDrag(gesture.place);
    this.context.repaint();
    this.context.changed();
  }

  leave(): void {
    if (this.gesture.kind !== "none") return;
    this.aim = null;
    this.context.repaint();
  }

  cancelGesture(): void {
    this.gesture = NONE;
    this.context.repaint();
  }

  escape(): boolean {
    if (this.gesture.kind !== "none") {
      this.cancelGesture();
      return true;
    }
    if (this.draft.isEmpty) return false;
    this.discarded = this.draft;
    this.begin();
    return true;
  }

  finish(): boolean {
    const { most, least } = this.rule;
    this.gesture = NONE;
    const { points } = this.draft;
    if (points.length === 0) return false;
    if (most !== null) {
      if (this.aim !== null) this.add([this.aim.place]);
    } else if (points.length < least) this.context.tell(TOO_SMALL);
    else this.commit(points);
    return true;
  }

  undo(): boolean {
    if (this.gesture.kind !== "none") {
      this.cancelGesture();
      return true;
    }
    if (this.draft.isEmpty && this.discarded !== null) {
      this.draft = this.discarded;
      this.discarded = null;
      return this.stepped(true);
    }
    return this.draft.isEmpty ? false : this.stepped(this.draft.undo());
  }

  redo(): boolean {
    return this.stepped(this.draft.redo());
  }

  /** Moves the place that was set last. */
  nudge(dx: number, dy: number): boolean {
    const { points } = this.draft;
    const last = points[points.length - 1];
    if (last === undefined) return false;
    this.draft.change([...points.slice(0, -1), { x: last.x + dx, y: last.y + dy }]);
    return this.stepped(true);
  }

  refresh(): void {
    this.context.repaint();
  }

  suspend(): void {
    this.gesture = NONE;
    this.aim = null;
    this.context.repaint();
  }

  resume(): void {
    this.context.repaint();
  }

  overlay(): Overlay {
    return { ...noOverlay(this.aim?.closes ? "close" : "crosshair"), objects: this.drawn() };
  }

  private drawn(): ObjectOverlay | null {
    const places = this.shownPlaces();
    const snap = this.aim?.snapped === true ? this.aim.place : null;
    if (places.length === 0) return snap === null ? null : { ...NO_OBJECT_OVERLAY, snap };
    const apart = HANDLE_APART_SCREEN_PX / this.context.scale();
    const handles = this.gesture.kind === "freehand" ? [] : visibleHandles(this.draft.points, apart);
    return { ...NO_OBJECT_OVERLAY, paths: this.rule.paths(places), handles, snap, canClose: this.aim?.closes === true };
  }

  /** Places fixed so far, what the running gesture adds, and the one under the pointer. */
  private shownPlaces(): readonly Point[] {
    const { gesture, aim } = this;
    const { points } = this.draft;
    if (gesture.kind === "freehand") return [...points, ...gesture.run];
    const begun = gesture.kind === "dragging" && points.length === 0 ? [gesture.place] : points;
    if (begun.length === 0 || aim === null || aim.closes) return begun;
    return [...begun, aim.place];
  }

  private begin(): void {
    this.draft = new OutlineDraft();
    this.lastClick = null;
    this.context.changed();
    this.context.repaint();
  }

  private click(gesture: { readonly at: PointerSample; readonly place: Point }, pointer: ToolPointer): void {
    const { points } = this.draft;
    const again = this.lastClick !== null && isDoubleClick(this.lastClick, gesture.at);
    this.lastClick = gesture.at;
    const closes = this.aim?.closes === true && !pointer.mod;
    if (this.rule.most === null && points.length > 0 && (again || closes)) this.finish();
    else this.add([gesture.place]);
  }

  /** A drag over empty ground sets its beginning and its end; later ones only their end. */
  private endDrag(start: Point): void {
    const end = this.aim!.place;
    this.add(this.draft.isEmpty && this.rule.most !== 1 ? [start, end] : [end]);
  }

  private add(places: readonly Point[]): void {
    const { most } = this.rule;
    const { points } = this.draft;
    const last = points[points.length - 1];
    const fresh = last !== undefined && isSamePlace(last, places[0]) ? places.slice(1) : places;
    if (fresh.length === 0) return;
    const next = [...points, ...fresh];
    this.discarded = null;
    if (most !== null && next.length >= most) this.commit(next.slice(0, most));
    else {
      this.draft.change(next);
      this.context.changed();
    }
  }

  private commit(places: readonly Point[]): void {
    const geometry = this.rule.geometry(places, LEAST_SCREEN_PX / this.context.scale());
    if (geometry === null) this.context.tell(TOO_SMALL);
    else if (this.context.objects.make(geometry)) {
      this.discarded = null;
      this.begin();
    }
  }

  private stepped(done: boolean): boolean {
    this.lastClick = null;
    this.context.repaint();
    this.context.changed();
    return done;
  }

  private takeAim(pointer: ToolPointer): void {
    const at = lastSample(pointer).pointImage;
    const { points } = this.draft;
    const radii = radiiFor(pointer.pointerType);
    const scale = this.context.scale();
    const from = this.gesture.kind === "dragging" && points.length === 0 ? [this.gesture.place] : points;
    if (this.rule.closed && this.rule.most === null && points.length >= this.rule.least && !pointer.mod) {
      if (distance(at, points[0]) <= radii.closePx / scale) {
        this.aim = { place: points[0], snapped: false, closes: true };
        return;
      }
    }
    if (pointer.shift && from.length > 0) {
      this.aim = { place: this.rule.constrain(from, at), snapped: false, closes: false };
      return;
    }
    const own = this.rule.most === null ? points : [];
    const reach = radii.snapPx / scale;
    const snapped = pointer.mod ? null : snapToObjects(this.context, at, this.context.objects.shown(), own, reach);
    this.aim = { place: snapped ?? at, snapped: snapped !== null, closes: false };
  }
}

export function placesTool(rule: PlacesRule, words: Pick<ToolDescriptor, "title" | "key" | "hint">): ToolDescriptor {
  return {
    ...words,
    id: rule.kind,
    defaultMode: "behind",
    paints: false,
    makes: rule.kind,
    options: [],
    create: (context) => new PlacesTool(rule, context),
  };
}
