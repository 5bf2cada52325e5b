// SPDX-License-Identifier: Apache-2.0
/** Hover names, click selects, Shift adds, double click frames, drag from an unlabelled place selects by box. */
import {
  distance,
  lastSample,
  noOverlay,
  type Overlay,
  type PointerSample,
  type Tool,
  type ToolDescriptor,
  type ToolPhase,
  type ToolPointer,
} from "./Tool.ts";
import { radiiFor, type ToolContext } from "./toolContext.ts";

const DOUBLE_CLICK_MS = 300;

interface Press {
  readonly at: PointerSample;
  readonly segment: number;
  boxing: PointerSample | null;
}

class SelectTool implements Tool {
  private pressed: Press | null = null;
  private lastClick: PointerSample | null = null;

  constructor(private readonly context: ToolContext) {}

  get phase(): ToolPhase {
    return this.pressed === null ? "idle" : "pressing";
  }

  hover(pointer: ToolPointer): void {
    this.context.hoverSegment(this.segmentUnder(lastSample(pointer)));
  }

  press(pointer: ToolPointer): void {
    const at = lastSample(pointer);
    this.pressed = { at, segment: this.segmentUnder(at), boxing: null };
  }

  drag(pointer: ToolPointer): void {
    const { pressed } = this;
    if (pressed === null || pressed.segment !== 0) return;
    const now = lastSample(pointer);
    if (
      pressed.boxing === null &&
      distance(now.pointScreen, pressed.at.pointScreen) < radiiFor(pointer.pointerType).dragPx
    )
      return;
    pressed.boxing = now;
    this.context.repaint();
  }

  release(pointer: ToolPointer): void {
    const { pressed } = this;
    this.pressed = null;
    if (pressed === null) return;
    if (pressed.boxing !== null) {
      this.context.selectMany(this.context.segmentsIn(boxOf(pressed.at, pressed.boxing)), pointer.shift);
      this.context.repaint();
      return;
    }
    const again = this.lastClick !== null && isDoubleClick(this.lastClick, pressed.at);
    this.lastClick = pressed.at;
    if (again && pressed.segment !== 0) this.context.frameSelection();
    else this.context.select(pressed.segment, pointer.shift);
  }

  leave(): void {
    this.context.hoverSegment(0);
  }

  cancelGesture(): void {
    this.pressed = null;
    this.context.repaint();
  }

  escape(): boolean {
    if (this.pressed === null) return false;
    this.cancelGesture();
    return true;
  }

  finish(): boolean {
    return false;
  }

  undo(): boolean {
    return false;
  }

  redo(): boolean {
    return false;
  }

  nudge(): boolean {
    return false;
  }

  refresh(): void {}

  suspend(): void {
    this.cancelGesture();
    this.context.hoverSegment(0);
  }

  resume(): void {}

  overlay(): Overlay {
    const boxing = this.pressed?.boxing ?? null;
    if (this.pressed === null || boxing === null) return noOverlay("arrow");
    return { ...noOverlay("arrow"), box: { from: this.pressed.at.pointImage, to: boxing.pointImage } };
  }

  private segmentUnder(sample: PointerSample): number {
    return this.context.segmentAt(Math.floor(sample.pointImage.x), Math.floor(sample.pointImage.y));
  }
}

export function isDoubleClick(first: PointerSample, second: PointerSample): boolean {
  return second.timeMs - first.timeMs <= DOUBLE_CLICK_MS && distance(first.pointScreen, second.pointScreen) <= 4;
}

function boxOf(a: PointerSample, b: PointerSample): readonly [number, number, number, number] {
  const x0 = Math.floor(Math.min(a.pointImage.x, b.pointImage.x));
  const y0 = Math.floor(Math.min(a.pointImage.y, b.pointImage.y));
  const x1 = Math.floor(Math.max(a.pointImage.x, b.pointImage.x)) + 1;
  const y1 = Math.floor(Math.max(a.pointImage.y, b.pointImage.y)) + 1;
  return [x0, y0, x1, y1];
}

export const select: ToolDescriptor = {
  id: "select",
  title: "Select",
  key: "V",
  defaultMode: "over",
  paints: false,
  options: [],
  hint: "Click selects, Shift+click adds. Digits change the class, Delete removes.",
  create: (context) => new SelectTool(context),
};
