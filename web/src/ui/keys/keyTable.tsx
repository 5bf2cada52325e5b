// SPDX-License-Identifier: Apache-2.0
import { type ReactNode, useCallback, useMemo } from "react";
import { COMMAND_INFOS } from "../../editor/commands/index.ts";
import { type KeySettings, type Rebinding, rebound, restored, withChanges } from "../../editor/keyBindings.ts";
import type { CommandInfo } from "../../editor/state.ts";
import { findCommands, groupCommands } from "../commandSearch.ts";
import { keyWords as words } from "../keyWords.ts";
import { KeyRow } from "./keyRow.tsx";
import "../styles/keys.css";

/** Every command with its keys, each of which can be changed in its place. */
export function KeyTable(props: {
  readonly settings: KeySettings;
  readonly query: string;
  /** Other titles for some commands; null leaves one out. */
  readonly entitle?: (commands: readonly CommandInfo[]) => readonly CommandInfo[];
  readonly onChange: (settings: KeySettings) => void;
}): ReactNode {
  const { settings, query, entitle, onChange } = props;
  const commands = useMemo(() => withChanges(COMMAND_INFOS, settings.changes), [settings]);
  const groups = useMemo(() => {
    const titled = entitle === undefined ? commands : entitle(commands);
    return groupCommands(findCommands(titled, query));
  }, [commands, entitle, query]);
  const rebind = useCallback(
    (rebinding: Rebinding) => onChange({ ...settings, changes: rebound(COMMAND_INFOS, settings.changes, rebinding) }),
    [settings, onChange],
  );
  const restore = useCallback(
    (id: string) => onChange({ ...settings, changes: restored(COMMAND_INFOS, settings.changes, id) }),
    [settings, onChange],
  );
  if (groups.length === 0) return <p>{words.none}</p>;
  return (
    <div className="key-groups">
      {groups.map(({ group, commands: listed }) => (
        <section key={group}>
          <h3>{group}</h3>
          <ul>
            {listed.map((command) => (
              <KeyRow
                key={command.id}
                command={command}
                commands={commands}
                changed={Object.hasOwn(settings.changes, command.id)}
                onRebind={rebind}
                onRestore={restore}
              />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
