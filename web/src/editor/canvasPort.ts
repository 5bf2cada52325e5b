// SPDX-License-Identifier: Apache-2.0
/** The canvas side of a session: live views of what to draw, and pointers and keys on their way in. */
import { toneIsNeutral } from "../core/tone.ts";
import { toSheet, toWindow } from "../core/turning.ts";
import { toImage, toScreen } from "../core/viewport.ts";
import type {
  Badge,
  CanvasPointer,
  CanvasPort,
  CanvasSink,
  CanvasView,
  LabelScene,
  ObjectScene,
  Overlay,
  Point,
} from "./canvas.ts";
import type { CommandActions } from "./commandActions.ts";
import type { KeyHolds } from "./keyHolds.ts";
import { lookOfSegment } from "./looks.ts";
import { messages } from "./messages.ts";
import type { EditorModel } from "./model.ts";
import { objectScene } from "./objectScene.ts";
import { FINGER } from "./preferences.ts";
import type { SessionParts } from "./sessionParts.ts";
import type { AnnotationSync } from "./sync.ts";
import type { ZoomDrag } from "./zoomDrag.ts";

export interface CanvasPortParts {
  readonly model: EditorModel;
  readonly parts: SessionParts;
  readonly keys: KeyHolds;
  readonly actions: CommandActions;
  readonly sync: AnnotationSync;
  readonly switches: { readonly panning: boolean; readonly photoOnly: boolean };
  readonly zoomDrag: ZoomDrag;
}

export function createCanvasPort(from: CanvasPortParts): CanvasPort {
  return new LiveCanvas(from);
}

class LiveCanvas implements CanvasPort {
  private readonly scene: LabelScene;

  constructor(private readonly from: CanvasPortParts) {
    const { model, switches } = from;
    this.objects = objectScene(model, () => !model.labelsHidden && !switches.photoOnly);
    this.scene = {
      get map() {
        return model.map!;
      },
      look: (id) => lookOfSegment(model, id),
      get lookVersion() {
        return model.lookVersion;
      },
      get opacity() {
        return model.opacity;
      },
      get outlines() {
        return model.outlines;
      },
      get outlineWidth() {
        return Math.max(model.options.outlineWidth, model.leastOutlineWidth);
      },
      get colourBy() {
        return model.colourBy;
      },
      get visible() {
        return !model.labelsHidden && !switches.photoOnly;
      },
      get gapView() {
        return model.gapView;
      },
      get preview() {
        return model.preview;
      },
      get proposal() {
        return model.proposal;
      },
      get spotlight() {
        return model.spotlight;
      },
      get difference() {
        const difference = model.comparison?.difference ?? null;
        return difference?.layer === model.layer ? difference.runs : null;
      },
    };
  }

  readonly objects: ObjectScene;

  attach(sink: CanvasSink): () => void {
    return this.from.model.addSink(sink);
  }

  resize(widthPx: number, heightPx: number): void {
    this.from.parts.viewing.resize(widthPx, heightPx);
  }

  get view(): CanvasView {
    const { view, canvasSize, windowSize, turnDegrees } = this.from.model;
    const { originX, originY, zoom } = view;
    return { scale: zoom, originX, originY, ...canvasSize, turnDegrees, windowPx: windowSize };
  }

  get options(): CanvasPort["options"] {
    return this.from.model.options;
  }

  get sizeHw(): readonly [number, number] {
    return this.from.model.sizeHw;
  }

  get photoUrl(): string | null {
    const { task, ports } = this.from.model;
    return task === null ? null : ports.annotations.imageUrl(task.asset.id);
  }

  get tone(): CanvasPort["tone"] {
    const { tone } = this.from.model;
    return toneIsNeutral(tone) ? null : tone;
  }

  get histogramWanted(): boolean {
    return this.from.model.histogram === "wanted";
  }

  showHistogram(counts: Uint32Array): void {
    const { model } = this.from;
    if (model.histogram !== "wanted") return;
    model.histogram = counts;
    model.changed();
  }

  get labels(): LabelScene | null {
    return this.from.model.doc === null ? null : this.scene;
  }

  get crosshair(): CanvasPort["crosshair"] {
    return this.from.model.crosshair;
  }

  get finger(): CanvasPort["finger"] {
    const chosen = this.from.model.ports.preferences.read(FINGER);
    return chosen === "draw" || chosen === "pan" ? chosen : "auto";
  }

