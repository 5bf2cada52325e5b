// SPDX-License-Identifier: Apache-2.0
/** Edits of objects: make, change, delete, give another class, copy. Each is one edit, so each is one undo step. */
import { NO_PIXELS } from "../core/edit.ts";
import type { Geometry, GeometryKind, ItemChange, ObjectState } from "../core/item.ts";
import { geometryFromJson, wrongIn } from "../core/itemJson.ts";
import { type Json, jsonEqual } from "../core/json.ts";
import { ITEMS_PER_ANNOTATION_MAX } from "../core/limits.ts";
import { gridGeometry, movedBy } from "../core/objectShape.ts";
import { messages } from "./messages.ts";
import type { EditorModel } from "./model.ts";
import { isObjectLocked, nameOfObject } from "./objectList.ts";
import { kindNames, objectMessages as say } from "./objectMessages.ts";
import type { EditRecorder } from "./recorder.ts";
import { selectItems } from "./selecting.ts";

const CLIPBOARD_KEY = "objects-copied";
/** A copy in the same image lies beside what it was made of. */
const BESIDE_SCREEN_PX = 16;

export class ObjectDesk {
  constructor(
    private readonly model: EditorModel,
    private readonly recorder: EditRecorder,
  ) {}

  /** Why an object of this kind may not be made of the class; null: it may. */
  refusal(kind: GeometryKind, classNumber: number | null): string | null {
    const { model } = this;
    if (model.doc === null) return messages.loading;
    if (model.readOnly) return model.readOnlyWhy;
    const info = classNumber === null ? undefined : model.classes.get(classNumber)?.info;
    if (info === undefined) return messages.chooseClass;
    if (info.retired) return messages.retired(info.name);
    if (model.lockedClasses.has(info.number)) return messages.locked(info.name);
    if (!takesKind(info, kind)) return say.notAllowed(info.name, kind);
    return model.doc.items.size >= ITEMS_PER_ANNOTATION_MAX ? say.tooMany : null;
  }

  /** A new object of the class of now. False: the user was told why. */
  make(geometry: Geometry): boolean {
    const { model } = this;
    const why = this.refusal(geometry.kind, model.currentClass);
    if (why !== null) model.say(why);
    else {
      const [id] = this.record([newObject(model.currentClass!, geometry)], geometry.kind);
      model.announce(say.added(nameOfObject(model, id)));
    }
    return why === null;
  }

  /** Records new objects as one edit and gives their ids. */
  record(objects: readonly ObjectState[], tool: string): readonly string[] {
    const items = objects.map((after): ItemChange => ({ id: newItemId(this.model, "obj_"), before: null, after }));
    this.emit(items, tool);
    return items.map(({ id }) => id);
  }

  /** One edit of these items, which have no pixels. */
  emit(items: readonly ItemChange[], tool: string): void {
    if (items.length === 0) return;
    const [first] = items;
    const state = (first.after ?? first.before) as Partial<ObjectState>;
    const layer = this.model.classes.get(state.class ?? 0)?.info.layer ?? this.model.task!.ontology.layers[0].name;
    this.recorder.record({ layer, tool, pixels: NO_PIXELS, segments: [], items });
  }

  mayChange(ids: readonly string[]): boolean {
    const { model } = this;
    const locked = ids.find((id) => isObjectLocked(model, id));
    if (model.readOnly) model.say(model.readOnlyWhy);
    else if (locked !== undefined) model.say(messages.locked(nameOfObject(model, locked)));
    return !model.readOnly && locked === undefined;
  }

  reshape(changes: ReadonlyMap<string, Geometry>, tool: string): void {
    const items: ItemChange[] = [];
    for (const [id, wanted] of changes) {
      const before = this.model.doc?.liveObject(id) ?? null;
      const geometry = gridGeometry(wanted);
      if (before === null || wrongIn(geometry) !== null) continue;
      if (jsonEqual(before.geometry as unknown as Json, geometry as unknown as Json)) continue;
      items.push({ id, before, after: { ...before, geometry } });
    }
    this.emit(items, tool);
  }

  /** Deletions of these objects and relations that may be changed; the caller records them. */
  deletions(ids: readonly string[]): readonly ItemChange[] {
    const { model } = this;
    const open = ids.filter((id) => !isObjectLocked(model, id));
    return open.flatMap((id) => {
      const before = model.doc?.items.get(id);
      if (before === undefined || !("state" in before) || before.state !== "live") return [];
      return [{ id, before, after: { ...before, state: "deleted" as const } }];
    });
  }

