// SPDX-License-Identifier: Apache-2.0
import { type KeyboardEvent, type ReactNode, useId, useMemo, useState } from "react";
import { classesAsCommands, classesWithoutKey, classPrefix, withClassNames } from "../classCommands.ts";
import { findCommands } from "../commandSearch.ts";
import { Dialog } from "../parts/dialog.tsx";
import { Keys } from "../parts/keys.tsx";
import { rowAfterKey } from "../segmentRows.ts";
import { useCommands, useEditor, useEditorPort } from "../state.tsx";
import { palette as words } from "../words.ts";
import { commandIds } from "./commandIds.ts";
import "../styles/overlays.css";

const pageRows = 8;

/** Any command by name, or any class. The field keeps the focus; arrows move through the list. */
export default function CommandPalette(props: {
  readonly onlyClasses?: boolean;
  readonly onClose: () => void;
}): ReactNode {
  const port = useEditorPort();
  const listId = useId();
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const classes = useEditor((state) => state.classes);
  const commands = useCommands();
  const all = useMemo(() => {
    if (props.onlyClasses) return classesAsCommands(classes, (name) => name);
    const named = withClassNames(commands, classes, words.chooseClass);
    return [...named, ...classesWithoutKey(classes, words.chooseClass)];
  }, [commands, classes, props.onlyClasses]);
  const found = useMemo(() => findCommands(all, query), [all, query]);
  const run = (index: number): void => {
    const command = found.at(index);
    if (command === undefined) return;
    props.onClose();
    if (command.id.startsWith(classPrefix)) {
      port.run(commandIds.classChoose, Number(command.id.slice(classPrefix.length)));
    } else port.run(command.id);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Enter") {
      event.preventDefault();
      run(at);
      return;
    }
    if (event.key === "Home" || event.key === "End") return;
    const next = rowAfterKey(event.key, at, found.length, pageRows);
    if (next === null) return;
    event.preventDefault();
    setAt(next);
    document.getElementById(`${listId}-${next}`)?.scrollIntoView({ block: "nearest" });
  };
  const title = props.onlyClasses ? words.classes : words.title;
  const search = props.onlyClasses ? words.searchClass : words.search;
  return (
    <Dialog title={title} dark onClose={props.onClose}>
      <input
        className="input"
        autoFocus
        role="combobox"
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={found.length > 0 ? `${listId}-${at}` : undefined}
        aria-autocomplete="list"
        aria-label={search}
        placeholder={search}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      {found.length === 0 && <p>{props.onlyClasses ? words.noClass : words.none}</p>}
      <div id={listId} role="listbox" aria-label={title} className="palette-list">
        {found.map((command, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above handles the keys
          <div
            key={command.id}
            id={`${listId}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            className="palette-row"
            onClick={() => run(index)}
            onPointerMove={() => setAt(index)}
          >
            <span>{command.title}</span>
            {!props.onlyClasses && <small>{command.group}</small>}
            {command.keys.length > 0 && <Keys chord={command.keys[0]} />}
          </div>
        ))}
      </div>
    </Dialog>
  );
}
