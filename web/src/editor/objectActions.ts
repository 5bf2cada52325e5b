// SPDX-License-Identifier: Apache-2.0
/** Commands on objects and relations. */
import type { Geometry } from "../core/item.ts";
import { wrongIn } from "../core/itemJson.ts";
import type { Json } from "../core/json.ts";
import { gridGeometry } from "../core/objectShape.ts";
import { numberFrom } from "./commandValues.ts";
import { answerItem } from "./itemAnswers.ts";
import type { EditorModel } from "./model.ts";
import { objectMessages } from "./objectMessages.ts";
import { frameSelection, selectItems } from "./selecting.ts";
import type { SessionParts } from "./sessionParts.ts";
import type { RelateChoice } from "./state.ts";

export class ObjectActions {
  constructor(
    private readonly model: EditorModel,
    private readonly parts: SessionParts,
  ) {}

  boxesRound(kind: "box" | "rotated_box", value: unknown): void {
    const ids = value === undefined || value === null ? this.model.selection : [numberFrom(value)];
    this.change(() => this.parts.conversions.boxesRound(ids, kind));
  }

  segmentsFrom(value: unknown): void {
    const ids = this.idsFrom(value);
    this.change(() => this.parts.conversions.segmentsFrom(ids));
  }

  /** Asks for the exact numbers of the box or point selected last. */
  askNumbers(): void {
    const { objects, doc } = this.model;
    const kind = doc?.liveObject(objects.primary ?? "")?.geometry.kind;
    this.change(() => {
      if (kind === undefined || kind === "polygon" || kind === "polyline") this.model.say(objectMessages.noNumbers);
      else if (this.parts.objects.mayChange([objects.primary!])) this.model.intent({ kind: "object-numbers" });
    });
  }

  /** `{id, geometry}`: exact numbers, put on the grid of 1/256 px. */
  setGeometry(value: unknown): void {
    const { id, geometry } = value as { id: unknown; geometry: Geometry };
    const objectId = textFrom(id);
    const why = wrongIn(gridGeometry(geometry));
    this.change(() => {
      if (why !== null) this.model.say(objectMessages.wrongNumbers(why));
      else if (this.parts.objects.mayChange([objectId]))
        this.parts.objects.reshape(new Map([[objectId, geometry]]), "numbers");
    });
  }

  copy(): void {
    this.parts.objects.copy(this.model.objects.selected);
  }

  paste(): void {
    this.change(() => this.parts.objects.paste());
  }

  relate(): void {
    this.change(() => this.parts.relations.ask());
  }

  makeRelation(value: unknown): void {
    this.change(() => this.parts.relations.make(value as RelateChoice));
  }

  select(value: unknown): void {
    selectItems(this.model, [textFrom(value)], false);
  }

  toggleSelected(value: unknown): void {
    selectItems(this.model, [textFrom(value)], true);
  }

  frame(value: unknown): void {
    selectItems(this.model, [textFrom(value)], false);
    frameSelection(this.model);
  }

  hide(value: unknown): void {
    this.flip(this.model.objects.hidden, this.idsFrom(value));
  }

  lock(value: unknown): void {
    this.flip(this.model.objects.locked, this.idsFrom(value));
  }

  remove(value: unknown): void {
    const ids = this.idsFrom(value);
    this.change(() => this.parts.objects.remove(ids));
  }

  changeClass(value: unknown): void {
    const { objectId, classNumber } = value as { objectId: unknown; classNumber: unknown };
    const ids = this.idsFrom(objectId);
    this.change(() => this.parts.objects.changeClass(ids, numberFrom(classNumber)));
  }

  /** `{item, question, value}`: `item` is an object's id or "image", `value` null takes the answer away. */
  answer(value: unknown): void {
    const { item, question, value: answer } = value as { item: unknown; question: unknown; value: Json };
    this.change(() => answerItem(this.model, this.parts.objects, textFrom(item), textFrom(question), answer));
  }

  /** Of all or none, whatever each was. */
  flip(set: Set<string>, ids: readonly string[]): void {
    const on = ids.some((id) => !set.has(id));
    for (const id of ids)
      if (on) set.add(id);
      else set.delete(id);
    this.model.objectsChanged();
    this.parts.tools.refresh();
  }

  private change(work: () => void): void {
    if (this.parts.tools.pressing || this.parts.refusedByOutline()) return;
    work();
    this.parts.tools.refresh();
  }

  /** The item meant, or all selected ones when it is one of them or none is named. */
  private idsFrom(value: unknown): readonly string[] {
    const { selected } = this.model.objects;
    if (value === undefined || value === null) return selected;
    const id = textFrom(value);
    return selected.includes(id) ? selected : [id];
  }
}

function textFrom(value: unknown): string {
  if (typeof value !== "string") throw new TypeError(`expected an id, got ${String(value)}`);
  return value;
}
