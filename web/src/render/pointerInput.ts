// SPDX-License-Identifier: Apache-2.0
/** Mouse, touch and pen by Pointer Events, and the wheel. Decides between drawing, panning and zooming; tools decide the rest. */
import type { CanvasPointer, CanvasPort, Point, PointerKind } from "../editor/canvas.ts";

const WHEEL_STEP = 1.2;
/** A wheel notch in px; trackpads send smaller steps, which zoom less. */
const NOTCH_PX = 100;
const PALM_CONTACT_PX = 40;
const PEN_NEAR_MS = 500;
const YOUNG_TOUCH_MS = 120;
const SHORT_TOUCH_PX = 12;
const TWO_FINGER_TAP_MS = 300;
const LONG_PRESS_MS = 500;
const LONG_PRESS_PX = 6;

type Doing = "nothing" | "drawing" | "panning" | "pinching";

export interface PointerInputOptions {
  /** Two-finger tap. */
  readonly undo: () => void;
  /** Three-finger tap. */
  readonly redo: () => void;
  /** The eraser end or the barrel button is down: erase for as long as it is. */
  readonly eraser: (held: boolean) => void;
  /** A finger or pen rested on a place: the menu there. CSS px in the window. */
  readonly menu: (clientX: number, clientY: number) => void;
  /** What one finger does: `auto` draws until a pen has been seen, then pans. */
  readonly finger: () => "auto" | "draw" | "pan";
}

export class PointerInput {
  private doing: Doing = "nothing";
  private pointerId = -1;
  private last: Point = { x: 0, y: 0 };
  private readonly touches = new Map<number, Point>();
  private touchStart = { timeMs: 0, at: { x: 0, y: 0 }, fingers: 0, moved: false };
  private penSeen = false;
  private penNearMs = Number.NEGATIVE_INFINITY;
  private erasing = false;
  private longPress: { readonly timer: ReturnType<typeof setTimeout>; readonly x: number; readonly y: number } | null =
    null;
  private box: DOMRect;
  private readonly stop = new AbortController();

  constructor(
    private readonly element: HTMLElement,
    private readonly canvas: CanvasPort,
    private readonly options: PointerInputOptions,
  ) {
    this.box = element.getBoundingClientRect();
    const on = <K extends keyof HTMLElementEventMap>(type: K, handler: (event: HTMLElementEventMap[K]) => void): void =>
      element.addEventListener(type, handler, { signal: this.stop.signal, passive: false });
    on("pointerenter", () => this.measure());
    on("pointerdown", (event) => this.down(event));
    on("pointermove", (event) => this.move(event));
    on("pointerup", (event) => this.up(event));
    on("pointercancel", (event) => this.cancel(event));
    on("pointerleave", (event) => this.leave(event));
    on("wheel", (event) => this.wheel(event));
    on("contextmenu", (event) => event.preventDefault());
    on("auxclick", (event) => event.preventDefault());
  }

  /** The canvas may have moved on the page. */
  measure(): void {
    this.box = this.element.getBoundingClientRect();
  }

  dispose(): void {
    this.noLongPress();
    this.stop.abort();
  }

  private down(event: PointerEvent): void {
    this.measure();
    this.element.focus({ preventScroll: true });
    const at = this.point(event);
    if (event.pointerType === "pen") this.sawPen(event);
    if (event.pointerType === "touch" && !this.touchDown(event, at)) return;
    if (this.doing !== "nothing") return;
    event.preventDefault();
    this.capture(event);
    this.pointerId = event.pointerId;
    this.last = at;
    const pans = event.button === 1 || this.canvas.panning || (event.pointerType === "touch" && this.fingerPans());
    if (event.pointerType !== "mouse" && event.button === 0) this.awaitLongPress(event);
    if (pans) {
      this.doing = "panning";
      return;
    }
    const erases = event.pointerType === "pen" && (event.button === 2 || event.button === 5);
    if (event.button !== 0 && !erases) return;
    if (erases) this.setEraser(true);
    this.doing = "drawing";
    this.canvas.pointerDown(this.toPointer(event, [event]));
  }

