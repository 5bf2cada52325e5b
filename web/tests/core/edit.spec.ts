// SPDX-License-Identifier: Apache-2.0
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyRegion, type PaintRule } from "../../src/core/apply.ts";
import { applyEdit, compose, type Edit, editFromJson, editToJson, invert } from "../../src/core/edit.ts";
import { decodePixels, encodePixels } from "../../src/core/editCodec.ts";
import type { LabelMap } from "../../src/core/labelMap.ts";
import { changedBox, changedPx, NO_PIXELS, type PixelRuns, restorablePixels } from "../../src/core/pixelRuns.ts";
import { newSegmentFields } from "../../src/core/segment.ts";
import { aMap, aRegion, aRule, aSize } from "./arbitraries.ts";
import { codeOf } from "./codeOf.ts";
import { runsOfPixels } from "./naive.ts";
import { expectSame } from "./same.ts";

const apply = (map: LabelMap, region: Parameters<typeof applyRegion>[1], rule: PaintRule): PixelRuns =>
  applyRegion(map, region, rule.segmentId, rule.mode, rule.locked, rule.hosts);

function editOf(pixels: PixelRuns, seq = 1): Edit {
  const id = `01890a5d-ac96-774b-bcce-b3020${String(seq).padStart(7, "0")}`;
  return { id, seq, layer: "main", tool: "pen", assist: null, pixels, segments: [], items: [] };
}

/** The contract's table, pixel by pixel: the ids after apply. */
function naiveApply(map: LabelMap, region: Parameters<typeof applyRegion>[1], rule: PaintRule): Uint32Array {
  const ids = map.toIds();
  if (rule.segmentId !== 0 && rule.locked.has(rule.segmentId)) return ids;
  for (let i = 0; i < region.count; i++) {
    for (let x = region.x0s[i]; x < region.x1s[i]; x++) {
      const at = region.ys[i] * map.width + x;
      const c = ids[at];
      if (c === rule.segmentId || (c !== 0 && rule.locked.has(c))) continue;
      if (rule.mode === "behind" && c !== 0) continue;
      if (rule.mode === "inside" && !rule.hosts.has(c)) continue;
      ids[at] = rule.segmentId;
    }
  }
  return ids;
}

/** Sorted, disjoint, not empty, before ≠ after, maximal. */
function expectCanonical(runs: PixelRuns): void {
  for (let i = 0; i < runs.count; i++) {
    const touches = i > 0 && runs.ys[i] === runs.ys[i - 1] && runs.x0s[i] === runs.x1s[i - 1];
    const sorted =
      i === 0 || runs.ys[i] > runs.ys[i - 1] || (runs.ys[i] === runs.ys[i - 1] && runs.x0s[i] >= runs.x1s[i - 1]);
    const same = touches && runs.befores[i] === runs.befores[i - 1] && runs.afters[i] === runs.afters[i - 1];
    const ok = sorted && !same && runs.x1s[i] > runs.x0s[i] && runs.befores[i] !== runs.afters[i];
    if (!ok) expect.fail(`run ${i} of ${JSON.stringify(runsOfPixels(runs))}`);
  }
}

const aScene = aSize.chain((size) => fc.tuple(aMap(size), aRegion(size), aRule));

describe("apply", () => {
  test("changes the pixels of the contract's table, and not the map", () => {
    fc.assert(
      fc.property(aScene, ([map, region, rule]) => {
        const sum = map.checksum("main");
        const expected = naiveApply(map, region, rule);
        const runs = apply(map, region, rule);
        expect(map.checksum("main")).toBe(sum);
        expectCanonical(runs);
        applyEdit(map, editOf(runs));
        expectSame(map.toIds(), expected);
      }),
      { numRuns: 250 },
    );
  });
});

