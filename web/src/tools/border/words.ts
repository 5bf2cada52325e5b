// SPDX-License-Identifier: Apache-2.0
/** What border tools say at the pointer and when they are done. */

const whole = new Intl.NumberFormat("en");

export const px = (value: number): string => `${whole.format(value)} px`;

function share(part: number, all: number): string {
  const value = all <= 0 ? 0 : (100 * part) / all;
  return value > 0 && value < 0.05 ? "under 0.1 %" : `${value.toFixed(1)} %`;
}

export const borderWords = {
  cutAcross: "Draw the line right across a segment.",
  cutAcrossOf: (name: string): string => `Draw the line right across ${name}.`,
  cuts: (name: string): string => `splits ${name} in 2`,
  cutDone: (name: string, partPx: number): string => `${name} cut in 2, ${px(partPx)} cut off.`,
  locked: (name: string): string => `${name} is locked.`,
  partA: (areaPx: number): string => `A ${px(areaPx)}`,
  partB: (areaPx: number): string => `B ${px(areaPx)}`,

  reshapeHow: "Cross a border, and cross back.",
  reshapeStart: "Start in a segment, or select one.",
  takes: (part: number, all: number, name: string): string => `takes ${share(part, all)} of ${name}`,
  gains: (gainedPx: number, name: string): string => `${name} + ${px(gainedPx)}`,
  gives: (lostPx: number, name: string): string => `gives ${px(lostPx)} to ${name}`,
  frees: (lostPx: number): string => `${px(lostPx)} become unlabelled`,
  hole: (holePx: number, name: string): string => `cuts a hole of ${px(holePx)} in ${name}`,
  closed: "Nothing here may be taken or given: it is locked or protected.",
  movedBy: (dx: number, dy: number): string =>
    `${dx >= 0 ? "+" : "−"}${Math.abs(dx)}, ${dy >= 0 ? "+" : "−"}${Math.abs(dy)} px`,
  moved: (name: string, dx: number, dy: number): string => `${name} moved by ${dx}, ${dy} px`,
  reach: (screenPx: number): string => `reach ${screenPx} px`,
  borderMoved: (changedPx: number): string => `Border moved, ${px(changedPx)}`,
  removes: (name: string): string => `removes ${name}`,
  changed: (name: string, changedPx: number): string => `${name} changed, ${px(changedPx)}`,
} as const;