  private move(event: PointerEvent): void {
    const at = this.point(event);
    if (event.pointerType === "pen") this.sawPen(event);
    this.stillPressing(event);
    if (event.pointerType === "touch" && this.touches.has(event.pointerId)) this.touchMoved(event, at);
    if (this.doing === "nothing") {
      if (event.pointerType !== "touch") this.canvas.pointerHover(this.toPointer(event, [event]));
      return;
    }
    if (event.pointerId !== this.pointerId) return;
    if (this.doing === "panning") {
      this.panTo(at);
      return;
    }
    if (this.doing === "drawing") this.canvas.pointerDrag(this.toPointer(event, coalesced(event)));
    this.last = at;
  }

  /** By whole device px, so that what is drawn already can move along; the rest is left for the next move. */
  private panTo(at: Point): void {
    const dpr = this.element.ownerDocument.defaultView?.devicePixelRatio ?? 1;
    const dx = Math.floor((at.x - this.last.x) * dpr + 0.5) / dpr;
    const dy = Math.floor((at.y - this.last.y) * dpr + 0.5) / dpr;
    if (dx === 0 && dy === 0) return;
    this.canvas.panBy(dx, dy);
    this.last = { x: this.last.x + dx, y: this.last.y + dy };
  }

  private up(event: PointerEvent): void {
    const wasPinching = this.doing === "pinching";
    this.noLongPress();
    this.touches.delete(event.pointerId);
    if (wasPinching) {
      this.endPinch(event);
      return;
    }
    if (event.pointerId !== this.pointerId) return;
    const was = this.doing;
    this.doing = "nothing";
    this.pointerId = -1;
    if (was === "drawing") {
      this.canvas.pointerUp(this.toPointer(event, [event]));
      this.setEraser(false);
    }
    if (event.pointerType === "touch") this.canvas.pointerLeave();
  }

  private cancel(event: PointerEvent): void {
    this.noLongPress();
    this.touches.delete(event.pointerId);
    if (event.pointerId !== this.pointerId && this.doing !== "pinching") return;
    if (this.doing === "drawing") this.canvas.cancelGesture();
    this.doing = "nothing";
    this.pointerId = -1;
    this.setEraser(false);
  }

  private leave(event: PointerEvent): void {
    if (this.doing === "nothing" && event.pointerType !== "touch") this.canvas.pointerLeave();
  }

  private wheel(event: WheelEvent): void {
    event.preventDefault();
    const px = event.deltaMode === 0 ? 1 : event.deltaMode === 1 ? 16 : 400;
    const dx = event.deltaX * px;
    const dy = event.deltaY * px;
    if (event.shiftKey && !event.ctrlKey) {
      // Some systems turn Shift+wheel into a sideways one.
      this.canvas.sizeBy(-Math.sign(dy === 0 ? dx : dy));
      return;
    }
    const at = { x: event.clientX - this.box.left, y: event.clientY - this.box.top };
    // A pinch on a trackpad arrives as Ctrl+wheel in small steps; a wheel notch is 100 px or more.
    const pinch = event.ctrlKey && Math.abs(dy) < NOTCH_PX / 2;
    if (!event.ctrlKey && isTrackpad(event, dx, dy)) {
      this.canvas.panBy(-dx, -dy);
      return;
    }
    const notches = pinch ? (-dy * 4) / NOTCH_PX : -Math.max(-3, Math.min(3, dy / NOTCH_PX));
    this.canvas.zoomAt(at, WHEEL_STEP ** notches);
  }

  /** False: this touch is a palm, or part of a two-finger gesture, and must not draw. */
  private touchDown(event: PointerEvent, at: Point): boolean {
    const palm = event.width > PALM_CONTACT_PX || event.height > PALM_CONTACT_PX;
    const penNear = event.timeStamp - this.penNearMs < PEN_NEAR_MS;
    if (this.touches.size === 0 && (palm || penNear)) return false;
    this.touches.set(event.pointerId, at);
    if (this.touches.size === 1) {
      this.touchStart = { timeMs: event.timeStamp, at, fingers: 1, moved: false };
      return true;
    }
    this.touchStart.fingers = Math.max(this.touchStart.fingers, this.touches.size);
    const young = event.timeStamp - this.touchStart.timeMs < YOUNG_TOUCH_MS;
    const short = distance(this.last, this.touchStart.at) < SHORT_TOUCH_PX;
    if (this.doing === "drawing" && !(young || short)) return false;
    this.noLongPress();
    if (this.doing === "drawing") this.canvas.cancelGesture();
    this.doing = "pinching";
    this.capture(event);
    return false;
  }

