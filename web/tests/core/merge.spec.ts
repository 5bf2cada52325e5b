// SPDX-License-Identifier: Apache-2.0
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Annotation, applyToAnnotation, layerMap, newAnnotation } from "../../src/core/annotation.ts";
import { applyRegion } from "../../src/core/apply.ts";
import { type Edit, editToJson, invert } from "../../src/core/edit.ts";
import { LabelMap } from "../../src/core/labelMap.ts";
import { planReplay, replay, resolveAlias } from "../../src/core/merge.ts";
import { changedPx, NO_PIXELS, type PixelRuns } from "../../src/core/pixelRuns.ts";
import { newSegmentFields, type SegmentChange, type SegmentFields } from "../../src/core/segment.ts";
import { aMap, anId, aRegion, aRule, aSize } from "./arbitraries.ts";
import { codeOf } from "./codeOf.ts";
import { runsOfPixels } from "./naive.ts";
import { expectSame } from "./same.ts";

function editOf(pixels: PixelRuns, segments: readonly SegmentChange[] = [], layer = "main"): Edit {
  return {
    id: "01890a5d-ac96-774b-bcce-b302099a8057",
    seq: 1,
    layer,
    tool: "pen",
    assist: null,
    pixels,
    segments,
    items: [],
  };
}

function headOf(map: LabelMap, segments: Record<number, SegmentFields> = {}): Annotation {
  const entries = Object.entries(segments).map(([id, fields]): [number, SegmentFields] => [Number(id), fields]);
  return { sizeHw: map.sizeHw, layers: new Map([["main", map]]), segments: new Map(entries), items: new Map() };
}

const sumOf = (head: Annotation): string => layerMap(head, "main").checksum("main");
const live = newSegmentFields(3);
const deleted: SegmentFields = { ...live, state: "deleted" };
const mergedInto = (id: number): SegmentFields => ({ ...live, state: "merged", mergedInto: id });

/** A head that went its own way, and an edit that was made on what it was before. */
const aMeeting = aSize
  .chain((size) => fc.tuple(aMap(size), aRegion(size), aRule, aRegion(size), aRule))
  .map(([map, mine, myRule, theirs, theirRule]) => {
    const edit = editOf(applyRegion(map, mine, myRule.segmentId, myRule.mode, myRule.locked, myRule.hosts));
    const { segmentId, mode, locked, hosts } = theirRule;
    const other = editOf(applyRegion(map, theirs, segmentId, mode, locked, hosts));
    return { map, edit, other };
  });

describe("laws of replay", () => {
  test("per pixel: after stays, before is written, the rest is a conflict", () => {
    fc.assert(
      fc.property(aMeeting, ({ map, edit, other }) => {
        const head = headOf(map);
        replay(head, other);
        const before = map.toIds();
        const { conflictPixels } = replay(head, edit);
        const expected = before.slice();
        const conflicts: number[][] = [];
        for (const [y, x0, x1, was, wanted] of runsOfPixels(edit.pixels)) {
          for (let x = x0; x < x1; x++) {
            const at = y * map.width + x;
            if (before[at] === wanted) continue;
            if (before[at] === was) expected[at] = wanted;
            else conflicts.push([y, x, before[at], wanted]);
          }
        }
        expectSame(map.toIds(), expected);
        const found = runsOfPixels(conflictPixels).flatMap(([y, x0, x1, b, a]) =>
          Array.from({ length: x1 - x0 }, (_, k) => [y, x0 + k, b, a]),
        );
        expect(found).toEqual(conflicts);
      }),
      { numRuns: 200 },
    );
  });

  test("identity, and twice is once", () => {
    fc.assert(
      fc.property(aMeeting, ({ map, edit, other }) => {
        const head = headOf(map);
        const start = sumOf(head);
        expect(replay(head, editOf(NO_PIXELS)).applied.pixels.count).toBe(0);
        expect(sumOf(head)).toBe(start);
        replay(head, other);
        const first = replay(head, edit);
        const once = sumOf(head);
        const second = replay(head, edit);
        expect(sumOf(head)).toBe(once);
        expect(second.applied.pixels.count).toBe(0);
        expect(runsOfPixels(second.conflictPixels)).toEqual(runsOfPixels(first.conflictPixels));
      }),
      { numRuns: 120 },
    );
  });

  test("two edits without a pixel between them commute; the applied edit is exact and can be undone", () => {
    fc.assert(
      fc.property(aMeeting, ({ map, edit, other }) => {
        const one = headOf(map.clone());
        const two = headOf(map.clone());
        const conflicts = [replay(one, other), replay(one, edit)].map((r) => changedPx(r.conflictPixels));
        const back = [replay(two, edit), replay(two, other)];
        const none = [...conflicts, ...back.map((r) => changedPx(r.conflictPixels))].every((px) => px === 0);
        if (none) expect(sumOf(one)).toBe(sumOf(two));
        applyToAnnotation(two, invert(back[1].applied));
        applyToAnnotation(two, invert(back[0].applied));
        expect(sumOf(two)).toBe(headOf(map).layers.get("main")?.checksum("main"));
      }),
      { numRuns: 120 },
    );
  });

  test("a plan changes nothing", () => {
    fc.assert(
      fc.property(aMeeting, ({ map, edit, other }) => {
        const head = headOf(map, { 7: deleted });
        replay(head, other);
        const sum = sumOf(head);
        const stones = new Map(head.segments);
        const plan = planReplay(head, edit);
        expect(sumOf(head)).toBe(sum);
        expect(head.segments).toEqual(stones);
        expect(editToJson(replay(head, edit).applied)).toEqual(editToJson(plan.applied));
      }),
      { numRuns: 60 },
    );
  });
});

