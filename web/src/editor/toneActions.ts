// SPDX-License-Identifier: Apache-2.0
/** Commands on the tone of the photo. What they set is kept for the project. */
import { type Channel, changeTone, NEUTRAL_TONE, type Tone } from "../core/tone.ts";
import { numberFrom } from "./commandValues.ts";
import type { EditorModel } from "./model.ts";
import { writeViewPreferences } from "./viewPreferences.ts";

const CHANNELS: readonly Channel[] = ["colour", "red", "green", "blue", "luminance"];
/** Clip limit when local contrast is switched on by key or palette. */
const LOCAL_CONTRAST = 3;

export class ToneActions {
  constructor(private readonly model: EditorModel) {}

  set(field: "brightness" | "contrast" | "gamma" | "black" | "white" | "localContrast", value: unknown): void {
    this.change({ [field]: numberFrom(value) });
  }

  /** Without a value: the next one. */
  channel(value: unknown): void {
    const channel = CHANNELS.find((name) => name === value);
    if (value !== undefined && channel === undefined) throw new TypeError(`tone.channel: no channel ${String(value)}`);
    const next = CHANNELS[(CHANNELS.indexOf(this.model.tone.channel) + 1) % CHANNELS.length];
    this.change({ channel: channel ?? next });
  }

  toggleInvert(): void {
    this.change({ invert: !this.model.tone.invert });
  }

  toggleLocalContrast(): void {
    this.change({ localContrast: this.model.tone.localContrast === 0 ? LOCAL_CONTRAST : 0 });
  }

  reset(): void {
    this.model.tone = NEUTRAL_TONE;
    this.changed();
  }

  askForHistogram(): void {
    this.model.histogram ??= "wanted";
    this.model.dirtyPhoto();
  }

  private change(change: Partial<Tone>): void {
    this.model.tone = changeTone(this.model.tone, change);
    this.changed();
  }

  private changed(): void {
    writeViewPreferences(this.model);
    this.model.dirtyPhoto();
    this.model.changed();
  }
}
