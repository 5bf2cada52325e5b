// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import type { SaveState } from "../../src/editor/state.ts";
import * as words from "../../src/ui/words.ts";

describe("shares", () => {
  it("never call a gap complete, nor something nothing", () => {
    expect(words.coverage(999_999, 1_000_000)).toBe("99 %");
    expect(words.coverage(1_000_000, 1_000_000)).toBe("100 %");
    expect(words.coverage(1, 1_000_000)).toBe("< 1 %");
    expect(words.coverage(0, 1_000_000)).toBe("0 %");
    expect(words.percent(1, 1_000_000)).toBe("< 0.1 %");
    expect(words.percent(999_999, 1_000_000)).toBe("99.9 %");
    expect(words.percent(21, 1000)).toBe("2.1 %");
    expect(words.fraction(0.999)).toBe("99 %");
  });

  it("are a dash when there is no whole", () => {
    expect(words.coverage(0, 0)).toBe("–");
    expect(words.percent(0, 0)).toBe("–");
  });
});

describe("save state", () => {
  const texts: readonly (readonly [SaveState, string])[] = [
    [{ kind: "saved", revision: 81, atIso: null }, "✓ Saved"],
    [{ kind: "edited", pendingEdits: 1 }, "● Edited"],
    [{ kind: "saving", pendingEdits: 1 }, "Saving…"],
    [
      { kind: "retrying", pendingEdits: 3, retryInS: 4 },
      "Not saved yet – trying again in 4 s. Your work is kept in this browser.",
    ],
  ];
  it.each(texts)("%o", (state, text) => {
    expect(words.saveText(state)).toBe(text);
  });

  it("says Saved for nothing but the saved state", () => {
    const saved = texts.filter(([state]) => words.saveText(state).includes("✓"));
    expect(saved.map(([state]) => state.kind)).toEqual(["saved"]);
  });

  it("titles name the revision, or how much is waiting", () => {
    expect(words.saveTitle({ kind: "saved", revision: 81, atIso: "2026-05-12T14:02:11Z" })).toMatch(
      /^Revision 81, \d\d:02:11$/,
    );
    expect(words.saveTitle({ kind: "edited", pendingEdits: 1 })).toBe("1 edit not yet sent");
    expect(words.saveTitle({ kind: "saving", pendingEdits: 2 })).toBe("2 edits not yet sent");
  });
});

describe("target chip", () => {
  it("names target and mode", () => {
    expect(words.target({ kind: "new", className: "Car", mode: "behind" })).toBe("New Car · behind");
    expect(words.target({ kind: "add", className: "Car", number: 3, mode: "over" })).toBe("Add to Car 3 · over");
    expect(words.target({ kind: "erase", className: "Car", number: 3 })).toBe("Erase Car 3");
  });
});

describe("banners", () => {
  it("say what is kept", () => {
    expect(words.banner({ kind: "offline", pendingEdits: 12 }).text).toBe(
      "You are offline. Keep working: 12 edits are kept in this browser and will be sent.",
    );
    expect(words.banner({ kind: "server-error", status: 500 }).text).toBe(
      "The server could not save (error 500). Your work is kept in this browser; we try again.",
    );
    expect(words.banner({ kind: "labels-hidden" }).text).toBe("Labels are hidden. Press H to show them.");
  });
});
