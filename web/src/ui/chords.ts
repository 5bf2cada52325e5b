// SPDX-License-Identifier: Apache-2.0
/** How a chord such as "Mod+Shift+Z" or "BracketLeft" is written for people, on this machine. */

const mac = typeof navigator !== "undefined" && /Mac|iP(hone|ad|od)/.test(navigator.platform);

const keyNames: Readonly<Record<string, string>> = {
  BracketLeft: "[",
  BracketRight: "]",
  Minus: "−",
  Equal: "=",
  Comma: ",",
  Period: ".",
  Backslash: "\\",
  Backspace: "⌫",
  Delete: "Del",
  Escape: "Esc",
  Space: "Space",
  ArrowLeft: "←",
  ArrowRight: "→",
  ArrowUp: "↑",
  ArrowDown: "↓",
  ContextMenu: "Menu",
  NumpadAdd: "Num +",
  NumpadSubtract: "Num −",
};

/** Keys that mean their place: what is printed on them is another sign on another keyboard. */
const placed: ReadonlySet<string> = new Set([
  ...["BracketLeft", "BracketRight", "Minus", "Equal", "Comma", "Period", "Backslash"],
]);
const printed = new Map<string, string>();

/** What this keyboard prints on the keys that mean their place. Only some browsers tell, and only on a secure page. */
export function learnKeyboard(layout: ReadonlyMap<string, string>): void {
  for (const code of placed) {
    const sign = layout.get(code);
    if (sign !== undefined && sign !== "") printed.set(code, sign.toUpperCase());
  }
}

/** A key was pressed: the next best way to learn what is printed on it. */
export function learnKey(code: string, key: string): void {
  if (placed.has(code) && !printed.has(code) && key.length === 1) printed.set(code, key.toUpperCase());
}

function partName(part: string, onMac: boolean): string {
  if (part === "Mod") return onMac ? "⌘" : "Ctrl";
  if (part === "Shift") return onMac ? "⇧" : "Shift";
  return (
    printed.get(part) ??
    keyNames[part] ??
    part
      .replace(/^Digit/, "")
      .replace(/^Numpad(\d)$/, "Num $1")
      .replace(/^Key/, "")
  );
}

/** The single keys of a chord in the order in which they are pressed. "+" itself is a key when it stands last. */
export function chordParts(chord: string, onMac: boolean = mac): readonly string[] {
  return chord.split(/\+(?=.)/).map((part) => partName(part, onMac));
}

export function chordText(chord: string, onMac: boolean = mac): string {
  return chordParts(chord, onMac).join(onMac ? "" : "+");
}