/** One row of four pixels. */
const row = (...ids: number[]): LabelMap => LabelMap.fromIds(ids, [1, ids.length]);
const rowEdit = (from: readonly number[], to: readonly number[], segments: readonly SegmentChange[] = []): Edit => {
  const pixels: PixelRuns = {
    ys: new Int32Array(from.length),
    x0s: Int32Array.from(from, (_, i) => i),
    x1s: Int32Array.from(from, (_, i) => i + 1),
    befores: Uint32Array.from(from),
    afters: Uint32Array.from(to),
    count: from.length,
  };
  return editOf(pixels, segments);
};

describe("aliases", () => {
  test("late pixels of a merged segment go to its heir, through chains", () => {
    const head = headOf(row(0, 9, 9, 4), { 7: mergedInto(8), 8: mergedInto(9), 9: live });
    const { conflictPixels } = replay(head, rowEdit([0, 7, 0, 7], [7, 0, 7, 7 + 0]));
    expect([...layerMap(head, "main").toIds()]).toEqual([9, 0, 9, 4]);
    expect(runsOfPixels(conflictPixels)).toEqual([[0, 3, 4, 4, 9]]);
  });

  test("a circle is an error, and only for those in it", () => {
    const segments = new Map([
      [7, mergedInto(8)],
      [8, mergedInto(7)],
      [9, live],
    ]);
    expect(codeOf(() => resolveAlias(segments, 7))).toBe("alias_cycle");
    expect(resolveAlias(segments, 9)).toBe(9);
    expect(resolveAlias(segments, 1234)).toBe(1234);
    const head = headOf(row(0, 0), Object.fromEntries(segments));
    expect(codeOf(() => replay(head, rowEdit([0], [8])))).toBe("alias_cycle");
    expect([...layerMap(head, "main").toIds()]).toEqual([0, 0]);
  });

  test("taking a merge back gives the pixels back", () => {
    const merge = rowEdit([7, 7], [9, 9], [{ id: 7, before: live, after: mergedInto(9) }]);
    const head = headOf(row(7, 7, 9), { 7: live, 9: live });
    replay(head, merge);
    expect([...layerMap(head, "main").toIds()]).toEqual([9, 9, 9]);
    replay(head, invert(merge));
    expect([...layerMap(head, "main").toIds()]).toEqual([7, 7, 9]);
    expect(head.segments.get(7)).toEqual(live);
  });
});

