// SPDX-License-Identifier: Apache-2.0
import { useEffect } from "react";
import { prefetchImage } from "../../api/prefetch.ts";
import { useEditor } from "../state.tsx";

const idleMs = 500;

/** Half a second after the picture is open, the next one is fetched behind it. */
export function usePrefetch(): void {
  const ready = useEditor((state) => state.phase === "ready");
  const next = useEditor((state) => state.nextTaskId);
  useEffect(() => {
    if (!ready || next === null) return;
    const stop = new AbortController();
    const timer = window.setTimeout(() => void prefetchImage(next, stop.signal), idleMs);
    return () => {
      window.clearTimeout(timer);
      stop.abort();
    };
  }, [ready, next]);
}
