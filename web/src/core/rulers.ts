// SPDX-License-Identifier: Apache-2.0
/** Ticks of a ruler along a side of the window. */

/** Image px along a ruler: coordinate = `start` + screen px · `perPx`; `perPx` < 0 where the picture is upside down. */
export interface RulerAxis {
  readonly start: number;
  readonly perPx: number;
}

export interface Tick {
  readonly atPx: number; // screen px from the ruler's start
  readonly value: number; // image px
  readonly labelled: boolean;
}

const LABEL_GAP_PX = 64;
const PARTS = 5;

/** 1, 2 or 5 times a power of ten, whole image px, at least `LABEL_GAP_PX` apart on screen. */
export function rulerStep(imagePxPerPx: number): number {
  const least = Math.max(1, Math.abs(imagePxPerPx) * LABEL_GAP_PX);
  const power = 10 ** Math.floor(Math.log10(least) + 1e-9);
  for (const factor of [1, 2, 5]) if (factor * power >= least - 1e-9) return factor * power;
  return 10 * power;
}

/** All ticks from 0 to `lengthPx`; between two labelled ones four small ones, where those are whole image px. */
export function rulerTicks(axis: RulerAxis, lengthPx: number): readonly Tick[] {
  const step = rulerStep(axis.perPx);
  const small = step % PARTS === 0 ? step / PARTS : step;
  const end = axis.start + lengthPx * axis.perPx;
  const first = Math.ceil(Math.min(axis.start, end) / small);
  const last = Math.floor(Math.max(axis.start, end) / small);
  const ticks: Tick[] = [];
  for (let i = first; i <= last; i++) {
    const value = i * small;
    ticks.push({ atPx: (value - axis.start) / axis.perPx, value, labelled: value % step === 0 });
  }
  return ticks;
}
