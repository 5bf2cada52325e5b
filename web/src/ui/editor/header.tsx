// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from "react";
import type { DrawMode } from "../../editor/state.ts";
import { findingTotal, findingWords } from "../findingWords.ts";
import { shortenMiddle } from "../middle.ts";
import { Link } from "../navigation.tsx";
import { Icon } from "../parts/icon.tsx";
import { IconButton } from "../parts/iconButton.tsx";
import { MenuButton } from "../parts/menuButton.tsx";
import { paths } from "../router.ts";
import { useEditor, useEditorPort, useKeyText } from "../state.tsx";
import * as words from "../words.ts";
import { commandIds } from "./commandIds.ts";
import { ToolOptions } from "./toolOptions.tsx";

const modes: readonly DrawMode[] = ["behind", "over", "inside"];
const nameChars = 32;

function Crumb(props: { readonly project: string; readonly projectName: string }): ReactNode {
  const asset = useEditor((state) => state.assetName);
  const position = useEditor((state) => state.position);
  const total = useEditor((state) => state.total);
  return (
    <div className="crumb">
      <Link to={paths.overview(props.project)} className="crumb-back" label={words.editor.toProject(props.projectName)}>
        <Icon name="back" />
        <span className="crumb-project">{shortenMiddle(props.projectName, nameChars)}</span>
      </Link>
      {asset !== "" && <h1 title={asset}>{shortenMiddle(asset, nameChars)}</h1>}
      {total > 0 && (
        <span className="position" title={words.editor.positionTitle(position, total)}>
          {words.editor.position(position, total)}
        </span>
      )}
    </div>
  );
}

function PlainChip(props: { readonly text: string }): ReactNode {
  return (
    <span className="target" title={props.text}>
      <span className="target-text">{props.text}</span>
    </span>
  );
}

function TargetChip(): ReactNode {
  const port = useEditorPort();
  const target = useEditor((state) => state.target);
  const mode = useEditor((state) => state.mode);
  const colour = useEditor((state) => state.classes.find((entry) => entry.number === state.currentClass)?.colour);
  const readOnly = useEditor((state) => state.readOnly);
  const tool = useEditor((state) => state.tool);
  const past = useEditor((state) => state.revision !== null);
  if (readOnly) return <PlainChip text={past ? words.editor.lookingBack : words.editor.readOnly} />;
  const text = target.kind === "none" && tool !== "select" ? words.editor.noClass : words.target(target);
  if (target.kind === "none" || target.kind === "erase" || target.kind === "border") {
    return <PlainChip text={text} />;
  }
  return (
    <MenuButton
      className="target"
      dark
      label={`${words.editor.target}: ${text}`}
      current={mode}
      choices={modes.map((id) => ({ id, label: words.modeName[id], hint: words.modeMeaning[id] }))}
      onChoose={(id) => port.run(commandIds.modeSet, id)}
    >
      <span className="target-dot" style={{ background: colour }} />
      <span className="target-text">{text}</span>
      <Icon name="down" />
    </MenuButton>
  );
}

/** How many findings there are; unknown until the rules were asked. */
function FindingsButton(): ReactNode {
  const port = useEditorPort();
  const total = useEditor((state) => findingTotal(state.findings));
  const text = findingWords.button(total);
  const keys = useKeyText("finding.next");
  return (
    <button
      type="button"
      className="findings-button"
      title={keys === undefined ? text : `${text} (${keys})`}
      aria-label={text}
      onClick={() => port.run(commandIds.findingList)}
    >
      <Icon name="flag" />
      <span aria-hidden="true">{total === null ? "–" : words.count(total)}</span>
    </button>
  );
}

function DoneButton(): ReactNode {
  const port = useEditorPort();
  const keys = useKeyText("image.submit");
  const state = useEditor((snapshot) => snapshot.taskState);
  const ready = useEditor((snapshot) => snapshot.phase === "ready");
  const outlineOpen = useEditor((snapshot) => snapshot.outlineOpen || snapshot.parkedOutline);
  if (state === "submitted") {
    return (
      <button
        type="button"
        className="button"
        title={words.editor.reopenTitle}
        onClick={() => port.run(commandIds.reopen)}
      >
        {words.editor.reopen}
      </button>
    );
  }
  const reason = ready ? (outlineOpen ? words.editor.outlineFirst : null) : words.editor.notReady;
  return (
    <button
      type="button"
      className="button primary"
      title={reason ?? (keys === undefined ? words.editor.doneTitle : `${words.editor.doneTitle} (${keys})`)}
      aria-disabled={reason !== null || undefined}
      onClick={() => {
        if (ready) port.run(commandIds.submit);
      }}
    >
      {words.editor.done}
    </button>
  );
}

export function EditorHeader(props: {
  readonly project: string;
  readonly projectName: string;
  readonly panelOpen: boolean;
  readonly onTogglePanel: () => void;
  readonly onHelp: () => void;
}): ReactNode {
  const phase = useEditor((state) => state.phase);
  const panelKey = useKeyText("view.panel");
  const helpKey = useKeyText("help.shortcuts");
  return (
    <header className="editor-header" data-area="header">
      <Crumb project={props.project} projectName={props.projectName} />
      <div className="header-centre">
        {phase === "ready" && <TargetChip />}
        {phase === "ready" && <ToolOptions />}
        <span className="narrow-note">{words.narrow}</span>
      </div>
      <div className="header-end">
        {phase === "ready" && <FindingsButton />}
        <IconButton
          icon="panel"
          label={props.panelOpen ? words.editor.hidePanel : words.editor.showPanel}
          keys={panelKey}
          pressed={props.panelOpen}
          onPress={props.onTogglePanel}
        />
        <IconButton icon="help" label={words.editor.help} keys={helpKey} popup="dialog" onPress={props.onHelp} />
        {phase !== "failed" && <DoneButton />}
      </div>
    </header>
  );
}
