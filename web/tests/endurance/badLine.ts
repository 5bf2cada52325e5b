// SPDX-License-Identifier: Apache-2.0
/**
 * The line between tabs and server, as bad as lines are: every request waits until the schedule lets it through, loses
 * it, loses its answer, lets it arrive twice or long after the tab gave it up.
 */
import type { HistoryPort } from "../../src/editor/historyPorts.ts";
import {
  type AnnotationPort,
  type EditResultDoc,
  PortError,
  type SaveReplyDoc,
  type SaveRequestDoc,
} from "../../src/editor/ports.ts";
import type { Chance } from "./chance.ts";

/**
 * A fault that a checker must find: `trusting` takes silence for success, `blind` never hears of others, `twice` is a
 * server that forgets keys.
 */
export type Plant = "none" | "trusting" | "blind" | "twice";

export interface Life {
  on: boolean;
}

interface Held {
  readonly life: Life;
  readonly save: SaveRequestDoc | null;
  readonly forward: () => Promise<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
  answer: { readonly value: unknown } | { readonly error: unknown } | null;
}

export class BadLine {
  private held: Held[] = [];
  /** Requests that their tab has given up and that may still arrive. */
  private ghosts: (() => Promise<unknown>)[] = [];
  /** A reply of the server reached a living tab. */
  heard: (results: readonly EditResultDoc[]) => void = () => undefined;

  constructor(
    private readonly server: AnnotationPort,
    private readonly history: HistoryPort,
    private readonly chance: Chance,
    private readonly plant: Plant,
  ) {}

  get isIdle(): boolean {
    return this.held.every((entry) => !entry.life.on && entry.answer !== null) && this.ghosts.length === 0;
  }

  portFor(life: Life): AnnotationPort {
    const { server } = this;
    return {
      ...server,
      openTask: (id) => this.hold(life, () => server.openTask(id)),
      fetchAnnotation: (id) => this.hold(life, () => server.fetchAnnotation(id)),
      fetchTiles: (id, layer, revision) => this.hold(life, () => server.fetchTiles(id, layer, revision)),
      save: (id, request) => this.hold(life, () => server.save(id, request), request),
      leaseIds: (id, count) => this.hold(life, () => server.leaseIds(id, count)),
      imageUrl: (id) => `/image/${id}`,
    };
  }

  historyFor(life: Life): HistoryPort {
    const { history } = this;
    return { ...history, conflicts: (id) => this.hold(life, () => history.conflicts(id)) };
  }

  /** One thing happens on the line; nothing when it is empty. */
  async step(): Promise<void> {
    if (this.ghosts.length > 0 && this.chance.unit() < 0.2) {
      await this.ghosts.splice(this.chance.whole(0, this.ghosts.length), 1)[0]();
      return;
    }
    if (this.held.length === 0) return;
    const entry = this.chance.pick(this.held);
    if (entry.answer === null) await this.onTheWay(entry);
    else this.onTheWayBack(entry);
  }

  /** Everything that is on the line arrives, in the order in which it was sent, and is answered. */
  async flush(): Promise<void> {
    for (const ghost of this.ghosts.splice(0)) await ghost();
    for (const entry of [...this.held]) {
      if (entry.answer === null) await this.arrive(entry);
      this.finish(entry);
    }
  }

  private hold<T>(life: Life, forward: () => Promise<T>, save: SaveRequestDoc | null = null): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.held.push({ life, save, forward, resolve: resolve as (value: unknown) => void, reject, answer: null });
    });
  }

  private async onTheWay(entry: Held): Promise<void> {
    const isSave = entry.save !== null;
    const fate = this.chance.weighted({
      answered: 6,
      arrives: 3,
      lost: isSave ? 1 : 0.25,
      late: isSave ? 0.7 : 0,
      twice: isSave ? 0.7 : 0,
    });
    if (fate === "lost") this.giveUp(entry);
    else if (fate === "late") {
      if (this.plant !== "trusting") this.ghosts.push(() => entry.forward().catch(() => undefined));
      this.giveUp(entry);
    } else {
      if (fate === "twice") {
        await this.arrive(entry);
        if (this.chance.unit() < 0.5) await this.arrive(entry);
        else await entry.forward().catch(() => undefined);
      } else await this.arrive(entry);
      if (fate === "answered") this.finish(entry);
    }
  }

  private onTheWayBack(entry: Held): void {
    if (entry.save !== null && this.chance.unit() < 0.25) this.giveUp(entry);
    else this.finish(entry);
  }

  private async arrive(entry: Held): Promise<void> {
    try {
      const value = await entry.forward();
      if (this.plant === "twice" && entry.save !== null) await this.repeatUnderNewKeys(entry);
      entry.answer = { value };
    } catch (error) {
      entry.answer = { error };
    }
  }

  private async repeatUnderNewKeys(entry: Held): Promise<void> {
    const { save } = entry;
    for (const edit of save?.edits ?? []) (edit as { id: string }).id = this.chance.uuid();
    await entry.forward().catch(() => undefined);
  }

  /** The tab hears that there is no network. */
  private giveUp(entry: Held): void {
    this.held = this.held.filter((other) => other !== entry);
    if (!entry.life.on) return;
    if (this.plant === "trusting" && entry.save !== null) {
      const { save } = entry;
      const results = save.edits.map((edit) => plainly({ id: edit.id } as EditResultDoc));
      const reply = { revision: 0, saved_at: "", results, numbers: {}, checksums: {}, foreign_edits: true };
      this.heard(results);
      entry.resolve(reply);
    } else entry.reject(new PortError("network", 0, "unreachable", "The line is cut."));
  }

  private finish(entry: Held): void {
    this.held = this.held.filter((other) => other !== entry);
    // A page that has gone hears nothing any more.
    if (!entry.life.on || entry.answer === null) return;
    if ("error" in entry.answer) entry.reject(entry.answer.error);
    else if (entry.save === null) entry.resolve(entry.answer.value);
    else {
      const reply = entry.answer.value as SaveReplyDoc;
      const blind = { ...reply, foreign_edits: false, results: reply.results.map(plainly) };
      entry.resolve(this.plant === "blind" ? blind : reply);
      this.heard(reply.results);
    }
  }
}

function plainly(result: EditResultDoc): EditResultDoc {
  return { id: result.id, status: "applied", code: null, message: null, conflict_pixels: 0, conflict_fields: 0 };
}
