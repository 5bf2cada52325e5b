// SPDX-License-Identifier: Apache-2.0
/**
 * The canvas beside the picture. It draws another document or layer with the same eyes: zoom, middle, angle, tone and
 * colours are the picture's own, and moving one moves both. Nothing can be drawn here.
 */
import type { LabelMap } from "../core/labelMap.ts";
import { sheetSize, toSheet, toWindow } from "../core/turning.ts";
import { centreOn, toImage, toScreen, type Viewport, type ViewSize } from "../core/viewport.ts";
import type { CanvasPort, CanvasSink, CanvasView, LabelScene, ObjectScene, Overlay, Point } from "./canvas.ts";
import type { EditorDocument } from "./document.ts";
import { lookOfSegment } from "./looks.ts";
import type { EditorModel } from "./model.ts";
import type { Viewing } from "./viewing.ts";

const NO_OBJECTS: ObjectScene = {
  colours: 0,
  visible: false,
  shapes: [],
  look: () => {
    throw new Error("no objects are drawn beside the picture");
  },
  marked: () => [],
  arrows: () => [],
};
const NOTHING: Overlay = { outline: null, ring: null, box: null, cursor: "grab" };

export class SideCanvas implements CanvasPort {
  readonly panning = true;
  readonly finger = "pan";
  readonly crosshair = null;
  readonly histogramWanted = false;
  private windowSize: ViewSize = { widthPx: 1, heightPx: 1 };
  private readonly scene: LabelScene;

  constructor(
    private readonly model: EditorModel,
    private readonly main: CanvasPort,
    private readonly viewing: Viewing,
  ) {
    const side = this;
    this.scene = {
      get map() {
        return side.map!;
      },
      look: (id) => lookOfSegment(model, id, side.doc),
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
        return model.options.outlineWidth;
      },
      get colourBy() {
        return model.colourBy;
      },
      get visible() {
        return main.labels?.visible ?? true;
      },
      get gapView() {
        return model.gapView;
      },
      preview: null,
      spotlight: null,
    };
  }

  /** Strokes on the picture change nothing here, unless the same document is shown. */
  attach(sink: CanvasSink): () => void {
    return this.model.addSink({
      labels: (box) => {
        if (box === null || this.model.side?.target.kind !== "revision") sink.labels(box);
      },
      overlay: () => undefined,
      objects: () => sink.objects(),
      view: () => sink.view(),
      photo: () => sink.photo(),
    });
  }

  resize(widthPx: number, heightPx: number): void {
    this.windowSize = { widthPx, heightPx };
  }

  get view(): CanvasView {
    const { zoom, originX, originY } = this.viewport;
    const { windowSize, sheet } = this;
    return { scale: zoom, originX, originY, ...sheet, turnDegrees: this.model.turnDegrees, windowPx: windowSize };
  }

  get sizeHw(): readonly [number, number] {
    return this.model.sizeHw;
  }

  get photoUrl(): string | null {
    return this.main.photoUrl;
  }

  get tone(): CanvasPort["tone"] {
    return this.main.tone;
  }

  get options(): CanvasPort["options"] {
    return { ...this.model.options, minimap: false };
  }

  get labels(): LabelScene | null {
    return this.map === null ? null : this.scene;
  }

  /** Those of the state on screen; objects of an older revision are not drawn. */
  get objects(): ObjectScene {
    const { side } = this.model;
    return side === null || side.target.kind === "revision" ? NO_OBJECTS : this.main.objects;
  }

  overlays(): ReturnType<CanvasPort["overlays"]> {
    return { active: NOTHING, parked: null, badge: null };
  }

  panBy(dxScreen: number, dyScreen: number): void {
    this.main.panBy(dxScreen, dyScreen);
  }

  /** Both middles show the same image point, so the same offset from the middle does too. */
  zoomAt(pointScreen: Point, factor: number): void {
    const { sheet, model } = this;
    const at = this.onSheet(pointScreen);
    const { canvasSize } = model;
    const dx = (canvasSize.widthPx - sheet.widthPx) / 2;
    const dy = (canvasSize.heightPx - sheet.heightPx) / 2;
    this.viewing.zoomBy(factor, { x: at.x + dx, y: at.y + dy });
  }

  checksum(layer: string): string | null {
    return this.doc?.map(layer).checksum(layer) ?? null;
  }

  imageToScreen(x: number, y: number): Point {
    return toWindow(toScreen(this.viewport, { x, y }), this.model.turnDegrees, this.windowSize, this.sheet);
  }

  screenToImage(x: number, y: number): Point {
    return toImage(this.viewport, this.onSheet({ x, y }));
  }

  segmentAt(layer: string, x: number, y: number): number | null {
    const map = this.doc?.map(layer);
    if (!map || x < 0 || y < 0 || y >= map.height || x >= map.width) return null;
    return map.get(x, y);
  }

  // Read-only, and keys go to the picture.
  showHistogram(): void {}
  pointerHover(): void {}
  pointerDown(): void {}
  pointerDrag(): void {}
  pointerUp(): void {}
  pointerLeave(): void {}
  cancelGesture(): void {}
  borrowEraser(): void {}
  photoFailed(): void {}
  sizeBy(): void {}
  releaseKeys(): void {}
  wake(): void {}
  pageHide(): void {}
  keyDown(): boolean {
    return false;
  }
  keyUp(): boolean {
    return false;
  }

  private get doc(): EditorDocument | null {
    const { side, head, doc } = this.model;
    if (side === null) return null;
    return side.target.kind === "latest" ? head : (side.doc ?? doc);
  }

  private get map(): LabelMap | null {
    const { side, layer } = this.model;
    return this.doc?.map(side?.target.kind === "layer" ? side.target.layer : layer) ?? null;
  }

  private get sheet(): ViewSize {
    return sheetSize(this.windowSize, this.model.turnDegrees);
  }

  private get viewport(): Viewport {
    const { view, canvasSize } = this.model;
    const middle = toImage(view, { x: canvasSize.widthPx / 2, y: canvasSize.heightPx / 2 });
    return centreOn(view.zoom, middle, this.sheet);
  }

  private onSheet(pointWindow: Point): Point {
    return toSheet(pointWindow, this.model.turnDegrees, this.windowSize, this.sheet);
  }
}
