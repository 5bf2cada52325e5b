// SPDX-License-Identifier: Apache-2.0
/** Examples of contract/edit.md, "replay". */
import { type Edit, editToJson, invert } from "../../../src/core/edit.ts";
import { LabelMap } from "../../../src/core/labelMap.ts";
import type { PixelRuns } from "../../../src/core/pixelRuns.ts";
import { type Json, newSegmentFields, type SegmentChange, type SegmentFields } from "../../../src/core/segment.ts";
import { fieldsToJson } from "../../../src/core/segmentJson.ts";
import { paint } from "../arbitraries.ts";
import { editOf, Scene } from "./casesEdit.ts";
import { mapJson, type NewCase, pixelsFrom } from "./format.ts";

type Segments = { readonly [id: number]: SegmentFields };

const live = newSegmentFields(3);
const deleted: SegmentFields = { ...live, state: "deleted" };
const mergedInto = (id: number): SegmentFields => ({ ...live, state: "merged", mergedInto: id });

function segmentsJson(segments: Segments): Json {
  return Object.entries(segments).map(([id, fields]) => ({ id: Number(id), ...fieldsToJson(fields) }));
}

function replayCase(name: string, why: string, map: LabelMap, segments: Segments, edit: Edit): NewCase {
  const layers = { main: mapJson(map), parts: mapJson(new LabelMap(map.sizeHw)) };
  const input = {
    do: "replay",
    size_hw: [...map.sizeHw],
    layers,
    segments: segmentsJson(segments),
    edit: editToJson(edit),
  };
  return { name: `replay: ${name}`, why, input };
}

function randomCases(): NewCase[] {
  const cases: NewCase[] = [];
  for (let k = 0; k < 20; k++) {
    const scene = new Scene(4000 + k);
    const edit = editOf(scene.pixels());
    for (let i = 0; i < k % 4; i++) paint(scene.map, scene.region(), scene.id());
    cases.push(replayCase(`head moved ${k}`, "written where it still holds, else a conflict", scene.map, {}, edit));
  }
  return cases;
}

const row = (...ids: number[]): LabelMap => LabelMap.fromIds(ids, [1, ids.length]);

function pixels(from: readonly number[], to: readonly number[]): PixelRuns {
  return pixelsFrom(from.map((before, x) => [0, x, 1, before, to[x]]));
}

const changing = (...changes: SegmentChange[]): Edit => editOf(pixelsFrom([]), changes);
const merging: Edit = editOf(pixels([7, 7], [9, 9]), [{ id: 7, before: live, after: mergedInto(9) }]);
const answers = (values: { readonly [question: string]: Json }): SegmentFields => ({ ...live, answers: values });

