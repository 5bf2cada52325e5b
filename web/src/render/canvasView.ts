// SPDX-License-Identifier: Apache-2.0
/**
 * Mounts the picture: photo, labels, objects and overlay as stacked canvases, drawn at most once a frame and only when
 * something is stale. Pointers and keys go straight to the session; no component framework is in their way.
 */
import type { CanvasPort, CursorName, DirtyBox, Point } from "../editor/canvas.ts";
import type { EditorSession } from "../editor/session.ts";
import type { Aids } from "./aids.ts";
import { aidsWanted } from "./aidsWanted.ts";
import { exposeHook } from "./automation.ts";
import { attachFocusFrame } from "./focusFrame.ts";
import { attachKeyboard } from "./keyboardInput.ts";
import { LabelLayer, type StaleLabels } from "./labels.ts";
import { layOut } from "./layOut.ts";
import { ObjectLayer } from "./objectLayer.ts";
import { OverlayLayer } from "./overlay.ts";
import { PhotoLayer } from "./photo.ts";
import { PointerInput } from "./pointerInput.ts";

const CURSORS: Readonly<Record<CursorName, string>> = {
  arrow: "default",
  crosshair: "crosshair",
  none: "none",
  close: "pointer",
  vertex: "move",
  edge: "copy",
  "not-allowed": "not-allowed",
  grab: "grab",
  grabbing: "grabbing",
  // A blade whose tip is the hot spot, dark with a light edge so that it is seen on any photograph.
  knife: `url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='24' height='24'%3E%3Cpath d='M2 22l3-9L18 2l4 4L11 19z' fill='%230B0B0B' stroke='white' stroke-width='1.5'/%3E%3C/svg%3E") 2 22, crosshair`,
  "slide-x": "ew-resize",
  "slide-y": "ns-resize",
  "slide-falling": "nwse-resize",
  "slide-rising": "nesw-resize",
};

/** Asks whoever holds the canvas for the menu at a place: `detail` has clientX and clientY, CSS px in the window. */
export const MENU_EVENT = "intarsia:menu";

class CanvasViewImpl {
  private readonly photo: PhotoLayer;
  private readonly labels: LabelLayer;
  private readonly objects: ObjectLayer;
  private readonly overlay: OverlayLayer;
  private readonly input: PointerInput;
  private readonly observer: ResizeObserver;
  private readonly cleanups: (() => void)[] = [];
  private readonly stale = { photo: true, overlay: true, objects: true, allLabels: true, moved: false };
  private readonly layers: readonly { readonly canvas: HTMLCanvasElement }[];
  private staleBox: [number, number, number, number] | null = null;
  private frame: number | null = null;
  private dpr = 1;
  private turnDegrees = 0;
  /** Loaded when they are first wanted; null: on their way. */
  private aids: Aids | null | undefined;
  private photoUrl: string | null = null;
  private cursor = "";
  private disposed = false;

  constructor(
    private readonly element: HTMLElement,
    private readonly canvas: CanvasPort,
    private readonly goTo: (pointImage: Point) => void,
    session: EditorSession | null,
  ) {
    const document = element.ownerDocument;
    this.photo = new PhotoLayer(document, () => this.mark("photo"));
    this.labels = new LabelLayer(document);
    this.objects = new ObjectLayer(document);
    this.overlay = new OverlayLayer(document);
    this.layers = [this.photo, this.labels, this.objects.all, this.objects.marks, this.overlay];
    element.style.touchAction = "none";
    element.style.userSelect = "none";
    if (getComputedStyle(element).position === "static") element.style.position = "relative";
    for (const { canvas } of this.layers) place(canvas, element);
    element.style.overflow = "hidden";
    this.input = new PointerInput(element, this.canvas, {
      undo: () => session?.run("edit.undo"),
      redo: () => session?.run("edit.redo"),
      eraser: (held) => this.canvas.borrowEraser(held),
      menu: (clientX, clientY) => element.dispatchEvent(new CustomEvent(MENU_EVENT, { detail: { clientX, clientY } })),
      finger: () => this.canvas.finger,
    });
    this.cleanups.push(
      this.canvas.attach({
        labels: (box) => this.labelsStale(box),
        overlay: () => this.mark("overlay"),
        objects: () => this.mark("objects"),
        view: () => this.viewMoved(),
        photo: () => this.mark("photo"),
      }),
    );
    if (session !== null) this.attachSession(document, session);
    else this.cleanups.push(onResize(document.defaultView!, () => this.resize()));
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(element);
    this.resize();
  }

  /** Keys, page and support hook belong to the one canvas on which is drawn. */
  private attachSession(document: Document, session: EditorSession): void {
    const window = document.defaultView!;
    this.cleanups.push(attachKeyboard(window, this.element, this.canvas));
    this.cleanups.push(this.attachPage(window, document, session));
    this.cleanups.push(exposeHook(window, this.element, session));
    this.cleanups.push(attachFocusFrame(this.element));
  }

  dispose(): void {
    this.disposed = true;
    if (this.frame !== null) cancelAnimationFrame(this.frame);
    this.observer.disconnect();
    this.input.dispose();
    for (const cleanup of this.cleanups) cleanup();
    this.photo.dispose();
    this.aids?.dispose();
    for (const { canvas } of this.layers) canvas.remove();
  }

  private attachPage(window: Window, document: Document, session: EditorSession): () => void {
    const stop = new AbortController();
    const { signal } = stop;
    window.addEventListener("online", () => this.canvas.wake(), { signal });
    window.addEventListener("focus", () => this.canvas.wake(), { signal });
    window.addEventListener("pagehide", () => this.canvas.pageHide(), { signal });
    document.addEventListener(
      "visibilitychange",
      () => {
        if (document.visibilityState === "hidden") session.run("image.save");
      },
      { signal },
    );
    window.addEventListener("resize", () => this.resize(), { signal });
    return () => stop.abort();
  }

