// SPDX-License-Identifier: Apache-2.0
/** An editor on a table: a session with fake ports, and a hand that draws. The picture is fitted at 1:1. */
import type { CanvasPointer, KeyInput } from "../../src/editor/canvas.ts";
import type { EditorPorts } from "../../src/editor/ports.ts";
import { createEditorSession, type EditorSession } from "../../src/editor/session.ts";
import type { EditorState, Intent } from "../../src/editor/state.ts";
import { FakeHistory, PeerBus } from "./fakeHistory.ts";
import { FakeReview } from "./fakeReview.ts";
import { FakeServer } from "./fakeServer.ts";
import { ManualClock } from "./manualClock.ts";
import { MemoryOutbox } from "./memoryOutbox.ts";

type XY = readonly [x: number, y: number];

export interface Modifiers {
  readonly shift?: boolean;
  readonly mod?: boolean;
  readonly type?: "mouse" | "touch" | "pen";
}

/** Things that a page reload leaves as they are. */
export class World {
  readonly clock = new ManualClock();
  readonly outbox = new MemoryOutbox();
  readonly preferences = new Map<string, string>();
  readonly peers = new PeerBus();
  readonly history: FakeHistory;
  readonly review: FakeReview;
  private uuids = 0;

  constructor(readonly server: FakeServer = new FakeServer()) {
    this.history = new FakeHistory(server);
    this.review = new FakeReview(server);
  }

  /** Ports of one tab; when `life.on` goes out its timers stand still, as those of a killed browser do. */
  portsFor(life: { on: boolean }): EditorPorts {
    return {
      annotations: this.server,
      history: this.history,
      review: this.review,
      peers: this.peers.port(),
      outbox: this.outbox,
      clock: this.clock,
      timers: {
        after: (delayMs, callback) => this.clock.after(delayMs, () => life.on && callback()),
        cancel: (handle) => this.clock.cancel(handle),
      },
      random: {
        uuid: () => `00000000-0000-4000-8000-${String(++this.uuids).padStart(12, "0")}`,
        unit: () => 0.5,
      },
      preferences: {
        read: (key) => this.preferences.get(key) ?? null,
        write: (key, value) => void this.preferences.set(key, value),
      },
    };
  }

  /** A tab opens the task; ready when the promise resolves. */
  async open(): Promise<Bench> {
    const life = { on: true };
    const bench = new Bench(this, createEditorSession(this.portsFor(life), "tsk_1"), life);
    const [h, w] = this.server.sizeHw;
    bench.session.canvas.resize(w, h);
    await this.clock.advance(0);
    return bench;
  }
}

export class Bench {
  readonly intents: Intent[] = [];
  private at: XY = [0, 0];
  private timeMs = 0;

  constructor(
    readonly world: World,
    readonly session: EditorSession,
    private readonly life: { on: boolean },
  ) {
    session.onIntent((intent) => this.intents.push(intent));
  }

  get state(): EditorState {
    return this.session.getState();
  }

  get checksum(): string {
    return this.session.canvas.checksum("main")!;
  }

  /** Owner of a pixel, by class name; null: unlabelled. */
  owner(x: number, y: number): string | null {
    const id = this.session.canvas.labels!.map.get(x, y);
    const row = this.state.segments.find((segment) => segment.id === id);
    return id === 0
      ? null
      : (this.state.classes.find((entry) => entry.number === row?.classNumber)?.name ?? `id ${id}`);
  }

  run(commandId: string, value?: unknown): this {
    this.session.run(commandId, value);
    return this;
  }

  /** Taps a key: down and up at once. */
  key(key: string, options: Partial<KeyInput> = {}): this {
    this.session.canvas.keyDown(keyInput(key, options));
    this.session.canvas.keyUp(keyInput(key, options));
    return this;
  }

  keyDown(key: string, options: Partial<KeyInput> = {}): this {
    this.session.canvas.keyDown(keyInput(key, options));
    return this;
  }

  keyUp(key: string, options: Partial<KeyInput> = {}): this {
    this.session.canvas.keyUp(keyInput(key, options));
    return this;
  }

  hover(x: number, y: number, options: Modifiers = {}): this {
    this.session.canvas.pointerHover(this.pointer([x, y], options));
    return this;
  }

  press(x: number, y: number, options: Modifiers = {}): this {
    this.session.canvas.pointerDown(this.pointer([x, y], options));
    return this;
  }

  drag(points: readonly XY[], options: Modifiers = {}): this {
    for (const point of points) this.session.canvas.pointerDrag(this.pointer(point, options));
    return this;
  }

  release(options: Modifiers = {}): this {
    this.session.canvas.pointerUp(this.pointer(this.at, options));
    return this;
  }

  click(x: number, y: number, options: Modifiers = {}): this {
    return this.hover(x, y, options).press(x, y, options).release(options);
  }

  stroke(points: readonly XY[], options: Modifiers = {}): this {
    return this.press(...points[0], options)
      .drag(points.slice(1), options)
      .release(options);
  }

  /** A closed outline by clicks and Enter. */
  outline(points: readonly XY[]): this {
    for (const [x, y] of points) this.click(x, y, { mod: true });
    return this.run("outline.finish");
  }

  async wait(ms: number): Promise<this> {
    await this.world.clock.advance(ms);
    return this;
  }

  /** The page is closed or reloaded: it says goodbye, and nothing of it runs any more. */
  close(): void {
    this.session.canvas.pageHide();
    this.life.on = false;
  }

  /** The browser dies without a word: no timer of this tab runs any more. */
  kill(): void {
    this.life.on = false;
  }

  private pointer(at: XY, options: Modifiers): CanvasPointer {
    this.at = at;
    this.timeMs += 400;
    // Far apart in time, so that two clicks are never a double click unless a test wants one.
    const sample = { pointScreen: { x: at[0], y: at[1] }, pressure: 0.5, timeMs: this.timeMs };
    return {
      pointerType: options.type ?? "mouse",
      samples: [sample],
      button: 0,
      shift: options.shift ?? false,
      mod: options.mod ?? false,
    };
  }
}

export function keyInput(key: string, options: Partial<KeyInput> = {}): KeyInput {
  const code = /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : /^\d$/.test(key) ? `Digit${key}` : key;
  return {
    key,
    code,
    shift: false,
    ctrl: false,
    alt: false,
    meta: false,
    altGraph: false,
    repeat: false,
    composing: false,
    inTextField: false,
    onCanvas: true,
    ...options,
  };
}
