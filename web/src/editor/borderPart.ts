// SPDX-License-Identifier: Apache-2.0
/** Tools and commands that work on borders. Their code comes when it is first wanted: the first stroke does not wait for it. */
import type { BorderTools } from "../tools/index.ts";
import type { BorderEdits } from "./border/borderEdits.ts";
import type { ProposalDesk } from "./border/proposals.ts";
import type { IdPool } from "./leases.ts";
import { messages } from "./messages.ts";
import type { EditorModel } from "./model.ts";
import type { EditRecorder } from "./recorder.ts";

type BorderCode = typeof import("./border/all.ts");

let code: BorderCode | null = null;

/** Rejects when the code cannot be fetched; the next call tries again. */
export async function loadBorderCode(): Promise<BorderCode> {
  code ??= await import("./border/all.ts");
  return code;
}

export class BorderPart {
  private ids: IdPool | null = null;
  private made: { readonly code: BorderCode; readonly desk: ProposalDesk; readonly edits: BorderEdits } | null = null;

  constructor(
    private readonly model: EditorModel,
    private readonly recorder: EditRecorder,
  ) {}

  connect(ids: IdPool): void {
    this.ids = ids;
  }

  async load(): Promise<void> {
    await loadBorderCode();
  }

  /** Null until the code is there. */
  tools(): BorderTools | null {
    return this.there()?.code.tools ?? null;
  }

  /** Null until the code is there. */
  get desk(): ProposalDesk | null {
    return this.there()?.desk ?? null;
  }

  /** Runs the work at once, or when the code has come; says so when it cannot be fetched. */
  withEdits(work: (edits: BorderEdits) => void): void {
    const there = this.there();
    if (there !== null) {
      work(there.edits);
      return;
    }
    void this.load().then(
      () => work(this.there()!.edits),
      () => this.model.say(messages.notLoaded),
    );
  }

  private there(): BorderPart["made"] {
    if (code === null || this.made !== null) return this.made;
    const desk = new code.ProposalDesk(this.model, this.recorder, () => this.ids);
    this.made = { code, desk, edits: new code.BorderEdits(this.model, desk) };
    return this.made;
  }
}
