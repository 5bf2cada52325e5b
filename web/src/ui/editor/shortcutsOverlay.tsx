// SPDX-License-Identifier: Apache-2.0
import { type ReactNode, useMemo, useState } from "react";
import { withClassNames } from "../classCommands.ts";
import { findCommands, groupCommands } from "../commandSearch.ts";
import { Dialog } from "../parts/dialog.tsx";
import { Keys } from "../parts/keys.tsx";
import { useEditor, useEditorPort } from "../state.tsx";
import { store } from "../stored.ts";
import { shortcuts as words } from "../words.ts";
import "../styles/overlays.css";

/** Every key, made from the commands themselves, so that it cannot say what is not so. */
export default function ShortcutsOverlay(props: { readonly onClose: () => void }): ReactNode {
  const port = useEditorPort();
  const [query, setQuery] = useState("");
  const classes = useEditor((state) => state.classes);
  const withKeys = useMemo(() => {
    const listed = port.commands.filter((command) => command.keys.length > 0);
    return withClassNames(listed, classes, words.classTitle);
  }, [port, classes]);
  const groups = useMemo(() => groupCommands(findCommands(withKeys, query)), [withKeys, query]);
  return (
    <Dialog title={words.title} wide dark onClose={props.onClose}>
      <input
        className="input"
        type="search"
        autoFocus
        aria-label={words.search}
        placeholder={words.search}
        value={query}
        onChange={(event) => setQuery(event.target.value)}
      />
      <p className="quiet-text">{words.note}</p>
      {groups.length === 0 && <p>{words.none}</p>}
      <div className="shortcut-groups">
        {groups.map(({ group, commands }) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl>
              {commands.map((command) => (
                <div key={command.id} className="shortcut">
                  <dt>{command.title}</dt>
                  <dd>
                    {command.keys.map((chord) => (
                      <Keys key={chord} chord={chord} />
                    ))}
                    {command.hold && <small>{words.hold}</small>}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <button
        type="button"
        className="button small"
        onClick={() => {
          store("hints-seen", "0");
          props.onClose();
        }}
      >
        {words.restartHints}
      </button>
    </Dialog>
  );
}
