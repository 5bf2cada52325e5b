// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from "react";
import type { Banner as BannerState } from "../../editor/state.ts";
import { Icon } from "../parts/icon.tsx";
import { useEditor, useEditorPort } from "../state.tsx";
import * as words from "../words.ts";
import { commandIds } from "./commandIds.ts";
import { KeepButtons } from "./keepButtons.tsx";

/** Being offline is said by the save state's own live region; here its count would be read out with every stroke. */
function roleOf(value: BannerState): "status" | "alert" | undefined {
  if (value.kind === "offline") return undefined;
  return words.banner(value).severity === "info" ? "status" : "alert";
}

function Action(props: { readonly label: string; readonly command: string; readonly value?: unknown }): ReactNode {
  const port = useEditorPort();
  return (
    <button type="button" className="button small" onClick={() => port.run(props.command, props.value)}>
      {props.label}
    </button>
  );
}

function OldRevisionActions(props: { readonly number: number }): ReactNode {
  const done = useEditor((state) => state.taskState === "submitted");
  const comparing = useEditor((state) => state.comparison !== null);
  const { number } = props;
  return (
    <>
      {!done && (
        <Action label={words.history.restore} command={commandIds.historyRestore} value={{ revision: number }} />
      )}
      {comparing ? (
        <Action label={words.history.stopComparing} command={commandIds.historyStop} />
      ) : (
        <Action
          label={words.history.compareWithLatest}
          command={commandIds.historyCompare}
          value={{ before: number }}
        />
      )}
      <Action label={words.history.showLatest} command={commandIds.historyClose} />
    </>
  );
}

function ConflictActions(props: { readonly place: number; readonly marked: boolean }): ReactNode {
  const conflict = useEditor((state) => state.conflicts[props.place - 1]);
  if (conflict === undefined) return null;
  return (
    <>
      {!props.marked && <Action label={words.conflicts.compare} command={commandIds.conflictList} />}
      {props.marked && <Action label={words.conflicts.stop} command={commandIds.historyStop} />}
      <KeepButtons conflict={conflict} />
    </>
  );
}

function Actions(props: { readonly value: BannerState }): ReactNode {
  const { value } = props;
  switch (value.kind) {
    case "browser-storage-full":
      return <Action label={words.editor.saveNow} command={commandIds.saveNow} />;
    case "old-revision":
      return <OldRevisionActions number={value.number} />;
    case "comparing":
      return <Action label={words.history.stopComparing} command={commandIds.historyStop} />;
    case "conflict":
      return <ConflictActions place={value.place} marked={value.marked} />;
    default:
      return null;
  }
}

/** A condition that lasts: one line under the header, the most severe only. */
export function Banner(): ReactNode {
  const value = useEditor((state) => state.banner);
  if (value === null) return null;
  const { text, severity, details } = words.banner(value);
  return (
    <div className="banner" data-severity={severity}>
      {severity !== "info" && <Icon name="warning" />}
      <span role={roleOf(value)}>{text}</span>
      <Actions value={value} />
      {details !== undefined && (
        <details>
          <summary>{words.app.details}</summary>
          <code>{details}</code>
        </details>
      )}
    </div>
  );
}
