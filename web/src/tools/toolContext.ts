// SPDX-License-Identifier: Apache-2.0
/**
 * The narrow window through which a tool sees the editor. It speaks of outlines, strokes and places; which segment
 * gets the pixels, what is locked and how an edit is recorded is decided behind it.
 */
import type { DrawMode } from "../core/apply.ts";
import type { MapView, Passage } from "../core/border/mapView.ts";
import type { BorderTools } from "./border/lazyTool.ts";
import type { ObjectContext } from "./objectContext.ts";
import type { PixelProposal } from "./pixelProposal.ts";
import type { Point, PointerKind } from "./Tool.ts";

export interface BrushSettings {
  readonly sizePx: number; // diameter, image px
  readonly shape: "round" | "square";
  /** A pen's pressure narrows the stroke. */
  readonly pressure: boolean;
}

/** A stroke that is being painted. Its pixels are in the map at once; `cancel` takes every one of them back. */
export interface Stroke {
  /** Path goes on from the last point given. Image px; `width` is a share of the brush's size, 0..1. */
  add(points: readonly Point[], width?: number): void;
  /** Ends the stroke: one edit, one undo step. Gives the number of pixels that changed owner. */
  finish(): number;
  cancel(): void;
}

/** Why something cannot begin; the editor has already told the user. */
export type Refused = { readonly refused: string };

export interface Radii {
  readonly dragPx: number; // screen px that a press must move to be a drag
  readonly snapPx: number;
  readonly closePx: number;
  readonly vertexPx: number;
}

export interface ToolContext {
  readonly sizeHw: readonly [number, number];
  /** Screen px per image px. */
  scale(): number;
  /** Segment under an image pixel in the current layer; 0 = unlabelled or outside. */
  segmentAt(x: number, y: number): number;
  /** Segments that own a pixel in the box (image px, half-open), in order of first meeting. */
  segmentsIn(box: readonly [number, number, number, number]): readonly number[];

  brush(): BrushSettings;
  setBrushSize(sizePx: number): void;
  beginStroke(purpose: "paint" | "erase"): Stroke | Refused;

  /** Shows which pixels the closed outline would take in the draw mode of now; null shows nothing. */
  previewOutline(points: readonly Point[] | null, pointer: Point | null): void;
  /** Applies the outline as one edit. `changedPx` 0: nothing happened and the user was told why. */
  commitOutline(points: readonly Point[]): { readonly changedPx: number };

  /** Shows which pixels a fill from here would take, up to the borders of the part; null shows nothing. */
  previewFill(at: Point | null, pointer: Point | null): void;
  /** Fills the part around the place (image px) as one edit. `changedPx` 0: nothing happened and the user was told why. */
  commitFill(at: Point): { readonly changedPx: number };

  /** The map of the layer that is drawn on, to read. Null while it loads. */
  map(): MapView | null;
  /** As `map`, at the beginning of a gesture; null also when nothing may be changed, and the user has been told why. */
  mapToChange(): MapView | null;
  /** Segments that neither gain nor lose. */
  locked(): ReadonlySet<number>;
  /** Which pixels may pass to whom now: not from or to locked segments, not what the ontology protects. */
  passage(): Passage;
  drawMode(): DrawMode;
  /** The segment selected last, when it owns pixels of this layer. */
  selected(): number | null;
  nameOf(segmentId: number): string;
  /**
   * Shows what would change, as it would look: made now, or when the pointer rests where making it takes longer than a
   * part of a frame. Null shows nothing.
   */
  propose(make: (() => PixelProposal | null) | null, pointer: Point | null): void;
  /** Makes it one edit. Gives the number of pixels that changed owner; 0: the user was told why. */
  commitProposal(proposal: PixelProposal): number;

  /** What the border tools are made from; null until `loadBorderTools` has brought it. */
  borderTools(): BorderTools | null;
  /** Rejects when it cannot be fetched; may be called again. */
  loadBorderTools(): Promise<void>;

  readonly objects: ObjectContext;

  hoverSegment(id: number): void;
  /** 0 clears the selection unless `add`. */
  select(id: number, add: boolean): void;
  selectMany(ids: readonly number[], add: boolean): void;
  frameSelection(): void;

  /** One short sentence about what just happened or could not happen. */
  tell(text: string): void;
  /** The overlay changed; draw it with the next frame. */
  repaint(): void;
  /** The phase changed (outline opened, closed): buttons and chips follow. */
  changed(): void;
}

const RADII: Readonly<Record<PointerKind, Radii>> = {
  mouse: { dragPx: 4, snapPx: 6, closePx: 10, vertexPx: 8 },
  pen: { dragPx: 6, snapPx: 8, closePx: 16, vertexPx: 10 },
  touch: { dragPx: 10, snapPx: 14, closePx: 22, vertexPx: 22 },
};

/** Distances on screen, by kind of pointer: a finger is less exact than a mouse. */
export const radiiFor = (kind: PointerKind): Radii => RADII[kind];
