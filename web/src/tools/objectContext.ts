// SPDX-License-Identifier: Apache-2.0
/** The window of tools on the objects beside the map. Ids, locks, classes and edits are decided behind it. */
import type { Geometry, GeometryKind } from "../core/item.ts";
import type { Bounds, ShapePath } from "../core/objectShape.ts";
import type { Point } from "./Tool.ts";

/** An object that is shown. */
export interface ShownObject {
  readonly id: string;
  readonly geometry: Geometry;
  readonly paths: readonly ShapePath[];
  readonly bounds: Bounds;
}

export interface ObjectContext {
  /** Objects that are shown, the newest last. */
  shown(): readonly ShownObject[];
  find(id: string): ShownObject | null;
  /** Selected objects, the last one selected last. */
  selected(): readonly ShownObject[];
  isLocked(id: string): boolean;
  select(ids: readonly string[], add: boolean): void;
  hover(id: string | null): void;
  frame(): void;

  /** Whether an object of this kind may be made of the class of now. False: the user was told why. */
  mayMake(kind: GeometryKind): boolean;
  /** A new object as one edit. False: the user was told why. */
  make(geometry: Geometry): boolean;
  /** Whether these may be changed now. False: the user was told why. */
  mayChange(ids: readonly string[]): boolean;
  /** New geometries as one edit; those that are no geometry are left as they are. */
  reshape(changes: ReadonlyMap<string, Geometry>, tool: string): void;
  /** These are drawn by the tool while it changes them; null: none. */
  hold(ids: readonly string[] | null): void;
}

/** What tools draw of objects above everything else. Image px. */
export interface ObjectOverlay {
  readonly paths: readonly ShapePath[];
  readonly handles: readonly Point[];
  /** The knob that turns a box, and the place on the box that it belongs to. */
  readonly knob: { readonly at: Point; readonly from: Point } | null;
  /** Where a drag would put a vertex in. */
  readonly ghost: Point | null;
  readonly snap: Point | null;
  /** The first place is under the pointer: a click there closes. */
  readonly canClose: boolean;
}

export const NO_OBJECT_OVERLAY: ObjectOverlay = {
  paths: [],
  handles: [],
  knob: null,
  ghost: null,
  snap: null,
  canClose: false,
};