  private touchMoved(event: PointerEvent, at: Point): void {
    const before = this.touches.get(event.pointerId)!;
    if (distance(at, this.touchStart.at) > SHORT_TOUCH_PX && this.touches.size === 1) this.touchStart.moved = true;
    if (this.doing === "pinching" && this.touches.size >= 2) {
      const [other] = [...this.touches].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
      const spreadBefore = Math.max(1, distance(before, other));
      const spread = Math.max(1, distance(at, other));
      if (Math.abs(spread - spreadBefore) > 0.5 || distance(at, before) > 0.5)
        this.touchStart.moved ||= distance(at, before) > 3;
      this.canvas.panBy((at.x - before.x) / 2, (at.y - before.y) / 2);
      this.canvas.zoomAt({ x: (at.x + other.x) / 2, y: (at.y + other.y) / 2 }, spread / spreadBefore);
    }
    this.touches.set(event.pointerId, at);
  }

  private endPinch(event: PointerEvent): void {
    if (this.touches.size > 0) return;
    this.doing = "nothing";
    this.pointerId = -1;
    const quick = event.timeStamp - this.touchStart.timeMs < TWO_FINGER_TAP_MS;
    if (!quick || this.touchStart.moved) return;
    if (this.touchStart.fingers === 2) this.options.undo();
    else if (this.touchStart.fingers === 3) this.options.redo();
  }

  private fingerPans(): boolean {
    const finger = this.options.finger();
    return finger === "pan" || (finger === "auto" && this.penSeen);
  }

  private awaitLongPress(event: PointerEvent): void {
    this.noLongPress();
    const { clientX: x, clientY: y } = event;
    const timer = setTimeout(() => {
      this.longPress = null;
      // What the press began is given up: the menu takes its place.
      if (this.doing === "drawing") this.canvas.cancelGesture();
      this.doing = "nothing";
      this.pointerId = -1;
      this.setEraser(false);
      this.options.menu(x, y);
    }, LONG_PRESS_MS);
    this.longPress = { timer, x, y };
  }

  private stillPressing(event: PointerEvent): void {
    if (this.longPress === null) return;
    const { x, y } = this.longPress;
    if (distance({ x, y }, { x: event.clientX, y: event.clientY }) > LONG_PRESS_PX) this.noLongPress();
  }

  private noLongPress(): void {
    if (this.longPress !== null) clearTimeout(this.longPress.timer);
    this.longPress = null;
  }

  private sawPen(event: PointerEvent): void {
    this.penSeen = true;
    this.penNearMs = event.timeStamp;
  }

  private setEraser(held: boolean): void {
    if (this.erasing === held) return;
    this.erasing = held;
    this.options.eraser(held);
  }

  private capture(event: PointerEvent): void {
    try {
      this.element.setPointerCapture(event.pointerId);
    } catch {
      // A pointer that ended meanwhile cannot be captured; its up or cancel comes anyway.
    }
  }

  private point(event: PointerEvent): Point {
    return { x: event.clientX - this.box.left, y: event.clientY - this.box.top };
  }

  private toPointer(event: PointerEvent, events: readonly PointerEvent[]): CanvasPointer {
    const { left, top } = this.box;
    return {
      pointerType: kindOf(event.pointerType),
      button: event.button,
      shift: event.shiftKey,
      mod: event.ctrlKey || event.metaKey,
      samples: events.map((one) => ({
        pointScreen: { x: one.clientX - left, y: one.clientY - top },
        pressure: one.pressure,
        timeMs: one.timeStamp,
      })),
    };
  }
}

/** Every position since the last frame where the browser keeps them (not on plain http), else the one event. */
function coalesced(event: PointerEvent): readonly PointerEvent[] {
  const all = typeof event.getCoalescedEvents === "function" ? event.getCoalescedEvents() : [];
  return all.length > 0 ? all : [event];
}

const kindOf = (type: string): PointerKind => (type === "touch" || type === "pen" ? type : "mouse");

/** Two fingers on a trackpad move sideways as well, or in steps that no wheel notch makes. */
function isTrackpad(event: WheelEvent, dx: number, dy: number): boolean {
  if (event.deltaMode !== 0) return false;
  return dx !== 0 || (Math.abs(dy) < NOTCH_PX / 2 && !Number.isInteger(dy)) || Math.abs(dy) < 20;
}

const distance = (a: Point, b: Point): number => Math.sqrt((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y));
