// SPDX-License-Identifier: Apache-2.0
/** Items beside the label maps: objects, relations, the answers on the image, and their changes (contract/items.md). */
import { EditError } from "./errors.ts";
import { type Json, jsonEqual } from "./json.ts";
import type { Answers } from "./segment.ts";

/** Image px, a multiple of 1/256. */
export type Xy = readonly [x: number, y: number];

export interface BoxGeometry {
  readonly kind: "box";
  readonly box_xyxy: readonly [x0: number, y0: number, x1: number, y1: number];
}

export interface RotatedBoxGeometry {
  readonly kind: "rotated_box";
  readonly centre: Xy;
  readonly size_wh: readonly [width: number, height: number];
  /** [0, 360), clockwise on screen. */
  readonly angle_deg: number;
}

export interface PolygonGeometry {
  readonly kind: "polygon";
  /** The first is the outside, others are holes. */
  readonly rings: readonly (readonly Xy[])[];
}

export interface PolylineGeometry {
  readonly kind: "polyline";
  readonly points: readonly Xy[];
}

export interface PointGeometry {
  readonly kind: "point";
  readonly point: Xy;
}

export type Geometry = BoxGeometry | RotatedBoxGeometry | PolygonGeometry | PolylineGeometry | PointGeometry;
export type GeometryKind = Geometry["kind"];
export type ItemLife = "live" | "deleted";

export interface ObjectState {
  /** Number of the class in the ontology. */
  readonly class: number;
  readonly geometry: Geometry;
  readonly answers: Answers;
  readonly state: ItemLife;
}

export type RelationEnd = { readonly segment: number } | { readonly object: string };

export interface RelationState {
  /** Id of the relation in the ontology. */
  readonly relation: string;
  readonly from: RelationEnd;
  readonly to: RelationEnd;
  readonly state: ItemLife;
}

export interface ImageState {
  readonly answers: Answers;
}

/** Which of the three it is, its id says. */
export type ItemState = ObjectState | RelationState | ImageState;

/** `before` null: the item is new. `after` null: only as the inverse of that. */
export interface ItemChange {
  readonly id: string;
  readonly before: ItemState | null;
  readonly after: ItemState | null;
}

export type Items = ReadonlyMap<string, ItemState>;

/** The item that holds the answers on the image; it is there from the start. */
export const IMAGE_ITEM = "image";
export const NO_ANSWERS: ImageState = { answers: {} };

export const isObjectId = (id: string): boolean => id.startsWith("obj_");
export const isRelationId = (id: string): boolean => id.startsWith("rel_");

/** State of an item; of the image's one also when nobody has answered yet. */
export function itemOf(items: Items, id: string): ItemState | null {
  return items.get(id) ?? (id === IMAGE_ITEM ? NO_ANSWERS : null);
}

export function itemsEqual(a: ItemState | null, b: ItemState | null): boolean {
  return jsonEqual(a as unknown as Json, b as unknown as Json);
}

/** Order of ids by code units. */
export const byId = (a: { readonly id: string }, b: { readonly id: string }): number =>
  a.id < b.id ? -1 : a.id > b.id ? 1 : 0;

export function invertItems(changes: readonly ItemChange[]): ItemChange[] {
  return changes.map(({ id, before, after }) => ({ id, before: after, after: before }));
}

/** Changes of a, then b; sorted by id. Throws `not_composable` where b does not begin as a ended. */
export function composeItems(a: readonly ItemChange[], b: readonly ItemChange[]): ItemChange[] {
  const known = new Map(a.map((change) => [change.id, change]));
  for (const change of b) {
    const first = known.get(change.id);
    if (first !== undefined && !itemsEqual(first.after, change.before)) {
      throw new EditError("not_composable", `item ${change.id}`);
    }
    known.set(change.id, first === undefined ? change : { ...change, before: first.before });
  }
  return [...known.values()].filter((c) => !itemsEqual(c.before, c.after)).sort(byId);
}

/** Sets items to the after side of the changes; the image's is left out while it has no answers. */
export function writeItems(items: Map<string, ItemState>, changes: readonly ItemChange[]): void {
  for (const { id, after } of changes) {
    if (after === null || (id === IMAGE_ITEM && itemsEqual(after, NO_ANSWERS))) items.delete(id);
    else items.set(id, after);
  }
}
