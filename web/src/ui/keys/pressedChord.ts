// SPDX-License-Identifier: Apache-2.0
import type { KeyboardEvent } from "react";
import { chordOf } from "../../editor/keymap.ts";

/** What was pressed; null while only Shift, Ctrl and their like are down. */
export function pressedChord(event: KeyboardEvent): { readonly chord: string | null; readonly alt: boolean } | null {
  if (["Shift", "Control", "Alt", "AltGraph", "Meta", "CapsLock", "Dead"].includes(event.key)) return null;
  const altGraph = event.getModifierState("AltGraph");
  const chord = chordOf({
    key: event.key,
    code: event.code,
    shift: event.shiftKey,
    ctrl: event.ctrlKey,
    alt: event.altKey,
    meta: event.metaKey,
    altGraph,
    repeat: event.repeat,
    composing: event.nativeEvent.isComposing,
    inTextField: false,
    onCanvas: false,
  });
  return { chord, alt: event.altKey || altGraph };
}
