// SPDX-License-Identifier: Apache-2.0
/** What the lists of classes and segments show, worked out from the editor's snapshot. */
import type { ClassInfo, SegmentRow } from "../editor/state.ts";

/** Of segments and objects alike. */
export function segmentsPerClass(segments: readonly Pick<SegmentRow, "classNumber">[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const segment of segments) counts.set(segment.classNumber, (counts.get(segment.classNumber) ?? 0) + 1);
  return counts;
}

/** Live classes whose name holds `query`; those that begin with it first, else in the ontology's order. */
export function matchingClasses(classes: readonly ClassInfo[], query: string): readonly ClassInfo[] {
  const wanted = query.trim().toLowerCase();
  const live = classes.filter((entry) => !entry.retired);
  if (wanted === "") return live;
  const hits = live.filter((entry) => entry.name.toLowerCase().includes(wanted));
  const begins = (entry: ClassInfo): boolean => entry.name.toLowerCase().startsWith(wanted);
  return [...hits.filter(begins), ...hits.filter((entry) => !begins(entry))];
}

/** The live class of exactly this name, case aside; a new class of the same name would only confuse. */
export function classNamed(classes: readonly ClassInfo[], name: string): ClassInfo | null {
  const wanted = name.trim().toLowerCase();
  return classes.find((entry) => !entry.retired && entry.name.toLowerCase() === wanted) ?? null;
}

/** Where focus goes in a list of `length` rows; null for a key that does not move. */
export function rowAfterKey(key: string, at: number, length: number, page: number): number | null {
  if (length === 0) return null;
  const moves: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + page,
    PageUp: at - page,
    Home: 0,
    End: length - 1,
  };
  const next = moves[key];
  return next === undefined ? null : Math.min(length - 1, Math.max(0, next));
}

/** Segments that no save has numbered yet come after the others of their class. */
const LAST = Number.MAX_SAFE_INTEGER;

export type SegmentOrder = "newest" | "class" | "largest" | "smallest";

/** "Car 3" for a thing; stuff has one segment, so its class says it all. */
export type NameOf = (row: SegmentRow) => string;

/** Rows whose name holds what was typed, in the order wanted; ties stay in the order in which they come. */
export function listedSegments(
  rows: readonly SegmentRow[],
  query: string,
  order: SegmentOrder,
  nameOf: NameOf,
): readonly SegmentRow[] {
  const wanted = query.trim().toLowerCase();
  const found = wanted === "" ? rows : rows.filter((row) => nameOf(row).toLowerCase().includes(wanted));
  if (order === "newest") return found;
  const sign = order === "largest" ? -1 : 1;
  return [...found].sort(
    order === "class"
      ? (a, b) => a.classNumber - b.classNumber || (a.number ?? LAST) - (b.number ?? LAST)
      : (a, b) => sign * (a.areaPx - b.areaPx),
  );
}
