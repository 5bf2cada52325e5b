// SPDX-License-Identifier: Apache-2.0
/** Fingers, palm and pen as pointer events: who draws, who moves the picture, and what a tap means. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { CanvasPort } from "../../src/editor/canvas.ts";
import { PointerInput } from "../../src/render/pointerInput.ts";

class Glass extends EventTarget {
  readonly ownerDocument = { defaultView: { devicePixelRatio: 1 } };

  getBoundingClientRect(): { left: number; top: number } {
    return { left: 0, top: 0 };
  }

  focus(): void {}

  setPointerCapture(): void {}
}

interface Finger {
  readonly id?: number;
  readonly type?: "mouse" | "touch" | "pen";
  readonly button?: number;
  readonly contactPx?: number;
  readonly atMs?: number;
}

class Desk {
  readonly glass = new Glass();
  readonly told: string[] = [];
  finger: "auto" | "draw" | "pan" = "auto";
  private readonly input: PointerInput;

  constructor() {
    const note =
      (what: string) =>
      (...values: unknown[]): void => {
        this.told.push(values.length > 0 && typeof values[0] !== "object" ? `${what} ${values.join(" ")}` : what);
      };
    const canvas = {
      panning: false,
      pointerDown: note("down"),
      pointerDrag: note("drag"),
      pointerUp: note("up"),
      pointerHover: note("hover"),
      pointerLeave: () => undefined,
      cancelGesture: note("cancel"),
      panBy: note("pan"),
      zoomAt: (_at: unknown, factor: number) => this.told.push(`zoom ${factor.toFixed(2)}`),
    };
    this.input = new PointerInput(this.glass as unknown as HTMLElement, canvas as unknown as CanvasPort, {
      undo: note("undo"),
      redo: note("redo"),
      eraser: note("eraser"),
      menu: note("menu"),
      finger: () => this.finger,
    });
  }

  send(kind: "down" | "move" | "up" | "cancel", x: number, y: number, finger: Finger = {}): this {
    const { id = 1, type = "touch", button = 0, contactPx = 10, atMs = 0 } = finger;
    const event = new Event(`pointer${kind}`, { cancelable: true });
    const fields = { pointerId: id, pointerType: type, button, width: contactPx, height: contactPx, pressure: 0.5 };
    for (const [name, value] of Object.entries({ ...fields, clientX: x, clientY: y, timeStamp: atMs })) {
      Object.defineProperty(event, name, { value });
    }
    this.glass.dispatchEvent(event);
    return this;
  }

  /** Fingers down at once and up again. */
  tap(fingers: number, upMs = 50): this {
    for (let id = 1; id <= fingers; id++) this.send("down", 60 * id, 50, { id });
    for (let id = 1; id <= fingers; id++) this.send("up", 60 * id, 50, { id, atMs: upMs });
    return this;
  }

  end(): void {
    this.input.dispose();
  }
}

let desk: Desk;
beforeEach(() => {
  vi.useFakeTimers();
  desk = new Desk();
});
afterEach(() => {
  desk.end();
  vi.useRealTimers();
});

describe("fingers", () => {
  it("one draws", () => {
    desk.send("down", 10, 10).send("move", 30, 10).send("up", 30, 10);
    expect(desk.told).toEqual(["down", "drag", "up"]);
  });

  it("a second one gives up a young stroke and moves the picture", () => {
    desk.send("down", 100, 100).send("down", 200, 100, { id: 2, atMs: 60 });
    desk.send("move", 300, 100, { id: 2, atMs: 80 });
    expect(desk.told.slice(0, 2)).toEqual(["down", "cancel"]);
    expect(desk.told).toContain("pan 50 0");
    expect(desk.told).toContain("zoom 2.00");
    desk.send("up", 300, 100, { id: 2, atMs: 500 }).send("up", 100, 100, { atMs: 500 });
    expect(desk.told).not.toContain("undo");
  });

  it("a second one leaves alone a stroke that is under way", () => {
    desk.send("down", 10, 10).send("move", 90, 10).send("down", 200, 100, { id: 2, atMs: 400 });
    expect(desk.told).toEqual(["down", "drag"]);
  });

  it("two tap to undo, three to redo, and a slow tap is none", () => {
    desk.tap(2);
    expect(desk.told.at(-1)).toBe("undo");
    desk.tap(3);
    expect(desk.told.at(-1)).toBe("redo");
    desk.told.length = 0;
    desk.tap(2, 400);
    expect(desk.told).toEqual(["down", "cancel"]);
  });

  it("a palm never draws", () => {
    desk.send("down", 10, 10, { contactPx: 60 }).send("move", 50, 10, { contactPx: 60 }).send("up", 50, 10);
    expect(desk.told).toEqual([]);
  });

  it("do what is set: always move the picture, or always draw", () => {
    desk.finger = "pan";
    desk.send("down", 10, 10).send("move", 30, 15).send("up", 30, 15);
    expect(desk.told).toEqual(["pan 20 5"]);
    desk.told.length = 0;
    desk.finger = "draw";
    desk.send("move", 5, 5, { type: "pen", id: 9 });
    desk.send("down", 10, 10, { atMs: 2000 }).send("up", 10, 10, { atMs: 2050 });
    expect(desk.told).toEqual(["hover", "down", "up"]);
  });
});

describe("pen", () => {
  it("keeps the hand beside it from drawing, and later lets a finger move the picture", () => {
    desk.send("move", 5, 5, { type: "pen", id: 9, atMs: 1000 });
    desk.send("down", 10, 10, { atMs: 1200 }).send("up", 10, 10, { atMs: 1250 });
    expect(desk.told).toEqual(["hover"]);
    desk.send("down", 10, 10, { atMs: 2000 }).send("move", 40, 10, { atMs: 2010 });
    expect(desk.told).toEqual(["hover", "pan 30 0"]);
  });

  it.each([2, 5])("erases with button %i for as long as it is down", (button) => {
    const pen = { type: "pen", id: 9, button } as const;
    desk.send("down", 10, 10, pen).send("move", 30, 10, pen).send("up", 30, 10, pen);
    expect(desk.told).toEqual(["eraser true", "down", "drag", "up", "eraser false"]);
  });
});

describe("a long press", () => {
  it("gives up what it began and asks for the menu", () => {
    desk.send("down", 10, 20).send("move", 13, 22);
    vi.advanceTimersByTime(500);
    expect(desk.told).toEqual(["down", "drag", "cancel", "menu 10 20"]);
    desk.send("up", 13, 22, { atMs: 700 });
    expect(desk.told).toHaveLength(4);
  });

  it("is none when the finger moves, or lifts, or a second one comes, or a mouse does it", () => {
    desk.send("down", 10, 10).send("move", 20, 10);
    vi.advanceTimersByTime(600);
    desk.send("up", 20, 10).send("down", 10, 10).send("up", 10, 10);
    vi.advanceTimersByTime(600);
    desk.tap(2);
    vi.advanceTimersByTime(600);
    desk.send("down", 10, 10, { type: "mouse" });
    vi.advanceTimersByTime(600);
    expect(desk.told.filter((what) => what.startsWith("menu"))).toEqual([]);
  });
});
