// SPDX-License-Identifier: Apache-2.0
/**
 * What the Select tool does with objects: picks, moves, resizes, turns, edits vertices. An object under the pointer
 * comes before a segment where its line is within reach; its inside only where nothing of the map is.
 */
import { distance, nearestEdge, type Point } from "../core/geometry.ts";
import type { Geometry, RotatedBoxGeometry } from "../core/item.ts";
import { type Handle, handlesOf, withHandleAt, withoutVertex, withVertex } from "../core/objectHandles.ts";
import { boundsMeet, encloses, movedBy, outlineDistance, pathsOf } from "../core/objectShape.ts";
import { placeIn } from "../core/rotatedBox.ts";
import { NO_OBJECT_OVERLAY, type ObjectOverlay, type ShownObject } from "./objectContext.ts";
import { snapToObjects } from "./objectSnapping.ts";
import { type CursorName, lastSample, type PointerSample, type ToolPointer } from "./Tool.ts";
import { radiiFor, type ToolContext } from "./toolContext.ts";

const HANDLE_APART_SCREEN_PX = 12;
/** Sides of a box have handles of their own where it is at least so long on screen. */
const SIDE_HANDLES_FROM_SCREEN_PX = 40;
const KNOB_SCREEN_PX = 24;
const TURN_STEP_DEG = 15;

/** What a press would take hold of. */
type Grip =
  | { readonly kind: "handle"; readonly object: ShownObject; readonly handle: Handle }
  | { readonly kind: "knob"; readonly object: ShownObject }
  | {
      readonly kind: "edge";
      readonly object: ShownObject;
      readonly ring: number;
      readonly index: number;
      readonly at: Point;
    }
  | { readonly kind: "body"; readonly object: ShownObject; readonly onLine: boolean };

interface Drag {
  readonly grip: Grip;
  readonly start: PointerSample;
  /** Geometries as they would be; null until the press has become a drag. */
  now: ReadonlyMap<string, Geometry> | null;
  snap: Point | null;
  /** The object may not be changed, and the user has been told so. */
  refused: boolean;
}

export class ObjectHand {
  private grip: Grip | null = null;
  private held: Drag | null = null;
  /** The vertex that was touched last, of the primary object. */
  private touched: { readonly id: string; readonly ring: number; readonly index: number } | null = null;

  constructor(private readonly context: ToolContext) {}

  get pressing(): boolean {
    return this.held !== null;
  }

  get cursor(): CursorName | null {
    const grip = this.held?.grip ?? this.grip;
    if (grip === null) return null;
    if (this.held !== null && this.context.objects.isLocked(grip.object.id)) return "not-allowed";
    if (grip.kind === "edge") return "edge";
    return grip.kind === "body" ? (this.isSelected(grip.object.id) ? "vertex" : "arrow") : "vertex";
  }

  /** True: an object is under the pointer, not a segment. */
  hover(pointer: ToolPointer): boolean {
    const before = this.grip;
    this.grip = this.gripAt(pointer);
    const over = this.grip === null || (this.grip.kind === "body" && !this.wins(this.grip, pointer)) ? null : this.grip;
    this.context.objects.hover(over?.object.id ?? null);
    if (before !== null || this.grip !== null) this.context.repaint();
    return over !== null;
  }

  /** True: the press is about an object. */
  press(pointer: ToolPointer): boolean {
    this.grip = this.gripAt(pointer);
    if (this.grip === null) return false;
    this.held = { grip: this.grip, start: lastSample(pointer), now: null, snap: null, refused: false };
    return true;
  }

  drag(pointer: ToolPointer): void {
    const drag = this.held;
    if (drag === null || drag.refused) return;
    const far = distance(lastSample(pointer).pointScreen, drag.start.pointScreen);
    if (drag.now === null) {
      if (far < radiiFor(pointer.pointerType).dragPx || !this.begin(drag)) return;
    }
    drag.now = this.geometriesFor(drag, pointer);
    this.context.repaint();
  }

