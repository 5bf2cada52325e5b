// SPDX-License-Identifier: Apache-2.0
/** Items and their changes as JSON (contract/items.md), read strictly. States have the keys of the contract already. */
import { EditError } from "./errors.ts";
import {
  type Geometry,
  IMAGE_ITEM,
  type ItemChange,
  type ItemState,
  itemsEqual,
  type RelationEnd,
  type Xy,
} from "./item.ts";
import { badJson, checkJson, exactKeys, isRecord, type Json, textFrom, wholeFrom } from "./json.ts";
import { ITEMS_PER_ANNOTATION_MAX, OBJECT_POINTS_MAX, SEGMENT_ID_MAX, STUFF_ID_MAX } from "./limits.ts";
import type { Answers } from "./segment.ts";

const ITEM_ID = /^(?:image|(?:obj|rel)_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/;
const OBJECT_ID = /^obj_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const ANSWER_DEPTH_MAX = 16;
const COORDINATE_MAX = 2 ** 20;

export function itemChangesToJson(changes: readonly ItemChange[]): Json[] {
  return changes.map(({ id, before, after }) => ({ id, before, after }) as unknown as Json);
}

/** Throws `bad_json`, also when the changes are not sorted by id, or one changes nothing; `bad_geometry` for wrong numbers. */
export function itemChangesFromJson(value: unknown): ItemChange[] {
  if (!Array.isArray(value) || value.length > ITEMS_PER_ANNOTATION_MAX)
    throw badJson("items", "a list of changes belongs here");
  let last = "";
  return value.map((entry, i) => {
    const where = `items[${i}]`;
    const o = exactKeys(entry, ["id", "before", "after"], where);
    const id = itemId(o.id, `${where}.id`);
    if (id <= last) throw badJson(`${where}.id`, "changes are sorted by id, one per id");
    last = id;
    const before = o.before === null ? null : itemFromJson(id, o.before, `${where}.before`);
    const after = o.after === null ? null : itemFromJson(id, o.after, `${where}.after`);
    if (itemsEqual(before, after)) throw badJson(where, "changes nothing");
    if (id === IMAGE_ITEM && (before === null || after === null)) throw badJson(where, "the image is always there");
    return { id, before, after };
  });
}

/** The state of the item of this id. Throws `bad_json`, `bad_geometry`. */
export function itemFromJson(id: string, value: unknown, where: string): ItemState {
  if (id === IMAGE_ITEM) return { answers: answersFrom(exactKeys(value, ["answers"], where).answers, where) };
  if (id.startsWith("rel_")) {
    const o = exactKeys(value, ["relation", "from", "to", "state"], where);
    return {
      relation: relationName(o.relation, `${where}.relation`),
      from: endFrom(o.from, `${where}.from`),
      to: endFrom(o.to, `${where}.to`),
      state: lifeFrom(o.state, `${where}.state`),
    };
  }
  const o = exactKeys(value, ["class", "geometry", "answers", "state"], where);
  return {
    class: wholeFrom(o.class, 1, STUFF_ID_MAX, `${where}.class`),
    geometry: geometryFromJson(o.geometry, `${where}.geometry`),
    answers: answersFrom(o.answers, where),
    state: lifeFrom(o.state, `${where}.state`),
  };
}

/** The `items` list of an annotation's JSON: each a state with its id. Throws `bad_json`, `bad_geometry`. */
export function itemsFromJson(value: unknown): Map<string, ItemState> {
  if (!Array.isArray(value)) throw badJson("items", "a list belongs here");
  return new Map(
    value.map((entry, i) => {
      const where = `items[${i}]`;
      if (!isRecord(entry)) throw badJson(where, "an object belongs here");
      const { id: name, ...state } = entry;
      const id = itemId(name, `${where}.id`);
      return [id, itemFromJson(id, state, where)];
    }),
  );
}

/** The shape is judged whole before its numbers are. Throws `bad_json`, `bad_geometry`. */
export function geometryFromJson(value: unknown, where: string): Geometry {
  const geometry = shapeFrom(value, where);
  const why = wrongIn(geometry);
  if (why !== null) throw new EditError("bad_geometry", `${where}: ${why}`);
  return geometry;
}

function shapeFrom(value: unknown, where: string): Geometry {
  if (!isRecord(value)) throw badJson(where, "an object belongs here");
  switch (value.kind) {
    case "box": {
      const [x0, y0, x1, y1] = numbers(exactKeys(value, ["kind", "box_xyxy"], where).box_xyxy, 4, `${where}.box_xyxy`);
      return { kind: "box", box_xyxy: [x0, y0, x1, y1] };
    }
    case "rotated_box": {
      const o = exactKeys(value, ["kind", "centre", "size_wh", "angle_deg"], where);
      return {
        kind: "rotated_box",
        centre: placeFrom(o.centre, `${where}.centre`),
        size_wh: placeFrom(o.size_wh, `${where}.size_wh`),
        angle_deg: numberFrom(o.angle_deg, `${where}.angle_deg`),
      };
    }
    case "polygon": {
      const { rings } = exactKeys(value, ["kind", "rings"], where);
      if (!Array.isArray(rings)) throw badJson(`${where}.rings`, "a list of rings belongs here");
      return { kind: "polygon", rings: rings.map((ring, i) => placesFrom(ring, `${where}.rings[${i}]`)) };
    }
    case "polyline": {
      const { points } = exactKeys(value, ["kind", "points"], where);
      return { kind: "polyline", points: placesFrom(points, `${where}.points`) };
    }
    case "point":
      return { kind: "point", point: placeFrom(exactKeys(value, ["kind", "point"], where).point, `${where}.point`) };
    default:
      throw badJson(`${where}.kind`, "not a kind of geometry");
  }
}

/** What is wrong with the numbers of a geometry; null when it is one that an annotation may hold. */
export function wrongIn(geometry: Geometry): string | null {
  switch (geometry.kind) {
    case "box": {
      const [x0, y0, x1, y1] = geometry.box_xyxy;
      return x0 < x1 && y0 < y1 ? offGrid(geometry.box_xyxy) : "a box has x0 < x1 and y0 < y1";
    }
    case "rotated_box": {
      const { centre, size_wh, angle_deg } = geometry;
      if (!(size_wh[0] > 0 && size_wh[1] > 0)) return "a rotated box is wider and higher than 0";
      if (!(angle_deg >= 0 && angle_deg < 360)) return "an angle is at least 0 and below 360";
      return offGrid([...centre, ...size_wh, angle_deg]);
    }
    case "polygon":
      if (geometry.rings.length === 0) return "a polygon has one ring or more";
      return geometry.rings.some((ring) => ring.length < 3)
        ? "a ring has 3 points or more"
        : wrongPlaces(geometry.rings.flat());
    case "polyline":
      return geometry.points.length < 2 ? "a polyline has 2 points or more" : wrongPlaces(geometry.points);
    case "point":
      return offGrid(geometry.point);
  }
}

function wrongPlaces(places: readonly Xy[]): string | null {
  return places.length > OBJECT_POINTS_MAX ? `at most ${OBJECT_POINTS_MAX} points` : offGrid(places.flat());
}

function offGrid(values: readonly number[]): string | null {
  const good = values.every((value) => Number.isInteger(value * 256) && Math.abs(value) <= COORDINATE_MAX);
  return good ? null : "numbers are multiples of 1/256 from −2^20 to 2^20";
}

function itemId(value: unknown, where: string): string {
  const id = textFrom(value, where);
  if (!ITEM_ID.test(id)) throw badJson(where, "not the id of an item");
  return id;
}

function lifeFrom(value: unknown, where: string): "live" | "deleted" {
  if (value !== "live" && value !== "deleted") throw badJson(where, "live or deleted belongs here");
  return value;
}

function relationName(value: unknown, where: string): string {
  const name = textFrom(value, where);
  if (!/^[a-z0-9][a-z0-9_-]{0,63}$/.test(name)) throw badJson(where, "not the id of a relation");
  return name;
}

function endFrom(value: unknown, where: string): RelationEnd {
  if (isRecord(value) && "segment" in value)
    return { segment: wholeFrom(exactKeys(value, ["segment"], where).segment, 1, SEGMENT_ID_MAX, where) };
  const id = textFrom(exactKeys(value, ["object"], where).object, where);
  if (!OBJECT_ID.test(id)) throw badJson(where, "not the id of an object");
  return { object: id };
}

function answersFrom(value: unknown, where: string): Answers {
  checkJson(value, ANSWER_DEPTH_MAX, `${where}.answers`);
  if (!isRecord(value)) throw badJson(`${where}.answers`, "answers are an object, by question");
  if (Object.values(value).includes(null))
    throw badJson(`${where}.answers`, "a question without an answer is left out");
  return value as Answers;
}

function numberFrom(value: unknown, where: string): number {
  if (typeof value !== "number") throw badJson(where, "a number belongs here");
  return value;
}

function numbers(value: unknown, length: number, where: string): number[] {
  if (!Array.isArray(value) || value.length !== length) throw badJson(where, `${length} numbers belong here`);
  return value.map((entry) => numberFrom(entry, where));
}

function placeFrom(value: unknown, where: string): Xy {
  const [x, y] = numbers(value, 2, where);
  return [x, y];
}

function placesFrom(value: unknown, where: string): Xy[] {
  if (!Array.isArray(value)) throw badJson(where, "a list of points belongs here");
  return value.map((entry, i) => placeFrom(entry, `${where}[${i}]`));
}
