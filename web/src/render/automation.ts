// SPDX-License-Identifier: Apache-2.0
/**
 * A read-only window for automation and support: what the editor holds, without being able to change it.
 * In the page: `window.intarsia.checksum("main")`, `.state()`, `.imageToScreen(x, y)`; the canvas element carries
 * `data-phase`, `data-save` and `data-tool`, so that scripts can wait for a state instead of a time.
 */
import type { EditorSession } from "../editor/session.ts";
import type { EditorState } from "../editor/state.ts";

export interface SupportHook {
  /** SHA-256 of a layer's label map as it is now, as in contract/label-map-codec.md; null while loading. */
  checksum(layer: string): string | null;
  state(): EditorState;
  /** Position of an image point in the window, CSS px. */
  imageToScreen(x: number, y: number): { readonly x: number; readonly y: number };
  /** The image point under a place in the window, image px. */
  screenToImage(x: number, y: number): { readonly x: number; readonly y: number };
  /** Segment id of an image pixel; 0 = unlabelled, null outside. */
  segmentAt(layer: string, x: number, y: number): number | null;
}

export function exposeHook(window: Window, element: HTMLElement, session: EditorSession): () => void {
  const hook: SupportHook = Object.freeze({
    checksum: (layer: string) => session.canvas.checksum(layer),
    state: () => session.getState(),
    imageToScreen: (x: number, y: number) => {
      const { left, top } = element.getBoundingClientRect();
      const at = session.canvas.imageToScreen(x, y);
      return { x: left + at.x, y: top + at.y };
    },
    screenToImage: (x: number, y: number) => {
      const { left, top } = element.getBoundingClientRect();
      return session.canvas.screenToImage(x - left, y - top);
    },
    segmentAt: (layer: string, x: number, y: number) => session.canvas.segmentAt(layer, x, y),
  });
  const page = window as unknown as { intarsia?: SupportHook };
  page.intarsia = hook;
  const show = (): void => {
    const { phase, save, tool } = session.getState();
    if (element.dataset.phase !== phase) element.dataset.phase = phase;
    if (element.dataset.save !== save.kind) element.dataset.save = save.kind;
    if (element.dataset.tool !== tool) element.dataset.tool = tool;
  };
  show();
  const stop = session.subscribe(show);
  return () => {
    stop();
    if (page.intarsia === hook) delete page.intarsia;
  };
}
