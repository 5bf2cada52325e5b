// SPDX-License-Identifier: Apache-2.0
import { type ReactNode, useMemo } from "react";
import type { EditorState } from "../../editor/state.ts";
import { useEditor, useEditorPort } from "../state.tsx";
import * as words from "../words.ts";

/** Spoken, not shown: results as they come, and what the picture holds once it is open. */
export function LiveRegion(): ReactNode {
  const announcement = useEditor((state) => state.announcement);
  const ready = useEditor((state) => state.phase === "ready");
  const trouble = useEditor((state) => words.saveTrouble(state.save));
  const port = useEditorPort();
  const opened = useMemo(() => (ready ? summaryOf(port.getState()) : ""), [ready, port]);
  return (
    <>
      <p className="visually-hidden" role="status" data-testid="announcement">
        {announcement === "" ? opened : announcement}
      </p>
      <p className="visually-hidden" role="alert">
        {trouble}
      </p>
    </>
  );
}

function summaryOf(state: EditorState): string {
  const [height, width] = state.sizeHw;
  const coverage = words.coverage(state.coverage.labelledPx, state.coverage.totalPx);
  const save = words.saveSpoken(state.save);
  return words.editor.summary(state.assetName, width, height, state.segments.length, coverage, save);
}

/** Describes the canvas; read on focus. */
export function ImageSummary(props: { readonly id: string }): ReactNode {
  const summary = useEditor(summaryOf);
  return (
    <p id={props.id} className="visually-hidden">
      {summary}
    </p>
  );
}
