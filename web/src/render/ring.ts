// SPDX-License-Identifier: Apache-2.0
/**
 * The ring that shows the size of the brush. An element of its own that is only moved: redrawing a canvas of the size
 * of the view for it would cost more than the stroke itself.
 */
import type { CanvasView, RingOverlay } from "../editor/canvas.ts";

export class RingCursor {
  readonly element: HTMLDivElement;
  private sizePx = -1;
  private look = "";
  private shown = false;

  constructor(document: Document) {
    this.element = document.createElement("div");
    Object.assign(this.element.style, {
      position: "absolute",
      left: "0",
      top: "0",
      display: "none",
      pointerEvents: "none",
      boxSizing: "border-box",
      willChange: "transform",
    });
    this.element.setAttribute("aria-hidden", "true");
  }

  show(ring: RingOverlay | null, view: CanvasView): void {
    const { style } = this.element;
    if (ring === null) {
      if (this.shown) style.display = "none";
      this.shown = false;
      return;
    }
    const sizePx = 2 * ring.radiusPx * view.scale;
    if (sizePx !== this.sizePx) {
      this.sizePx = sizePx;
      style.width = `${sizePx}px`;
      style.height = `${sizePx}px`;
    }
    this.showLook(`${ring.shape} ${ring.dashed}`, ring);
    const x = (ring.centre.x - ring.radiusPx - view.originX) * view.scale;
    const y = (ring.centre.y - ring.radiusPx - view.originY) * view.scale;
    style.transform = `translate3d(${x}px, ${y}px, 0)`;
    if (!this.shown) style.display = "block";
    this.shown = true;
  }

  /** White between black, so that one of them is seen on any photograph. */
  private showLook(look: string, ring: RingOverlay): void {
    if (look === this.look) return;
    this.look = look;
    const { style } = this.element;
    style.borderRadius = ring.shape === "round" ? "50%" : "0";
    style.border = `1px ${ring.dashed ? "dashed" : "solid"} #FFFFFF`;
    style.boxShadow = ring.dashed ? "0 0 0 1px #0B0B0B80" : "0 0 0 1px #0B0B0B, inset 0 0 0 1px #0B0B0B";
  }
}
