// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from "react";
import { useEditor } from "../state.tsx";
import * as words from "../words.ts";

/** Spoken, not shown: results as they come, and what the picture holds once it is open. */
export function LiveRegion(): ReactNode {
  const announcement = useEditor((state) => state.announcement);
  return (
    <p className="visually-hidden" role="status" aria-live="polite" data-testid="announcement">
      {announcement}
    </p>
  );
}

/** Describes the canvas; read on focus. */
export function ImageSummary(props: { readonly id: string }): ReactNode {
  const name = useEditor((state) => state.assetName);
  const size = useEditor((state) => state.sizeHw);
  const segments = useEditor((state) => state.segments.length);
  const coverage = useEditor((state) => words.coverage(state.coverage.labelledPx, state.coverage.totalPx));
  const save = useEditor((state) => words.saveSpoken(state.save));
  return (
    <p id={props.id} className="visually-hidden">
      {words.editor.summary(name, size[1], size[0], segments, coverage, save)}
    </p>
  );
}
