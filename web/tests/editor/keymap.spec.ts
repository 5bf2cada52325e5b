// SPDX-License-Identifier: Apache-2.0
/** Keys on three keyboards, tap and hold, and what must be left to the browser. */
import { describe, expect, it } from "vitest";
import type { KeyInput } from "../../src/editor/canvas.ts";
import { COMMANDS } from "../../src/editor/commands/index.ts";
import { withChanges } from "../../src/editor/keyBindings.ts";
import { chordOf, Keymap } from "../../src/editor/keymap.ts";
import { presetSettings } from "../../src/ui/keys/keyFiles.ts";
import { keyInput, World } from "./bench.ts";

/** Physical key → what it types plain and with Shift. Only keys that differ from the American ones are listed. */
type Layout = Readonly<Record<string, readonly [plain: string, shifted: string]>>;

const US: Layout = {
  ...Object.fromEntries([..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"].map((c) => [`Key${c}`, [c.toLowerCase(), c]])),
  ...Object.fromEntries([...")!@#$%^&*("].map((shifted, digit) => [`Digit${digit}`, [String(digit), shifted]])),
  BracketLeft: ["[", "{"],
  BracketRight: ["]", "}"],
  Minus: ["-", "_"],
  Equal: ["=", "+"],
  Comma: [",", "<"],
  Period: [".", ">"],
  Slash: ["/", "?"],
  Backslash: ["\\", "|"],
  Semicolon: [";", ":"],
  Quote: ["'", '"'],
};

const GERMAN: Layout = {
  ...US,
  KeyY: ["z", "Z"],
  KeyZ: ["y", "Y"],
  ...Object.fromEntries([...'=!"§$%&/()'].map((shifted, digit) => [`Digit${digit}`, [String(digit), shifted]])),
  BracketLeft: ["ü", "Ü"],
  BracketRight: ["+", "*"],
  Minus: ["ß", "?"],
  Equal: ["´", "`"],
  Comma: [",", ";"],
  Period: [".", ":"],
  Slash: ["-", "_"],
  Backslash: ["#", "'"],
  Semicolon: ["ö", "Ö"],
  Quote: ["ä", "Ä"],
};

const FRENCH: Layout = {
  ...US,
  KeyQ: ["a", "A"],
  KeyA: ["q", "Q"],
  KeyW: ["z", "Z"],
  KeyZ: ["w", "W"],
  KeyM: [",", "?"],
  Semicolon: ["m", "M"],
  ...Object.fromEntries([..."à&é\"'(-è_ç"].map((plain, digit) => [`Digit${digit}`, [plain, String(digit)]])),
  BracketLeft: ["^", "¨"],
  BracketRight: ["$", "£"],
  Minus: [")", "°"],
  Equal: ["=", "+"],
  Comma: [";", "."],
  Period: [":", "/"],
  Slash: ["!", "§"],
  Backslash: ["*", "µ"],
  Quote: ["ù", "%"],
};

const LAYOUTS = { US, German: GERMAN, French: FRENCH } as const;
const NAMED = [
  "Enter",
  "Escape",
  "Backspace",
  "Delete",
  "Tab",
  "F1",
  "ArrowLeft",
  "ArrowRight",
  "ArrowUp",
  "ArrowDown",
];

/** Every key press that a layout can make, with the modifiers that we bind. */
function presses(layout: Layout): readonly { readonly physical: string; readonly input: KeyInput }[] {
  const all: { physical: string; input: KeyInput }[] = [];
  for (const shift of [false, true]) {
    for (const ctrl of [false, true]) {
      const add = (key: string, code: string): void => {
        const physical = `${ctrl ? "Ctrl+" : ""}${shift ? "Shift+" : ""}${code}`;
        all.push({ physical, input: keyInput(key, { code, shift, ctrl }) });
      };
      for (const [code, [plain, shifted]] of Object.entries(layout)) add(shift ? shifted : plain, code);
      for (const named of NAMED) add(named, named);
      add(" ", "Space");
      for (let digit = 0; digit < 10; digit++) add(String(digit), `Numpad${digit}`);
      add("+", "NumpadAdd");
      add("-", "NumpadSubtract");
    }
  }
  return all;
}

/** The shipped keys, and those of each preset. */
const SETS = {
  shipped: COMMANDS,
  CVAT: withChanges(COMMANDS, presetSettings("cvat").changes),
  Photoshop: withChanges(COMMANDS, presetSettings("photoshop").changes),
} as const;
const CASES = Object.entries(LAYOUTS).flatMap(([name, layout]) =>
  Object.entries(SETS).map(([set, commands]) => [name, set, layout, commands] as const),
);
const chords = COMMANDS.flatMap((command) => command.keys);

describe.each(CASES)("%s keyboard, %s keys", (_name, _set, layout, commands) => {
  it("reaches every binding", () => {
    const reached = new Set(presses(layout).map(({ input }) => chordOf(input)));
    expect(commands.flatMap(({ keys }) => keys).filter((chord) => !reached.has(chord))).toEqual([]);
  });

  it("gives no key press two meanings", () => {
    const keymap = new Keymap(commands);
    const meanings = new Map<string, Set<string>>();
    for (const { physical, input } of presses(layout)) {
      const chord = chordOf(input);
      const command = chord === null ? null : keymap.find(chord);
      if (command === null) continue;
      meanings.set(physical, (meanings.get(physical) ?? new Set()).add(command.id));
    }
    expect([...meanings].filter(([, ids]) => ids.size > 1)).toEqual([]);
  });

  it("types the printed letter: the key that says P is the pen", () => {
    for (const [code, [plain]] of Object.entries(layout)) {
      if (/^[a-z]$/.test(plain)) expect(chordOf(keyInput(plain, { code })), code).toBe(plain.toUpperCase());
    }
  });
});

it("leaves no command without a key or a line in the palette", () => {
  const hidden = COMMANDS.filter((command) => !command.listed && command.keys.length > 0);
  expect(hidden.map(({ id }) => id)).toEqual([]);
});

describe("chords", () => {
  it("takes the place of a key whose letters are not Latin", () => {
    expect(chordOf(keyInput("з", { code: "KeyP" }))).toBe("P");
    expect(chordOf(keyInput("π", { code: "KeyP", ctrl: true }))).toBe("Mod+P");
    expect(chordOf(keyInput("х", { code: "BracketLeft" }))).toBe("BracketLeft");
  });

  it("goes by Shift, not by Caps Lock", () => {
    expect(chordOf(keyInput("P", { shift: false }))).toBe("P");
    expect(chordOf(keyInput("p", { shift: true }))).toBe("Shift+P");
  });

  it("leaves Alt, AltGr, Mod+digit and composing alone", () => {
    expect(chordOf(keyInput("p", { alt: true }))).toBeNull();
    expect(chordOf(keyInput("[", { code: "Digit8", altGraph: true }))).toBeNull();
    expect(chordOf(keyInput("1", { ctrl: true }))).toBeNull();
    expect(chordOf(keyInput("p", { composing: true }))).toBeNull();
  });

  it("reads numpad digits, but not its arrows", () => {
    expect(chordOf(keyInput("3", { code: "Numpad3" }))).toBe("Digit3");
    expect(chordOf(keyInput("ArrowLeft", { code: "Numpad4" }))).toBe("ArrowLeft");
    expect(chordOf(keyInput("Home", { code: "Numpad7" }))).toBeNull();
  });

  it("binds no chord twice", () => {
    expect(new Set(chords).size).toBe(chords.length);
    expect(() => new Keymap([{ keys: ["P"] }, { keys: ["P"] }])).toThrow("two commands on P");
  });
});

describe("tap or hold", () => {
  it("switches with a tap and borrows with a hold", async () => {
    const bench = await new World().open();
    bench.run("tool.pen").keyDown("b");
    await bench.wait(100);
    expect(bench.state.tool).toBe("brush");
    bench.keyUp("b");
    expect(bench.state.tool).toBe("brush");
    bench.run("tool.pen").keyDown("b");
    await bench.wait(260);
    bench.keyUp("b");
    expect(bench.state.tool).toBe("pen");
  });

  it("borrows, however short, when the pointer was pressed meanwhile", async () => {
    const bench = await new World().open();
    bench
      .run("tool.select")
      .run("class.choose", 2)
      .keyDown("b")
      .stroke([[50, 50]])
      .keyUp("b");
    expect([bench.state.tool, bench.owner(50, 50)]).toEqual(["select", "Road"]);
  });

  it("draws over while X is held, and swaps with a tap", async () => {
    const bench = await new World().open();
    bench.run("tool.pen").keyDown("x");
    expect(bench.state.mode).toBe("over");
    await bench.wait(300);
    bench.keyUp("x");
    expect(bench.state.mode).toBe("behind");
    bench.key("x");
    expect(bench.state.mode).toBe("over");
    expect([bench.run("tool.brush").state.mode, bench.run("mode.swap").state.mode]).toEqual(["over", "behind"]);
    expect(bench.run("tool.pen").state.mode).toBe("over");
  });

  it("lets go of everything when the window loses the focus", async () => {
    const bench = await new World().open();
    bench.run("tool.pen").keyDown("e").keyDown("x").keyDown(" ", { code: "Space" });
    expect([bench.state.tool, bench.session.canvas.panning]).toEqual(["eraser", true]);
    bench.session.canvas.releaseKeys();
    expect([bench.state.tool, bench.state.mode, bench.session.canvas.panning]).toEqual(["pen", "behind", false]);
  });

  it("ignores keys in text fields, and list keys outside of the picture", async () => {
    const bench = await new World().open();
    bench.run("tool.pen").key("b", { inTextField: true });
    expect(bench.state.tool).toBe("pen");
    const { canvas } = bench.session;
    expect(canvas.keyDown(keyInput("Delete", { onCanvas: false }))).toBe(false);
    expect(canvas.keyDown(keyInput("Tab", { onCanvas: false }))).toBe(false);
    expect(canvas.keyDown(keyInput("b", { onCanvas: false }))).toBe(true);
  });

  it("runs a toggle once while its key repeats", async () => {
    const bench = await new World().open();
    bench.keyDown("E", { shift: true }).keyDown("E", { shift: true, repeat: true });
    expect(bench.state.outlines).toBe(false);
  });
});