const CASES: readonly NewCase[] = [
  replayCase(
    "late pixels of a merged segment",
    "go to its heir, through chains",
    row(0, 9, 9, 4),
    { 7: mergedInto(8), 8: mergedInto(9), 9: live },
    editOf(pixels([0, 7, 7, 0], [7, 0, 5, 8])),
  ),
  replayCase(
    "before and after meet in one heir",
    "nothing to do where the head has it, else a conflict",
    row(9, 4, 0),
    { 7: mergedInto(9), 9: live },
    editOf(pixels([7, 7, 7], [9, 9, 9])),
  ),
  replayCase(
    "aliases in a circle",
    "alias_cycle",
    row(0),
    { 7: mergedInto(8), 8: mergedInto(7) },
    editOf(pixels([0], [7])),
  ),
  replayCase(
    "a circle that no pixel names",
    "no error",
    row(0),
    { 7: mergedInto(8), 8: mergedInto(7), 9: live },
    editOf(pixels([0], [9])),
  ),
  replayCase("a merge", "pixels and the stone", row(7, 7, 9), { 7: live, 9: live }, merging),
  replayCase(
    "a merge taken back",
    "the pixels return, the alias is not followed",
    row(9, 9, 9),
    { 7: mergedInto(9), 9: live },
    invert(merging),
  ),
  replayCase(
    "a merge taken back after it was merged elsewhere",
    "the alias is followed",
    row(8, 9, 9),
    { 7: mergedInto(8), 8: live, 9: live },
    invert(merging),
  ),
  replayCase(
    "a segment made",
    "absent, so created",
    row(0, 5),
    {},
    editOf(pixels([0, 0], [7, 7]), [{ id: 7, before: null, after: live }]),
  ),
  replayCase(
    "a segment made twice",
    "equal, so nothing",
    row(7, 5),
    { 7: live },
    editOf(pixels([0, 0], [7, 7]), [{ id: 7, before: null, after: live }]),
  ),
  replayCase(
    "a segment made in two ways",
    "every field that differs is a conflict",
    row(0),
    { 7: answers({ a: 1, mine: 2 }) },
    changing({ id: 7, before: null, after: { ...answers({ b: 2, a: 2 }), class: 9, crowd: true } }),
  ),
  replayCase(
    "fields changed by both",
    "field by field",
    row(0),
    { 7: { ...answers({ colour: "green", size: 4 }), class: 5 } },
    changing({
      id: 7,
      before: answers({ colour: "red", size: 4 }),
      after: { ...answers({ colour: "blue", fresh: [1] }), crowd: true },
    }),
  ),
  replayCase(
    "a null answer",
    "is no answer",
    row(0),
    { 7: answers({ a: null, b: 1 }) },
    changing({ id: 7, before: answers({ b: 1 }), after: answers({ a: 2, b: null }) }),
  ),
  replayCase(
    "answers in the order of code points",
    "not of UTF-16 units",
    row(0),
    { 7: answers({ "\ufb01": 0, 𝒳: 0, a: 0 }) },
    changing({ id: 7, before: null, after: answers({ 𝒳: 1, "\ufb01": 1, a: 1 }) }),
  ),
  replayCase(
    "state and its target",
    "one field",
    row(0),
    { 7: mergedInto(9), 8: live, 9: live },
    changing({ id: 7, before: live, after: mergedInto(8) }),
  ),
  replayCase(
    "an unknown segment",
    "unknown_segment",
    row(0),
    {},
    editOf(pixels([0], [7]), [{ id: 7, before: live, after: deleted }]),
  ),
  replayCase(
    "a layer that is not there",
    "unknown_layer",
    row(0),
    {},
    { ...editOf(pixels([0], [7])), layer: "elsewhere" },
  ),
  replayCase("pixels for a deleted segment", "revive it", row(0, 5), { 7: deleted }, editOf(pixels([0, 0], [7, 7]))),
  replayCase(
    "conflict pixels alone for a deleted segment",
    "do not revive it",
    row(5, 5),
    { 7: deleted },
    editOf(pixels([0, 0], [7, 7])),
  ),
  replayCase(
    "an edit that deletes what it paints",
    "it stays live",
    row(0),
    { 7: live },
    editOf(pixels([0], [7]), [{ id: 7, before: live, after: deleted }]),
  ),
  replayCase(
    "a deletion taken back",
    "pixels and state return",
    row(0, 5),
    { 7: deleted },
    invert(editOf(pixels([7, 7], [0, 0]), [{ id: 7, before: live, after: deleted }])),
  ),
  replayCase(
    "a creation taken back",
    "leaves a stone",
    row(7, 7),
    { 7: live },
    invert(editOf(pixels([0, 0], [7, 7]), [{ id: 7, before: null, after: live }])),
  ),
  replayCase(
    "a creation taken back after a change of class",
    "the class stays, the state goes",
    row(7),
    { 7: { ...live, class: 4 } },
    changing({ id: 7, before: live, after: null }),
  ),
];

function alias(name: string, segments: Segments, segment: number): NewCase {
  return {
    name: `alias: ${name}`,
    why: "merged ids lead to their heir",
    input: { do: "resolve_alias", segments: segmentsJson(segments), segment },
  };
}

export const REPLAY_CASES: readonly NewCase[] = [
  ...randomCases(),
  ...CASES,
  alias("none", { 7: live }, 7),
  alias("unknown", {}, 7),
  alias("a chain", { 7: mergedInto(8), 8: mergedInto(9), 9: deleted }, 7),
  alias("to an unknown one", { 7: mergedInto(12) }, 7),
  alias("a circle", { 7: mergedInto(8), 8: mergedInto(9), 9: mergedInto(8) }, 7),
  alias("itself", { 7: mergedInto(7) }, 7),
];
