// SPDX-License-Identifier: Apache-2.0
/**
 * The other face of the editor: what the canvas draws and where it reports pointers and keys. Everything here is read
 * on the pointer path, so these are live views, not snapshots; the canvas is told what became stale.
 */
import type { LabelMap } from "../core/labelMap.ts";
import type { PixelRuns } from "../core/pixelRuns.ts";
import type { Region } from "../core/region.ts";
import type { Tone } from "../core/tone.ts";
import type { ViewSize } from "../core/viewport.ts";
import type { Overlay, Point, PointerKind, ShownObject } from "../tools/index.ts";
import type { ColourBy } from "./state.ts";
import type { ViewOptions } from "./viewOptions.ts";

export type {
  BorderOverlay,
  CursorName,
  ObjectOverlay,
  OutlineOverlay,
  Overlay,
  Point,
  PointerKind,
  RingOverlay,
  ShownObject,
} from "../tools/index.ts";
export { NEW_SEGMENT } from "../tools/index.ts";

/** Half-open box in image px. */
export type DirtyBox = readonly [x0: number, y0: number, x1: number, y1: number];

/** Told by the editor what has to be drawn again; draws with the next frame. */
export interface CanvasSink {
  /** Pixels of the label map, or how they look, changed inside the box; null: everywhere. */
  labels(box: DirtyBox | null): void;
  /** Outline, ring, badge or cursor changed. */
  overlay(): void;
  /** Objects, or how they look, changed. */
  objects(): void;
  /** Pan or zoom. */
  view(): void;
  /** Photo or its tone changed. */
  photo(): void;
}

/** Where the picture lies on the canvas: screen = (image − origin) · scale, in CSS px. */
export interface CanvasView {
  readonly scale: number;
  readonly originX: number; // image px at the left edge of the canvas
  readonly originY: number;
  readonly widthPx: number; // canvas, CSS px
  readonly heightPx: number;
  /** The canvas is turned clockwise about the middle of the window, which it covers. */
  readonly turnDegrees: number;
  readonly windowPx: ViewSize;
}

/** How a segment looks. Colours 0xRRGGBB. */
export interface SegmentLook {
  readonly colour: number;
  readonly dark: boolean; // L* < 50: a border between two such is drawn light
  readonly hidden: boolean;
  readonly selected: boolean;
  readonly hovered: boolean;
}

/** Pixels that the open outline would change, shown before anything is written. */
export interface OutlinePreview {
  /** Rows ascending; `before` is the owner of each run now. */
  readonly taken: Region;
  readonly before: Uint32Array;
  /** Who would get them; null for a segment that does not exist yet. */
  readonly segmentId: number | null;
  readonly look: SegmentLook;
  /** It keeps off what others own, so the border between them will be shared: that stretch is lit. */
  readonly shares: boolean;
  /** Pixels inside the outline that it may not take: locked, or protected from its class. Null: none. */
  readonly kept: Region | null;
}

/** In mode *inside*: all else is dimmed while drawing. */
export interface Spotlight {
  readonly hosts: ReadonlySet<number>;
  /** The segment that grows, shown as bright as its host; null: it does not exist yet. */
  readonly segmentId: number | null;
}

/** Pixels as they will be when the gesture ends, whoever gets them. */
export interface ProposalPreview {
  /** Rows ascending. `after` may be NEW_SEGMENT of the tools. */
  readonly pixels: PixelRuns;
  /** How a segment that does not exist yet would look; one object for as long as it looks the same. */
  readonly newLook: SegmentLook | null;
}

export interface Badge {
  readonly text: string;
  readonly warn: boolean;
  readonly pointScreen: Point;
}

export interface LabelScene {
  readonly map: LabelMap;
  look(id: number): SegmentLook;
  /** Grows when any look changes: class colours, hiding, selection, hover, colour-by. */
  readonly lookVersion: number;
  readonly opacity: number; // of the fill, 0..1
  readonly outlines: boolean;
  readonly outlineWidth: number; // of the rim, CSS px
  readonly colourBy: ColourBy;
  readonly visible: boolean; // H hides everything
  readonly gapView: boolean;
  readonly preview: OutlinePreview | null;
  readonly spotlight: Spotlight | null;
  readonly proposal?: ProposalPreview | null;
  /** Pixels in which two versions differ, marked over everything else. */
  readonly difference?: PixelRuns | null;
}

/** Where a relation leads; image px. */
export interface RelationArrow {
  readonly from: Point;
  readonly to: Point;
  readonly directed: boolean;
  readonly title: string;
}

