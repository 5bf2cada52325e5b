// SPDX-License-Identifier: Apache-2.0
/** Key events of the page, handed to the editor; it decides what they mean and whether the browser may act too. */
import type { CanvasPort, KeyInput } from "../editor/canvas.ts";

export function attachKeyboard(window: Window, element: HTMLElement, canvas: CanvasPort): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  window.addEventListener(
    "keydown",
    (event) => {
      if (!event.defaultPrevented && canvas.keyDown(toInput(event, element))) event.preventDefault();
    },
    { signal },
  );
  window.addEventListener(
    "keyup",
    (event) => {
      if (canvas.keyUp(toInput(event, element))) event.preventDefault();
    },
    { signal },
  );
  window.addEventListener("blur", () => canvas.releaseKeys(), { signal });
  return () => stop.abort();
}

function toInput(event: KeyboardEvent, element: HTMLElement): KeyInput {
  const focus = element.ownerDocument.activeElement;
  return {
    key: event.key,
    code: event.code,
    shift: event.shiftKey,
    ctrl: event.ctrlKey,
    alt: event.altKey,
    meta: event.metaKey,
    altGraph: event.getModifierState("AltGraph"),
    repeat: event.repeat,
    composing: event.isComposing,
    inTextField: isTextField(event.target) || inDialog(focus),
    onCanvas: focus === null || focus === element.ownerDocument.body || element.contains(focus),
  };
}

function isTextField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true;
  return target instanceof HTMLInputElement && !["button", "checkbox", "radio", "range", "color"].includes(target.type);
}

/** Menus, dialogs and the palette have keys of their own while they are open. */
function inDialog(focus: Element | null): boolean {
  return focus?.closest("[role=dialog], [role=alertdialog], [role=menu], dialog") != null;
}
