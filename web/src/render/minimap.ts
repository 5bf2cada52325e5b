// SPDX-License-Identifier: Apache-2.0
/** The minimap: the whole image in a corner, and the part that is on screen; click or drag goes there. */
import { imageToMinimap, type Minimap, minimapFor, minimapToImage } from "../core/minimap.ts";
import type { CanvasPort, Point } from "../editor/canvas.ts";

export class MinimapView {
  private readonly element: HTMLCanvasElement;
  private readonly context: CanvasRenderingContext2D;
  private drawnPicture: ImageBitmap | null = null;
  private readonly picture: HTMLCanvasElement;

  constructor(
    host: HTMLElement,
    private readonly canvas: CanvasPort,
    private readonly goTo: (pointImage: Point) => void,
  ) {
    const { ownerDocument } = host;
    this.picture = ownerDocument.createElement("canvas");
    this.element = ownerDocument.createElement("canvas");
    this.context = this.element.getContext("2d")!;
    this.element.className = "minimap";
    // Arrow keys and zoom keys do the same for those who have no pointer.
    this.element.setAttribute("aria-hidden", "true");
    host.append(this.element);
    for (const type of ["pointerdown", "pointermove", "pointerup", "wheel"] as const)
      this.element.addEventListener(type, (event) => this.pointer(event));
  }

  show(shown: boolean): void {
    this.element.style.display = shown ? "block" : "none";
  }

  draw(picture: ImageBitmap | null, dpr: number): void {
    const map = minimapFor(this.canvas.sizeHw);
    const { element, context } = this;
    const width = Math.floor(map.widthPx * dpr + 0.5);
    const height = Math.floor(map.heightPx * dpr + 0.5);
    if (element.width !== width || element.height !== height) {
      element.width = width;
      element.height = height;
      element.style.width = `${map.widthPx}px`;
      element.style.height = `${map.heightPx}px`;
      this.drawnPicture = null;
    }
    if (picture !== null && picture !== this.drawnPicture) this.drawPicture(picture, width, height);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = "#141414";
    context.fillRect(0, 0, width, height);
    if (this.drawnPicture !== null) context.drawImage(this.picture, 0, 0);
    context.setTransform(dpr, 0, 0, dpr, 0, 0);
    this.outlineOfWindow(map);
  }

  dispose(): void {
    this.element.remove();
  }

  /** Kept small, because shrinking a photograph for every frame of a pan would cost more than the pan. */
  private drawPicture(picture: ImageBitmap, width: number, height: number): void {
    this.picture.width = width;
    this.picture.height = height;
    const context = this.picture.getContext("2d", { alpha: false })!;
    context.imageSmoothingQuality = "high";
    context.drawImage(picture, 0, 0, width, height);
    this.drawnPicture = picture;
  }

  private outlineOfWindow(map: Minimap): void {
    const { context } = this;
    const { windowPx } = this.canvas.view;
    context.beginPath();
    for (const [x, y] of [
      [0, 0],
      [windowPx.widthPx, 0],
      [windowPx.widthPx, windowPx.heightPx],
      [0, windowPx.heightPx],
    ]) {
      const at = imageToMinimap(map, this.canvas.screenToImage(x, y));
      context.lineTo(at.x, at.y);
    }
    context.closePath();
    context.strokeStyle = "#0B0B0B";
    context.lineWidth = 3;
    context.stroke();
    context.strokeStyle = "#FFFFFF";
    context.lineWidth = 1;
    context.stroke();
  }

  /** Nothing here is meant for the tool below. */
  private pointer(event: PointerEvent | WheelEvent): void {
    event.stopPropagation();
    if (event.type === "wheel" || !(event instanceof PointerEvent)) return;
    if (event.type === "pointerdown") this.element.setPointerCapture(event.pointerId);
    if ((event.buttons & 1) === 0) return;
    event.preventDefault();
    const at = { x: event.offsetX, y: event.offsetY };
    this.goTo(minimapToImage(minimapFor(this.canvas.sizeHw), at, this.canvas.sizeHw));
  }
}
