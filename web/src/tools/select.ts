// SPDX-License-Identifier: Apache-2.0
/**
 * Hover names, click selects, Shift adds, double click frames, drag from an unlabelled place selects by box. Objects
 * under the pointer come first; moving and shaping them is the hand's part.
 */
import { ObjectHand } from "./objectHand.ts";
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

  private readonly hand: ObjectHand;

  constructor(private readonly context: ToolContext) {
    this.hand = new ObjectHand(context);
  }

  get phase(): ToolPhase {
    return this.pressed === null ? "idle" : "pressing";
  }

  hover(pointer: ToolPointer): void {
    const onObject = this.hand.hover(pointer);
    this.context.hoverSegment(onObject ? 0 : this.segmentUnder(lastSample(pointer)));
  }

  press(pointer: ToolPointer): void {
    const at = lastSample(pointer);
    this.hand.press(pointer);
    this.pressed = { at, segment: this.segmentUnder(at), boxing: null };
  }

  drag(pointer: ToolPointer): void {
    const { pressed } = this;
    this.hand.drag(pointer);
    if (pressed === null || this.hand.pressing || pressed.segment !== 0) return;
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
    const { clicked, dragged } = this.hand.release(pointer);
    if (pressed === null || dragged) return;
    if (pressed.boxing !== null) {
      const box = boxOf(pressed.at, pressed.boxing);
      this.context.selectMany(this.context.segmentsIn(box), pointer.shift);
      this.context.objects.select(objectsIn(this.context, box), true);
      this.context.repaint();
      return;
    }
    const again = this.lastClick !== null && isDoubleClick(this.lastClick, pressed.at);
    this.lastClick = pressed.at;
    if (clicked !== null) {
      if (again) this.context.objects.frame();
      else this.context.objects.select([clicked], pointer.shift);
    } else if (again && pressed.segment !== 0) this.context.frameSelection();
    else this.context.select(pressed.segment, pointer.shift);
  }

  leave(): void {
    this.hand.leave();
    this.context.hoverSegment(0);
  }

  cancelGesture(): void {
    this.pressed = null;
    this.hand.cancel();
    this.context.repaint();
  }

  escape(): boolean {
    if (this.pressed === null) return this.hand.letGo();
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

  nudge(dx: number, dy: number): boolean {
    return this.hand.nudge(dx, dy);
  }

  takeOut(): boolean {
    return this.hand.takeOut();
  }

  refresh(): void {}

  suspend(): void {
    this.cancelGesture();
    this.hand.leave();
    this.context.hoverSegment(0);
  }

  resume(): void {}

  overlay(): Overlay {
    const boxing = this.pressed?.boxing ?? null;
    const bare = { ...noOverlay(this.hand.cursor ?? "arrow"), objects: this.hand.overlay() };
    if (this.pressed === null || boxing === null) return bare;
    return { ...bare, box: { from: this.pressed.at.pointImage, to: boxing.pointImage } };
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

/** Objects that lie in the box whole; a box round everything would else catch what only passes through. */
function objectsIn(context: ToolContext, box: readonly [number, number, number, number]): readonly string[] {
  const [x0, y0, x1, y1] = box;
  const within = context.objects.shown().filter(({ bounds: [a, b, c, d] }) => a >= x0 && b >= y0 && c <= x1 && d <= y1);
  return within.map(({ id }) => id);
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
