// SPDX-License-Identifier: Apache-2.0
import { type ReactNode, useEffect, useState } from "react";
import type { EditorState } from "../../editor/state.ts";
import { IconButton } from "../parts/iconButton.tsx";
import { useEditorPort } from "../state.tsx";
import { numberIn, useStored } from "../stored.ts";
import * as words from "../words.ts";

/** When a hint fits what is on the screen, and when it has been understood. They come in this order, one at a time, once per browser. */
interface Step {
  readonly due: (state: EditorState) => boolean;
  readonly done: (state: EditorState, since: EditorState) => boolean;
}

const steps: readonly Step[] = [
  {
    due: (state) => state.tool === "pen" && !state.readOnly,
    done: (state, since) => state.coverage.labelledPx !== since.coverage.labelledPx,
  },
  {
    due: (state) => state.tool === "pen" && state.mode === "behind" && state.segments.length > 0,
    done: (state, since) => state.segments.length > since.segments.length,
  },
  {
    due: (state) => state.coverage.labelledPx > 0 && state.coverage.labelledPx < state.coverage.totalPx,
    done: (state, since) => state.gapView !== since.gapView,
  },
  {
    due: (state) => state.mode === "behind" && state.segments.length > 1,
    done: (state, since) => state.mode !== since.mode,
  },
];

export const hintCount = steps.length;

/** Index of the hint in view, or null. Watches the editor itself, so that moving the pointer renders nothing here. */
function useHint(): readonly [number | null, () => void] {
  const port = useEditorPort();
  const [seen, setSeen] = useStored<number>("hints-seen", 0, numberIn(0, hintCount));
  const [shown, setShown] = useState<number | null>(null);
  useEffect(() => {
    const step = steps.at(seen);
    if (step === undefined || seen >= hintCount) return;
    let since: EditorState | null = null;
    const look = (): void => {
      const state = port.getState();
      if (state.phase !== "ready") return;
      if (since === null && step.due(state)) {
        since = state;
        setShown(seen);
      } else if (since !== null && step.done(state, since)) {
        setShown(null);
        setSeen(seen + 1);
      } else if (since !== null) setShown(step.due(state) ? seen : null);
    };
    look();
    return port.subscribe(look);
  }, [port, seen, setSeen]);
  const dismiss = (): void => {
    setShown(null);
    setSeen(seen + 1);
  };
  return [shown, dismiss];
}

export function Hints(): ReactNode {
  const [shown, dismiss] = useHint();
  if (shown === null) return null;
  return (
    <div className="hint" role="note">
      <span>{words.hints[shown]}</span>
      <IconButton inRow icon="close" label={words.hintDismiss} onPress={dismiss} />
    </div>
  );
}
