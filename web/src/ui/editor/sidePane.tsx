// SPDX-License-Identifier: Apache-2.0
import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useRef } from "react";
import { listRevisions } from "../../api/endpoints.ts";
import type { EditorSession } from "../../editor/session.ts";
import type { SideTarget } from "../../editor/state.ts";
import { mountSide } from "../../render/canvasView.ts";
import { IconButton } from "../parts/iconButton.tsx";
import { useEditor, useEditorPort } from "../state.tsx";
import { compare as words } from "../viewWords.ts";
import * as common from "../words.ts";
import { commandIds } from "./commandIds.ts";
import "../styles/compare.css";

const ENDS = { least: 0.2, most: 0.8, keyStep: 0.05 } as const;

interface SplitProps {
  /** Share of the width that the picture keeps. */
  readonly split: number;
  readonly onSplit: (split: number) => void;
}

function Divider({ split, onSplit }: SplitProps): ReactNode {
  const set = (share: number): void => onSplit(Math.min(ENDS.most, Math.max(ENDS.least, share)));
  const onPointerMove = (event: PointerEvent<HTMLElement>): void => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const stage = event.currentTarget.closest(".stage")?.getBoundingClientRect();
    if (stage !== undefined) set((event.clientX - stage.left) / stage.width);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowLeft" ? -ENDS.keyStep : event.key === "ArrowRight" ? ENDS.keyStep : 0;
    if (step === 0) return;
    set(split + step);
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: an hr cannot be focused and moved
    <div
      className="side-divider"
      role="separator"
      aria-orientation="vertical"
      aria-label={words.divider}
      aria-valuemin={100 * ENDS.least}
      aria-valuemax={100 * ENDS.most}
      aria-valuenow={Math.floor(100 * split + 0.5)}
      tabIndex={0}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        event.preventDefault();
      }}
      onPointerMove={onPointerMove}
      onDoubleClick={() => set(0.5)}
      onKeyDown={onKeyDown}
    />
  );
}

const idOf = (target: SideTarget): string =>
  target.kind === "latest" ? "latest" : target.kind === "layer" ? `layer ${target.layer}` : String(target.revision);

/** Layers other than the one shown, the newest state, and the last fifty revisions. */
function useTargets(): readonly { readonly target: SideTarget; readonly label: string }[] {
  const annotation = useEditor((state) => state.annotationId);
  const latest = useEditor((state) => state.latestRevision);
  const layers = useEditor((state) => state.layers);
  const layer = useEditor((state) => state.layer);
  const revisions = useQuery({
    queryKey: ["revisions-beside", annotation, latest],
    queryFn: () => listRevisions(annotation ?? "", null),
    enabled: annotation !== null,
  });
  return [
    { target: { kind: "latest" }, label: words.latest },
    ...layers
      .filter(({ name }) => name !== layer)
      .map(({ name, title }) => ({ target: { kind: "layer", layer: name } as const, label: words.layer(title) })),
    ...(revisions.data?.revisions ?? []).map(({ number, created_at, author }) => ({
      target: { kind: "revision", revision: number } as const,
      label: common.history.revisionOf(number, common.history.when(created_at), author.name),
    })),
  ];
}

/** Another revision or layer beside the picture, seen with the same eyes. Read-only. */
export default function SidePane(props: SplitProps & { readonly session: EditorSession }): ReactNode {
  const { session, split, onSplit } = props;
  const port = useEditorPort();
  const side = useEditor((state) => state.side);
  const host = useRef<HTMLDivElement>(null);
  const targets = useTargets();
  useEffect(() => (host.current === null ? undefined : mountSide(host.current, session)), [session]);
  const shown = side === null ? "" : idOf(side);
  const known = targets.some(({ target }) => idOf(target) === shown);
  return (
    <>
      <p className="side-head here" style={{ right: `${100 * (1 - split)}%` }}>
        {words.here}
      </p>
      <section className="side-pane" aria-label={words.title} style={{ left: `${100 * split}%` }}>
        <div className="side-head">
          <label>
            <span className="visually-hidden">{words.with}</span>
            <select
              className="input"
              value={shown}
              onChange={(event) => {
                const chosen = targets.find(({ target }) => idOf(target) === event.currentTarget.value);
                if (chosen !== undefined) port.run(commandIds.compareOpen, chosen.target);
              }}
            >
              {!known && <option value={shown}>{words.revision(shown)}</option>}
              {targets.map(({ target, label }) => (
                <option key={idOf(target)} value={idOf(target)}>
                  {label}
                </option>
              ))}
            </select>
          </label>
          <span className="quiet-text">{words.readOnly}</span>
          <IconButton icon="close" label={words.close} onPress={() => port.run(commandIds.compareClose)} />
        </div>
        <div ref={host} className="side-host" role="img" aria-label={words.picture} />
        <Divider split={split} onSplit={onSplit} />
      </section>
    </>
  );
}
