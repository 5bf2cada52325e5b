// SPDX-License-Identifier: Apache-2.0
/** Texts about gaps, islands and whole segments. */
import { count, percent } from "./figures.ts";

export const fillGaps = {
  title: "Fill all unlabelled",
  state: (gapPx: number, totalPx: number, gaps: number | null): string => {
    const share = `${percent(gapPx, totalPx)} of the image is unlabelled`;
    if (gaps === null) return `${share}.`;
    return gaps === 1 ? `${share}, in 1 gap.` : `${share}, in ${count(gaps)} gaps.`;
  },
  how: "Give these pixels to",
  nearest: "Their neighbours",
  nearestHint: "Each pixel goes to the nearest segment. Locked segments get none.",
  stuff: "One class",
  stuffHint: "The rest is all sky, all background, or to be ignored.",
  stuffClass: "Class of the unlabelled pixels",
  thing: "A new segment",
  thingHint: "The rest is one more thing.",
  thingClass: "Class of the new segment",
  run: "Fill",
} as const;

export const islands = {
  title: "Remove islands",
  lead: "An island is a small part apart from the rest of its segment. It goes to the neighbour with the longest shared border. The largest part of a segment always stays.",
  below: "Remove islands under",
  unit: "pixels",
  where: "Where",
  image: "In the whole image, small gaps too",
  selection: (n: number): string => (n === 1 ? "In the selected segment" : `In the ${count(n)} selected segments`),
  wrong: (most: number): string => `Give a whole number from 1 to ${count(most)}.`,
  run: "Remove",
} as const;

export const operations = {
  section: (name: string): string => `Pixels of ${name}`,
  merge: (n: number): string => `Merge the ${count(n)} selected into the first ★`,
  split: "Split into connected parts",
  duplicate: "New one with the same answers",
  islands: "Remove islands…",
  first: "first of the selection: a merge keeps this one",
} as const;
