// SPDX-License-Identifier: Apache-2.0
import { answerOf, api, apiUrl } from "./request.ts";

/** Brings the picture of a task into the browser's cache, so that opening it later needs no wait. Never fails. */
export async function prefetchImage(task_id: string, signal: AbortSignal): Promise<void> {
  try {
    const task = await answerOf(api().GET("/api/v1/tasks/{task_id}", { params: { path: { task_id } }, signal }));
    if (signal.aborted) return;
    const image = new Image();
    image.fetchPriority = "low";
    image.src = apiUrl(`/assets/${task.asset.id}/image`);
    await image.decode();
  } catch {
    // Only a head start was lost; opening the task reports its own trouble.
  }
}