  /** What was clicked, where the press did not become a drag: an object, or null: the segment under it is meant. */
  release(pointer: ToolPointer): { readonly clicked: string | null; readonly dragged: boolean } {
    const drag = this.held;
    this.held = null;
    if (drag === null) return { clicked: null, dragged: false };
    const { grip } = drag;
    if (drag.now !== null) {
      this.context.objects.hold(null);
      this.context.objects.reshape(drag.now, grip.kind === "body" ? "move" : "reshape");
      this.touch(grip);
      this.grip = this.gripAt(pointer);
      this.context.repaint();
      return { clicked: null, dragged: true };
    }
    if (drag.refused) return { clicked: null, dragged: true };
    if (grip.kind === "edge") return { clicked: grip.object.id, dragged: false };
    if (grip.kind !== "body") {
      this.touch(grip);
      this.context.repaint();
      return { clicked: null, dragged: true };
    }
    return { clicked: this.wins(grip, pointer) ? grip.object.id : null, dragged: false };
  }

  cancel(): void {
    if (this.held?.now != null) this.context.objects.hold(null);
    this.held = null;
    this.context.repaint();
  }

  leave(): void {
    this.grip = null;
    this.context.objects.hover(null);
    this.context.repaint();
  }

  /** Arrow keys: the vertex touched last, else the selected objects. */
  nudge(dx: number, dy: number): boolean {
    const selected = this.context.objects.selected();
    if (selected.length === 0) return false;
    if (!this.context.objects.mayChange(selected.map(({ id }) => id))) return true;
    const vertex = this.touchedHandle();
    const changes = new Map<string, Geometry>();
    if (vertex !== null) {
      const { object, handle } = vertex;
      const to = { x: handle.at.x + dx, y: handle.at.y + dy };
      changes.set(object.id, withHandleAt(object.geometry, handle, to));
    } else for (const { id, geometry } of selected) changes.set(id, movedBy(geometry, dx, dy));
    this.context.objects.reshape(changes, "nudge");
    return true;
  }

  /** Backspace: takes out the vertex touched last. False when there is none. */
  takeOut(): boolean {
    const vertex = this.touchedHandle();
    if (vertex === null || vertex.handle.kind !== "vertex") return false;
    const { object, handle } = vertex;
    const next = withoutVertex(object.geometry, handle.ring, handle.index);
    this.touched = null;
    if (next === null || !this.context.objects.mayChange([object.id])) return false;
    this.context.objects.reshape(new Map([[object.id, next]]), "reshape");
    return true;
  }

  /** Forgets the vertex in hand. False when there was none. */
  letGo(): boolean {
    const had = this.touchedHandle() !== null;
    this.touched = null;
    if (had) this.context.repaint();
    return had;
  }

  overlay(): ObjectOverlay | null {
    const drag = this.held;
    const object = this.primary();
    if (drag?.now != null) {
      const shapes = [...drag.now.values()];
      const paths = shapes.flatMap((geometry) => [...pathsOf(geometry)]);
      const points = shapes.flatMap((geometry) => (geometry.kind === "point" ? [pathsOf(geometry)[0].points[0]] : []));
      return { ...NO_OBJECT_OVERLAY, paths, handles: points, snap: drag.snap };
    }
    if (object === null || this.context.objects.isLocked(object.id)) return null;
    const handles = object.geometry.kind === "point" ? [] : this.handlesFor(object).map(({ at }) => at);
    const ghost = this.grip?.kind === "edge" ? this.grip.at : null;
    return { ...NO_OBJECT_OVERLAY, handles, knob: this.knobOf(object), ghost };
  }

  private begin(drag: Drag): boolean {
    const { objects } = this.context;
    const { object, kind } = drag.grip;
    if (kind === "body" && !this.isSelected(object.id)) {
      // Inside an object that is not selected, a drag means what lies there.
      if (!drag.grip.onLine) {
        this.held = null;
        return false;
      }
      objects.select([object.id], false);
    }
    const ids = kind === "body" ? objects.selected().map(({ id }) => id) : [object.id];
    if (!objects.mayChange(ids)) {
      drag.refused = true;
      return false;
    }
    objects.hold(ids);
    return true;
  }

