// SPDX-License-Identifier: Apache-2.0
/** Asks the browser what is printed on the keys, so that lists of shortcuts show the keys of this keyboard. */
import { learnKey, learnKeyboard } from "./chords.ts";

interface KeyboardWithLayout {
  readonly keyboard?: { getLayoutMap(): Promise<ReadonlyMap<string, string>> };
}

export function watchKeyboard(window: Window): void {
  const { keyboard } = window.navigator as KeyboardWithLayout;
  // Where it is refused, keys are shown as on an American keyboard until they have been pressed.
  keyboard?.getLayoutMap().then(learnKeyboard, () => undefined);
  window.addEventListener("keydown", ({ code, key, shiftKey, altKey }) => {
    if (!shiftKey && !altKey) learnKey(code, key);
  });
}
