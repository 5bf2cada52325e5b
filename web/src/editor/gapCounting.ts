// SPDX-License-Identifier: Apache-2.0
/** Keeps the number of gaps in the status bar true: counted in small pieces when nothing has been drawn for a moment. */
import { GapCounter } from "../core/gapCounter.ts";
import type { LabelMap } from "../core/labelMap.ts";
import type { EditorModel } from "./model.ts";
import type { TimerHandle } from "./ports.ts";

const AFTER_MS = 700;
const ROWS_A_STEP = 96;

export class GapCounting {
  private seen: { readonly map: LabelMap; readonly version: number } | null = null;
  private counter: GapCounter | null = null;
  private timer: TimerHandle | null = null;

  constructor(
    private readonly model: EditorModel,
    private readonly isBusy: () => boolean,
  ) {}

  /** Something may have changed; counts anew, later, when pixels did. */
  notice(): void {
    const { map, segmentsVersion } = this.model;
    if (map === null || (this.seen?.map === map && this.seen.version === segmentsVersion)) return;
    if (this.seen?.map !== map) this.model.gaps = null;
    this.seen = { map, version: segmentsVersion };
    this.start();
  }

  dispose(): void {
    if (this.timer !== null) this.model.ports.timers.cancel(this.timer);
    this.timer = null;
  }

  private start(): void {
    this.dispose();
    this.counter = null;
    this.timer = this.model.ports.timers.after(AFTER_MS, () => this.tick());
  }

  private tick(): void {
    const { map } = this.model;
    if (map === null) return;
    if (this.isBusy()) {
      this.start();
      return;
    }
    this.counter ??= new GapCounter(map);
    if (!this.counter.step(ROWS_A_STEP)) {
      this.timer = this.model.ports.timers.after(0, () => this.tick());
      return;
    }
    this.timer = null;
    this.model.gaps = this.counter.gaps;
    this.counter = null;
    this.model.changed();
  }
}