  private geometriesFor(drag: Drag, pointer: ToolPointer): ReadonlyMap<string, Geometry> {
    const { grip } = drag;
    const { object } = grip;
    drag.snap = null;
    if (grip.kind === "body") return this.moved(drag, pointer);
    if (grip.kind === "knob")
      return new Map([
        [object.id, turned(object.geometry as RotatedBoxGeometry, lastSample(pointer).pointImage, pointer)],
      ]);
    const place = this.placeFor(drag, pointer, object.id);
    if (grip.kind === "edge") return new Map([[object.id, withVertex(object.geometry, grip.ring, grip.index, place)]]);
    return new Map([[object.id, withHandleAt(object.geometry, grip.handle, place, pointer.shift)]]);
  }

  private moved(drag: Drag, pointer: ToolPointer): ReadonlyMap<string, Geometry> {
    const at = lastSample(pointer).pointImage;
    let dx = at.x - drag.start.pointImage.x;
    let dy = at.y - drag.start.pointImage.y;
    if (pointer.shift && Math.abs(dx) < Math.abs(dy)) dx = 0;
    else if (pointer.shift) dy = 0;
    const shapes = this.context.objects.selected();
    return new Map(shapes.map(({ id, geometry }) => [id, movedBy(geometry, dx, dy)]));
  }

  private placeFor(drag: Drag, pointer: ToolPointer, own: string): Point {
    const at = lastSample(pointer).pointImage;
    if (pointer.mod) return at;
    const others = this.context.objects.shown().filter(({ id }) => id !== own);
    const reach = radiiFor(pointer.pointerType).snapPx / this.context.scale();
    drag.snap = snapToObjects(this.context, at, others, [], reach);
    return drag.snap ?? at;
  }

  private gripAt(pointer: ToolPointer): Grip | null {
    const at = lastSample(pointer).pointImage;
    const scale = this.context.scale();
    const radii = radiiFor(pointer.pointerType);
    const object = this.primary();
    if (object !== null && !pointer.shift && !this.context.objects.isLocked(object.id)) {
      const own = this.gripOnSelected(object, at, radii.vertexPx / scale, pointer.mod ? 0 : radii.snapPx / scale);
      if (own !== null) return own;
    }
    return this.bodyAt(at, radii.snapPx / scale);
  }

  private gripOnSelected(object: ShownObject, at: Point, reach: number, edgeReach: number): Grip | null {
    const knob = this.knobOf(object);
    if (knob !== null && distance(at, knob.at) <= reach) return { kind: "knob", object };
    let best: Handle | null = null;
    let least = reach;
    for (const handle of object.geometry.kind === "point" ? [] : this.handlesFor(object)) {
      const d = distance(at, handle.at);
      if (d > least || (d === least && best !== null)) continue;
      best = handle;
      least = d;
    }
    if (best !== null) return { kind: "handle", object, handle: best };
    if (object.geometry.kind !== "polygon" && object.geometry.kind !== "polyline") return null;
    for (const [ring, { points, closed }] of object.paths.entries()) {
      const edge = edgeReach > 0 ? nearestEdge(at, points, edgeReach, closed) : null;
      if (edge !== null) return { kind: "edge", object, ring, index: edge.index, at: edge.point };
    }
    return null;
  }

