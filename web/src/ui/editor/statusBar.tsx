// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from "react";
import { Icon } from "../parts/icon.tsx";
import { IconButton } from "../parts/iconButton.tsx";
import { MenuButton } from "../parts/menuButton.tsx";
import { useEditor, useEditorPort, useKeyText } from "../state.tsx";
import * as words from "../words.ts";
import { commandIds } from "./commandIds.ts";

const zoomSteps = [100, 200, 400, 800] as const;

function Coverage(): ReactNode {
  const port = useEditorPort();
  const coverage = useEditor((state) => state.coverage);
  const gaps = useEditor((state) => state.gapView);
  const share = coverage.totalPx === 0 ? 0 : coverage.labelledPx / coverage.totalPx;
  const text = words.coverage(coverage.labelledPx, coverage.totalPx);
  return (
    <button
      type="button"
      className="status-coverage"
      aria-pressed={gaps}
      aria-label={words.status.coverage(text)}
      title={words.status.coverageTitle(coverage.totalPx - coverage.labelledPx)}
      onClick={() => port.run(commandIds.gaps)}
    >
      <span className="bar" aria-hidden="true">
        <span style={{ width: `${100 * share}%` }} />
      </span>
      <span>{text}</span>
    </button>
  );
}

/** No words while the gaps are being counted or when there are none; their place stays, so that nothing jumps. */
function Gaps(): ReactNode {
  const port = useEditorPort();
  const gaps = useEditor((state) => state.gaps ?? 0);
  const key = useKeyText("gap.next");
  if (gaps === 0) return <span className="status-gaps" />;
  return (
    <button
      type="button"
      className="status-gaps"
      title={words.status.gapsTitle}
      onClick={() => port.run(commandIds.nextGap)}
    >
      {words.status.gaps(gaps)} {key !== undefined && <kbd>{key}</kbd>}
    </button>
  );
}

function Mode(): ReactNode {
  const port = useEditorPort();
  const mode = useEditor((state) => state.mode);
  const key = useKeyText("mode.swap");
  const target = useEditor((state) => state.target.kind);
  if (target === "none" || target === "erase" || target === "object") return <span className="status-mode" />;
  const other = mode === "over" ? "behind" : "over";
  return (
    <button
      type="button"
      className="status-mode"
      title={words.status.modeTitle(words.modeMeaning[mode], words.modeName[other])}
      onClick={() => port.run(commandIds.modeSet, other)}
    >
      <span className="visually-hidden">{words.status.mode}</span> {words.modeName[mode]} <Icon name="swap" />{" "}
      {key !== undefined && <kbd>{key}</kbd>}
    </button>
  );
}

/** The one component that renders while the pointer moves: two short texts. Not live for screen readers. */
function Pointer(): ReactNode {
  const pointer = useEditor((state) => state.pointer);
  return (
    <span className="status-pointer" aria-hidden="true">
      <span>{pointer === null ? "" : words.status.pointer(pointer.x, pointer.y)}</span>
      <span>{pointer === null ? "" : (pointer.className ?? words.status.unlabelled)}</span>
    </span>
  );
}

function Zoom(): ReactNode {
  const port = useEditorPort();
  const zoom = useEditor((state) => Math.round(100 * state.view.zoom));
  const fitted = useEditor((state) => state.view.fitted);
  const current = fitted ? "fit" : String(zoom);
  return (
    <MenuButton
      className="status-zoom"
      dark
      label={words.status.zoomLabel(zoom)}
      current={current}
      choices={[
        { id: "fit", label: words.status.fit },
        ...zoomSteps.map((step) => ({ id: String(step), label: words.status.zoomTo(step) })),
      ]}
      onChoose={(id) => {
        // The command goes back and forth between the whole image and the last view; the menu means the image.
        if (id === "fit") {
          if (!fitted) port.run(commandIds.zoomFit);
        } else port.run(commandIds.zoomTo, Number(id) / 100);
      }}
    >
      {words.status.zoomTo(zoom)} <Icon name="down" />
    </MenuButton>
  );
}

function Save(): ReactNode {
  const save = useEditor((state) => state.save);
  return (
    <output className="status-save" data-state={save.kind} title={words.saveTitle(save)} aria-live="off">
      {words.saveText(save)}
    </output>
  );
}

function Hint(): ReactNode {
  const tool = useEditor((state) => (state.readOnly ? "select" : state.tool));
  return <span className="status-hint">{words.toolHints[tool]}</span>;
}

export function StatusBar(props: { readonly onHelp: () => void }): ReactNode {
  const ready = useEditor((state) => state.phase === "ready");
  const helpKey = useKeyText("help.shortcuts");
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: outside of main, a footer is the contentinfo landmark
    <footer className="status" aria-label={words.editor.status} data-area="status">
      {/* Nothing is known of a picture that is not there, and unknown is not 0. */}
      {ready && (
        <>
          <Coverage />
          <Gaps />
          <Mode />
          <Pointer />
          <Zoom />
          <Save />
          <Hint />
        </>
      )}
      <IconButton icon="keyboard" label={words.status.shortcuts} keys={helpKey} popup="dialog" onPress={props.onHelp} />
    </footer>
  );
}
