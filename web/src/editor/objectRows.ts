// SPDX-License-Identifier: Apache-2.0
/** Rows of objects and relations for the screens; made anew only when they have changed. */
import type { GeometryKind } from "../core/item.ts";
import type { EditorModel } from "./model.ts";
import { liveObjects } from "./objectList.ts";
import { choicesOf, relationRows } from "./relationDesk.ts";
import type { EditorState, ObjectRow } from "./state.ts";

const KINDS: readonly GeometryKind[] = ["box", "rotated_box", "polygon", "polyline", "point"];

type Part = Pick<EditorState, "objects" | "objectInHand" | "relations" | "relateChoices" | "objectKinds">;

export class ObjectRows {
  private part: Part = { objects: [], objectInHand: null, relations: [], relateChoices: [], objectKinds: [] };
  private known: readonly unknown[] = [];

  constructor(private readonly model: EditorModel) {}

  make(): Part {
    const { model } = this;
    // Names of the ends of a relation change with segments, and choices with the selection.
    const now = [model.doc, model.objects.version, model.classes, model.segmentsVersion, model.selection];
    if (now.every((value, i) => value === this.known[i])) return this.part;
    const objectsSame = now.slice(0, 2).every((value, i) => value === this.known[i]);
    this.known = now;
    const infos = [...model.classes.values()].map(({ info }) => info);
    this.part = {
      objects: objectsSame ? this.part.objects : this.rows(),
      objectInHand: liveObjects(model).get(model.objects.primary ?? "") ?? null,
      relations: relationRows(model),
      relateChoices: choicesOf(model),
      objectKinds: KINDS.filter((kind) => infos.some((info) => !info.retired && info.geometry.includes(kind))),
    };
    return this.part;
  }

  private rows(): readonly ObjectRow[] {
    const { objects } = this.model;
    const before = new Map(this.part.objects.map((row) => [row.id, row]));
    const selected = new Set(objects.selected);
    const rows = [...liveObjects(this.model).values()].map(({ id, number, state }): ObjectRow => {
      const row = {
        id,
        kind: state.geometry.kind,
        classNumber: state.class,
        number,
        locked: objects.locked.has(id),
        hidden: objects.hidden.has(id),
        selected: selected.has(id),
      };
      const old = before.get(id);
      const same = old !== undefined && (Object.keys(row) as (keyof ObjectRow)[]).every((key) => old[key] === row[key]);
      return same ? old : row;
    });
    return rows.reverse();
  }
}
