// SPDX-License-Identifier: Apache-2.0
/** The address follows what is on screen and leads back to it. It is replaced, never pushed: Back leaves the editor. */
import { useEffect, useRef } from "react";
import type { EditorSession } from "../../editor/session.ts";
import { placeFrom, revisionsFrom, withPlace, withRevisions } from "../address.ts";
import { useEditor } from "../state.tsx";
import { commandIds } from "./commandIds.ts";

const restMs = 500;

function replaceAddress(search: string, hash: string): void {
  const address = `${location.pathname}${search}${hash}`;
  if (address !== `${location.pathname}${location.search}${location.hash}`) {
    history.replaceState(history.state, "", address);
  }
}

function usePlace(port: EditorSession, ready: boolean): void {
  useEffect(() => {
    if (!ready) return;
    const go = (): void => {
      const place = placeFrom(location.hash);
      if (place !== null) port.run(commandIds.goTo, place);
    };
    const look = (): string => {
      const { originX, originY, scale } = port.canvas.view;
      return `${originX} ${originY} ${scale}`;
    };
    const write = (): void => {
      const { originX, originY, scale, widthPx, heightPx } = port.canvas.view;
      const place = { x: originX + widthPx / scale / 2, y: originY + heightPx / scale / 2, zoom: scale };
      replaceAddress(location.search, withPlace(location.hash, port.getState().view.fitted ? null : place));
    };
    go();
    let seen = look();
    let timer = 0;
    const stop = port.subscribe(() => {
      const now = look();
      if (now === seen) return;
      seen = now;
      window.clearTimeout(timer);
      timer = window.setTimeout(write, restMs);
    });
    window.addEventListener("hashchange", go);
    return () => {
      stop();
      window.clearTimeout(timer);
      window.removeEventListener("hashchange", go);
    };
  }, [port, ready]);
}

function useRevisionAddress(port: EditorSession, ready: boolean): void {
  const revision = useEditor((state) => state.revision);
  const compare = useEditor((state) => state.comparison?.before ?? null);
  const opened = useRef(false);
  useEffect(() => {
    if (!ready) return;
    if (opened.current) replaceAddress(withRevisions(location.search, { revision, compare }), location.hash);
    else {
      opened.current = true;
      const wanted = revisionsFrom(location.search);
      if (wanted.revision !== null || wanted.compare !== null) port.run(commandIds.historyShow, wanted);
    }
  }, [port, ready, revision, compare]);
}

export function useAddress(port: EditorSession): void {
  const ready = useEditor((state) => state.phase === "ready");
  usePlace(port, ready);
  useRevisionAddress(port, ready);
}
