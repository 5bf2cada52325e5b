// SPDX-License-Identifier: Apache-2.0
/** Commands on findings. */
import { numberFrom } from "./commandValues.ts";
import type { SessionParts } from "./sessionParts.ts";

export class FindingActions {
  constructor(private readonly parts: SessionParts) {}

  list(): void {
    void this.parts.findings.list();
  }

  refresh(): void {
    void this.parts.findings.refresh();
  }

  walk(step: 1 | -1): void {
    void this.parts.findings.walk(step);
  }

  look(value: unknown): void {
    this.parts.findings.lookAt(numberFrom(value));
  }

  mend(value: unknown): void {
    if (this.parts.refusedByOutline()) return;
    void this.parts.findings.mend(typeof value === "string" ? value : null);
  }
}
