// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from "react";
import { browserClock, browserPreferences, browserRandom, browserTimers } from "../../api/browserPorts.ts";
import { createHistoryPort } from "../../api/editorHistory.ts";
import { createReviewPort } from "../../api/editorReview.ts";
import { warmTasks } from "../../api/editorServer.ts";
import { createOutbox } from "../../api/outbox.ts";
import { createPeers } from "../../api/peers.ts";
import type { EditorPorts } from "../../editor/ports.ts";
import { createEditorSession, type EditorSession } from "../../editor/session.ts";

function createPorts(): EditorPorts {
  return {
    annotations: warmTasks.port(),
    history: createHistoryPort(),
    review: createReviewPort(),
    peers: createPeers(),
    outbox: createOutbox(),
    clock: browserClock,
    timers: browserTimers,
    random: browserRandom,
    preferences: browserPreferences,
  };
}

/** One session per open task: made when the task is shown, closed (its outbox stays) when it is left. */
export function useSession(taskId: string): EditorSession | null {
  const [session, setSession] = useState<EditorSession | null>(null);
  useEffect(() => {
    const opened = createEditorSession(createPorts(), taskId);
    setSession(opened);
    const warn = (event: BeforeUnloadEvent): void => {
      if (opened.hasUnsent()) event.preventDefault();
    };
    window.addEventListener("beforeunload", warn);
    return () => {
      window.removeEventListener("beforeunload", warn);
      opened.dispose();
    };
  }, [taskId]);
  return session;
}
