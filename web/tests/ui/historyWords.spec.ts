// SPDX-License-Identifier: Apache-2.0
/** What is said of conflicts and old revisions: who, how much, what is kept, and what the buttons mean. */
import { describe, expect, it } from "vitest";
import type { Banner } from "../../src/editor/state.ts";
import * as words from "../../src/ui/words.ts";

type Conflict = Extract<Banner, { readonly kind: "conflict" }>;

const between: Conflict = {
  kind: "conflict",
  pixels: 214,
  fields: 0,
  mine: "wanted",
  involved: true,
  headAuthor: "Ana",
  wantedAuthor: "Local owner",
  oneAuthor: false,
  place: 1,
  of: 1,
  marked: false,
};

const said = (change: Partial<Conflict>): string => words.banner({ ...between, ...change }).text;

describe("a conflict", () => {
  it("names who, how much, and that both are kept", () => {
    expect(said({})).toBe("You and Ana changed the same 214 pixels. Both versions are kept.");
    expect(said({ mine: "head", headAuthor: "Me", wantedAuthor: "Ben", pixels: 1 })).toBe(
      "You and Ben changed the same 1 pixel. Both versions are kept.",
    );
    expect(said({ mine: null, oneAuthor: true })).toBe(
      "You and another window changed the same 214 pixels. Both versions are kept.",
    );
    expect(said({ mine: null, involved: false, wantedAuthor: "Ben" })).toBe(
      "Ben and Ana changed the same 214 pixels. Both versions are kept.",
    );
    expect(said({ headAuthor: null })).toContain("You and someone else changed");
    expect(said({ pixels: 0, fields: 2 })).toContain("changed the same segment.");
    expect(said({ place: 2, of: 3 })).toMatch(/\(2 of 3\)$/);
  });

  it("calls a side mine only when it is", () => {
    expect(words.sides(between)).toEqual({ head: "theirs", wanted: "mine" });
    expect(words.sides({ ...between, mine: "head" })).toEqual({ head: "mine", wanted: "theirs" });
    expect(words.sides({ ...between, mine: null, oneAuthor: true })).toEqual({
      head: "the first",
      wanted: "the second",
    });
    expect(words.sides({ ...between, mine: null, wantedAuthor: "Ben" })).toEqual({ head: "Ana’s", wanted: "Ben’s" });
  });
});

describe("an old revision", () => {
  it("says its place, its time and its author, as far as they are known", () => {
    const old = {
      kind: "old-revision",
      number: 77,
      latest: 81,
      atIso: "2026-05-12T12:00:00Z",
      authorName: "Ana",
    } as const;
    expect(words.banner(old).text).toMatch(/^Revision 77 of 81, 12 May, .*by Ana\.$/);
    expect(words.banner({ ...old, number: 0, atIso: null, authorName: null }).text).toBe("Revision 0 of 81.");
  });
});
