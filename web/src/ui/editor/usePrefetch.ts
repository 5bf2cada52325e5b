// SPDX-License-Identifier: Apache-2.0
import { useEffect } from "react";
import { annotationServer, warmTasks } from "../../api/editorServer.ts";
import { photoShelf } from "../../render/photoShelf.ts";
import { useEditor } from "../state.tsx";

const idleMs = 500;

/** A task with labels and photo. The one after it; null when there is none. */
async function warm(taskId: string, signal: AbortSignal): Promise<string | null> {
  const task = await warmTasks.warm(taskId, signal);
  const { id, height, width } = task.asset;
  if (!signal.aborted) await photoShelf.warm(annotationServer.imageUrl(id), [height, width], signal);
  return task.next_task_id;
}

async function warmNeighbours(next: string | null, previous: string | null, signal: AbortSignal): Promise<void> {
  try {
    const afterNext = next === null ? null : await warm(next, signal);
    if (afterNext !== null && !signal.aborted) await warm(afterNext, signal);
    if (previous !== null && !signal.aborted) await warm(previous, signal);
  } catch {
    // Only a head start was lost; opening the task reports its own trouble.
  }
}

/** Half a second after the picture is open, the next two and the one before are fetched and decoded behind it. */
export function usePrefetch(): void {
  const ready = useEditor((state) => state.phase === "ready");
  const next = useEditor((state) => state.nextTaskId);
  const previous = useEditor((state) => state.previousTaskId);
  useEffect(() => {
    if (!ready) return;
    const stop = new AbortController();
    const timer = window.setTimeout(() => void warmNeighbours(next, previous, stop.signal), idleMs);
    return () => {
      window.clearTimeout(timer);
      stop.abort();
    };
  }, [ready, next, previous]);
}
