// SPDX-License-Identifier: Apache-2.0
/** One list of what the image holds: segments, then objects, then relations, each group under its name. */
import type { ObjectRow, RelationRow, SegmentRow } from "../editor/state.ts";
import { objects as words } from "./objectWords.ts";

export type ListEntry =
  | { readonly kind: "segment"; readonly key: string; readonly row: SegmentRow }
  | { readonly kind: "object"; readonly key: string; readonly row: ObjectRow }
  | { readonly kind: "relation"; readonly key: string; readonly row: RelationRow }
  | { readonly kind: "group"; readonly key: string; readonly title: string };

/** Of one class only, when one is named; relations belong to none. */
export function listEntries(
  segments: readonly SegmentRow[],
  objects: readonly ObjectRow[],
  relations: readonly RelationRow[],
  onlyClass: number | null,
): readonly ListEntry[] {
  const wanted = (row: { readonly classNumber: number }): boolean =>
    onlyClass === null || row.classNumber === onlyClass;
  const shown = objects.filter(wanted);
  const linked = onlyClass === null ? relations : [];
  const entries: ListEntry[] = segments.filter(wanted).map((row) => ({ kind: "segment", key: String(row.id), row }));
  if (shown.length > 0) entries.push({ kind: "group", key: "objects", title: words.group(shown.length) });
  for (const row of shown) entries.push({ kind: "object", key: row.id, row });
  if (linked.length > 0) entries.push({ kind: "group", key: "relations", title: words.relations(linked.length) });
  for (const row of linked) entries.push({ kind: "relation", key: row.id, row });
  return entries;
}

/** Whether the entry is selected; a group cannot be. */
export const isSelected = (entry: ListEntry): boolean => entry.kind !== "group" && entry.row.selected;
