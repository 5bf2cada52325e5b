// SPDX-License-Identifier: Apache-2.0
/** One tab of the editor without a screen, and the hand that draws in it. The picture is fitted at 1:1. */
import type { CanvasPointer } from "../../src/editor/canvas.ts";
import type { EditorPorts } from "../../src/editor/ports.ts";
import { createEditorSession, type EditorSession } from "../../src/editor/session.ts";
import type { EditorState } from "../../src/editor/state.ts";
import type { PeerBus } from "../editor/fakeHistory.ts";
import type { ManualClock } from "../editor/manualClock.ts";
import type { MemoryOutbox } from "../editor/memoryOutbox.ts";
import type { BadLine, Life } from "./badLine.ts";
import type { Chance } from "./chance.ts";

export type XY = readonly [x: number, y: number];

export interface Desk {
  readonly taskId: string;
  readonly sizeHw: readonly [number, number];
  readonly clock: ManualClock;
  readonly outbox: MemoryOutbox;
  readonly line: BadLine;
  readonly peers: PeerBus;
  readonly chance: Chance;
}

export class Tab {
  readonly life: Life = { on: true };
  readonly session: EditorSession;
  private timeMs = 0;

  constructor(readonly desk: Desk) {
    this.session = createEditorSession(this.ports(), desk.taskId);
    this.session.canvas.resize(desk.sizeHw[1], desk.sizeHw[0]);
  }

  get state(): EditorState {
    return this.session.getState();
  }

  get ready(): boolean {
    return this.state.phase === "ready";
  }

  get checksum(): string | null {
    return this.session.canvas.checksum("main");
  }

  /** One thing that a labeler does. */
  act(): void {
    const { chance } = this.desk;
    const segments = this.state.segments.map((row) => row.id);
    const { classes } = this.state;
    switch (
      chance.weighted({
        stroke: 8,
        outline: 5,
        erase: 3,
        select: 4,
        delete: 1.5,
        merge: 1.5,
        class: 1.5,
        undo: 3,
        redo: 1,
        save: 1,
      })
    ) {
      case "stroke":
        this.run("tool.brush")
          .choose()
          .stroke(this.path(chance.whole(1, 5)));
        break;
      case "outline":
        this.run("tool.pen")
          .choose()
          .outline(this.path(chance.whole(3, 7)));
        break;
      case "erase":
        this.run("tool.eraser")
          .run("brush.size", chance.whole(4, 24))
          .stroke(this.path(chance.whole(1, 4)));
        break;
      case "select":
        this.run("segment.select", chance.unit() < 0.3 || segments.length === 0 ? null : chance.pick(segments));
        break;
      case "delete":
        if (segments.length > 0) this.run("segment.delete", chance.pick(segments));
        break;
      case "merge":
        if (segments.length > 1) this.merge(chance.pick(segments), chance.pick(segments));
        break;
      case "class":
        if (segments.length > 0)
          this.run("segment.class", { segmentId: chance.pick(segments), classNumber: chance.pick(classes).number });
        break;
      case "undo":
        this.run("edit.undo");
        break;
      case "redo":
        this.run("edit.redo");
        break;
      case "save":
        this.run("image.save");
        break;
    }
  }

  /** A dab of which some pixel surely changes: another class than the one that is there. */
  touch(at: XY): void {
    const here = this.session.canvas.segmentAt("main", ...at);
    const stuff = this.state.classes.filter((entry) => entry.kind !== "thing" && entry.number !== here);
    this.run("tool.brush").run("mode.set", "over").run("brush.size", 4).run("class.choose", stuff[0].number);
    this.stroke([at]);
  }

  /** The page goes: with its farewell, or without a word when the browser is killed. */
  leave(politely: boolean): void {
    if (politely) this.session.dispose();
    this.life.on = false;
  }

  run(commandId: string, value?: unknown): this {
    this.session.run(commandId, value);
    return this;
  }

  /** The second one becomes pixels of the first; nothing happens when the two cannot be one. */
  private merge(into: number, gone: number): void {
    this.run("segment.select", into).run("segment.toggle-selected", gone).run("segment.merge");
  }

  private choose(): this {
    const { chance } = this.desk;
    if (chance.unit() < 0.6) this.run("class.choose", chance.pick(this.state.classes).number);
    this.run("mode.set", chance.pick(["over", "behind", "inside", "over"] as const));
    return this.run("brush.size", chance.whole(2, 30));
  }

  private path(points: number): XY[] {
    const { desk } = this;
    const { chance } = desk;
    const [height, width] = desk.sizeHw;
    return Array.from({ length: points }, () => [chance.whole(0, width), chance.whole(0, height)] as const);
  }

  private stroke(path: readonly XY[]): void {
    const { canvas } = this.session;
    canvas.pointerDown(this.pointer(path[0], false));
    for (const at of path.slice(1)) canvas.pointerDrag(this.pointer(at, false));
    canvas.pointerUp(this.pointer(path[path.length - 1], false));
  }

  private outline(path: readonly XY[]): void {
    const { canvas } = this.session;
    for (const at of path) {
      canvas.pointerHover(this.pointer(at, true));
      canvas.pointerDown(this.pointer(at, true));
      canvas.pointerUp(this.pointer(at, true));
    }
    this.run("outline.finish").run("outline.discard");
  }

  private pointer(at: XY, mod: boolean): CanvasPointer {
    this.timeMs += 400;
    const sample = { pointScreen: { x: at[0], y: at[1] }, pressure: 0.5, timeMs: this.timeMs };
    return { pointerType: "mouse", samples: [sample], button: 0, shift: false, mod };
  }

  private ports(): EditorPorts {
    const { clock, outbox, line, peers, chance } = this.desk;
    const preferences = new Map<string, string>();
    return {
      annotations: line.portFor(this.life),
      history: line.historyFor(this.life),
      review: {
        findings: async () => ({ revision: 0, rules: [] }),
        mend: () => Promise.reject(new Error("no rules here")),
      },
      peers: this.listening(peers.port()),
      outbox,
      clock,
      timers: {
        after: (delayMs, callback) => clock.after(delayMs, () => this.life.on && callback()),
        cancel: (handle) => clock.cancel(handle),
      },
      random: { uuid: () => chance.uuid(), unit: () => chance.unit() },
      preferences: {
        read: (key) => preferences.get(key) ?? null,
        write: (key, value) => void preferences.set(key, value),
      },
    };
  }

  private listening(peers: EditorPorts["peers"]): EditorPorts["peers"] {
    return {
      ...peers,
      listen: (annotationId, onRevision) =>
        peers.listen(annotationId, (revision) => void (this.life.on && onRevision(revision))),
    };
  }
}
