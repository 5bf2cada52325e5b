// SPDX-License-Identifier: Apache-2.0
/**
 * Hover names, click selects, Shift adds, double click frames, drag from an unlabelled place selects by box. Objects
 * under the pointer come first; moving and shaping them is the hand's part.
 */
import type { BorderTools } from "./border/lazyTool.ts";
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

type Mover = InstanceType<BorderTools["SegmentMover"]>;

interface Press {
  readonly at: PointerSample;
  /** Mod is held: a drag moves the segment. */
  readonly moves: boolean;
  readonly segment: number;
  boxing: PointerSample | null;
}

class SelectTool implements Tool {
  private pressed: Press | null = null;
  private lastClick: PointerSample | null = null;
  private mover: Mover | null = null;

  private readonly hand: ObjectHand;

  constructor(private readonly context: ToolContext) {
    this.hand = new ObjectHand(context);
  }

  get phase(): ToolPhase {
    if (this.pressed !== null) return "pressing";
    return this.mover === null ? "idle" : "open";
  }

  get takesArrows(): boolean {
    return this.mover !== null;
  }

  /** The segment follows the arrow keys until Enter or Escape. False while the code for it is not there. */
  beginMove(segmentId: number): boolean {
    this.dropMover(false);
    this.mover = this.moverFor(segmentId);
    this.context.changed();
    return this.mover !== null;
  }

  hover(pointer: ToolPointer): void {
    const onObject = this.hand.hover(pointer);
    this.context.hoverSegment(onObject ? 0 : this.segmentUnder(lastSample(pointer)));
  }

  press(pointer: ToolPointer): void {
    const at = lastSample(pointer);
    // A press elsewhere lets go of what the arrow keys have moved.
    this.dropMover(true);
    const segment = this.segmentUnder(at);
    const onSegment = pointer.mod && segment !== 0 && !this.hand.hover(pointer);
    if (!onSegment) this.hand.press(pointer);
    this.pressed = { at, moves: onSegment && this.context.mapToChange() !== null, segment, boxing: null };
  }

  drag(pointer: ToolPointer): void {
    const { pressed } = this;
    this.hand.drag(pointer);
    if (pressed === null || this.hand.pressing) return;
    const now = lastSample(pointer);
    if (pressed.moves) this.drawAlong(pressed, now, radiiFor(pointer.pointerType).dragPx);
    if (pressed.segment !== 0) return;
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
    if (this.mover !== null) {
      this.dropMover(true);
      this.context.select(pressed.segment, false);
      return;
    }
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
    this.dropMover(false);
    this.context.repaint();
  }

  escape(): boolean {
    if (this.phase === "idle") return this.hand.letGo();
    this.cancelGesture();
    return true;
  }

  finish(): boolean {
    if (this.mover === null) return false;
    this.dropMover(true);
    return true;
  }

  undo(): boolean {
    return this.mover !== null && this.escape();
  }

  redo(): boolean {
    return false;
  }

  nudge(dx: number, dy: number): boolean {
    if (this.mover === null) return this.hand.nudge(dx, dy);
    this.mover.moveBy(dx, dy);
    return true;
  }

  takeOut(): boolean {
    return this.hand.takeOut();
  }

  refresh(): void {
    this.mover?.show(null);
  }

  suspend(): void {
    this.cancelGesture();
    this.hand.leave();
    this.context.hoverSegment(0);
  }

  resume(): void {}

  overlay(): Overlay {
    if (this.mover !== null) return noOverlay("grabbing");
    const boxing = this.pressed?.boxing ?? null;
    const bare = { ...noOverlay(this.hand.cursor ?? "arrow"), objects: this.hand.overlay() };
    if (this.pressed === null || boxing === null) return bare;
    return { ...bare, box: { from: this.pressed.at.pointImage, to: boxing.pointImage } };
  }

  private drawAlong({ at, segment }: Press, now: PointerSample, dragPx: number): void {
    if (this.mover === null && distance(now.pointScreen, at.pointScreen) < dragPx) return;
    this.mover ??= this.moverFor(segment);
    this.mover?.moveTo(now.pointImage.x - at.pointImage.x, now.pointImage.y - at.pointImage.y, now.pointScreen);
  }

  private moverFor(segmentId: number): Mover | null {
    const code = this.context.borderTools();
    if (code === null) void this.context.loadBorderTools().catch(() => undefined);
    return code === null ? null : new code.SegmentMover(this.context, segmentId);
  }

  private dropMover(keeps: boolean): void {
    const { mover } = this;
    this.mover = null;
    if (keeps) mover?.drop();
    else mover?.cancel();
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
  hint: "Click selects, Shift+click adds, Mod+drag moves. Digits change the class, Delete removes.",
  create: (context) => new SelectTool(context),
};
