// SPDX-License-Identifier: Apache-2.0
/** The live objects with what their geometry looks like, worked out once for each state of them. */
import { IMAGE_ITEM, isObjectId, type ObjectState } from "../core/item.ts";
import { boundsOf, pathsOf } from "../core/objectShape.ts";
import type { ShownObject } from "../tools/index.ts";
import { messages } from "./messages.ts";
import type { EditorModel } from "./model.ts";
import { objectName } from "./objectMessages.ts";

export interface ObjectEntry extends ShownObject {
  readonly state: ObjectState;
  /** Place among all that were ever made of its class, from 1. */
  readonly number: number;
}

const entries = new WeakMap<ObjectState, ObjectEntry>();

/** The same entry for as long as the object is the same. */
function entryOf(id: string, state: ObjectState, number: number): ObjectEntry {
  const known = entries.get(state);
  if (known?.id === id && known.number === number) return known;
  const { geometry } = state;
  const paths = pathsOf(geometry);
  const entry = { id, state, number, geometry, paths, bounds: boundsOf(paths) };
  entries.set(state, entry);
  return entry;
}

interface Listed {
  readonly doc: unknown;
  readonly version: number;
  readonly onlyClass: number | null;
  readonly all: ReadonlyMap<string, ObjectEntry>;
  readonly shown: readonly ObjectEntry[];
}

const lists = new WeakMap<EditorModel, Listed>();

/** Live objects by id, in the order in which they were made: their ids begin with the time. */
export function liveObjects(model: EditorModel): ReadonlyMap<string, ObjectEntry> {
  return listed(model).all;
}

/** Those that are not hidden, nor of another class while one is shown alone. */
export function shownObjects(model: EditorModel): readonly ObjectEntry[] {
  return listed(model).shown;
}

function listed(model: EditorModel): Listed {
  const { doc, objects, onlyClass } = model;
  const known = lists.get(model);
  if (known !== undefined && known.doc === doc && known.version === objects.version && known.onlyClass === onlyClass)
    return known;
  const numbers = new Map<number, number>();
  const all = new Map<string, ObjectEntry>();
  const ids = [...(doc?.items.keys() ?? [])].filter((id) => id !== IMAGE_ITEM && isObjectId(id)).sort();
  for (const id of ids) {
    const state = doc!.items.get(id) as ObjectState;
    const number = (numbers.get(state.class) ?? 0) + 1;
    numbers.set(state.class, number);
    if (state.state === "live") all.set(id, entryOf(id, state, number));
  }
  const shown = [...all.values()].filter(
    ({ id, state }) => !objects.hidden.has(id) && (onlyClass === null || onlyClass === state.class),
  );
  const next = { doc, version: objects.version, onlyClass, all, shown };
  lists.set(model, next);
  return next;
}

export function nameOfObject(model: EditorModel, id: string): string {
  const entry = liveObjects(model).get(id);
  if (entry === undefined) return messages.unknownClass;
  const className = model.classes.get(entry.state.class)?.info.name ?? messages.unknownClass;
  return objectName(className, entry.geometry.kind, entry.number);
}

/** Locked itself, or by its class. */
export function isObjectLocked(model: EditorModel, id: string): boolean {
  const state = liveObjects(model).get(id)?.state;
  return model.objects.locked.has(id) || (state !== undefined && model.lockedClasses.has(state.class));
}
