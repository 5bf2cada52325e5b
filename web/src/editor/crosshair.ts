// SPDX-License-Identifier: Apache-2.0
/** A pointer for the keyboard: arrows move it, Space presses where it is, so every tool works without a mouse. */
import { toScreen } from "../core/viewport.ts";
import type { CanvasPointer } from "./canvas.ts";
import { messages } from "./messages.ts";
import type { EditorModel } from "./model.ts";
import type { ToolHost } from "./toolHost.ts";

export class Crosshair {
  constructor(
    private readonly model: EditorModel,
    private readonly tools: ToolHost,
  ) {}

  move(dxImage: number, dyImage: number): void {
    const { model } = this;
    const [h, w] = model.sizeHw;
    const from = model.crosshair ?? this.middle();
    const step = Math.max(1, 1 / model.view.zoom); // at least one px on screen, or nothing seems to happen
    model.crosshair = {
      x: Math.min(w - 0.5, Math.max(0.5, from.x + dxImage * step)),
      y: Math.min(h - 0.5, Math.max(0.5, from.y + dyImage * step)),
    };
    if (this.tools.pressing) this.tools.drag(this.pointer());
    else this.tools.hover(this.pointer());
    model.dirtyOverlay();
  }

  /** Keyboard pen: down here; arrows then draw, until it is lifted. */
  togglePen(): void {
    const { model, tools } = this;
    if (model.crosshair === null) model.crosshair = this.middle();
    if (tools.pressing) tools.release(this.pointer());
    else tools.press(this.pointer());
    model.announce(tools.pressing ? messages.penDown : messages.penUp);
  }

  press(): void {
    if (this.model.crosshair === null) this.model.crosshair = this.middle();
    const pointer = this.pointer();
    this.tools.press(pointer);
    this.tools.release(pointer);
  }

  private middle(): { readonly x: number; readonly y: number } {
    const { canvasSize, view } = this.model;
    const x = view.originX + canvasSize.widthPx / 2 / view.zoom;
    const y = view.originY + canvasSize.heightPx / 2 / view.zoom;
    return { x: Math.floor(x) + 0.5, y: Math.floor(y) + 0.5 };
  }

  private pointer(): CanvasPointer {
    const { model } = this;
    const pointScreen = toScreen(model.view, model.crosshair!);
    const sample = { pointScreen, pressure: 0.5, timeMs: model.ports.clock.monotonicMs() };
    return { pointerType: "mouse", samples: [sample], button: 0, shift: false, mod: false };
  }
}
