// SPDX-License-Identifier: Apache-2.0
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyRegion } from "../../src/core/apply.ts";
import { applyEdit, type Edit, invert, restorablePixels } from "../../src/core/edit.ts";
import { editBytes, History } from "../../src/core/history.ts";
import type { LabelMap } from "../../src/core/labelMap.ts";
import { aMap, aRegion, aRule, aSize } from "./arbitraries.ts";

const NO_IDS = new Set<number>();

function editOf(map: LabelMap, region: Parameters<typeof applyRegion>[1], id: number, seq: number): Edit {
  const pixels = applyRegion(map, region, id, "over", NO_IDS, NO_IDS);
  return { id: `edit-${seq}`, seq, layer: "main", tool: "brush", assist: null, pixels, segments: [], items: [] };
}

/** Undoes on the map as a session does. */
const undoer =
  (map: LabelMap) =>
  (edit: Edit): Edit => {
    const undone = { ...edit, pixels: restorablePixels(map, edit.pixels).pixels };
    applyEdit(map, undone);
    return undone;
  };

const aStory = aSize.chain((size) =>
  fc.tuple(aMap(size), fc.array(fc.tuple(aRegion(size), aRule), { minLength: 1, maxLength: 8 })),
);

test("undoing all and redoing all walks the same maps back and forth", () => {
  fc.assert(
    fc.property(aStory, ([map, steps]) => {
      const history = new History(1e9);
      const sums = [map.checksum("main")];
      steps.forEach(([region, rule], i) => {
        const edit = editOf(map, region, rule.segmentId, i + 1);
        applyEdit(map, edit);
        history.push(edit);
        sums.push(map.checksum("main"));
      });
      for (let i = steps.length - 1; i >= 0; i--) {
        history.undo(undoer(map));
        expect(map.checksum("main")).toBe(sums[i]);
      }
      expect(history.canUndo).toBe(false);
      expect(history.undo(undoer(map))).toBeNull();
      for (let i = 1; i <= steps.length; i++) {
        history.redo(undoer(map));
        expect(map.checksum("main")).toBe(sums[i]);
      }
      expect(history.canRedo).toBe(false);
      while (history.canUndo) history.undo(undoer(map));
      expect(map.checksum("main")).toBe(sums[0]);
    }),
    { numRuns: 60 },
  );
});

test("memory stays within the budget, or holds the newest alone", () => {
  type Act = "push" | "undo" | "redo";
  const anAct = fc.constantFrom<Act>("push", "push", "push", "undo", "redo");
  fc.assert(
    fc.property(
      aStory,
      fc.array(anAct, { maxLength: 40 }),
      fc.integer({ min: 0, max: 6000 }),
      ([map, steps], acts, budget) => {
        const history = new History(budget);
        acts.forEach((act, i) => {
          const [region, rule] = steps[i % steps.length];
          if (act === "undo") history.undo(undoer(map));
          else if (act === "redo") history.redo(undoer(map));
          else {
            const edit = editOf(map, region, rule.segmentId, i + 1);
            applyEdit(map, edit);
            history.push(edit);
            expect(history.peekUndo()).toBe(edit);
            expect(history.canRedo).toBe(false);
          }
          expect(history.bytes <= budget || history.size === 1).toBe(true);
        });
        while (history.canRedo) history.redo(() => null);
        while (history.canUndo) history.undo(() => null);
        expect([history.bytes, history.size]).toEqual([0, 0]);
      },
    ),
    { numRuns: 60 },
  );
});

describe("one step", () => {
  const scene = fc.sample(aMap([20, 20]), { numRuns: 1, seed: 4 })[0];
  const box = (x0: number): Parameters<typeof applyRegion>[1] => ({
    ys: Int32Array.of(4, 5),
    x0s: Int32Array.of(x0, x0),
    x1s: Int32Array.of(x0 + 6, x0 + 6),
    count: 2,
  });

  test("a failing undo leaves the stacks", () => {
    const history = new History(1e6);
    const edit = editOf(scene, box(3), 901, 1);
    history.push(edit);
    expect(() =>
      history.undo(() => {
        throw new Error("no");
      }),
    ).toThrow("no");
    expect(history.peekUndo()).toBe(edit);
    expect(history.canRedo).toBe(false);
    expect(history.bytes).toBe(editBytes(edit));
  });

  test("an undo that found nothing to do is not redone", () => {
    const history = new History(1e6);
    history.push(editOf(scene, box(3), 901, 1));
    expect(history.undo(() => null)).toBeNull();
    expect([history.canUndo, history.canRedo, history.bytes]).toEqual([false, false, 0]);
  });

  test("squash makes one edit of all since the mark", () => {
    const map = scene.clone();
    const history = new History(1e6);
    const before = editOf(map, box(1), 900, 1);
    applyEdit(map, before);
    history.push(before);
    const sum = map.checksum("main");
    const mark = history.mark();
    expect(history.squash(mark, before)).toBeNull();
    for (let i = 0; i < 3; i++) {
      const edit = editOf(map, box(3 + 2 * i), 901 + i, 2 + i);
      applyEdit(map, edit);
      history.push(edit);
    }
    const head = { id: "whole", seq: 9, tool: "script", assist: null };
    const one = history.squash(mark, head);
    expect(one).toMatchObject(head);
    expect(history.bytes).toBe(editBytes(before) + editBytes(one as Edit));
    applyEdit(map, invert(one as Edit));
    expect(map.checksum("main")).toBe(sum);
    expect(history.undo((edit) => edit)).toBe(one);
    expect(history.undo((edit) => edit)).toBe(before);
  });

  test("a mark stays true when older edits are dropped", () => {
    const edits = [0, 1, 2, 3].map((i) => editOf(scene, box(i), 901, i + 1));
    const history = new History(editBytes(edits[0]) * 3);
    history.push(edits[0]);
    history.push(edits[1]);
    const mark = history.mark();
    history.push(edits[2]);
    history.push({ ...invert(edits[2]), seq: 4 });
    const one = history.squash(mark, edits[3]);
    expect(one?.pixels.count).toBe(0);
    expect(history.peekUndo()).toBe(one);
    history.undo(() => null);
    expect(history.peekUndo()).toBe(edits[1]);
  });

  test("clear forgets all", () => {
    const history = new History(1e6);
    history.push(editOf(scene, box(3), 901, 1));
    history.clear();
    expect([history.canUndo, history.canRedo, history.bytes]).toEqual([false, false, 0]);
  });
});