  remove(ids: readonly string[]): void {
    const { model } = this;
    if (model.readOnly) {
      model.say(model.readOnlyWhy);
      return;
    }
    const items = this.deletions(ids);
    if (items.length === 0) {
      model.say(ids.length === 0 ? say.noObject : messages.locked(nameOfObject(model, ids[0])));
      return;
    }
    const name = nameOfItem(model, items[0].id);
    model.objects.forget(items.map(({ id }) => id));
    this.emit(items, "delete");
    model.say(items.length === 1 ? say.deleted(name) : say.deletedMany(items.length), true);
  }

  changeClass(ids: readonly string[], classNumber: number): void {
    const { model } = this;
    const info = model.classes.get(classNumber)?.info;
    if (info === undefined || !this.mayChange(ids)) return;
    const items: ItemChange[] = [];
    for (const id of ids) {
      const before = model.doc?.liveObject(id) ?? null;
      if (before === null || before.class === classNumber) continue;
      const why = this.refusal(before.geometry.kind, classNumber);
      if (why !== null) {
        model.say(why);
        return;
      }
      items.push({ id, before, after: { ...before, class: classNumber } });
    }
    if (items.length === 0) return;
    model.currentClass = classNumber;
    this.emit(items, "class");
    model.looksChanged();
    model.say(say.classChanged(items.length, info.name), true);
  }

  copy(ids: readonly string[]): void {
    const { model } = this;
    const objects = ids.flatMap((id) => model.doc?.liveObject(id) ?? []);
    if (objects.length === 0) {
      model.say(say.noObject);
      return;
    }
    const { project, asset } = model.task!;
    const kept = { project: project.id, asset: asset.id, objects };
    model.ports.preferences.write(CLIPBOARD_KEY, JSON.stringify(kept));
    model.say(say.copied(objects.length));
  }

  /** Puts copied objects where they were, or beside it in the image that they come from. */
  paste(): void {
    const { model } = this;
    const kept = readCopied(model.ports.preferences.read(CLIPBOARD_KEY));
    if (kept === null) model.say(say.nothingCopied);
    else if (kept.project !== model.task?.project.id) model.say(say.otherProject);
    else this.addCopies(kept.objects, kept.asset === model.task.asset.id, "paste");
  }

  duplicate(ids: readonly string[]): void {
    this.addCopies(
      ids.flatMap((id) => this.model.doc?.liveObject(id) ?? []),
      true,
      "duplicate",
    );
  }

  private addCopies(objects: readonly ObjectState[], beside: boolean, tool: string): void {
    const { model } = this;
    const fitting = objects.filter((object) => this.refusal(object.geometry.kind, object.class) === null);
    if (fitting.length === 0) {
      model.say(model.readOnly ? model.readOnlyWhy : objects.length === 0 ? say.noObject : say.noneFits);
      return;
    }
    const by = beside ? BESIDE_SCREEN_PX / model.view.zoom : 0;
    const copies = fitting.map((object) => ({ ...object, geometry: gridGeometry(movedBy(object.geometry, by, by)) }));
    const ids = this.record(copies, tool);
    selectItems(model, ids, false);
    model.say(ids.length === 1 ? say.added(nameOfObject(model, ids[0])) : say.addedMany(ids.length), true);
  }
}

export const newObject = (classNumber: number, geometry: Geometry): ObjectState => ({
  class: classNumber,
  geometry: gridGeometry(geometry),
  answers: {},
  state: "live",
});

/** A UUID of version 7: ids in the order in which they were made. */
export function newItemId(model: EditorModel, prefix: "obj_" | "rel_"): string {
  const time = model.ports.clock.nowMs().toString(16).padStart(12, "0").slice(-12);
  return `${prefix}${time.slice(0, 8)}-${time.slice(8)}-7${model.ports.random.uuid().slice(15)}`;
}

/** Whether a class lists this kind of object. */
export function takesKind(info: { readonly geometry?: readonly string[] }, kind: GeometryKind): boolean {
  return info.geometry?.includes(kind) === true;
}

function nameOfItem(model: EditorModel, id: string): string {
  return id.startsWith("rel_") ? "the relation" : nameOfObject(model, id);
}

interface Copied {
  readonly project: string;
  readonly asset: string;
  readonly objects: readonly ObjectState[];
}

/** What was copied, perhaps by another page; null when nothing was, or it cannot be read. */
function readCopied(text: string | null): Copied | null {
  if (text === null) return null;
  try {
    const { project, asset, objects } = JSON.parse(text) as Copied;
    for (const { geometry } of objects) {
      if (!(geometry.kind in kindNames)) return null;
      geometryFromJson(geometry, "geometry");
    }
    return { project, asset, objects };
  } catch {
    return null;
  }
}
