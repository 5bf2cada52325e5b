// SPDX-License-Identifier: Apache-2.0
/** Rulers along the upper and the left side of the window, in image px. Only where the picture stands at right angles. */

import { type RulerAxis, rulerTicks } from "../core/rulers.ts";
import { isRightAngle } from "../core/turning.ts";
import type { CanvasPort } from "../editor/canvas.ts";

const BREADTH_PX = 20;
const FONT = "11px system-ui, sans-serif";

export class RulersView {
  private readonly upper: HTMLCanvasElement;
  private readonly left: HTMLCanvasElement;

  constructor(
    host: HTMLElement,
    private readonly canvas: CanvasPort,
  ) {
    const make = (side: string): HTMLCanvasElement => {
      const element = host.ownerDocument.createElement("canvas");
      element.className = `ruler ${side}`;
      element.setAttribute("aria-hidden", "true");
      host.append(element);
      return element;
    };
    this.left = make("left");
    this.upper = make("upper");
  }

  show(shown: boolean): void {
    const display = shown && isRightAngle(this.canvas.view.turnDegrees) ? "block" : "none";
    this.upper.style.display = display;
    this.left.style.display = display;
  }

  draw(dpr: number): void {
    const { windowPx } = this.canvas.view;
    const origin = this.canvas.screenToImage(0, 0);
    const right = this.canvas.screenToImage(windowPx.widthPx, 0);
    const down = this.canvas.screenToImage(0, windowPx.heightPx);
    this.drawOne(this.upper, axisBetween(origin, right, windowPx.widthPx), windowPx.widthPx, false, dpr);
    this.drawOne(this.left, axisBetween(origin, down, windowPx.heightPx), windowPx.heightPx, true, dpr);
  }

  dispose(): void {
    this.upper.remove();
    this.left.remove();
  }

  private drawOne(element: HTMLCanvasElement, axis: RulerAxis, lengthPx: number, down: boolean, dpr: number): void {
    const long = Math.floor(lengthPx * dpr + 0.5);
    const short = Math.floor(BREADTH_PX * dpr + 0.5);
    const [width, height] = down ? [short, long] : [long, short];
    if (element.width !== width) element.width = width;
    if (element.height !== height) element.height = height;
    element.style.width = `${down ? BREADTH_PX : lengthPx}px`;
    element.style.height = `${down ? lengthPx : BREADTH_PX}px`;
    const context = element.getContext("2d", { alpha: false })!;
    // Down the left side the same ruler is turned by a quarter.
    if (down) context.setTransform(0, dpr, -dpr, 0, short, 0);
    else context.setTransform(dpr, 0, 0, dpr, 0, 0);
    context.fillStyle = "#1A1A1B";
    context.fillRect(0, 0, lengthPx, BREADTH_PX);
    context.fillStyle = "#F2F2F4";
    context.strokeStyle = "#85858D";
    context.font = FONT;
    context.textBaseline = "top";
    context.lineWidth = 1;
    context.beginPath();
    for (const tick of rulerTicks(axis, lengthPx)) {
      const at = Math.floor(tick.atPx) + 0.5;
      context.moveTo(at, tick.labelled ? 4 : BREADTH_PX - 5);
      context.lineTo(at, BREADTH_PX);
      if (tick.labelled) context.fillText(String(tick.value), at + 3, 3);
    }
    context.stroke();
  }
}

/** Along a side of the window one of the two coordinates changes and the other stays. */
function axisBetween(
  from: { readonly x: number; readonly y: number },
  to: { readonly x: number; readonly y: number },
  lengthPx: number,
): RulerAxis {
  const along = Math.abs(to.x - from.x) > Math.abs(to.y - from.y) ? "x" : "y";
  return { start: from[along], perPx: (to[along] - from[along]) / Math.max(1, lengthPx) };
}
