// SPDX-License-Identifier: Apache-2.0
/** How components read the editor: by selector, so that each re-renders only when its own value changes. */
import { createContext, use, useSyncExternalStore } from "react";
import type { CommandInfo, EditorPort, EditorState } from "../editor/state.ts";
import { chordText } from "./chords.ts";

export const EditorContext = createContext<EditorPort | null>(null);

export function useEditorPort(): EditorPort {
  const port = use(EditorContext);
  if (port === null) throw new Error("useEditorPort outside of an editor");
  return port;
}

/** `select` must return a value that stays identical while nothing relevant changes: a field, or a primitive. */
export function useEditor<T>(select: (state: EditorState) => T): T {
  const port = useEditorPort();
  const read = (): T => select(port.getState());
  return useSyncExternalStore(port.subscribe, read, read);
}

/** The commands with the keys that this user gave them. */
export function useCommands(): readonly CommandInfo[] {
  const port = useEditorPort();
  const read = (): readonly CommandInfo[] => port.commands;
  return useSyncExternalStore(port.subscribe, read, read);
}

/** First key of a command as it is printed on the keyboard; undefined when it has none. */
export function useKeyText(commandId: string): string | undefined {
  const chord = useCommands().find((command) => command.id === commandId)?.keys[0];
  return chord === undefined ? undefined : chordText(chord);
}
