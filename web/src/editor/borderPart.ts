// SPDX-License-Identifier: Apache-2.0
/** Tools and commands that work on borders. Their code comes when it is first wanted: the first stroke does not wait for it. */
import type { BorderTools } from "../tools/index.ts";
import type { ProposalDesk } from "./border/proposals.ts";
import type { IdPool } from "./leases.ts";
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
  private made: { readonly code: BorderCode; readonly desk: ProposalDesk } | null = null;

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

  private there(): BorderPart["made"] {
    if (code !== null) this.made ??= { code, desk: new code.ProposalDesk(this.model, this.recorder, () => this.ids) };
    return this.made;
  }
}
