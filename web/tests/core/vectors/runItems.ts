// SPDX-License-Identifier: Apache-2.0
/** Runs the examples of the page `items` in this core. */
import { type Annotation, applyToAnnotation, newAnnotation } from "../../../src/core/annotation.ts";
import { compose, type Edit, editFromJson, editToJson, invert } from "../../../src/core/edit.ts";
import type { ItemState } from "../../../src/core/item.ts";
import { itemChangesToJson, itemFromJson } from "../../../src/core/itemJson.ts";
import { replay } from "../../../src/core/merge.ts";
import type { SizeHw } from "../../../src/core/region.ts";
import type { Json } from "../../../src/core/segment.ts";
import type { Case } from "./format.ts";

type Input = Case["input"];
type Run = (input: Input, sizeHw: SizeHw) => Case["expected"];

function headFrom(input: Input, sizeHw: SizeHw): Annotation {
  const head = newAnnotation(sizeHw, ["main"]);
  for (const [id, state] of Object.entries(input.items as { [id: string]: Json })) {
    head.items.set(id, itemFromJson(id, state, "items"));
  }
  return head;
}

const itemsJson = (items: ReadonlyMap<string, ItemState>): Json =>
  Object.fromEntries([...items].sort(([a], [b]) => (a < b ? -1 : 1))) as unknown as Json;

const editFrom = (input: Input, size: SizeHw, key = "edit"): Edit => editFromJson(input[key], size);

export const ITEM_RUNS: { readonly [name: string]: Run } = {
  read_edit: (input, size) => ({ edit: editToJson(editFrom(input, size)) }),
  invert: (input, size) => ({ edit: editToJson(invert(editFrom(input, size))) }),
  compose: (input, size) => ({
    items: itemChangesToJson(compose(editFrom(input, size, "first"), editFrom(input, size, "second")).items),
  }),
  apply_exactly: (input, size) => {
    const head = headFrom(input, size);
    applyToAnnotation(head, editFrom(input, size));
    return { items: itemsJson(head.items) };
  },
  replay: (input, size) => {
    const head = headFrom(input, size);
    const { applied, conflictItems } = replay(head, editFrom(input, size));
    return {
      applied: itemChangesToJson(applied.items),
      conflicts: conflictItems.map(({ id, ...rest }) => ({ item: id, ...rest })),
      items: itemsJson(head.items),
    };
  },
};
