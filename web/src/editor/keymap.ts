// SPDX-License-Identifier: Apache-2.0
/**
 * From key events to chords. Letters go by what is printed on the key (`key`), digits and punctuation by where the key
 * is (`code`), so that the same hand finds them on American, German and French keyboards. Alt is never part of a chord.
 */
import type { KeyInput } from "./canvas.ts";

/** Keys that mean their place, whatever is printed on them. */
const POSITIONAL: ReadonlySet<string> = new Set([
  ...["BracketLeft", "BracketRight", "Minus", "Equal", "Comma", "Period", "Backslash"],
  ...["NumpadAdd", "NumpadSubtract"],
]);

/** Keys that are the same on every keyboard. */
const NAMED: ReadonlySet<string> = new Set([
  ...["Enter", "Escape", "Backspace", "Delete", "Tab", "F1"],
  ...["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"],
]);

/** Chord as in the descriptors ("Shift+R", "Mod+Z", "Digit1", "BracketLeft"), or null when the key can mean none. */
export function chordOf(input: KeyInput): string | null {
  if (input.composing || input.alt || input.altGraph) return null;
  const mod = input.ctrl || input.meta;
  const base = baseOf(input);
  if (base === null) return null;
  if (base === "?") return mod ? null : "?";
  if (base.startsWith("Digit")) return mod ? null : base; // Mod+digit is the browser's; Shift+digit types digits on AZERTY
  return `${mod ? "Mod+" : ""}${input.shift ? "Shift+" : ""}${base}`;
}

function baseOf({ key, code }: KeyInput): string | null {
  if (/^[a-zA-Z]$/.test(key)) return key.toUpperCase();
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code);
  // Without Num Lock a numpad digit is an arrow or Home, which its `key` says.
  if (digit !== null && (code.startsWith("Digit") || key.length === 1)) return `Digit${digit[1]}`;
  if (key === "?") return "?";
  if (POSITIONAL.has(code)) return code;
  if (key === " " || code === "Space") return "Space";
  if (NAMED.has(key)) return key;
  const letter = /^Key([A-Z])$/.exec(code);
  // Cyrillic, Greek, …: no such letter on the key, so its place decides.
  return letter !== null && /^\p{L}$/u.test(key) ? letter[1] : null;
}

/** Whether some press can make this chord. */
export function isChord(text: string): boolean {
  if (text === "?") return true;
  if (/^Digit\d$/.test(text)) return true;
  const base = text.replace(/^Mod\+/, "").replace(/^Shift\+/, "");
  return base === "Space" || /^[A-Z]$/.test(base) || POSITIONAL.has(base) || NAMED.has(base);
}

export class Keymap<T extends { readonly keys: readonly string[] }> {
  private readonly byChord = new Map<string, T>();

  /** Throws when two commands share a chord: that is a mistake of ours, found at start. */
  constructor(commands: readonly T[]) {
    for (const command of commands) {
      for (const chord of command.keys) {
        if (this.byChord.has(chord)) throw new Error(`two commands on ${chord}`);
        this.byChord.set(chord, command);
      }
    }
  }

  find(chord: string): T | null {
    return this.byChord.get(chord) ?? null;
  }
}
