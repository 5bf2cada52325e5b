// SPDX-License-Identifier: Apache-2.0
/**
 * The pen: click for straight lines, drag for freehand, any mix, until the outline is closed. The picture shows all the
 * while which pixels would change; nothing is written before closing.
 */
import { distance, nearestEdge, type Point, thinPath } from "../core/geometry.ts";
import { distinctPlaces, isSamePlace, OutlineDraft, toFifteenDegrees, visibleHandles } from "./outline.ts";
import { isDoubleClick } from "./select.ts";
import { snapPoint } from "./snapping.ts";
import {
  type CursorName,
  lastSample,
  noOverlay,
  type OutlineOverlay,
  type Overlay,
  type PointerSample,
  type Tool,
  type ToolDescriptor,
  type ToolPhase,
  type ToolPointer,
} from "./Tool.ts";
import { radiiFor, type ToolContext } from "./toolContext.ts";

const THIN_SCREEN_PX = 0.75;
const HANDLE_APART_SCREEN_PX = 12;
const TOO_SMALL = "Too small to label. Zoom in and try again.";

type Gesture =
  | { readonly kind: "none" }
  | { readonly kind: "pressed"; readonly at: PointerSample; readonly place: Point; readonly grab: Grab }
  | { readonly kind: "freehand"; readonly run: Point[] }
  | { readonly kind: "moving"; readonly index: number; readonly insert: boolean; place: Point };

/** What lies under a press: a vertex or an edge that a drag would move, or nothing. */
type Grab = { readonly kind: "vertex" | "edge"; readonly index: number } | null;

const NONE: Gesture = { kind: "none" };

class PenTool implements Tool {
  private draft = new OutlineDraft();
  private discarded: OutlineDraft | null = null;
  private gesture: Gesture = NONE;
  private pointer: PointerSample | null = null;
  private aim: { readonly place: Point; readonly snapped: boolean; readonly grab: Grab } | null = null;
  private lastClick: PointerSample | null = null;
  private touched: number | null = null;
  private parked = false;

  constructor(private readonly context: ToolContext) {}

  get phase(): ToolPhase {
    if (this.gesture.kind !== "none") return "pressing";
    return this.draft.isEmpty ? "idle" : "open";
  }

  hover(pointer: ToolPointer): void {
    this.pointer = lastSample(pointer);
    this.takeAim(pointer);
    this.showPreview();
  }

  press(pointer: ToolPointer): void {
    this.pointer = lastSample(pointer);
    this.takeAim(pointer);
    const { place, grab } = this.aim!;
    this.gesture = { kind: "pressed", at: this.pointer, place, grab };
  }

  drag(pointer: ToolPointer): void {
    this.pointer = lastSample(pointer);
    if (this.gesture.kind === "pressed") this.beginDrag(this.gesture, pointer);
    else if (this.gesture.kind === "freehand")
      for (const sample of pointer.samples) this.gesture.run.push(sample.pointImage);
    else if (this.gesture.kind === "moving") this.gesture.place = this.placeFor(pointer, this.gesture.index).place;
    this.showPreview();
  }

  release(pointer: ToolPointer): void {
    const gesture = this.gesture;
    this.pointer = lastSample(pointer);
    this.gesture = NONE;
    if (gesture.kind === "pressed") this.click(gesture, pointer);
    else if (gesture.kind === "freehand") this.endFreehand(gesture.run, pointer);
    else if (gesture.kind === "moving") {
      this.draft.change(moved(this.draft.points, gesture));
      this.touched = gesture.insert ? gesture.index + 1 : gesture.index;
    }
    this.takeAim(pointer);
    this.showPreview();
    this.context.changed();
  }

  leave(): void {
    if (this.gesture.kind !== "none") return;
    this.pointer = null;
    this.aim = null;
    this.showPreview();
  }

