// SPDX-License-Identifier: Apache-2.0
/** Two tabs of one annotation under one random schedule, and what is to be said about them at the end. */
import type { HistoryPort } from "../../src/editor/historyPorts.ts";
import type { AnnotationPort, EditDoc, EditResultDoc } from "../../src/editor/ports.ts";
import type { SegmentRow } from "../../src/editor/state.ts";
import { PeerBus } from "../editor/fakeHistory.ts";
import { ManualClock, settled } from "../editor/manualClock.ts";
import { MemoryOutbox } from "../editor/memoryOutbox.ts";
import { BadLine, type Plant } from "./badLine.ts";
import { Chance } from "./chance.ts";
import { type Desk, Tab } from "./tab.ts";

export interface Job {
  readonly seed: number;
  readonly taskId: string;
  readonly annotationId: string;
  readonly sizeHw: readonly [number, number];
}

interface Told {
  readonly pixels: number;
  readonly fields: number;
}

/** `complaints` are what can be seen from here; the rest is for the core to judge. */
export interface Outcome {
  readonly seed: number;
  readonly annotationId: string;
  readonly complaints: readonly string[];
  readonly sent: Readonly<Record<string, EditDoc>>;
  readonly acknowledged: Readonly<Record<string, Told>>;
  readonly reloads: number;
  readonly checksums: readonly (string | null)[];
  readonly segments: readonly (readonly SegmentRow[])[];
}

const STEPS_MIN = 60;
const STEPS_MAX = 140;
const REST_ROUNDS_MAX = 60;

export interface RealServer {
  readonly annotations: AnnotationPort;
  readonly history: HistoryPort;
}

export async function runSchedule(server: RealServer, job: Job, plant: Plant): Promise<Outcome> {
  return new Schedule(server, job, plant).run();
}

class Schedule {
  private readonly chance: Chance;
  private readonly desk: Desk;
  private readonly complaints: string[] = [];
  private readonly sent: Record<string, EditDoc> = {};
  private readonly acknowledged: Record<string, Told> = {};
  private readonly tabs: Tab[];
  private reloads = 0;

  constructor(
    private readonly server: RealServer,
    private readonly job: Job,
    plant: Plant,
  ) {
    this.chance = new Chance(job.seed);
    const line = new BadLine(server.annotations, server.history, this.chance, plant);
    line.heard = (results) => this.heard(results);
    const outbox = new WatchedOutbox((edit) => {
      this.sent[edit.id] = structuredClone(edit);
    });
    const peers = new PeerBus();
    peers.on = true;
    const clock = new ManualClock();
    this.desk = { taskId: job.taskId, sizeHw: job.sizeHw, clock, outbox, line, peers, chance: this.chance };
    this.tabs = [new Tab(this.desk), new Tab(this.desk)];
  }

  async run(): Promise<Outcome> {
    const { desk, tabs, job } = this;
    for (let left = this.chance.whole(STEPS_MIN, STEPS_MAX); left > 0; left--) {
      await this.step();
      await settled();
    }
    await this.rest();
    for (const [i, at] of [[3, 3] as const, [12, 3] as const].entries()) {
      tabs[i].touch(at);
      await this.rest();
      await this.compare(tabs[i], `tab ${i} after its save`);
    }
    await this.compare(tabs[0], "tab 0 after the other's save");
    this.reload(0, true);
    await this.rest();
    await this.compare(tabs[0], "tab 0 after a reload");
    for (const { record, code } of desk.outbox.aside) this.complaints.push(`rejected: edit ${record.edit.id}: ${code}`);
    for (const tab of tabs) tab.leave(false);
    return {
      seed: job.seed,
      annotationId: job.annotationId,
      complaints: this.complaints,
      sent: this.sent,
      acknowledged: this.acknowledged,
      reloads: this.reloads,
      checksums: tabs.map((tab) => tab.checksum),
      segments: tabs.map((tab) => tab.state.segments),
    };
  }

  private async step(): Promise<void> {
    const { desk, chance } = this;
    const i = chance.whole(0, this.tabs.length);
    switch (chance.weighted({ act: 8, line: 8, time: 4, reload: 0.25 })) {
      case "act":
        if (this.tabs[i].ready) this.tabs[i].act();
        else if (this.tabs[i].state.phase === "failed") this.reload(i, true);
        break;
      case "line":
        await desk.line.step();
        break;
      case "time":
        await desk.clock.advance(chance.pick([30, 300, 300, 700, 2500]));
        break;
      case "reload":
        this.reload(i, chance.unit() < 0.5);
        break;
    }
  }

  /** At rest a tab shows the picture of the server, and every conflict that is open there. */
  private async compare(tab: Tab, who: string): Promise<void> {
    const { annotationId } = this.job;
    const { checksums } = await this.server.annotations.fetchAnnotation(annotationId);
    if (tab.checksum !== checksums.main)
      this.complaints.push(`screen: ${who} shows something else than the server has`);
    const open = (await this.server.history.conflicts(annotationId)).filter((entry) => entry.state === "open");
    const shown = new Set(tab.state.conflicts.map((entry) => entry.id));
    const missing = open.filter((entry) => !shown.has(entry.id)).length;
    if (missing > 0 || shown.size !== open.length)
      this.complaints.push(
        `unsaid: ${who} shows ${shown.size} conflicts, ${missing} of the ${open.length} open ones not`,
      );
    const banner = tab.state.banner?.kind ?? "none";
    if (open.length > 0 && banner !== "conflict") this.complaints.push(`unsaid: the banner of ${who} is ${banner}`);
  }

  private reload(i: number, politely: boolean): void {
    this.tabs[i].leave(politely);
    this.tabs[i] = new Tab(this.desk);
    this.reloads++;
  }

  /** The line is good from here on; waits until both tabs say that all is saved and nothing moves any more. */
  private async rest(): Promise<void> {
    const { desk, tabs } = this;
    let quiet = 0;
    for (let round = 0; round < REST_ROUNDS_MAX && quiet < 4; round++) {
      await settled();
      tabs.forEach((tab, i) => {
        if (tab.state.phase === "failed") this.reload(i, true);
      });
      const busy = !desk.line.isIdle || desk.outbox.records.length > 0;
      const open = tabs.some((tab) => !tab.ready || tab.state.save.kind !== "saved");
      quiet = busy || open ? 0 : quiet + 1;
      await desk.line.flush();
      await desk.clock.advance(busy || open ? 1000 : 4000);
    }
    if (quiet < 4) {
      const kinds = tabs.map((tab) => `${tab.state.phase} ${tab.state.save.kind}`).join(", ");
      this.complaints.push(`rest: ${desk.outbox.records.length} edits unsent, tabs ${kinds}`);
    }
  }

  private heard(results: readonly EditResultDoc[]): void {
    for (const { id, status, conflict_pixels, conflict_fields } of results) {
      if (status !== "rejected") this.acknowledged[id] = { pixels: conflict_pixels, fields: conflict_fields };
    }
  }
}

/** Sees every edit that a tab ever makes. */
class WatchedOutbox extends MemoryOutbox {
  constructor(private readonly made: (edit: EditDoc) => void) {
    super();
  }

  override async put(record: Parameters<MemoryOutbox["put"]>[0]): Promise<void> {
    this.made(record.edit);
    await super.put(record);
  }
}