  /** The object whose line is nearest within reach; else a selected one, else the smallest one, round the place. */
  private bodyAt(at: Point, reach: number): Grip | null {
    const round = [at.x - reach, at.y - reach, at.x + reach, at.y + reach] as const;
    let line: { readonly object: ShownObject; readonly d: number } | null = null;
    let inside: { readonly object: ShownObject; readonly size: number } | null = null;
    for (const object of this.context.objects.shown()) {
      if (!boundsMeet(object.bounds, round)) continue;
      const d = outlineDistance(object.paths, at);
      if (d <= reach && (line === null || d <= line.d)) line = { object, d };
      if (!encloses(object.paths, at)) continue;
      const [x0, y0, x1, y1] = object.bounds;
      const size = this.isSelected(object.id) ? -1 : (x1 - x0) * (y1 - y0);
      if (inside === null || size <= inside.size) inside = { object, size };
    }
    if (line !== null) return { kind: "body", object: line.object, onLine: true };
    return inside === null ? null : { kind: "body", object: inside.object, onLine: false };
  }

  /** Whether a click on the body means the object and not the segment under it. */
  private wins(grip: Extract<Grip, { kind: "body" }>, pointer: ToolPointer): boolean {
    return grip.onLine || this.segmentAt(lastSample(pointer).pointImage) === 0;
  }

  private segmentAt(at: Point): number {
    return this.context.segmentAt(Math.floor(at.x), Math.floor(at.y));
  }

  /** Handles that can be told apart on screen. */
  private handlesFor(object: ShownObject): readonly Handle[] {
    const all = handlesOf(object.geometry);
    const scale = this.context.scale();
    if (all[0].kind === "side") {
      const [a, b, c] = all.map(({ at }) => at);
      const [wide, high] = [distance(a, b) * scale, distance(b, c) * scale];
      return all.filter(
        (handle) =>
          handle.kind === "side" &&
          (handle.u !== 0 || wide >= SIDE_HANDLES_FROM_SCREEN_PX) &&
          (handle.v !== 0 || high >= SIDE_HANDLES_FROM_SCREEN_PX),
      );
    }
    const apart = HANDLE_APART_SCREEN_PX / scale;
    const shown: Handle[] = [];
    for (const handle of all) {
      const last = shown[shown.length - 1];
      if (last === undefined || distance(last.at, handle.at) >= apart) shown.push(handle);
    }
    return shown;
  }

  private knobOf(object: ShownObject): { readonly at: Point; readonly from: Point } | null {
    if (object.geometry.kind !== "rotated_box") return null;
    const from = placeIn(object.geometry, 0, -1);
    const away = 1 + (2 * KNOB_SCREEN_PX) / this.context.scale() / object.geometry.size_wh[1];
    return { from, at: placeIn(object.geometry, 0, -away) };
  }

  private touch(grip: Grip): void {
    if (grip.kind === "edge") this.touched = { id: grip.object.id, ring: grip.ring, index: grip.index + 1 };
    else if (grip.kind === "handle" && grip.handle.kind === "vertex")
      this.touched = { id: grip.object.id, ring: grip.handle.ring, index: grip.handle.index };
    else this.touched = null;
  }

  private touchedHandle(): { readonly object: ShownObject; readonly handle: Handle } | null {
    const { touched } = this;
    const object = this.primary();
    if (touched === null || object?.id !== touched.id || object.geometry.kind === "point") return null;
    const handle = handlesOf(object.geometry).find(
      (one) => one.kind === "vertex" && one.ring === touched.ring && one.index === touched.index,
    );
    return handle === undefined ? null : { object, handle };
  }

  private primary(): ShownObject | null {
    const selected = this.context.objects.selected();
    return selected[selected.length - 1] ?? null;
  }

  private isSelected(id: string): boolean {
    return this.context.objects.selected().some((object) => object.id === id);
  }
}

/** The box with its upper side towards the place; with Shift in steps. */
function turned(box: RotatedBoxGeometry, to: Point, pointer: ToolPointer): RotatedBoxGeometry {
  const angle = (Math.atan2(to.y - box.centre[1], to.x - box.centre[0]) * 180) / Math.PI + 90;
  const stepped = pointer.shift ? Math.floor(angle / TURN_STEP_DEG + 0.5) * TURN_STEP_DEG : angle;
  return { ...box, angle_deg: stepped - 360 * Math.floor(stepped / 360) };
}