  get panning(): boolean {
    return this.from.switches.panning;
  }

  overlays(): { readonly active: Overlay; readonly parked: Overlay | null; readonly badge: Badge | null } {
    const { active, parked } = this.from.parts.tools.overlays();
    return { active: this.from.zoomDrag.overlay(active), parked, badge: this.from.model.badge };
  }

  pointerHover(pointer: CanvasPointer): void {
    this.from.model.crosshair = null;
    this.from.parts.tools.hover(this.onSheet(pointer));
  }

  pointerDown(pointer: CanvasPointer): void {
    this.from.keys.pointerPressed();
    if (this.from.zoomDrag.armed) this.from.zoomDrag.press(this.onSheet(pointer));
    else if (this.from.model.doc !== null) this.from.parts.tools.press(this.onSheet(pointer));
  }

  pointerDrag(pointer: CanvasPointer): void {
    if (this.from.zoomDrag.running) this.from.zoomDrag.drag(this.onSheet(pointer));
    else this.from.parts.tools.drag(this.onSheet(pointer));
  }

  pointerUp(pointer: CanvasPointer): void {
    if (this.from.zoomDrag.running) this.from.zoomDrag.release();
    else this.from.parts.tools.release(this.onSheet(pointer));
    this.from.sync.settle();
  }

  pointerLeave(): void {
    this.from.parts.tools.leave();
  }

  cancelGesture(): void {
    if (this.from.zoomDrag.running) this.from.zoomDrag.cancel();
    this.from.parts.tools.cancelGesture();
    this.from.sync.settle();
  }

  borrowEraser(held: boolean): void {
    this.from.actions.draw.borrowTool("eraser", held);
  }

  photoFailed(reason: string): void {
    const { model } = this.from;
    model.phase = "failed";
    model.failure = { code: "image_unreadable", message: messages.imageUnreadable(reason) };
    model.changed();
  }

  panBy(dxScreen: number, dyScreen: number): void {
    this.from.keys.pointerPressed();
    this.from.parts.viewing.pan(dxScreen, dyScreen);
  }

  zoomAt(pointScreen: { readonly x: number; readonly y: number }, factor: number): void {
    this.from.parts.viewing.zoomBy(factor, this.pointOnSheet(pointScreen));
    this.from.parts.tools.refresh();
  }

  sizeBy(notches: number): void {
    this.from.actions.draw.sizeBy(notches);
  }

  keyDown(key: Parameters<CanvasPort["keyDown"]>[0]): boolean {
    return this.from.keys.down(key);
  }

  keyUp(key: Parameters<CanvasPort["keyUp"]>[0]): boolean {
    return this.from.keys.up(key);
  }

  releaseKeys(): void {
    this.from.keys.releaseAll();
  }

  wake(): void {
    this.from.sync.wake();
  }

  pageHide(): void {
    this.from.sync.pageHide();
  }

  checksum(layer: string): string | null {
    return this.from.model.doc?.map(layer).checksum(layer) ?? null;
  }

  imageToScreen(x: number, y: number): { readonly x: number; readonly y: number } {
    const { view, turnDegrees, windowSize, canvasSize } = this.from.model;
    const at = toScreen(view, { x, y });
    return turnDegrees === 0 ? at : toWindow(at, turnDegrees, windowSize, canvasSize);
  }

  screenToImage(x: number, y: number): { readonly x: number; readonly y: number } {
    return toImage(this.from.model.view, this.pointOnSheet({ x, y }));
  }

  /** Everything behind this port works in px of the sheet. */
  private onSheet(pointer: CanvasPointer): CanvasPointer {
    if (this.from.model.turnDegrees === 0) return pointer;
    const samples = pointer.samples.map((one) => ({ ...one, pointScreen: this.pointOnSheet(one.pointScreen) }));
    return { ...pointer, samples };
  }

  private pointOnSheet(pointWindow: Point): Point {
    const { turnDegrees, windowSize, canvasSize } = this.from.model;
    return turnDegrees === 0 ? pointWindow : toSheet(pointWindow, turnDegrees, windowSize, canvasSize);
  }

  segmentAt(layer: string, x: number, y: number): number | null {
    const map = this.from.model.doc?.map(layer);
    if (!map || x < 0 || y < 0 || y >= map.height || x >= map.width) return null;
    return map.get(x, y);
  }
}
