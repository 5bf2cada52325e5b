// SPDX-License-Identifier: Apache-2.0
/**
 * What a tool is. A tool is a small state machine fed with pointer events in image and screen coordinates; it knows no
 * DOM, no ids, no locks and no server, and reaches the map only through `ToolContext`.
 *
 * A new tool is one file that exports a `ToolDescriptor`, and one line in `index.ts`. A shared suite then checks that
 * cancelling restores every byte, that one gesture is one undo step, and that locked pixels never change.
 */
import type { Point } from "../core/geometry.ts";
import type { GeometryKind } from "../core/item.ts";
import type { ObjectOverlay } from "./objectContext.ts";
import type { ToolContext } from "./toolContext.ts";

/** Image px, or CSS px on the canvas; the name of the variable says which (`pointImage`, `pointScreen`). */
export type { Point } from "../core/geometry.ts";
export { distance } from "../core/geometry.ts";

export type PointerKind = "mouse" | "touch" | "pen";

export interface PointerSample {
  readonly pointImage: Point;
  readonly pointScreen: Point;
  readonly pressure: number; // 0..1; 0.5 where the device has none
  readonly timeMs: number; // monotonic
}

export interface ToolPointer {
  readonly pointerType: PointerKind;
  /** Oldest first, at least one; more than one where the browser coalesces moves. */
  readonly samples: readonly PointerSample[];
  readonly shift: boolean;
  readonly mod: boolean;
}

export type CursorName =
  | "arrow"
  | "crosshair"
  | "none"
  | "close"
  | "vertex"
  | "edge"
  | "not-allowed"
  | "knife"
  | "slide-x"
  | "slide-y"
  | "slide-falling"
  | "slide-rising"
  | "grab"
  | "grabbing";

export interface OutlineOverlay {
  readonly points: readonly Point[]; // image px, fixed so far, open
  /** Where the next line would go; null when the pointer is away. */
  readonly rubber: Point | null;
  /** Places that can be dragged; subset of points, thinned so that they are apart on screen. */
  readonly handles: readonly Point[];
  readonly canClose: boolean; // pointer is on the first point: show it big
  readonly ghost: Point | null; // diamond where a drag would insert a vertex
  readonly snap: Point | null; // ring where the pointer was drawn to
  readonly parked: boolean;
}

export interface RingOverlay {
  readonly centre: Point; // image px
  readonly radiusPx: number; // image px
  readonly shape: "round" | "square";
  readonly dashed: boolean;
  readonly label: string | null; // size while it is being changed
}

export interface BoxOverlay {
  readonly from: Point; // image px
  readonly to: Point;
}

/** A word at a place of the image, on a small plate. */
export interface TagOverlay {
  readonly text: string;
  readonly at: Point; // image px
}

/** What the tools that work on borders show beside the pixels they would change. Image px. */
export interface BorderOverlay {
  /** Drawn by hand, not closed. */
  readonly line: readonly Point[];
  /** The border in hand, lit. */
  readonly lit: readonly Point[];
  readonly handles: readonly Point[];
  readonly tags: readonly TagOverlay[];
}

/** What a tool wants drawn above picture and labels. Image coordinates; the renderer knows line widths and colours. */
export interface Overlay {
  readonly cursor: CursorName;
  readonly outline: OutlineOverlay | null;
  readonly ring: RingOverlay | null;
  readonly box: BoxOverlay | null;
  readonly border?: BorderOverlay | null;
  readonly objects?: ObjectOverlay | null;
}

export type ToolPhase = "idle" | "pressing" | "open";

/** One instance lives as long as the editor; switching tools only parks it. */
export interface Tool {
  /** `open`: something unfinished waits between gestures (an outline). */
  readonly phase: ToolPhase;
  hover(pointer: ToolPointer): void;
  press(pointer: ToolPointer): void;
  drag(pointer: ToolPointer): void;
  release(pointer: ToolPointer): void;
  /** The pointer left the picture. */
  leave(): void;
  /** Ends the running gesture without a trace. An open outline stays as it was before the gesture. */
  cancelGesture(): void;
  /** Escape: gives up one level. False when there was nothing to give up. */
  escape(): boolean;
  /** Enter. False when there was nothing to finish. */
  finish(): boolean;
  /** Mod+Z inside unfinished work. False: the editor's own undo is meant. */
  undo(): boolean;
  redo(): boolean;
  /** Arrow keys: moves what was touched last, in image px. False when nothing was. */
  nudge(dx: number, dy: number): boolean;
  /** Shift+wheel, [ and ]: the tool's own size, in notches. Missing or false: the size of the brush is meant. */
  sizeBy?(notches: number): boolean;
  /** Backspace between gestures: takes out what was touched last. Missing or false: nothing was. */
  takeOut?(): boolean;
  /** True: arrow keys are for `nudge`, also where they otherwise move the keyboard's crosshair. */
  readonly takesArrows?: boolean;
  /** Takes a segment along with the arrow keys, until Enter or Escape. */
  beginMove?(segmentId: number): boolean;
  /** Draw mode, class, zoom or map changed under an open tool: show the preview anew. */
  refresh(): void;
  /** Another tool takes over, or this one comes back. */
  suspend(): void;
  resume(): void;
  overlay(): Overlay;
}

export interface ToolDescriptor {
  readonly id: "select" | "pen" | "brush" | "eraser" | "fill" | "reshape" | "slide" | "knife" | GeometryKind;
  readonly title: string;
  readonly key: string; // a letter, or Shift and a letter: tap switches, hold borrows
  readonly defaultMode: "behind" | "over" | "inside";
  readonly paints: boolean; // uses class and draw mode
  /** Moves borders between segments that are there: no class, and the first of them opens a group of its own in the rail. */
  readonly onBorders?: boolean;
  /** The kind of object that it makes; it is in the rail where a class has such objects. */
  readonly makes?: GeometryKind;
  readonly options: readonly ("size" | "shape")[];
  readonly hint: string; // one line for the status bar and the help page
  create(context: ToolContext): Tool;
}

export const noOverlay = (cursor: CursorName): Overlay => ({ cursor, outline: null, ring: null, box: null });

export const lastSample = (pointer: ToolPointer): PointerSample => pointer.samples[pointer.samples.length - 1]!;
