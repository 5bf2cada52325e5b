// SPDX-License-Identifier: Apache-2.0
import { type ReactNode, useEffect, useState } from "react";
import { IconButton } from "../parts/iconButton.tsx";
import { useEditor, useEditorPort } from "../state.tsx";
import * as words from "../words.ts";
import { commandIds } from "./commandIds.ts";

const shownMs = 6000;

/** Result of what was just done: six seconds, longer while it is under the pointer or holds the focus. */
export function EditorToast(): ReactNode {
  const port = useEditorPort();
  const toast = useEditor((state) => state.toast);
  const [held, setHeld] = useState(false);
  const id = toast?.id ?? null;
  useEffect(() => {
    if (id === null || held) return;
    const timer = window.setTimeout(() => port.run(commandIds.toastDismiss), shownMs);
    return () => window.clearTimeout(timer);
  }, [id, held, port]);
  return (
    <div className="toast-place" role="status">
      {toast !== null && (
        // biome-ignore lint/a11y/noStaticElementInteractions: hover and focus only keep it in view
        <div
          className="toast"
          onPointerEnter={() => setHeld(true)}
          onPointerLeave={() => setHeld(false)}
          onFocus={() => setHeld(true)}
          onBlur={() => setHeld(false)}
        >
          <span>{toast.text}</span>
          {toast.undo && (
            <button
              type="button"
              className="button small plain link"
              onClick={() => {
                port.run(commandIds.toastDismiss);
                port.run(commandIds.undo);
              }}
            >
              {words.app.undo}
            </button>
          )}
          <IconButton icon="close" label={words.app.close} inRow onPress={() => port.run(commandIds.toastDismiss)} />
        </div>
      )}
    </div>
  );
}
