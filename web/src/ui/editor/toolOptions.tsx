// SPDX-License-Identifier: Apache-2.0
import { type ReactNode, useState } from "react";
import { brushSizeMaxPx, brushSizeMinPx, brushSteps, sizeOfStep, stepOfSize } from "../brushScale.ts";
import { Segmented } from "../parts/segmented.tsx";
import { Slider } from "../parts/slider.tsx";
import { useEditor, useEditorPort } from "../state.tsx";
import { editor as words } from "../words.ts";
import { commandIds } from "./commandIds.ts";

/** Exact size by typing: applied on Enter or when the field is left, never half-typed. */
function SizeField(): ReactNode {
  const port = useEditorPort();
  const size = useEditor((state) => state.brushSizePx);
  const [draft, setDraft] = useState<string | null>(null);
  const apply = (): void => {
    const wanted = Number(draft);
    setDraft(null);
    if (draft === null || draft === "" || !Number.isFinite(wanted)) return;
    port.run(commandIds.brushSize, Math.min(brushSizeMaxPx, Math.max(brushSizeMinPx, Math.round(wanted))));
  };
  return (
    <span className="size-field">
      <input
        className="input"
        type="text"
        inputMode="numeric"
        aria-label={words.brushSizePx}
        value={draft ?? String(Math.round(size))}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={apply}
        onKeyDown={(event) => {
          if (event.key === "Escape") setDraft(null);
          // Leaving the field applies it, and makes letters keys of the editor again.
          if (event.key === "Enter") event.currentTarget.blur();
        }}
      />
      <span aria-hidden="true">{words.pxUnit}</span>
    </span>
  );
}

function BrushOptions(): ReactNode {
  const port = useEditorPort();
  const size = useEditor((state) => state.brushSizePx);
  const shape = useEditor((state) => state.brushShape);
  return (
    <>
      <Slider
        inline
        label={words.brushSize}
        value={stepOfSize(size)}
        min={0}
        max={brushSteps}
        step={1}
        onChange={(step) => port.run(commandIds.brushSize, sizeOfStep(step))}
      />
      <SizeField />
      <Segmented
        label={words.brushShape}
        value={shape}
        choices={[
          { id: "round", label: words.round, icon: "round" },
          { id: "square", label: words.square, icon: "square" },
        ]}
        onChange={(value) => port.run(commandIds.brushShape, value)}
      />
    </>
  );
}

function PenOptions(): ReactNode {
  const port = useEditorPort();
  const open = useEditor((state) => state.outlineOpen);
  if (!open) return null;
  return (
    <>
      <button type="button" className="button small" onClick={() => port.run(commandIds.outlineFinish)}>
        {words.finishOutline} <kbd>↵</kbd>
      </button>
      <button type="button" className="button small plain" onClick={() => port.run(commandIds.outlineDiscard)}>
        {words.discardOutline} <kbd>Esc</kbd>
      </button>
    </>
  );
}

/** Tools that leave an outline open between gestures. */
const outlineTools: ReadonlySet<string> = new Set(["pen", "rotated_box", "polygon", "polyline"]);

/** Options of the active tool only. */
export function ToolOptions(): ReactNode {
  const tool = useEditor((state) => (state.readOnly ? null : state.tool));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out in the header's row
    <div className="tool-options" role="group" aria-label={words.toolOptions}>
      {(tool === "brush" || tool === "eraser") && <BrushOptions />}
      {tool !== null && outlineTools.has(tool) && <PenOptions />}
    </div>
  );
}
