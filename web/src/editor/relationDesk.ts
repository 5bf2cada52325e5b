// SPDX-License-Identifier: Apache-2.0
/** Relations between segments and objects: which may be made, making them, and where their arrows lie. */
import type { Point } from "../core/geometry.ts";
import { isRelationId, itemsEqual, type RelationEnd, type RelationState } from "../core/item.ts";
import type { RelationArrow } from "./canvas.ts";
import { messages } from "./messages.ts";
import type { EditorModel } from "./model.ts";
import { newItemId, type ObjectDesk } from "./objectDesk.ts";
import { liveObjects, nameOfObject } from "./objectList.ts";
import { objectMessages as say } from "./objectMessages.ts";
import { selectItems } from "./selecting.ts";
import type { RelateChoice, RelationRow } from "./state.ts";
import { layerOf, nameOf } from "./targets.ts";

/** A relation as the ontology lists it. */
interface Listed {
  readonly id: string;
  readonly title: string;
  readonly directed: boolean;
  readonly from: readonly number[];
  readonly to: readonly number[];
  readonly retired: boolean;
}

export class RelationDesk {
  constructor(
    private readonly model: EditorModel,
    private readonly desk: ObjectDesk,
  ) {}

  ask(): void {
    const { model } = this;
    if (model.readOnly) model.say(model.readOnlyWhy);
    else if (selectedEnds(model).length !== 2) model.say(say.selectTwo);
    else if (choicesOf(model).length === 0) model.say(say.noRelation);
    else model.intent({ kind: "relate" });
  }

  make(choice: RelateChoice): void {
    const { model } = this;
    const state: RelationState = {
      relation: choice.relation,
      from: endFrom(choice.from),
      to: endFrom(choice.to),
      state: "live",
    };
    const there = [...(model.doc?.items ?? [])].some(([id, item]) => isRelationId(id) && itemsEqual(item, state));
    if (there) {
      model.say(say.already);
      return;
    }
    const id = newItemId(model, "rel_");
    this.desk.emit([{ id, before: null, after: state }], "relate");
    selectItems(model, [id], false);
    model.say(say.related(choice.text), true);
  }
}

/** What may be related: exactly two selected things, in the order of segments before objects. */
function selectedEnds(model: EditorModel): readonly RelationEnd[] {
  const objects = model.objects.selected.filter((id) => !isRelationId(id)).map((object) => ({ object }));
  return [...model.selection.map((segment) => ({ segment })), ...objects];
}

/** Every way in which the ontology lets the two selected things be related. */
export function choicesOf(model: EditorModel): readonly RelateChoice[] {
  const ends = selectedEnds(model);
  if (ends.length !== 2) return [];
  const fits = (classes: readonly number[], end: RelationEnd): boolean =>
    classes.length === 0 || classes.includes(classOfEnd(model, end) ?? 0);
  return relationsOf(model)
    .filter(({ retired }) => !retired)
    .flatMap((relation) => {
      const both = relation.directed ? [ends, [ends[1], ends[0]]] : [ends];
      return both.flatMap(([from, to]) => {
        const ok = fits(relation.from, from) && fits(relation.to, to);
        const turned = !relation.directed && fits(relation.from, to) && fits(relation.to, from);
        if (!ok && !turned) return [];
        const [a, b] = ok ? [from, to] : [to, from];
        const text = `${nameOfEnd(model, a)} ${relation.title} ${nameOfEnd(model, b)}`;
        return [{ relation: relation.id, from: keyOf(a), to: keyOf(b), text }];
      });
    });
}

export function relationRows(model: EditorModel): readonly RelationRow[] {
  const rows: RelationRow[] = [];
  for (const [id, item] of model.doc?.items ?? []) {
    if (!isRelationId(id)) continue;
    const { relation, from, to, state } = item as RelationState;
    if (state !== "live") continue;
    const title = relationsOf(model).find((entry) => entry.id === relation)?.title ?? relation;
    const broken = !isThere(model, from) || !isThere(model, to);
    const text = `${nameOfEnd(model, from)} ${title} ${nameOfEnd(model, to)}`;
    rows.push({ id, text, broken, selected: model.objects.selected.includes(id) });
  }
  return rows;
}

/** Arrows of the relations that are selected, or that a selected thing is an end of. */
export function relationArrows(model: EditorModel): readonly RelationArrow[] {
  const { selection, objects, doc } = model;
  if (selection.length === 0 && objects.selected.length === 0) return [];
  const isSelected = (end: RelationEnd): boolean =>
    "object" in end ? objects.selected.includes(end.object) : selection.includes(living(model, end.segment));
  return [...(doc?.items ?? [])].flatMap(([id, item]) => {
    if (!isRelationId(id)) return [];
    const { relation, from, to, state } = item as RelationState;
    if (state !== "live" || !(objects.selected.includes(id) || isSelected(from) || isSelected(to))) return [];
    const [a, b] = [middleOf(model, from), middleOf(model, to)];
    const info = relationsOf(model).find((entry) => entry.id === relation);
    if (a === null || b === null) return [];
    return [{ from: a, to: b, directed: info?.directed ?? true, title: info?.title ?? relation }];
  });
}

const relationsOf = (model: EditorModel): readonly Listed[] => model.task?.ontology.relations ?? [];

/** The segment that has the pixels now: merging moves what leads to it. */
function living(model: EditorModel, segment: number): number {
  const seen = new Set<number>();
  let at = segment;
  while (!seen.has(at)) {
    seen.add(at);
    at = model.doc?.fields(at)?.mergedInto ?? at;
  }
  return at;
}

function isThere(model: EditorModel, end: RelationEnd): boolean {
  if ("object" in end) return liveObjects(model).has(end.object);
  return model.doc?.isLive(living(model, end.segment)) === true;
}

function classOfEnd(model: EditorModel, end: RelationEnd): number | null {
  if ("object" in end) return liveObjects(model).get(end.object)?.state.class ?? null;
  return model.doc?.fields(end.segment)?.class ?? null;
}

function nameOfEnd(model: EditorModel, end: RelationEnd): string {
  if (!isThere(model, end)) return messages.gone;
  return "object" in end ? nameOfObject(model, end.object) : nameOf(model, living(model, end.segment));
}

function middleOf(model: EditorModel, end: RelationEnd): Point | null {
  const id = "segment" in end ? living(model, end.segment) : 0;
  const box =
    "object" in end ? liveObjects(model).get(end.object)?.bounds : model.doc?.map(layerOf(model, id)).boxOf(id);
  return box == null ? null : { x: (box[0] + box[2]) / 2, y: (box[1] + box[3]) / 2 };
}

/** Ends as keys: a number for a segment, the id of an object. */
const keyOf = (end: RelationEnd): number | string => ("object" in end ? end.object : end.segment);
const endFrom = (key: number | string): RelationEnd => (typeof key === "number" ? { segment: key } : { object: key });