  private resize(): void {
    const { clientWidth, clientHeight } = this.element;
    this.dpr = this.element.ownerDocument.defaultView?.devicePixelRatio ?? 1;
    this.input.measure();
    this.canvas.resize(clientWidth, clientHeight);
    this.layOut();
    this.everythingStale();
  }

  private layOut(): void {
    const { view } = this.canvas;
    this.turnDegrees = view.turnDegrees;
    layOut(
      this.layers.map(({ canvas }) => canvas),
      view,
      this.dpr,
    );
  }

  private labelsStale(box: DirtyBox | null): void {
    if (box === null) this.stale.objects = this.stale.allLabels = true;
    else if (this.staleBox === null) this.staleBox = [box[0], box[1], box[2], box[3]];
    else {
      const stale = this.staleBox;
      stale[0] = Math.min(stale[0], box[0]);
      stale[1] = Math.min(stale[1], box[1]);
      stale[2] = Math.max(stale[2], box[2]);
      stale[3] = Math.max(stale[3], box[3]);
    }
    this.schedule();
  }

  private everythingStale(): void {
    this.stale.photo = true;
    this.stale.overlay = true;
    this.stale.objects = true;
    this.stale.allLabels = true;
    this.schedule();
  }

  private viewMoved(): void {
    this.stale.photo = true;
    this.stale.overlay = true;
    this.stale.objects = true;
    this.stale.moved = true;
    if (this.canvas.view.turnDegrees !== this.turnDegrees) {
      this.layOut();
      this.stale.allLabels = true;
    }
    this.schedule();
  }

  private mark(part: "photo" | "overlay" | "objects"): void {
    this.stale[part] = true;
    this.schedule();
  }

  private schedule(): void {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      this.draw();
    });
  }

  private draw(): void {
    const { canvas, stale, dpr } = this;
    const { view } = canvas;
    this.loadPhoto();
    if (stale.photo) this.photo.draw(view, dpr, canvas.tone, canvas.options.smoothing);
    if (canvas.histogramWanted) this.countPhoto();
    const labels = this.staleLabels();
    const overlays = canvas.overlays();
    if (labels !== null || stale.overlay) {
      this.labels.draw(canvas.labels, view, dpr, labels, overlays.active.ring);
    }
    if (stale.objects) this.objects.draw(canvas.objects, view, dpr);
    if (stale.overlay) {
      this.overlay.draw(
        { ...overlays, crosshair: canvas.crosshair, grid: canvas.options.grid },
        view,
        canvas.sizeHw,
        dpr,
      );
      this.showCursor(canvas.panning ? "grab" : overlays.active.cursor);
    }
    this.drawAids();
    stale.photo = false;
    stale.overlay = false;
    stale.objects = false;
    stale.allLabels = false;
    stale.moved = false;
    this.staleBox = null;
  }

  private staleLabels(): StaleLabels | null {
    if (this.stale.allLabels || (this.stale.moved && this.staleBox !== null)) return "all";
    return this.stale.moved ? "moved" : this.staleBox;
  }

  private loadPhoto(): void {
    const url = this.canvas.photoUrl;
    if (url === null || url === this.photoUrl) return;
    this.photoUrl = url;
    this.photo.load(url, this.canvas.sizeHw).then(
      () => this.mark("photo"),
      (error: unknown) => {
        if (!this.disposed) this.canvas.photoFailed(error instanceof Error ? error.message : String(error));
      },
    );
  }

  private drawAids(): void {
    if (!this.stale.photo) return;
    if (this.aids === undefined && aidsWanted(this.canvas)) {
      this.aids = null;
      void import("./aids.ts").then(({ Aids }) => {
        if (this.disposed) return;
        this.aids = new Aids(this.element, this.canvas, this.goTo);
        this.mark("photo");
      });
    }
    this.aids?.draw(this.photo.thumbnail, this.dpr);
  }

  private countPhoto(): void {
    this.photo.count().then(
      ({ histogram }) => this.canvas.showHistogram(histogram),
      () => undefined, // no picture yet: it is asked for again when there is one
    );
  }

  private showCursor(name: CursorName): void {
    const cursor = CURSORS[name];
    if (cursor === this.cursor) return;
    this.cursor = cursor;
    this.element.style.cursor = cursor;
  }
}

function place(canvas: HTMLCanvasElement, element: HTMLElement): void {
  Object.assign(canvas.style, {
    position: "absolute",
    left: "0",
    top: "0",
    width: "100%",
    height: "100%",
    pointerEvents: "none",
  });
  canvas.setAttribute("aria-hidden", "true");
  element.append(canvas);
}

function onResize(window: Window, listener: () => void): () => void {
  window.addEventListener("resize", listener);
  return () => window.removeEventListener("resize", listener);
}

const goingTo =
  (session: EditorSession) =>
  ({ x, y }: Point): void =>
    session.run("view.show", { x, y, zoom: session.canvas.view.scale });

/** Puts the picture into `element`; the function returned takes it out again. */
export function mountCanvas(element: HTMLElement, session: EditorSession): () => void {
  const view = new CanvasViewImpl(element, session.canvas, goingTo(session), session);
  return () => view.dispose();
}

/** Puts what is shown beside the picture into `element`. */
export function mountSide(element: HTMLElement, session: EditorSession): () => void {
  const view = new CanvasViewImpl(element, session.sideCanvas, goingTo(session), null);
  return () => view.dispose();
}
