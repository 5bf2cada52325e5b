// SPDX-License-Identifier: Apache-2.0
/** The tools' window on the objects of this editor. */
import type { ObjectContext } from "../tools/index.ts";
import type { EditorModel } from "./model.ts";
import type { ObjectDesk } from "./objectDesk.ts";
import { isObjectLocked, liveObjects, shownObjects } from "./objectList.ts";
import { frameSelection, selectItems } from "./selecting.ts";

export function objectWindow(model: EditorModel, desk: ObjectDesk): ObjectContext {
  const find: ObjectContext["find"] = (id) => liveObjects(model).get(id) ?? null;
  return {
    shown: () => shownObjects(model),
    find,
    selected: () => model.objects.selected.flatMap((id) => find(id) ?? []),
    isLocked: (id) => model.readOnly || isObjectLocked(model, id),
    select: (ids, add) => selectItems(model, ids, add),
    hover: (id) => {
      if (model.objects.hovered === id) return;
      model.objects.hovered = id;
      model.objectLooksChanged();
    },
    frame: () => frameSelection(model),
    mayMake: (kind) => {
      const why = desk.refusal(kind, model.currentClass);
      if (why !== null) model.say(why);
      return why === null;
    },
    make: (geometry) => desk.make(geometry),
    mayChange: (ids) => desk.mayChange(ids),
    reshape: (changes, tool) => desk.reshape(changes, tool),
    hold: (ids) => {
      model.objects.held = new Set(ids ?? []);
      model.objectLooksChanged();
    },
  };
}