describe("laws of one edit", () => {
  test("undo gives every byte back, and bytes and JSON keep it", () => {
    fc.assert(
      fc.property(aScene, ([map, region, rule]) => {
        const sum = map.checksum("main");
        const names = Array.from({ length: map.tileCount }, (_, i) => map.tilePayload(i));
        const edit = editOf(apply(map, region, rule));
        applyEdit(map, edit);
        const done = map.checksum("main");
        applyEdit(map, invert(edit));
        expect(map.checksum("main")).toBe(sum);
        names.forEach((payload, i) => {
          expectSame(map.tilePayload(i), payload);
        });
        expect(invert(invert(edit))).toEqual(edit);
        const bytes = encodePixels(edit.pixels);
        expect(runsOfPixels(decodePixels(bytes, map.sizeHw))).toEqual(runsOfPixels(edit.pixels));
        const read = editFromJson(JSON.parse(JSON.stringify(editToJson(edit))), map.sizeHw);
        expect(editToJson(read)).toEqual(editToJson(edit));
        applyEdit(map, read);
        expect(map.checksum("main")).toBe(done);
      }),
      { numRuns: 120 },
    );
  });

  test("a stale edit changes nothing", () => {
    fc.assert(
      fc.property(aScene, ([map, region, rule]) => {
        const edit = editOf(apply(map, region, rule));
        fc.pre(edit.pixels.count > 0);
        const last = edit.pixels.count - 1;
        map.writeRun(edit.pixels.ys[last], edit.pixels.x1s[last] - 1, edit.pixels.x1s[last], 4242);
        const sum = map.checksum("main");
        expect(codeOf(() => applyEdit(map, edit))).toBe("stale_pixels");
        expect(map.checksum("main")).toBe(sum);
      }),
      { numRuns: 60 },
    );
  });

  test("an edit that leaves the image changes nothing", () => {
    const edit = editOf(
      decodePixels(
        encodePixels(
          pixelsOf([
            [0, 0, 1, 0, 5],
            [0, 9, 10, 0, 5],
          ]),
        ),
        [1, 10],
      ),
    );
    const map = fc.sample(aMap([1, 9]), 1)[0];
    const sum = map.checksum("main");
    expect(codeOf(() => applyEdit(map, edit))).toBe("out_of_image");
    expect(map.checksum("main")).toBe(sum);
  });

  test("box and count are those of the changed pixels", () => {
    fc.assert(
      fc.property(aScene, ([map, region, rule]) => {
        const runs = apply(map, region, rule);
        const rows = runsOfPixels(runs);
        expect(changedPx(runs)).toBe(rows.reduce((sum, [, x0, x1]) => sum + x1 - x0, 0));
        const box = rows.length === 0 ? null : boxOfRows(rows);
        expect(changedBox(runs)).toEqual(box);
      }),
      { numRuns: 60 },
    );
  });
});

function boxOfRows(rows: readonly number[][]): number[] {
  const ys = rows.map(([y]) => y);
  return [
    Math.min(...rows.map(([, x0]) => x0)),
    Math.min(...ys),
    Math.max(...rows.map(([, , x1]) => x1)),
    Math.max(...ys) + 1,
  ];
}

/** Runs [y, x0, x1, before, after] as they stand. */
function pixelsOf(rows: readonly (readonly [number, number, number, number, number])[]): PixelRuns {
  return {
    ys: Int32Array.from(rows, (r) => r[0]),
    x0s: Int32Array.from(rows, (r) => r[1]),
    x1s: Int32Array.from(rows, (r) => r[2]),
    befores: Uint32Array.from(rows, (r) => r[3]),
    afters: Uint32Array.from(rows, (r) => r[4]),
    count: rows.length,
  };
}

describe("compose", () => {
  const aStory = aSize.chain((size) =>
    fc.tuple(aMap(size), fc.array(fc.tuple(aRegion(size), aRule), { minLength: 3, maxLength: 3 })),
  );

  test("is a, then b; is associative; and ends with the inverse at nothing", () => {
    fc.assert(
      fc.property(aStory, ([map, steps]) => {
        const start = map.clone();
        const edits = steps.map(([region, rule], i) => {
          const edit = editOf(apply(map, region, rule), i + 1);
          applyEdit(map, edit);
          return edit;
        });
        const [a, b, c] = edits;
        const left = compose(compose(a, b), c);
        expectCanonical(left.pixels);
        expect(editToJson(compose(a, compose(b, c)))).toEqual(editToJson(left));
        applyEdit(start, left);
        expect(start.checksum("main")).toBe(map.checksum("main"));
        expect(compose(left, invert(left)).pixels.count).toBe(0);
      }),
      { numRuns: 150 },
    );
  });

  test("refuses what does not meet", () => {
    const a = editOf(pixelsOf([[0, 0, 4, 0, 5]]));
    const b = editOf(pixelsOf([[0, 3, 6, 0, 7]]));
    expect(codeOf(() => compose(a, b))).toBe("not_composable");
    expect(codeOf(() => compose(a, { ...a, layer: "other", pixels: NO_PIXELS }))).toBe("not_composable");
    const fields = newSegmentFields(3);
    const made = { ...a, segments: [{ id: 65536, before: null, after: fields }] };
    expect(codeOf(() => compose(made, { ...made, pixels: NO_PIXELS }))).toBe("not_composable");
  });

  test("segments that end as they began vanish", () => {
    const fields = newSegmentFields(3);
    const made = { ...editOf(NO_PIXELS), segments: [{ id: 65536, before: null, after: fields }] };
    const crowd = { ...fields, crowd: true };
    const changed = { ...editOf(NO_PIXELS, 2), segments: [{ id: 65536, before: fields, after: crowd }] };
    expect(compose(made, changed).segments).toEqual([{ id: 65536, before: null, after: crowd }]);
    expect(compose(changed, invert(changed)).segments).toEqual([]);
    expect(compose(compose(made, changed), invert(changed)).segments).toEqual(made.segments);
    expect(compose(made, changed).seq).toBe(2);
  });
});

