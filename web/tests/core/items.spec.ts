// SPDX-License-Identifier: Apache-2.0
/** Items beside the map: JSON read strictly, and the laws of invert, compose and replay. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Annotation, applyToAnnotation, newAnnotation } from "../../src/core/annotation.ts";
import { compose, type Edit, editFromJson, editToJson, invert, NO_PIXELS } from "../../src/core/edit.ts";
import {
  composeItems,
  type Geometry,
  IMAGE_ITEM,
  type ItemChange,
  type ItemState,
  invertItems,
  itemOf,
  itemsEqual,
  type ObjectState,
} from "../../src/core/item.ts";
import { geometryFromJson } from "../../src/core/itemJson.ts";
import { restoreItem } from "../../src/core/itemMerge.ts";
import { replay } from "../../src/core/merge.ts";
import { codeOf } from "./codeOf.ts";

const objectId = (n: number): string => `obj_00000000-0000-4000-8000-00000000000${n}`;
const relationId = (n: number): string => `rel_00000000-0000-4000-8000-00000000000${n}`;

const aNumber = fc.integer({ min: -(2 ** 20) * 256, max: 2 ** 20 * 256 }).map((fixed) => fixed / 256);
const aPlace = fc.tuple(aNumber, aNumber);
const aSide = fc.integer({ min: 1, max: 2 ** 20 }).map((fixed) => fixed / 256);
const aGeometry: fc.Arbitrary<Geometry> = fc.oneof(
  fc.record({
    kind: fc.constant("box" as const),
    box_xyxy: fc
      .tuple(fc.integer({ min: -900, max: 900 }), fc.integer({ min: -900, max: 900 }), aSide, aSide)
      .map(([x, y, w, h]) => [x, y, x + w, y + h] as const),
  }),
  fc.record({
    kind: fc.constant("rotated_box" as const),
    centre: aPlace,
    size_wh: fc.tuple(aSide, aSide),
    angle_deg: fc.integer({ min: 0, max: 360 * 256 - 1 }).map((fixed) => fixed / 256),
  }),
  fc.record({
    kind: fc.constant("polygon" as const),
    rings: fc.array(fc.array(aPlace, { minLength: 3, maxLength: 6 }), { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ kind: fc.constant("polyline" as const), points: fc.array(aPlace, { minLength: 2, maxLength: 6 }) }),
  fc.record({ kind: fc.constant("point" as const), point: aPlace }),
);
const someAnswers = fc.dictionary(fc.constantFrom("occluded", "make", "𝒳", "\uFFFD"), fc.constantFrom(1, 2, "a", true));
const aLife = fc.constantFrom("live" as const, "deleted" as const);
/** Few values, so that edits of two authors meet. */
const fewGeometries: fc.Arbitrary<Geometry> = fc.constantFrom(
  { kind: "point", point: [1, 2] } as const,
  { kind: "point", point: [3, 4] } as const,
  { kind: "box", box_xyxy: [0, 0, 2.5, 2] } as const,
);
const anObject = fc.record({
  class: fc.constantFrom(1, 2),
  geometry: fewGeometries,
  answers: someAnswers,
  state: aLife,
});
const anEnd = fc.constantFrom({ segment: 7 }, { object: objectId(1) }, { object: objectId(2) });
const aRelation = fc.record({ relation: fc.constantFrom("rides", "part-of"), from: anEnd, to: anEnd, state: aLife });
const anImage = fc.record({ answers: someAnswers });

const anItem: fc.Arbitrary<readonly [string, ItemState]> = fc.oneof(
  fc.tuple(fc.constantFrom(objectId(1), objectId(2)), anObject),
  fc.tuple(fc.constant(relationId(1)), aRelation),
  fc.tuple(fc.constant(IMAGE_ITEM), anImage),
);
const someItems = fc.uniqueArray(anItem, { maxLength: 4, selector: ([id]) => id }).map((list) => new Map(list));

const headWith = (items: ReadonlyMap<string, ItemState>): Annotation => ({
  ...newAnnotation([4, 4], ["main"]),
  items: new Map(items),
});

