// SPDX-License-Identifier: Apache-2.0
/** Keys that a user changes: one chord, one command, whatever is done to them. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { COMMANDS } from "../../src/editor/commands/index.ts";
import { isSingleKey, type KeyChanges, ownerOf, rebound, restored, withChanges } from "../../src/editor/keyBindings.ts";
import { keyFileText, parseKeyFile } from "../../src/editor/keyFile.ts";
import { isChord } from "../../src/editor/keymap.ts";
import { refusalOf } from "../../src/editor/reservedKeys.ts";
import { keyInput, World } from "./bench.ts";

const ids = COMMANDS.map(({ id }) => id);
const shippedChords = COMMANDS.flatMap(({ keys }) => keys);
const free = ["Mod+J", "Mod+Shift+G", "Shift+Period", "Mod+Space"];
const chordArb = fc.constantFrom(...shippedChords, ...free);

const step = fc.record({
  id: fc.constantFrom(...ids),
  which: fc.nat(2),
  to: fc.option(chordArb),
  other: fc.constantFrom("swap" as const, "take" as const),
  restore: fc.boolean(),
});

const keysOf = (changes: KeyChanges, id: string): readonly string[] =>
  withChanges(COMMANDS, changes).find((command) => command.id === id)!.keys;

const chordsOf = (changes: KeyChanges): readonly string[] =>
  withChanges(COMMANDS, changes).flatMap((command) => command.keys);

describe("rebinding", () => {
  it("never gives a chord to two commands, and gives what was asked for", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        let changes: KeyChanges = {};
        for (const { id, which, to, other, restore } of steps) {
          const from = keysOf(changes, id)[which] ?? null;
          changes = restore ? restored(COMMANDS, changes, id) : rebound(COMMANDS, changes, { id, from, to, other });
          const all = chordsOf(changes);
          expect(new Set(all).size).toBe(all.length);
          if (restore) expect(keysOf(changes, id)).toEqual(COMMANDS.find((command) => command.id === id)!.keys);
          else if (to !== null) expect(keysOf(changes, id)).toContain(to);
        }
        const text = keyFileText({ changes, singleKeys: true });
        // Fixed keys may wander in this test, in the screens they cannot; a file with them is refused.
        const given = Object.values(changes).flat();
        if (given.every((chord) => refusalOf(chord, false) === null))
          expect(parseKeyFile(text, COMMANDS).changes).toEqual(changes);
      }),
    );
  });

  it("swaps: both commands keep a key", () => {
    const changes = rebound(COMMANDS, {}, { id: "tool.pen", from: "P", to: "B", other: "swap" });
    expect([keysOf(changes, "tool.pen"), keysOf(changes, "tool.brush")]).toEqual([["B"], ["P"]]);
    const back = rebound(COMMANDS, changes, { id: "tool.pen", from: "B", to: "P", other: "swap" });
    expect(back).toEqual({});
  });

  it("takes: the other one is left without, and is listed as changed", () => {
    const changes = rebound(COMMANDS, {}, { id: "view.gaps", from: null, to: "N", other: "take" });
    expect(changes).toEqual({ "gap.next": [], "view.gaps": ["N"] });
    expect(restored(COMMANDS, changes, "gap.next")).toEqual({});
  });

  it("lets a command of a newer version not take a chosen key", () => {
    const later = [...COMMANDS, { ...COMMANDS[0], id: "later", keys: ["Mod+J"] }];
    const both = withChanges(later, { "tool.pen": ["Mod+J"] });
    expect([ownerOf(both, "Mod+J")?.id, both.at(-1)?.keys]).toEqual(["tool.pen", []]);
  });
});

describe("refusals", () => {
  it.each([
    ["Mod+W", false, "browser"],
    ["Mod+Equal", false, "browser"],
    ["Escape", false, "fixed"],
    ["P", true, "alt"],
    [null, false, "not-everywhere"],
  ])("refuses %s", (chord, alt, why) => {
    expect(refusalOf(chord, alt)?.why).toBe(why);
  });

  it("ships no key that it would refuse, but the fixed ones", () => {
    const refused = shippedChords.filter((chord) => refusalOf(chord, false) !== null);
    expect(refused.filter((chord) => refusalOf(chord, false)?.why !== "fixed")).toEqual([]);
    expect(shippedChords.filter((chord) => !isChord(chord))).toEqual([]);
  });
});

describe("a file of keys", () => {
  it.each([
    ["{", "This is not JSON"],
    ["[]", "intarsia_keys"],
    ['{"intarsia_keys": 2}', "version 1"],
    ['{"intarsia_keys": 1, "keys": []}', "keys: an object"],
    ['{"intarsia_keys": 1, "single_keys": 1}', "single_keys"],
    ['{"intarsia_keys": 1, "keys": {"tool.pen": "P"}}', "keys.tool.pen: a list"],
    ['{"intarsia_keys": 1, "keys": {"tool.pen": ["Hyper+P"]}}', "Hyper+P is not a key"],
    ['{"intarsia_keys": 1, "keys": {"tool.pen": ["Mod+W"]}}', "Mod+W may not be given away"],
    ['{"intarsia_keys": 1, "keys": {"tool.pen": ["Q"], "tool.brush": ["Q"]}}', "Q is given to tool.pen as well"],
  ])("%s is refused with the field", (text, message) => {
    expect(() => parseKeyFile(text, COMMANDS)).toThrow(message);
  });

  it("passes over commands of another version", () => {
    expect(parseKeyFile('{"intarsia_keys": 1, "keys": {"gone": ["Mod+J"]}}', COMMANDS).changes).toEqual({});
  });
});

describe("in the editor", () => {
  it("uses changed keys at once, remembers them, and shows them", async () => {
    const world = new World();
    const bench = await world.open();
    bench.session.setKeys({ changes: { "tool.brush": ["Q"], "tool.pen": ["B"] }, singleKeys: true });
    bench.key("q");
    expect(bench.state.tool).toBe("brush");
    expect(bench.session.commands.find(({ id }) => id === "tool.pen")?.keys).toEqual(["B"]);
    const again = await world.open();
    again.key("b");
    expect(again.state.tool).toBe("pen");
  });

  it("without single keys leaves letters and digits alone, and obeys the rest", async () => {
    const bench = await new World().open();
    bench.run("tool.pen");
    bench.session.setKeys({ changes: {}, singleKeys: false });
    expect(bench.session.canvas.keyDown(keyInput("b"))).toBe(false);
    expect(bench.session.canvas.keyDown(keyInput("1", { code: "Digit1" }))).toBe(false);
    expect(bench.state.tool).toBe("pen");
    expect(bench.session.canvas.keyDown(keyInput("z", { ctrl: true }))).toBe(true);
    expect(isSingleKey("Shift+R") && !isSingleKey("Mod+R") && !isSingleKey("Enter")).toBe(true);
  });

  it("opens the palettes from anywhere", async () => {
    const bench = await new World().open();
    bench.session.canvas.keyDown({ ...keyInput("k", { ctrl: true }), inTextField: true });
    bench.key("c");
    expect(bench.intents.map(({ kind }) => kind)).toEqual(["show-palette", "find-class"]);
  });
});
