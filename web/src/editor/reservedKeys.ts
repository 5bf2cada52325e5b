// SPDX-License-Identifier: Apache-2.0
/** Chords that may not be given to a command, and why. */

export type KeyRefusal =
  | { readonly why: "alt" } // Alt and AltGr belong to the system
  | { readonly why: "not-everywhere" } // no such key on some keyboards
  | { readonly why: "fixed" } // Escape and Tab: the way out for whoever works by keyboard
  | { readonly why: "browser"; readonly does: string };

const FIXED: ReadonlySet<string> = new Set(["Escape", "Shift+Escape", "Tab", "Shift+Tab"]);

/** What browsers do with them, mostly without asking the page; the rest a reader of the page would miss. */
const BROWSER: Readonly<Record<string, string>> = {
  "Mod+N": "opens a window",
  "Mod+Shift+N": "opens a private window",
  "Mod+T": "opens a tab",
  "Mod+Shift+T": "opens the last closed tab",
  "Mod+W": "closes the tab",
  "Mod+Shift+W": "closes the window",
  "Mod+Q": "quits the browser",
  "Mod+Shift+Q": "quits the browser",
  "Mod+Tab": "changes the tab",
  "Mod+Shift+Tab": "changes the tab",
  "Mod+R": "loads the page again",
  "Mod+Shift+R": "loads the page again",
  "Mod+L": "goes to the address bar",
  "Mod+P": "prints the page",
  "Mod+Shift+P": "opens a private window",
  "Mod+H": "opens the browser's history or hides it",
  "Mod+M": "makes the window small",
  "Mod+Shift+I": "opens the developer tools",
  "Mod+Shift+J": "opens the developer tools",
  "Mod+Shift+C": "opens the developer tools",
  "Mod+Equal": "makes the page larger",
  "Mod+NumpadAdd": "makes the page larger",
  "Mod+Minus": "makes the page smaller",
  "Mod+NumpadSubtract": "makes the page smaller",
};

/** Null: the chord may be given. A chord that cannot be told from the press is null, see `chordOf`. */
export function refusalOf(chord: string | null, alt: boolean): KeyRefusal | null {
  if (alt) return { why: "alt" };
  if (chord === null) return { why: "not-everywhere" };
  if (FIXED.has(chord)) return { why: "fixed" };
  if (Object.hasOwn(BROWSER, chord)) return { why: "browser", does: BROWSER[chord] };
  return null;
}