/** Changes from one set of items to another; what is not in the second stays as it is. */
function changesTo(from: ReadonlyMap<string, ItemState>, to: ReadonlyMap<string, ItemState>): ItemChange[] {
  return [...to]
    .map(([id, after]) => ({ id, before: itemOf(from, id), after }))
    .filter((change) => !itemsEqual(change.before, change.after))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

const editOf = (items: readonly ItemChange[], seq = 1): Edit => ({
  id: "01890a5d-ac96-774b-bcce-b302099a8057",
  seq,
  layer: "main",
  tool: "box",
  assist: null,
  pixels: NO_PIXELS,
  segments: [],
  items,
});

/** What every item is for readers: the image's is there without being written. */
const seen = (annotation: Annotation): [string, ItemState][] =>
  [...new Map<string, ItemState>([[IMAGE_ITEM, { answers: {} }], ...annotation.items])].sort(([a], [b]) =>
    a < b ? -1 : 1,
  );

describe("JSON", () => {
  test("an edit with items comes back the same, and one without has no such key", () => {
    fc.assert(
      fc.property(someItems, aGeometry, (to, geometry) => {
        const drawn: ObjectState = { class: 3, geometry, answers: {}, state: "live" };
        const edit = editOf(changesTo(new Map(), new Map<string, ItemState>([...to, [objectId(9), drawn]])));
        expect(editFromJson(JSON.parse(JSON.stringify(editToJson(edit))), [4, 4])).toEqual(edit);
      }),
    );
    expect("items" in editToJson(editOf([]))).toBe(false);
    expect(editFromJson(editToJson(editOf([])), [4, 4]).items).toEqual([]);
  });

  const box = { kind: "box", box_xyxy: [0, 0, 2, 2] };
  test.each([
    ["a box without width", { ...box, box_xyxy: [2, 0, 2, 2] }, "bad_geometry"],
    ["a coordinate between the grid", { ...box, box_xyxy: [0.001, 0, 2, 2] }, "bad_geometry"],
    ["a coordinate out of reach", { ...box, box_xyxy: [0, 0, 2 ** 20 + 1, 2] }, "bad_geometry"],
    ["three numbers", { ...box, box_xyxy: [0, 0, 2] }, "bad_json"],
    ["a text for a number", { ...box, box_xyxy: [0, 0, 2, "2"] }, "bad_json"],
    ["not a number", { ...box, box_xyxy: [0, 0, 2, Number.NaN] }, "bad_geometry"],
    ["a key too many", { ...box, colour: 1 }, "bad_json"],
    ["an unknown kind", { kind: "circle" }, "bad_json"],
    ["a full turn", { kind: "rotated_box", centre: [0, 0], size_wh: [1, 1], angle_deg: 360 }, "bad_geometry"],
    ["no height", { kind: "rotated_box", centre: [0, 0], size_wh: [1, 0], angle_deg: 0 }, "bad_geometry"],
    [
      "a ring of two",
      {
        kind: "polygon",
        rings: [
          [
            [0, 0],
            [1, 1],
          ],
        ],
      },
      "bad_geometry",
    ],
    ["no ring", { kind: "polygon", rings: [] }, "bad_geometry"],
    ["a line of one", { kind: "polyline", points: [[0, 0]] }, "bad_geometry"],
    ["too many points", { kind: "polyline", points: Array(20_001).fill([0, 0]) }, "bad_geometry"],
    ["half a place", { kind: "point", point: [0] }, "bad_json"],
  ])("%s is refused", (_why, geometry, code) => {
    expect(codeOf(() => geometryFromJson(geometry, "geometry"))).toBe(code);
  });

  const point = { class: 1, geometry: { kind: "point", point: [0, 0] }, answers: {}, state: "live" };
  const good = { ...editToJson(editOf([])) };
  test.each([
    ["an id that is none", [{ id: "obj_1", before: null, after: point }]],
    ["a change of nothing", [{ id: objectId(1), before: point, after: point }]],
    ["out of order", [objectId(2), objectId(1)].map((id) => ({ id, before: null, after: point }))],
    ["the image made anew", [{ id: IMAGE_ITEM, before: null, after: { answers: { a: 1 } } }]],
    ["null for an answer", [{ id: IMAGE_ITEM, before: { answers: {} }, after: { answers: { a: null } } }]],
    ["a merged object", [{ id: objectId(1), before: null, after: { ...point, state: "merged" } }]],
    [
      "an end with two keys",
      [
        {
          id: relationId(1),
          before: null,
          after: { relation: "rides", from: { segment: 7, object: objectId(1) }, to: { segment: 8 }, state: "live" },
        },
      ],
    ],
  ])("%s is refused", (_why, items) => {
    expect(codeOf(() => editFromJson({ ...good, items }, [4, 4]))).toBe("bad_json");
  });
});

describe("laws", () => {
  test("inverting twice gives the edit, and an edit undone exactly leaves what was", () => {
    fc.assert(
      fc.property(someItems, someItems, (from, to) => {
        const edit = editOf(changesTo(from, to));
        expect(invert(invert(edit))).toEqual(edit);
        const head = headWith(from);
        applyToAnnotation(head, edit);
        applyToAnnotation(head, invert(edit));
        expect(seen(head)).toEqual(seen(headWith(from)));
      }),
    );
  });

  test("compose is one after the other, is associative, and what ends as it began vanishes", () => {
    fc.assert(
      fc.property(someItems, someItems, someItems, someItems, (start, first, second, third) => {
        const put = (from: ReadonlyMap<string, ItemState>, to: ReadonlyMap<string, ItemState>) =>
          new Map([...from, ...to]);
        const [one, two] = [put(start, first), put(put(start, first), second)];
        const a = changesTo(start, first);
        const b = changesTo(one, second);
        const c = changesTo(two, third);
        expect(composeItems(composeItems(a, b), c)).toEqual(composeItems(a, composeItems(b, c)));
        const [both, twice] = [headWith(start), headWith(start)];
        applyToAnnotation(both, compose(editOf(a), editOf(b, 2)));
        for (const items of [a, b]) applyToAnnotation(twice, editOf(items));
        expect(seen(both)).toEqual(seen(twice));
        expect(composeItems(a, invertItems(a))).toEqual([]);
      }),
    );
  });

  test("does not compose what does not follow, and does not apply to what has moved", () => {
    const made = [{ id: IMAGE_ITEM, before: { answers: { a: 1 } }, after: { answers: { a: 2 } } }];
    expect(codeOf(() => composeItems(made, made))).toBe("not_composable");
    expect(codeOf(() => applyToAnnotation(headWith(new Map()), editOf(made)))).toBe("stale_item");
  });
});

describe("replay", () => {
  /** What the page says, written down field by field and nothing more. */
  function naive(head: ItemState | null, { before, after }: ItemChange): { item: unknown; conflicts: string[] } {
    const conflicts: string[] = [];
    if (head === null) return { item: after, conflicts };
    const flat = (item: ItemState): Record<string, unknown> => {
      const { answers, ...rest } = item as { answers?: Record<string, unknown> } & Record<string, unknown>;
      return {
        ...rest,
        ...Object.fromEntries(Object.entries(answers ?? {}).map(([question, value]) => [`answers.${question}`, value])),
      };
    };
    const [mine, was, wanted] = [flat(head), before === null ? null : flat(before), flat(after as ItemState)];
    for (const key of new Set([...Object.keys(was ?? mine), ...Object.keys(wanted)])) {
      const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
      if ((was !== null && same(was[key], wanted[key])) || same(mine[key], wanted[key])) continue;
      const reborn = was === null && key === "state" && mine[key] === "deleted";
      if (reborn || (was !== null && same(mine[key], was[key]))) mine[key] = wanted[key];
      else conflicts.push(key);
    }
    const item: Record<string, unknown> = "answers" in head ? { answers: {} } : {};
    for (const [key, value] of Object.entries(mine)) {
      if (value === undefined) continue;
      if (key.startsWith("answers.")) (item.answers as Record<string, unknown>)[key.slice(8)] = value;
      else item[key] = value;
    }
    return { item, conflicts };
  }

  test("goes field by field, as a reader of the page would", () => {
    fc.assert(
      fc.property(someItems, someItems, someItems, (base, mine, theirs) => {
        const head = headWith(new Map([...base, ...theirs]));
        const before = new Map(head.items);
        const changes = changesTo(base, mine);
        const { applied, conflictItems } = replay(head, editOf(changes));
        for (const change of changes) {
          const expected = naive(itemOf(before, change.id), change);
          expect(head.items.get(change.id) ?? { answers: {} }).toEqual(expected.item);
          const found = conflictItems.filter((entry) => entry.id === change.id).map((entry) => entry.field);
          expect(found.sort()).toEqual(expected.conflicts.sort());
        }
        const exact = headWith(before);
        applyToAnnotation(exact, applied);
        expect(seen(exact)).toEqual(seen(head));
      }),
    );
  });

  test("twice is once", () => {
    fc.assert(
      fc.property(someItems, someItems, someItems, (base, mine, theirs) => {
        const head = headWith(new Map([...base, ...theirs]));
        const edit = editOf(changesTo(base, mine));
        replay(head, edit);
        const once = seen(head);
        expect(replay(head, edit).applied.items).toEqual([]);
        expect(seen(head)).toEqual(once);
      }),
    );
  });

  const live: ObjectState = { class: 1, geometry: { kind: "point", point: [1, 2] }, answers: {}, state: "live" };
  const made: ItemChange = { id: objectId(1), before: null, after: live };

  test("a creation taken back leaves a deleted stone, and redone it lives again", () => {
    const head = headWith(new Map());
    replay(head, editOf([made]));
    replay(head, invert(editOf([made])));
    expect(head.items.get(objectId(1))).toEqual({ ...live, state: "deleted" });
    expect(replay(head, editOf([made])).conflictItems).toEqual([]);
    expect(head.items.get(objectId(1))).toEqual(live);
  });

  test("an item that nobody made is refused, the image's is always there", () => {
    const change = { id: objectId(1), before: live, after: { ...live, class: 2 } };
    expect(codeOf(() => replay(headWith(new Map()), editOf([change])))).toBe("unknown_item");
    const head = headWith(new Map());
    replay(head, editOf([{ id: IMAGE_ITEM, before: { answers: {} }, after: { answers: { night: true } } }]));
    expect(head.items.get(IMAGE_ITEM)).toEqual({ answers: { night: true } });
  });

  test("undo gives back only what still is as the edit left it", () => {
    const after = { ...live, class: 2, answers: { a: 1 } };
    const change = { id: objectId(1), before: live, after };
    const now = new Map([[objectId(1), { ...after, answers: { a: 3 } }]]);
    expect(restoreItem(now, change)?.after).toEqual({ ...live, answers: { a: 3 } });
    expect(restoreItem(new Map([[objectId(1), live]]), change)).toBeNull();
    expect(restoreItem(new Map([[objectId(1), live]]), made)?.after).toEqual({ ...live, state: "deleted" });
  });
});