describe("segments", () => {
  const change = (before: SegmentFields | null, after: SegmentFields | null): Edit =>
    editOf(NO_PIXELS, [{ id: 7, before, after }]);

  test("a new segment is made once", () => {
    const head = headOf(row(0));
    expect(replay(head, change(null, live)).applied.segments).toEqual([{ id: 7, before: null, after: live }]);
    const again = replay(head, change(null, live));
    expect(again.applied.segments).toEqual([]);
    expect(again.conflictFields).toEqual([]);
  });

  test("fields conflict one by one", () => {
    const was = { ...live, answers: { colour: "red", size: 4 } };
    const mine = { ...was, crowd: true, answers: { colour: "blue", size: 4, old: null } };
    const theirs = { ...was, class: 5, answers: { colour: "green" } };
    const head = headOf(row(0), { 7: theirs });
    const { applied, conflictFields } = replay(head, change(was, mine));
    expect(conflictFields).toEqual([{ id: 7, field: "answers.colour", head: "green", wanted: "blue" }]);
    expect(applied.segments).toEqual([{ id: 7, before: theirs, after: { ...theirs, crowd: true } }]);
    expect(head.segments.get(7)).toEqual({ ...theirs, crowd: true });
  });

  test("an answer goes and comes", () => {
    const was = { ...live, answers: { a: 1, b: 2 } };
    const head = headOf(row(0), { 7: was });
    replay(head, change(was, { ...live, answers: { b: 2, c: [3] } }));
    expect(head.segments.get(7)?.answers).toEqual({ b: 2, c: [3] });
  });

  test("state and target are one field", () => {
    const head = headOf(row(0), { 7: mergedInto(9), 9: live, 8: live });
    const { conflictFields } = replay(head, change(live, mergedInto(8)));
    const state = (id: number) => ({ state: "merged", merged_into: id });
    expect(conflictFields).toEqual([{ id: 7, field: "state", head: state(9), wanted: state(8) }]);
    expect(head.segments.get(7)).toEqual(mergedInto(9));
  });

  test("a segment that both made differs field by field", () => {
    const head = headOf(row(0), { 7: live });
    const { conflictFields, applied } = replay(head, change(null, { ...live, class: 4, answers: { a: 1 } }));
    expect(conflictFields.map(({ field }) => field)).toEqual(["class", "answers.a"]);
    expect(applied.segments).toEqual([]);
  });

  test("an unknown one is an error and nothing is done", () => {
    const head = headOf(row(0));
    const edit = rowEdit([0], [7], [{ id: 7, before: live, after: deleted }]);
    expect(codeOf(() => replay(head, edit))).toBe("unknown_segment");
    expect([...layerMap(head, "main").toIds()]).toEqual([0]);
    expect(codeOf(() => replay(head, editOf(NO_PIXELS, [], "elsewhere")))).toBe("unknown_layer");
  });

  test("pixels revive a deleted segment, but only pixels that are written", () => {
    const head = headOf(row(0, 5), { 7: deleted });
    expect(replay(head, rowEdit([1, 0], [7, 7])).applied.segments).toEqual([]);
    expect(head.segments.get(7)).toEqual(deleted);
    expect(replay(head, rowEdit([0], [7])).applied.segments).toEqual([{ id: 7, before: deleted, after: live }]);
    expect(head.segments.get(7)).toEqual(live);
  });

  test("a creation taken back leaves a stone", () => {
    const head = headOf(row(0), { 7: live });
    replay(head, change(live, null));
    expect(head.segments.get(7)).toEqual(deleted);
  });
});

describe("an exact edit on an annotation", () => {
  test("does pixels and segments, and undoes both", () => {
    const head = newAnnotation([1, 3], ["main", "parts"]);
    const edit = rowEdit([0, 0], [7, 7], [{ id: 7, before: null, after: live }]);
    applyToAnnotation(head, edit);
    expect(head.segments.get(7)).toEqual(live);
    expect(codeOf(() => applyToAnnotation(head, edit))).toBe("stale_segment");
    applyToAnnotation(head, invert(edit));
    expect(head.segments.size).toBe(0);
    expect(layerMap(head, "main").labelledPx).toBe(0);
    expect(codeOf(() => applyToAnnotation(head, { ...edit, layer: "none" }))).toBe("unknown_layer");
  });

  test("changes nothing when the pixels are stale", () => {
    const head = headOf(row(0, 5));
    const edit = rowEdit([0, 0], [7, 7], [{ id: 7, before: null, after: live }]);
    expect(codeOf(() => applyToAnnotation(head, edit))).toBe("stale_pixels");
    expect(head.segments.size).toBe(0);
    expect([...layerMap(head, "main").toIds()]).toEqual([0, 5]);
  });
});

test("ids without a stone stay themselves in a replay", () => {
  fc.assert(
    fc.property(anId, anId, (from, to) => {
      fc.pre(from !== to);
      const head = headOf(row(from));
      replay(head, rowEdit([from], [to]));
      expect(layerMap(head, "main").get(0, 0)).toBe(to);
    }),
  );
});
