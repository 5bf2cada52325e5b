// SPDX-License-Identifier: Apache-2.0
/** Time that moves only when a test says so. */
import type { ClockPort, TimerHandle, TimerPort } from "../../src/editor/ports.ts";

interface Alarm {
  readonly atMs: number;
  readonly order: number;
  readonly callback: () => void;
}

export class ManualClock implements ClockPort, TimerPort {
  private now = 1_000_000;
  private order = 0;
  private readonly alarms = new Map<object, Alarm>();

  nowMs(): number {
    return this.now;
  }

  monotonicMs(): number {
    return this.now;
  }

  after(delayMs: number, callback: () => void): TimerHandle {
    const handle = {};
    this.alarms.set(handle, { atMs: this.now + delayMs, order: this.order++, callback });
    return handle;
  }

  cancel(handle: TimerHandle): void {
    this.alarms.delete(handle as object);
  }

  /** Lets so much time pass; what is due runs in order, and promises settle in between. */
  async advance(ms: number): Promise<void> {
    const end = this.now + ms;
    await settled();
    for (;;) {
      const due = [...this.alarms]
        .filter(([, alarm]) => alarm.atMs <= end)
        .sort(([, a], [, b]) => a.atMs - b.atMs || a.order - b.order)[0];
      if (due === undefined) break;
      this.alarms.delete(due[0]);
      this.now = Math.max(this.now, due[1].atMs);
      due[1].callback();
      await settled();
    }
    this.now = end;
    await settled();
  }
}

/** Lets every promise that can settle without time do so. */
export async function settled(): Promise<void> {
  for (let i = 0; i < 40; i++) await Promise.resolve();
}
