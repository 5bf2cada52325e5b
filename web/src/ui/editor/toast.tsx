// SPDX-License-Identifier: Apache-2.0
import { type ReactNode, useEffect, useState } from "react";
import { IconButton } from "../parts/iconButton.tsx";
import { useEditor, useEditorPort } from "../state.tsx";
import * as words from "../words.ts";
import { commandIds } from "./commandIds.ts";

const shownMs = 6000;

/** Result of an action that led to this image: said here, because the image it is about has been left. */
export interface PageToast {
  readonly text: string;
  readonly label: string;
  readonly onAction: () => void;
  readonly onDismiss: () => void;
}

/** Six seconds, longer while it is under the pointer or holds the focus. */
function ToastBox(props: {
  readonly text: string;
  readonly onDismiss: () => void;
  readonly children: ReactNode;
}): ReactNode {
  const [held, setHeld] = useState(false);
  const { onDismiss } = props;
  useEffect(() => {
    if (held) return;
    const timer = window.setTimeout(onDismiss, shownMs);
    return () => window.clearTimeout(timer);
  }, [held, onDismiss]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hover and focus only keep it in view
    <div
      className="toast"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span>{props.text}</span>
      {props.children}
      <IconButton icon="close" label={words.app.close} inRow onPress={onDismiss} />
    </div>
  );
}

function ToastButton(props: { readonly label: string; readonly onPress: () => void }): ReactNode {
  return (
    <button type="button" className="button small plain link" onClick={props.onPress}>
      {props.label}
    </button>
  );
}

/** Result of what was just done. One at a time: that of the editor goes before that of the page. */
export function EditorToast(props: { readonly page: PageToast | null }): ReactNode {
  const port = useEditorPort();
  const toast = useEditor((state) => state.toast);
  const [dismiss] = useState(() => () => port.run(commandIds.toastDismiss));
  const answer = (commandId: string, value?: unknown): void => {
    dismiss();
    port.run(commandId, value);
  };
  const { page } = props;
  return (
    <div className="toast-place" role="status">
      {toast !== null && (
        <ToastBox key={toast.id} text={toast.text} onDismiss={dismiss}>
          {toast.undo && <ToastButton label={words.app.undo} onPress={() => answer(commandIds.undo)} />}
          {toast.action !== null && (
            <ToastButton
              label={toast.action.label}
              onPress={() => toast.action !== null && answer(toast.action.commandId, toast.action.value)}
            />
          )}
        </ToastBox>
      )}
      {toast === null && page !== null && (
        <ToastBox text={page.text} onDismiss={page.onDismiss}>
          <ToastButton label={page.label} onPress={page.onAction} />
        </ToastBox>
      )}
    </div>
  );
}
