// SPDX-License-Identifier: Apache-2.0
/** Texts of looking back and of conflicts; `words.ts` hands them on. */
import type { Banner } from "../editor/state.ts";
import { count, dayAndTime } from "./figures.ts";

type Of<Kind extends Banner["kind"]> = Extract<Banner, { readonly kind: Kind }>;

const pixels = (px: number): string => (px === 1 ? "1 pixel" : `${count(px)} pixels`);

/** "Revision 77 of 81, 12 May, by Ana." */
export function oldRevision(value: Of<"old-revision">): string {
  const place = `Revision ${count(value.number)} of ${count(value.latest)}`;
  const when = value.atIso === null ? "" : `, ${dayAndTime(value.atIso)}`;
  return value.authorName === null ? `${place}${when}.` : `${place}${when}, by ${value.authorName}.`;
}

export const comparing = (value: Of<"comparing">): string =>
  `Revisions ${count(value.before)} and ${count(value.after)} differ in ${pixels(value.changedPx)}.`;

/** "You and Ana changed the same 214 pixels. Both versions are kept." */
export function conflict(value: Of<"conflict">): string {
  const what = value.pixels > 0 ? `the same ${pixels(value.pixels)}` : "the same segment";
  const text = `${changers(value)} changed ${what}. Both versions are kept.`;
  return value.of > 1 ? `${text} (${count(value.place)} of ${count(value.of)})` : text;
}

function changers(value: Of<"conflict">): string {
  if (value.oneAuthor) return value.involved ? "You and another window" : `Two windows of ${value.wantedAuthor}`;
  const other = value.headAuthor ?? "someone else";
  if (value.mine === "wanted") return `You and ${other}`;
  if (value.mine === "head") return `You and ${value.wantedAuthor}`;
  return `${value.wantedAuthor} and ${other}`;
}

export interface ConflictOwners {
  readonly mine: "head" | "wanted" | null;
  readonly oneAuthor: boolean;
  readonly headAuthor: string | null;
  readonly wantedAuthor: string;
}

/** What the two sides are called: the one that the head kept, and the one that came second. */
export function sides(value: ConflictOwners): { readonly head: string; readonly wanted: string } {
  if (value.mine === "head") return { head: "mine", wanted: "theirs" };
  if (value.mine === "wanted") return { head: "theirs", wanted: "mine" };
  if (value.oneAuthor || value.headAuthor === null) return { head: "the first", wanted: "the second" };
  return { head: `${value.headAuthor}’s`, wanted: `${value.wantedAuthor}’s` };
}

export const conflicts = {
  title: "Conflicts",
  list: "Open conflicts",
  none: "There is no open conflict.",
  compare: "Compare",
  stop: "Stop comparing",
  keep: (side: string): string => `Keep ${side}`,
  next: "Next conflict",
  previous: "Previous conflict",
  row: (place: number, px: number, fields: number): string =>
    px > 0
      ? `${count(place)} · ${pixels(px)}`
      : fields === 1
        ? `${count(place)} · 1 field`
        : `${count(place)} · ${count(fields)} fields`,
  field: (segment: string, field: string, head: string, wanted: string): string =>
    `${segment}, ${fieldNames[field] ?? field}: ${head} or ${wanted}`,
  lead: "Two windows drew on the same place. Choose which version stays; the other one remains in the history.",
  both: "both, but different",
  onlySide: (side: string): string => `only ${side}`,
} as const;

const fieldNames: Readonly<Record<string, string>> = {
  class: "class",
  crowd: "crowd",
  instances_unknown: "instances unknown",
  state: "state",
};

export const history = {
  title: "History",
  open: "History",
  list: "Revisions, newest first",
  revision: (number: number): string => `Revision ${count(number)}`,
  revisionOf: (number: number, when: string, author: string): string =>
    `Revision ${count(number)}, ${when}, by ${author}`,
  newest: "newest",
  kinds: { save: "", restore: "restored", import: "imported", submit: "marked as done" },
  changed: (px: number, edits: number): string =>
    edits === 0 ? "no change" : `${count(px)} px · ${edits === 1 ? "1 edit" : `${count(edits)} edits`}`,
  when: dayAndTime,
  by: (when: string, author: string): string => `${when} · ${author}`,
  compareWithLatest: "Compare with latest",
  compareRow: (number: number, other: number): string => `Compare revision ${count(number)} with ${count(other)}`,
  stopComparing: "Stop comparing",
  restore: "Restore",
  restoreTitle: "Make the image as it was then. What is there now stays in the history.",
  restoreSegment: (name: string): string => `Restore only ${name}`,
  restoreSegmentTitle: "Give this segment back the pixels that it held then",
  restoreNone: "To bring back a single segment, choose it on the image with the Select tool.",
  showLatest: "Show latest",
  more: "Show earlier ones",
  empty: "Nothing has been saved yet. Every save becomes a revision here.",
  only: (number: number): string => `only in revision ${count(number)}`,
  both: "in both, but different",
  difference: (px: number, segments: number): string =>
    segments === 0
      ? `${pixels(px)} differ`
      : `${pixels(px)} and ${segments === 1 ? "1 segment" : `${count(segments)} segments`} differ`,
  unmarked: "Too much differs to mark each pixel.",
  legend: "What the marks mean",
  pixels,
  who: "Who changed this pixel",
} as const;
