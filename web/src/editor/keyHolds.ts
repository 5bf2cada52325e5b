// SPDX-License-Identifier: Apache-2.0
/** Tap or hold: a key let go within 250 ms without a pointer press between switches; held longer it only borrows. */
import type { KeyInput } from "./canvas.ts";
import type { CommandActions } from "./commandActions.ts";
import type { Command } from "./commands/index.ts";
import type { KeyChart } from "./keyChart.ts";
import { chordOf } from "./keymap.ts";
import type { ClockPort } from "./ports.ts";

const TAP_MS = 250;

interface Held {
  readonly command: Command;
  readonly sinceMs: number;
  pressed: boolean; // a pointer went down meanwhile
}

export class KeyHolds {
  private readonly held = new Map<string, Held>(); // by code: what comes up is what went down

  constructor(
    private readonly chart: Pick<KeyChart, "find">,
    private readonly actions: CommandActions,
    private readonly clock: ClockPort,
  ) {}

  /** True: the key is ours, the browser should not act on it. */
  down(input: KeyInput): boolean {
    const chord = chordOf(input);
    const command = chord === null ? null : this.chart.find(chord);
    if (command === null || !allowed(command, input)) return false;
    if (input.repeat && !command.repeats) return true;
    if (command.borrow === undefined) {
      command.run(this.actions, undefined);
      return true;
    }
    if (!this.held.has(input.code)) {
      this.held.set(input.code, { command, sinceMs: this.clock.monotonicMs(), pressed: false });
      command.borrow(this.actions, true);
    }
    return true;
  }

  up(input: KeyInput): boolean {
    const held = this.held.get(input.code);
    if (held === undefined) return false;
    this.held.delete(input.code);
    held.command.borrow?.(this.actions, false);
    if (!held.pressed && this.clock.monotonicMs() - held.sinceMs < TAP_MS) held.command.run(this.actions, undefined);
    return true;
  }

  /** A pointer press makes every held key a borrower, however short. */
  pointerPressed(): void {
    for (const held of this.held.values()) held.pressed = true;
  }

  releaseAll(): void {
    const all = [...this.held.values()];
    this.held.clear();
    for (const held of all) held.command.borrow?.(this.actions, false);
  }
}

function allowed(command: Command, input: KeyInput): boolean {
  if (input.inTextField) return command.everywhere;
  return input.onCanvas || !command.canvasOnly;
}