/** The objects beside the map, as they are drawn. */
export interface ObjectScene {
  /** Grows when colours of many may have changed: classes, colour by. */
  readonly colours: number;
  readonly visible: boolean;
  /** The newest last; those in the hand of a tool are left out. */
  readonly shapes: readonly ShownObject[];
  look(id: string): SegmentLook;
  /** Selected, or under the pointer; those in the hand of a tool are left out. */
  marked(): readonly ShownObject[];
  /** Of what is selected. */
  arrows(): readonly RelationArrow[];
}

export interface CanvasPointerSample {
  readonly pointScreen: Point; // CSS px from the canvas' top left corner
  readonly pressure: number;
  readonly timeMs: number;
}

export interface CanvasPointer {
  readonly pointerType: PointerKind;
  readonly samples: readonly CanvasPointerSample[]; // oldest first, at least one
  readonly button: number; // as in PointerEvent: 0 main, 1 middle, 2 barrel or right, 5 eraser end; −1 on moves
  readonly shift: boolean;
  readonly mod: boolean;
}

/** One key event; `inTextField` and `composing` are found out by the page, which knows the DOM. */
export interface KeyInput {
  readonly key: string;
  readonly code: string;
  readonly shift: boolean;
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly meta: boolean;
  readonly altGraph: boolean;
  readonly repeat: boolean;
  readonly composing: boolean;
  readonly inTextField: boolean;
  /** The canvas, or nothing in particular, has the focus: Tab, arrows, Space and Enter mean the picture. */
  readonly onCanvas: boolean;
}

export interface CanvasPort {
  attach(sink: CanvasSink): () => void;
  /** Size of the canvas in CSS px. The first call fits the picture. */
  resize(widthPx: number, heightPx: number): void;

  readonly view: CanvasView;
  readonly sizeHw: readonly [number, number];
  readonly photoUrl: string | null; // null until the task is known
  readonly options: ViewOptions;
  readonly tone: Tone | null; // null: the photo as it is
  /** The interface shows a histogram and has none yet. */
  readonly histogramWanted: boolean;
  /** 4 × 256 counts of the photo: red, green, blue, luminance. */
  showHistogram(counts: Uint32Array): void;
  /** Null until the label map is loaded. */
  readonly labels: LabelScene | null;
  readonly objects: ObjectScene;
  overlays(): { readonly active: Overlay; readonly parked: Overlay | null; readonly badge: Badge | null };
  readonly crosshair: Point | null; // keyboard crosshair, image px

  pointerHover(pointer: CanvasPointer): void;
  pointerDown(pointer: CanvasPointer): void;
  pointerDrag(pointer: CanvasPointer): void;
  pointerUp(pointer: CanvasPointer): void;
  pointerLeave(): void;
  /** The system took the pointer, or a second finger came down: the gesture ends without a trace. */
  cancelGesture(): void;
  /** Whether a drag with the main button pans now (Space is held). */
  readonly panning: boolean;

  /** What one finger does: `auto` draws until a pen has been seen, then pans. */
  readonly finger: "auto" | "draw" | "pan";

  /** The pen was turned round, or its barrel button is down. */
  borrowEraser(held: boolean): void;
  /** The picture cannot be read. */
  photoFailed(reason: string): void;

  panBy(dxScreen: number, dyScreen: number): void;
  zoomAt(pointScreen: Point, factor: number): void;
  /** Shift+wheel: the size of the tool, in notches. */
  sizeBy(notches: number): void;

  /** True: the key was meant for the editor, keep the browser from acting on it. */
  keyDown(key: KeyInput): boolean;
  keyUp(key: KeyInput): boolean;
  /** The window lost focus: held keys are let go. */
  releaseKeys(): void;

  /** The browser is online again, or the page came to the front: try to save now. */
  wake(): void;
  /** The page is going away. */
  pageHide(): void;

  /** SHA-256 checksum of a layer's map as it is now (contract/label-map-codec.md). For automation and support. */
  checksum(layer: string): string | null;
  /** Where an image point is on the canvas, CSS px from its top left corner. */
  imageToScreen(x: number, y: number): Point;
  /** The image point under a place on the canvas, image px; the inverse of `imageToScreen`. */
  screenToImage(x: number, y: number): Point;
  /** Segment id of an image pixel of a layer; 0 = unlabelled, null outside the image or while loading. */
  segmentAt(layer: string, x: number, y: number): number | null;
}
