// SPDX-License-Identifier: Apache-2.0
/** A tool whose code comes when it is first taken in hand. Until it is there, gestures do nothing; the pointer's place is kept. */
import { noOverlay, type Overlay, type Tool, type ToolPhase, type ToolPointer } from "../Tool.ts";
import type { ToolContext } from "../toolContext.ts";

export type BorderTools = typeof import("./all.ts");

const NOT_THERE = "This could not be loaded. Your work is kept. Check the connection and choose the tool again.";

export class LazyTool implements Tool {
  private tool: Tool | null = null;
  private at: ToolPointer | null = null;
  private inHand = false;

  constructor(
    private readonly context: ToolContext,
    private readonly make: (from: BorderTools) => Tool,
  ) {}

  get phase(): ToolPhase {
    return this.tool?.phase ?? "idle";
  }

  get takesArrows(): boolean {
    return this.tool?.takesArrows ?? false;
  }

  hover(pointer: ToolPointer): void {
    this.at = pointer;
    this.ready()?.hover(pointer);
  }

  press(pointer: ToolPointer): void {
    this.ready()?.press(pointer);
  }

  drag(pointer: ToolPointer): void {
    this.tool?.drag(pointer);
  }

  release(pointer: ToolPointer): void {
    this.tool?.release(pointer);
  }

  leave(): void {
    this.at = null;
    this.tool?.leave();
  }

  cancelGesture(): void {
    this.tool?.cancelGesture();
  }

  escape(): boolean {
    return this.tool?.escape() ?? false;
  }

  finish(): boolean {
    return this.tool?.finish() ?? false;
  }

  undo(): boolean {
    return this.tool?.undo() ?? false;
  }

  redo(): boolean {
    return this.tool?.redo() ?? false;
  }

  nudge(dx: number, dy: number): boolean {
    return this.tool?.nudge(dx, dy) ?? false;
  }

  sizeBy(notches: number): boolean {
    return this.tool?.sizeBy?.(notches) ?? false;
  }

  refresh(): void {
    this.tool?.refresh();
  }

  suspend(): void {
    this.inHand = false;
    this.at = null;
    this.tool?.suspend();
  }

  resume(): void {
    this.inHand = true;
    this.ready()?.resume();
  }

  overlay(): Overlay {
    return this.tool?.overlay() ?? noOverlay("crosshair");
  }

  private ready(): Tool | null {
    if (this.tool !== null) return this.tool;
    const code = this.context.borderTools();
    if (code !== null) this.tool = this.make(code);
    else
      void this.context.loadBorderTools().then(
        () => this.arrived(),
        () => this.context.tell(NOT_THERE),
      );
    return this.tool;
  }

  private arrived(): void {
    if (!this.inHand || this.tool !== null) return;
    const tool = this.ready();
    tool?.resume();
    if (this.at !== null) tool?.hover(this.at);
    this.context.repaint();
  }
}
