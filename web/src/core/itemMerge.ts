// SPDX-License-Identifier: Apache-2.0
/** Changes of items on a head that moved, field by field (contract/items.md, "replay"). */
import { EditError } from "./errors.ts";
import { byId, IMAGE_ITEM, type ItemChange, type ItemState, type Items, itemOf, itemsEqual } from "./item.ts";
import { type Json, jsonEqual } from "./json.ts";
import { byCodePoint } from "./textOrder.ts";

/** A field that head and edit changed to different values; the head keeps its own. Null: no answer. */
export interface ItemConflict {
  readonly id: string;
  readonly field: string;
  readonly head: Json;
  readonly wanted: Json;
}

type Fields = { readonly [field: string]: Json };

const ANSWER = "answers.";

/** What the changes still do on the head, sorted by id, and what it keeps. Throws `unknown_item`. */
export function replayItems(
  head: Items,
  changes: readonly ItemChange[],
): { readonly applied: ItemChange[]; readonly conflicts: ItemConflict[] } {
  for (const { id, before } of changes) {
    if (before !== null && itemOf(head, id) === null) throw new EditError("unknown_item", `item ${id}`);
  }
  const conflicts: ItemConflict[] = [];
  const applied: ItemChange[] = [];
  for (const change of changes) {
    const before = itemOf(head, change.id);
    const after = mergeItem(before, change, conflicts);
    if (!itemsEqual(before, after)) applied.push({ id: change.id, before, after });
  }
  return { applied: applied.sort(byId), conflicts };
}

function mergeItem(head: ItemState | null, change: ItemChange, conflicts: ItemConflict[]): ItemState {
  const { id, before } = change;
  const after = change.after ?? stoneOf(change);
  if (head === null) return after;
  let merged = head;
  for (const field of fieldNames(before ?? head, after)) {
    const was = before === null ? null : fieldOf(before, field);
    const wanted = fieldOf(after, field);
    const mine = fieldOf(head, field);
    if ((before !== null && jsonEqual(was, wanted)) || jsonEqual(mine, wanted)) continue;
    // Redoing a creation finds its deleted stone, which nobody else can have wanted so.
    const reborn = before === null && field === "state" && mine === "deleted";
    if (reborn || (before !== null && jsonEqual(mine, was))) merged = withField(merged, field, wanted);
    else conflicts.push({ id, field, head: mine, wanted });
  }
  return merged;
}

/**
 * What undoing a change gives: each field that still is as the change left it gets its earlier value back. Null when
 * nothing is left to undo.
 */
export function restoreItem(items: Items, change: ItemChange): ItemChange | null {
  const now = itemOf(items, change.id);
  const { before, after } = change;
  if (now === null || after === null) return null;
  let next = now;
  if (before === null) next = { ...now, state: "deleted" } as ItemState;
  else {
    for (const field of fieldNames(before, after)) {
      const was = fieldOf(before, field);
      const made = fieldOf(after, field);
      if (!jsonEqual(was, made) && jsonEqual(fieldOf(now, field), made)) next = withField(next, field, was);
    }
  }
  return itemsEqual(now, next) ? null : { id: change.id, before: now, after: next };
}

/** A creation taken back: ids are never forgotten, so the item becomes a deleted stone. */
function stoneOf({ id, before }: ItemChange): ItemState {
  if (before === null || id === IMAGE_ITEM) throw new EditError("empty_change", `item ${id}`);
  return { ...before, state: "deleted" } as ItemState;
}

/** Fields in which two states of one item may differ: `state` last, answers by question. */
function fieldNames(from: ItemState, after: ItemState): string[] {
  const own = new Set([...Object.keys(from), ...Object.keys(after)].filter((key) => key !== "answers"));
  const questions = new Set([...Object.keys(answersOf(from)), ...Object.keys(answersOf(after))]);
  const answers = [...questions].sort(byCodePoint).map((question) => ANSWER + question);
  const plain = ["class", "geometry", "relation", "from", "to"].filter((key) => own.has(key));
  return [...plain, ...answers, ...(own.has("state") ? ["state"] : [])];
}

const answersOf = (item: ItemState): Fields => ("answers" in item ? item.answers : {});

function fieldOf(item: ItemState, name: string): Json {
  const [from, key] = name.startsWith(ANSWER)
    ? [answersOf(item), name.slice(ANSWER.length)]
    : [item as unknown as Fields, name];
  return Object.hasOwn(from, key) ? from[key] : null;
}

function withField(item: ItemState, name: string, value: Json): ItemState {
  if (!name.startsWith(ANSWER)) return { ...item, [name]: value } as ItemState;
  const entries = Object.entries(answersOf(item)).filter(([question]) => ANSWER + question !== name);
  if (value !== null) entries.push([name.slice(ANSWER.length), value]);
  return { ...item, answers: Object.fromEntries(entries) } as ItemState;
}
