// SPDX-License-Identifier: Apache-2.0
import { type ReactNode, useCallback, useState } from "react";
import type { KeySettings } from "../../editor/keyBindings.ts";
import type { CommandInfo } from "../../editor/state.ts";
import { withClassNames } from "../classCommands.ts";
import { KeyTable } from "../keys/keyTable.tsx";
import { keyWords } from "../keyWords.ts";
import { Link } from "../navigation.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { paths } from "../router.ts";
import { useCommands, useEditor, useEditorPort } from "../state.tsx";
import { store } from "../stored.ts";
import { shortcuts as words } from "../words.ts";
import "../styles/overlays.css";

/** Every key, made from the commands themselves, so that it cannot say what is not so; and each can be changed. */
export default function ShortcutsOverlay(props: { readonly onClose: () => void }): ReactNode {
  const port = useEditorPort();
  const [query, setQuery] = useState("");
  const classes = useEditor((state) => state.classes);
  useCommands(); // drawn again when keys change
  const entitle = useCallback(
    (commands: readonly CommandInfo[]) => withClassNames(commands, classes, words.classTitle),
    [classes],
  );
  const change = useCallback((settings: KeySettings) => port.setKeys(settings), [port]);
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
      <KeyTable settings={port.keys} query={query} entitle={entitle} onChange={change} />
      <div className="key-answers">
        <Link to={paths.me("keys")} className="button small">
          {keyWords.allKeys}
        </Link>
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
      </div>
    </Dialog>
  );
}
