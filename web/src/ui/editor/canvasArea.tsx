// SPDX-License-Identifier: Apache-2.0
import { type MouseEvent, type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import type { EditorSession } from "../../editor/session.ts";
import { MENU_EVENT, mountCanvas } from "../../render/canvasView.ts";
import { Link } from "../navigation.tsx";
import { deferred, Later } from "../parts/deferred.tsx";
import { paths } from "../router.ts";
import { useEditor } from "../state.tsx";
import { numberIn, useStored } from "../stored.ts";
import * as words from "../words.ts";
import { commandIds } from "./commandIds.ts";
import { ImageSummary } from "./liveRegion.tsx";
import type { SegmentMenuTarget } from "./segmentMenu.tsx";

const segmentMenu = deferred(() => import("./segmentMenu.tsx"));
const sidePane = deferred(() => import("./sidePane.tsx"));

const sayOpeningAfterMs = 1000;
/** Both pictures begin at the same height. */
const sideHeadPx = 36;

/** Only after a second: a quick opening needs no words. */
function Opening(): ReactNode {
  const name = useEditor((state) => state.assetName);
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = window.setTimeout(() => setLate(true), sayOpeningAfterMs);
    return () => window.clearTimeout(timer);
  }, []);
  return (
    <div className="stage-note" role="status">
      {late && words.editor.opening(name)}
    </div>
  );
}

function Failed(props: { readonly project: string }): ReactNode {
  const failure = useEditor((state) => state.failure);
  const next = useEditor((state) => state.nextTaskId);
  return (
    <div className="stage-note" role="alert">
      <h2>{words.editor.failedTitle}</h2>
      <p>{failure?.message}</p>
      <p className="stage-note-actions">
        {next !== null && (
          <Link className="button" to={paths.editor(props.project, next)}>
            {words.editor.nextImage}
          </Link>
        )}
        <Link className="button" to={paths.overview(props.project)}>
          {words.editor.toOverview}
        </Link>
      </p>
    </div>
  );
}

/** Holds the canvas; from here on, pixels are the renderer's business alone. */
export function CanvasArea(props: { readonly session: EditorSession; readonly project: string }): ReactNode {
  const host = useRef<HTMLDivElement>(null);
  const phase = useEditor((state) => state.phase);
  const name = useEditor((state) => state.assetName);
  const side = useEditor((state) => state.side !== null);
  const [split, setSplit] = useStored<number>("compare-split", 0.5, numberIn(0.2, 0.8));
  const [menu, setMenu] = useState<SegmentMenuTarget | null>(null);
  const { session } = props;
  useEffect(() => {
    if (host.current === null) return;
    return mountCanvas(host.current, session);
  }, [session]);
  const menuAt = useCallback(
    (element: HTMLElement, clientX: number, clientY: number): void => {
      const { segments } = session.getState();
      const { left, top } = element.getBoundingClientRect();
      const at = session.canvas.screenToImage(clientX - left, clientY - top);
      setMenu({
        segmentId: segments.find((row) => row.selected)?.id ?? null,
        point: { x: clientX, y: clientY },
        pixel: { x: Math.floor(at.x), y: Math.floor(at.y) },
      });
    },
    [session],
  );
  // A long press: of the segment that lies there, with any tool.
  useEffect(() => {
    const element = host.current;
    if (element === null) return;
    const onMenu = (event: Event): void => {
      const { clientX, clientY } = (event as CustomEvent<{ clientX: number; clientY: number }>).detail;
      const { left, top } = element.getBoundingClientRect();
      const { x, y } = session.canvas.screenToImage(clientX - left, clientY - top);
      const layer = session.getState().classes.find((entry) => entry.number === session.getState().currentClass)?.layer;
      const id = session.canvas.segmentAt(layer ?? "main", Math.floor(x), Math.floor(y));
      if (id !== null && id !== 0) session.run(commandIds.segmentSelect, id);
      menuAt(element, clientX, clientY);
    };
    element.addEventListener(MENU_EVENT, onMenu);
    return () => element.removeEventListener(MENU_EVENT, onMenu);
  }, [session, menuAt]);
  // The menu of what is selected; Shift+F10 and the menu key come as the same event, from the middle of the picture.
  const openMenu = (event: MouseEvent<HTMLElement>): void => {
    const { tool, readOnly } = session.getState();
    if (tool !== "select" && !readOnly) return;
    event.preventDefault();
    menuAt(event.currentTarget, event.clientX, event.clientY);
  };
  return (
    <>
      <div
        ref={host}
        style={side ? { right: `${100 * (1 - split)}%`, top: sideHeadPx } : undefined}
        onContextMenu={openMenu}
        className="canvas-host"
        role="application"
        aria-label={words.editor.imageLabel(name)}
        aria-roledescription={words.editor.canvasRole}
        aria-describedby="image-summary image-leaves"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the canvas is the main interactive thing
        tabIndex={0}
      />
      {side && <Later of={sidePane} session={session} split={split} onSplit={setSplit} />}
      {menu !== null && <Later of={segmentMenu} target={menu} onClose={() => setMenu(null)} />}
      <ImageSummary id="image-summary" />
      <p id="image-leaves" className="visually-hidden">
        {words.editor.leaves}
      </p>
      {phase === "loading" && <Opening />}
      {phase === "failed" && <Failed project={props.project} />}
    </>
  );
}
