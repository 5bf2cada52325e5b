// SPDX-License-Identifier: Apache-2.0
/** Commands of drawing: tool, draw mode, brush, the open outline, the keyboard's crosshair. */

import type { DrawMode } from "../core/apply.ts";
import { turnBack } from "../core/turning.ts";
import { TOOLS } from "../tools/index.ts";
import { numberFrom } from "./commandValues.ts";
import { messages } from "./messages.ts";
import { BRUSH_MAX_PX, BRUSH_MIN_PX, type EditorModel } from "./model.ts";
import { selectOnly } from "./selecting.ts";
import type { SessionParts } from "./sessionParts.ts";
import type { ToolId } from "./state.ts";

const SIZE_STEP = 1.1;

export class DrawingActions {
  constructor(
    private readonly model: EditorModel,
    private readonly parts: SessionParts,
  ) {}

  chooseTool(tool: ToolId): void {
    if (this.parts.tools.pressing) return;
    this.parts.tools.switchTo(() => {
      this.model.tool = tool;
    });
    this.parts.remember();
    this.model.announce(messages.toolChosen(TOOLS.find(({ id }) => id === tool)!.title));
    this.model.changed();
  }

  borrowTool(tool: ToolId, held: boolean): void {
    const { model } = this;
    if (!held && model.borrowedTool !== tool) return;
    if (held && this.parts.tools.pressing) return;
    this.parts.tools.switchTo(() => {
      model.borrowedTool = held ? tool : null;
    });
    model.changed();
  }

  setMode(value: unknown): void {
    if (value !== "behind" && value !== "over" && value !== "inside")
      throw new TypeError("mode.set: behind, over or inside");
    this.model.modes.set(this.model.activeTool, value);
    this.model.announce(messages.modeChosen[value]);
    this.modeChanged();
  }

  swapMode(): void {
    this.setMode(this.otherMode());
  }

  toggleInside(): void {
    this.setMode(this.model.mode === "inside" ? "over" : "inside");
  }

  borrowOtherMode(held: boolean): void {
    this.borrowMode(held ? this.otherMode() : null);
  }

  borrowInside(held: boolean): void {
    this.borrowMode(held ? "inside" : null);
  }

  private otherMode(): DrawMode {
    return this.model.mode === "over" ? "behind" : "over";
  }

  private borrowMode(mode: DrawMode | null): void {
    this.model.borrowedMode = mode;
    this.modeChanged();
  }

  private modeChanged(): void {
    this.parts.tools.refresh();
    this.model.changed();
  }

  sizeBy(notches: number): void {
    const { model } = this;
    if (this.parts.tools.active.sizeBy?.(notches) === true) return;
    const factor = SIZE_STEP ** notches;
    const next = Math.floor(model.brushSizePx * factor + 0.5);
    // Small sizes move by at least one pixel, else they would never change.
    this.setBrushSize(next === model.brushSizePx ? next + Math.sign(notches) : next);
  }

  setBrushSize(value: unknown): void {
    this.model.brushSizePx = Math.min(BRUSH_MAX_PX, Math.max(BRUSH_MIN_PX, Math.floor(numberFrom(value) + 0.5)));
    this.parts.remember();
    this.parts.tools.refresh();
    this.model.changed();
  }

  setBrushShape(value: unknown): void {
    if (value !== "round" && value !== "square") throw new TypeError("brush.shape: round or square");
    this.model.brushShape = value;
    this.parts.remember();
    this.parts.tools.refresh();
    this.model.changed();
  }

  finish(): void {
    // Who draws by mouse may press Enter once too often: that must not set a point where nobody pointed.
    if (!this.parts.tools.active.finish() && this.model.crosshair !== null) this.pressCrosshair();
  }

  escape(): void {
    const { tools } = this.parts;
    const pressing = tools.pressing;
    if (pressing) tools.cancelGesture();
    else if (!tools.active.escape() && this.model.selection.length + this.model.objects.selected.length > 0)
      selectOnly(this.model, []);
    this.model.changed();
  }

  discardOutline(): void {
    this.parts.tools.active.escape();
    this.model.changed();
  }

  back(): void {
    const { tools } = this.parts;
    if (tools.outlineOpen || tools.active.phase === "open") tools.active.undo();
    else if (tools.active.takeOut?.() !== true) this.parts.removeSelection();
  }

  /** Right is to the right on screen, also when the view is turned by about a right angle. */
  nudge(dxWindow: number, dyWindow: number): void {
    const quarter = Math.floor(this.model.turnDegrees / 90 + 0.5) * 90;
    const { x: dx, y: dy } = turnBack({ x: dxWindow, y: dyWindow }, quarter);
    // Whoever draws by keyboard moves the crosshair; after a mouse, arrows move the vertex that it touched last.
    const { active } = this.parts.tools;
    const byKeyboard = this.model.crosshair !== null && active.takesArrows !== true;
    if (byKeyboard || !active.nudge(dx, dy)) this.parts.crosshair.move(dx, dy);
  }

  /** Keyboard pen: down, then arrows draw, then up. */
  togglePen(): void {
    this.parts.crosshair.togglePen();
  }

  pressCrosshair(): void {
    this.parts.crosshair.press();
  }
}