  cancelGesture(): void {
    this.gesture = NONE;
    this.showPreview();
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
    if (this.gesture.kind === "freehand") this.keepFreehand(this.gesture.run);
    this.gesture = NONE;
    if (this.draft.isEmpty) return false;
    const { points } = this.draft;
    if (distinctPlaces(points) < 3) {
      this.context.tell(TOO_SMALL);
      return true;
    }
    const { changedPx } = this.context.commitOutline(points);
    if (changedPx > 0) {
      this.discarded = null;
      this.begin();
    } else this.showPreview();
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
      this.afterStep();
      return true;
    }
    return this.draft.isEmpty ? false : this.step(this.draft.undo());
  }

  redo(): boolean {
    return this.step(this.draft.redo());
  }

  nudge(dx: number, dy: number): boolean {
    const index = this.touched;
    const vertex = index === null ? undefined : this.draft.points[index];
    if (index === null || vertex === undefined) return false;
    const place = { x: vertex.x + dx, y: vertex.y + dy };
    this.draft.change(moved(this.draft.points, { index, insert: false, place }));
    this.afterStep();
    return true;
  }

  refresh(): void {
    this.showPreview();
  }

  suspend(): void {
    this.gesture = NONE;
    this.parked = true;
    this.pointer = null;
    this.aim = null;
    this.context.previewOutline(null, null);
    this.context.repaint();
  }

  resume(): void {
    this.parked = false;
    this.showPreview();
  }

  overlay(): Overlay {
    const outline = this.outlineOverlay();
    const cursor: CursorName = outline?.canClose ? "close" : grabCursor(this.aim?.grab ?? null);
    return { ...noOverlay(cursor), outline };
  }

  private outlineOverlay(): OutlineOverlay | null {
    const points = this.drawnPoints();
    if (points.length === 0) return null;
    const moving = this.gesture.kind === "moving";
    const rubber = this.parked || moving || this.gesture.kind === "freehand" ? null : (this.aim?.place ?? null);
    const grab = this.gesture.kind === "none" ? (this.aim?.grab ?? null) : null;
    return {
      points,
      rubber,
      handles: this.parked ? [] : visibleHandles(points, HANDLE_APART_SCREEN_PX / this.context.scale()),
      canClose: grab?.kind === "vertex" && grab.index === 0 && points.length >= 3,
      ghost: grab?.kind === "edge" ? (this.aim?.place ?? null) : null,
      snap: this.aim?.snapped ? this.aim.place : null,
      parked: this.parked,
    };
  }

  private begin(): void {
    this.draft = new OutlineDraft();
    this.touched = null;
    this.lastClick = null;
    this.aim = null;
    this.context.previewOutline(null, null);
    this.context.changed();
    this.context.repaint();
  }

  private beginDrag(gesture: Extract<Gesture, { kind: "pressed" }>, pointer: ToolPointer): void {
    if (distance(lastSample(pointer).pointScreen, gesture.at.pointScreen) < radiiFor(pointer.pointerType).dragPx)
      return;
    const { grab } = gesture;
    if (grab !== null && !pointer.mod) {
      const place = this.placeFor(pointer, grab.index).place;
      this.gesture = { kind: "moving", index: grab.index, insert: grab.kind === "edge", place };
    } else {
      this.gesture = { kind: "freehand", run: [gesture.place, ...pointer.samples.map((sample) => sample.pointImage)] };
    }
    this.context.changed();
  }

  private click(gesture: Extract<Gesture, { kind: "pressed" }>, pointer: ToolPointer): void {
    const again = this.lastClick !== null && isDoubleClick(this.lastClick, gesture.at);
    this.lastClick = gesture.at;
    const closes = gesture.grab?.kind === "vertex" && gesture.grab.index === 0 && this.draft.points.length > 1;
    if ((again && !this.draft.isEmpty) || (closes && !pointer.mod)) {
      this.finish();
      return;
    }
    const last = this.draft.points[this.draft.points.length - 1];
    if (last !== undefined && isSamePlace(last, gesture.place)) return;
    this.discarded = null;
    this.draft.change([...this.draft.points, gesture.place]);
    this.touched = this.draft.points.length - 1;
  }

  private keepFreehand(run: readonly Point[]): void {
    this.discarded = null;
    const thinned = thinPath(run, THIN_SCREEN_PX / this.context.scale());
    const last = this.draft.points[this.draft.points.length - 1];
    const joined = last !== undefined && isSamePlace(last, thinned[0]) ? thinned.slice(1) : thinned;
    this.draft.change([...this.draft.points, ...joined]);
    this.touched = this.draft.points.length - 1;
    this.lastClick = null;
  }

  /** A freehand run that comes back to the first point closes the outline, as a click there would. */
  private endFreehand(run: readonly Point[], pointer: ToolPointer): void {
    this.keepFreehand(run);
    const { points } = this.draft;
    const reach = radiiFor(pointer.pointerType).closePx / this.context.scale();
    const wentAway = points.some((point) => distance(point, points[0]) > 2 * reach);
    if (wentAway && distance(points[points.length - 1], points[0]) <= reach) this.finish();
  }

  private step(done: boolean): boolean {
    if (done) this.afterStep();
    return done;
  }

  private afterStep(): void {
    if (this.touched !== null && this.touched >= this.draft.points.length) this.touched = null;
    this.lastClick = null;
    this.showPreview();
    this.context.changed();
  }

  private takeAim(pointer: ToolPointer): void {
    const at = lastSample(pointer).pointImage;
    const grab = pointer.mod ? null : this.grabAt(at, pointer);
    if (grab === null) {
      this.aim = { ...this.placeFor(pointer, null), grab };
      return;
    }
    const { points } = this.draft;
    const place =
      grab.kind === "vertex" ? points[grab.index] : nearestEdge(at, points, Number.POSITIVE_INFINITY, false)!.point;
    this.aim = { place, snapped: grab.kind === "vertex" && grab.index > 0, grab };
  }

  private grabAt(at: Point, pointer: ToolPointer): Grab {
    const { points } = this.draft;
    if (points.length === 0) return null;
    const radii = radiiFor(pointer.pointerType);
    const scale = this.context.scale();
    if (points.length > 1 && distance(at, points[0]) <= radii.closePx / scale) return { kind: "vertex", index: 0 };
    const handle = nearestHandle(
      at,
      points,
      visibleHandles(points, HANDLE_APART_SCREEN_PX / scale),
      radii.vertexPx / scale,
    );
    if (handle !== null) return { kind: "vertex", index: handle };
    const edge = nearestEdge(at, points, radii.snapPx / scale, false);
    return edge === null ? null : { kind: "edge", index: edge.index };
  }

  /** Where a vertex would go: in 15° steps with Shift, drawn to borders unless Mod is held, else where the pointer is. */
  private placeFor(pointer: ToolPointer, moving: number | null): { place: Point; snapped: boolean } {
    const at = lastSample(pointer).pointImage;
    const { points } = this.draft;
    const from = moving === null ? points[points.length - 1] : points[moving - 1];
    if (pointer.shift && from !== undefined) return { place: toFifteenDegrees(from, at), snapped: false };
    if (pointer.mod) return { place: at, snapped: false };
    const own = points.filter((_, index) => index !== moving);
    const snapped = snapPoint(this.context, at, own, radiiFor(pointer.pointerType).snapPx / this.context.scale());
    return { place: snapped ?? at, snapped: snapped !== null };
  }

  /** The outline as it stands this moment, with the running drag in it. */
  private drawnPoints(): readonly Point[] {
    if (this.gesture.kind === "freehand") return [...this.draft.points, ...this.gesture.run];
    if (this.gesture.kind === "moving") return moved(this.draft.points, this.gesture);
    return this.draft.points;
  }

  private showPreview(): void {
    const points = this.drawnPoints();
    const aim = this.gesture.kind === "none" && this.aim?.grab === null ? this.aim.place : null;
    const closed = aim === null ? points : [...points, aim];
    const worth = !this.parked && points.length > 0 && closed.length >= 3;
    this.context.previewOutline(worth ? closed : null, this.pointer?.pointScreen ?? null);
    this.context.repaint();
  }
}

function nearestHandle(at: Point, points: readonly Point[], handles: readonly Point[], reach: number): number | null {
  let best: Point | null = null;
  let bestDistance = reach;
  for (const handle of handles) {
    const d = distance(at, handle);
    if (d <= bestDistance) {
      best = handle;
      bestDistance = d;
    }
  }
  return best === null ? null : points.indexOf(best);
}

function moved(
  points: readonly Point[],
  change: { readonly index: number; readonly insert: boolean; readonly place: Point },
): readonly Point[] {
  const next = [...points];
  if (change.insert) next.splice(change.index + 1, 0, change.place);
  else next[change.index] = change.place;
  return next;
}

function grabCursor(grab: Grab): CursorName {
  if (grab === null) return "crosshair";
  return grab.kind === "vertex" ? "vertex" : "edge";
}

export const pen: ToolDescriptor = {
  id: "pen",
  title: "Pen",
  key: "P",
  defaultMode: "behind",
  paints: true,
  options: [],
  hint: "Click for straight lines, drag for freehand. Enter closes.",
  create: (context) => new PenTool(context),
};