test("undo after others painted takes back only what still stands", () => {
  fc.assert(
    fc.property(
      aScene.chain(([map, region, rule]) => fc.tuple(fc.constant({ map, region, rule }), aRegion(map.sizeHw), aRule)),
      ([{ map, region, rule }, otherRegion, otherRule]) => {
        const before = map.toIds();
        const mine = apply(map, region, rule);
        applyEdit(map, editOf(mine));
        const mineIds = map.toIds();
        applyEdit(map, editOf(apply(map, otherRegion, otherRule)));
        const now = map.toIds();
        const { pixels, leftPx } = restorablePixels(map, mine);
        expectCanonical(pixels);
        applyEdit(map, editOf(pixels));
        let left = 0;
        const expected = now.map((id, at) => {
          if (before[at] === mineIds[at]) return id;
          if (id === mineIds[at]) return before[at];
          left++;
          return id;
        });
        expectSame(map.toIds(), expected);
        expect(leftPx).toBe(left);
      },
    ),
    { numRuns: 80 },
  );
});

describe("pixels as bytes", () => {
  test("of a hand-made edit are those of the contract", () => {
    const runs = pixelsOf([
      [2, 3, 6, 0, 65536],
      [2, 6, 7, 1, 65536],
      [2, 300, 301, 0, 65536],
      [4, 5, 6, 1, 65536],
    ]);
    const expected = [
      ...[1, 2, 0, 0x80, 0x80, 4, 1, 0x80, 0x80, 4, 4],
      ...[2, 3, 2, 0, 0, 0, 0, 1, 0, 0xa5, 0x02, 0, 0, 2, 5, 0, 1],
    ];
    expect([...encodePixels(runs)]).toEqual(expected);
  });

  const head = [1, 1, 0, 5];
  test.each([
    ["another version", [2], "bad_version"],
    ["a version alone", [1], "truncated"],
    ["no pair and no run", [1, 0, 0], "bad_pair"],
    ["a pair that changes nothing", [1, 1, 5, 5, 1, 0, 0, 0, 0], "bad_pair"],
    ["a pair twice", [1, 2, 0, 5, 0, 5, 1, 0, 0, 0, 0], "bad_pair"],
    ["pairs that end", [1, 200, 1, 0, 5], "truncated"],
    ["a pair twice before the end", [1, 200, 1, 0, 5, 0, 5], "bad_pair"],
    ["more runs than bytes", [...head, 3, 0, 0, 0, 0], "too_many_runs"],
    ["four billion runs", [...head, 255, 255, 255, 255, 15, 0, 0, 0, 0], "too_many_runs"],
    ["a pair index too large", [...head, 1, 0, 0, 0, 1], "bad_pair"],
    ["a pair in vain", [1, 2, 0, 5, 0, 6, 1, 0, 0, 0, 0], "bad_pair"],
    ["pairs out of order", [1, 2, 0, 5, 0, 6, 2, 0, 0, 0, 1, 0, 0, 0, 0], "bad_pair"],
    ["a row below the image", [...head, 1, 8, 0, 0, 0], "out_of_image"],
    ["a run past the right edge", [...head, 1, 0, 5, 4, 0], "out_of_image"],
    ["two runs that are one", [...head, 2, 0, 0, 0, 0, 0, 0, 0, 0], "not_maximal"],
    ["a byte more", [...head, 1, 0, 0, 0, 0, 0], "trailing_bytes"],
    ["a number in a long form", [...head, 1, 128, 0, 0, 0, 0], "bad_varint"],
    ["a run cut off", [...head, 1, 128, 128, 128, 128], "truncated"],
  ])("refuses %s", (_, bytes, code) => {
    expect(codeOf(() => decodePixels(Uint8Array.from(bytes), [8, 9]))).toBe(code);
  });

  test("any bytes that decode are the one encoding of what they say", () => {
    const good = encodePixels(
      pixelsOf([
        [0, 1, 3, 0, 5],
        [0, 3, 4, 2, 5],
        [2, 0, 9, 0, 5],
      ]),
    );
    const damage = fc.array(fc.tuple(fc.nat({ max: good.length - 1 }), fc.nat({ max: 255 })), { maxLength: 3 });
    fc.assert(
      fc.property(damage, fc.nat({ max: good.length }), (changes, keep) => {
        const bytes = good.slice(0, Math.max(keep, good.length - 2));
        for (const [at, value] of changes) bytes[at] = value;
        let runs: PixelRuns = NO_PIXELS;
        if (codeOf(() => (runs = decodePixels(bytes, [8, 9]))) !== null) return;
        expectCanonical(runs);
        expect(encodePixels(runs)).toEqual(bytes);
      }),
      { numRuns: 5000 },
    );
  });
});
