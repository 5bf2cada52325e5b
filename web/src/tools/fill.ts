// SPDX-License-Identifier: Apache-2.0
/** The fill: hover shows the part that a click takes, bounded by borders; the part under the release is taken. */
import {
  lastSample,
  noOverlay,
  type Overlay,
  type PointerSample,
  type Tool,
  type ToolDescriptor,
  type ToolPhase,
  type ToolPointer,
} from "./Tool.ts";
import type { ToolContext } from "./toolContext.ts";

class FillTool implements Tool {
  private pressed = false;
  private at: PointerSample | null = null;

  constructor(private readonly context: ToolContext) {}

  get phase(): ToolPhase {
    return this.pressed ? "pressing" : "idle";
  }

  hover(pointer: ToolPointer): void {
    this.at = lastSample(pointer);
    this.show();
  }

  press(pointer: ToolPointer): void {
    this.pressed = true;
    this.hover(pointer);
  }

  drag(pointer: ToolPointer): void {
    if (this.pressed) this.hover(pointer);
  }

  release(pointer: ToolPointer): void {
    if (!this.pressed) return;
    this.pressed = false;
    this.at = lastSample(pointer);
    this.context.commitFill(this.at.pointImage);
    this.show();
  }

  leave(): void {
    if (this.pressed) return;
    this.at = null;
    this.show();
  }

  cancelGesture(): void {
    this.pressed = false;
    this.show();
  }

  escape(): boolean {
    if (!this.pressed) return false;
    this.cancelGesture();
    return true;
  }

  finish(): boolean {
    return false;
  }

  undo(): boolean {
    return this.escape();
  }

  redo(): boolean {
    return false;
  }

  nudge(): boolean {
    return false;
  }

  refresh(): void {
    this.show();
  }

  suspend(): void {
    this.pressed = false;
    this.at = null;
    this.show();
  }

  resume(): void {}

  overlay(): Overlay {
    return noOverlay("crosshair");
  }

  private show(): void {
    this.context.previewFill(this.at?.pointImage ?? null, this.at?.pointScreen ?? null);
  }
}

export const fill: ToolDescriptor = {
  id: "fill",
  title: "Fill",
  key: "G",
  defaultMode: "behind",
  paints: true,
  options: [],
  hint: "Click fills the unlabelled part under the pointer, up to the borders. Over: a part of another segment.",
  create: (context) => new FillTool(context),
};
