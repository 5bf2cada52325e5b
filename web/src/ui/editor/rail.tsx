// SPDX-License-Identifier: Apache-2.0
import { Fragment, type KeyboardEvent, type ReactNode, useState } from "react";
import { chordText } from "../chords.ts";
import { objectKinds } from "../objectWords.ts";
import { Icon, isIconName } from "../parts/icon.tsx";
import { IconButton } from "../parts/iconButton.tsx";
import { useCommands, useEditor, useEditorPort, useKeyText } from "../state.tsx";
import { editor as words } from "../words.ts";
import { commandIds } from "./commandIds.ts";

/** Arrow keys walk the toolbar; Tab enters and leaves it as one stop. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  const ends = event.key === "Home" ? 0 : event.key === "End" ? -1 : null;
  if (step === 0 && ends === null) return;
  const buttons = [...event.currentTarget.querySelectorAll("button")];
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  const next = ends === null ? (at + step + buttons.length) % buttons.length : ends;
  buttons.at(next)?.focus();
  event.preventDefault();
  event.stopPropagation();
}

const isObjectKind = (id: string): boolean => Object.hasOwn(objectKinds, id);

/** Tools that make objects are here where a class has such objects; the one in hand always is. */
function isOffered(id: string, kinds: readonly string[], tool: string): boolean {
  return !isObjectKind(id) || kinds.includes(id) || id === tool;
}

export function Rail(): ReactNode {
  const port = useEditorPort();
  const tool = useEditor((state) => state.tool);
  const canUndo = useEditor((state) => state.canUndo);
  const canRedo = useEditor((state) => state.canRedo);
  const [stop, setStop] = useState<string | null>(null);
  const undoKey = useKeyText(commandIds.undo);
  const redoKey = useKeyText(commandIds.redo);
  const kinds = useEditor((state) => state.objectKinds);
  const tools = useCommands().filter(
    (command) =>
      command.group === "Tools" &&
      command.id.startsWith("tool.") &&
      isOffered(command.id.slice("tool.".length), kinds, tool),
  );
  const objectsFrom = tools.findIndex((command) => isObjectKind(command.id.slice("tool.".length)));
  const bordersFrom = tools.findIndex((command) => command.id === "tool.reshape");
  const current = stop ?? `tool.${tool}`;
  return (
    <section className="rail" aria-label={words.tools} data-area="rail">
      <div
        role="toolbar"
        aria-label={words.tools}
        aria-orientation="vertical"
        onKeyDown={moveFocus}
        onFocus={(event) => setStop((event.target as HTMLElement).dataset.id ?? null)}
      >
        {tools.map((command, place) => {
          const id = command.id.slice("tool.".length);
          const key = command.keys.map((chord) => chordText(chord)).join(", ");
          return (
            <Fragment key={command.id}>
              {(place === bordersFrom || place === objectsFrom) && <hr />}
              <button
                type="button"
                className="icon-button tool"
                data-id={command.id}
                data-tip={`${command.title}  ${key}`}
                aria-label={command.title}
                aria-keyshortcuts={command.keys.join(" ")}
                aria-pressed={tool === id}
                tabIndex={current === command.id ? 0 : -1}
                onClick={() => port.run(command.id)}
              >
                {isIconName(id) ? <Icon name={id} /> : <span aria-hidden="true">{command.title.slice(0, 1)}</span>}
              </button>
            </Fragment>
          );
        })}
        <hr />
        <IconButton
          icon="undo"
          label={words.undo}
          keys={undoKey}
          tabIndex={-1}
          disabledReason={canUndo ? null : words.nothingToUndo}
          onPress={() => port.run(commandIds.undo)}
        />
        <IconButton
          icon="redo"
          label={words.redo}
          keys={redoKey}
          tabIndex={-1}
          disabledReason={canRedo ? null : words.nothingToRedo}
          onPress={() => port.run(commandIds.redo)}
        />
      </div>
    </section>
  );
}
