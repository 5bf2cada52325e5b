// SPDX-License-Identifier: Apache-2.0
/** What is shown beside the picture, to compare with: another revision, another layer, or the newest state. */
import type { EditorDocument } from "./document.ts";
import { loadRevision } from "./loading.ts";
import { messages } from "./messages.ts";
import type { EditorModel } from "./model.ts";
import { PortError } from "./ports.ts";
import type { SideTarget } from "./state.ts";

export interface SideShown {
  readonly target: SideTarget;
  /** Of a revision; the others are read from the model as they are at the time. */
  readonly doc: EditorDocument | null;
}

export class SideDesk {
  /** Counts requests; an answer that comes after a newer request is dropped. */
  private ticket = 0;

  constructor(
    private readonly model: EditorModel,
    private readonly latestRevision: () => number,
  ) {}

  toggle(): void {
    if (this.model.side !== null) {
      this.close();
      return;
    }
    const target = this.firstTarget();
    if (target === null) this.model.say(messages.nothingBeside);
    else void this.open(target);
  }

  close(): void {
    this.ticket++;
    this.show(null);
  }

  async open(target: SideTarget): Promise<void> {
    const { model } = this;
    const { task } = model;
    const ticket = ++this.ticket;
    if (task === null) return;
    if (target.kind !== "revision") {
      this.show({ target, doc: null });
      return;
    }
    try {
      const doc = await loadRevision(model.ports, task, target.revision);
      if (ticket === this.ticket) this.show({ target, doc });
    } catch (error) {
      model.say(error instanceof PortError ? error.message : messages.badTiles);
    }
  }

  /** What one most likely wants: from an old revision the newest, else the one before, else another layer. */
  private firstTarget(): SideTarget | null {
    const { model } = this;
    if (model.past !== null) return { kind: "latest" };
    const latest = this.latestRevision();
    if (latest > 1) return { kind: "revision", revision: latest - 1 };
    const layer = model.task?.ontology.layers.find(({ name }) => name !== model.layer);
    return layer === undefined ? null : { kind: "layer", layer: layer.name };
  }

  private show(side: SideShown | null): void {
    this.model.side = side;
    this.model.looksChanged();
  }
}
