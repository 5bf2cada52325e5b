// SPDX-License-Identifier: Apache-2.0
/** Text of the polite live region: the last thing said, at most once a second, so that a reader can follow. */
import type { EditorPorts, TimerHandle } from "./ports.ts";

const QUIET_MS = 1000;

export class Announcer {
  text = "";
  private next: string | null = null;
  private timer: TimerHandle | null = null;

  constructor(
    private readonly ports: EditorPorts,
    private readonly changed: () => void,
  ) {}

  say(text: string): void {
    if (this.timer !== null) {
      this.next = text;
      return;
    }
    this.text = text;
    this.changed();
    this.timer = this.ports.timers.after(QUIET_MS, () => {
      this.timer = null;
      const waiting = this.next;
      this.next = null;
      if (waiting !== null && waiting !== this.text) this.say(waiting);
    });
  }

  dispose(): void {
    if (this.timer !== null) this.ports.timers.cancel(this.timer);
  }
}
