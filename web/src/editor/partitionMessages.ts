// SPDX-License-Identifier: Apache-2.0
/** What is said about gaps, islands and whole segments. */
import { count } from "./messages.ts";

const pixels = (px: number): string => `${count(px)} px`;
const segments = (n: number): string => (n === 1 ? "1 segment" : `${count(n)} segments`);
const gaps = (n: number): string => (n === 1 ? "1 gap" : `${count(n)} gaps`);

/** What is left after a gap was closed. */
const left = (n: number): string => (n === 0 ? "100 % labelled, no gaps." : `${gaps(n)} left.`);

export const partitionMessages = {
  gap: (place: number, of: number, share: string): string => `gap ${place} of ${of} · ${share}`,
  whichGap: "Which gap? N goes to the next one, or point at it.",
  given: (px: number, takers: number, gapsLeft: number): string =>
    `${pixels(px)} given to ${segments(takers)}. ${left(gapsLeft)}`,
  noTakers: "Nothing was given: no unlocked segment is next to it. Label a segment first, or unlock one.",
  filled: (px: number, name: string): string => `${pixels(px)} given to ${name}. ${left(0)}`,
  tooManyPieces:
    "That would change too many pieces at once. Nothing was changed. Remove islands first, or go gap by gap.",

  mergeNeedsTwo: "Select two segments or more: the first one stays, the others become part of it.",
  mergeAcrossLayers: "These segments lie in different layers. Only segments of one layer can be merged.",
  merged: (others: number, name: string): string => `${segments(others)} merged into ${name}.`,

  oneOfStuff: (name: string): string =>
    `${name} is one segment per layer, so it stays one. Give a part of it another class instead.`,
  onePiece: (name: string): string => `${name} is one connected part already.`,
  alreadyConnected: "Each of these is one connected part already.",
  tooManyParts: (parts: number): string =>
    `That would make ${count(parts)} segments at once. Nothing was changed. Remove islands first.`,
  split: (name: string, parts: number): string => `${name} split into ${segments(parts)}.`,
  splitMany: (segmentsBefore: number, parts: number): string =>
    `${segments(segmentsBefore)} split into ${segments(parts)}.`,

  duplicated: (name: string): string =>
    `Empty new ${name} with the same answers: draw it. Pixels are not copied, as each has one owner.`,
  stuffNotDoubled: (name: string): string => `${name} is one segment per layer, so there cannot be another one.`,

  islandsRemoved: (n: number, px: number): string =>
    `${n === 1 ? "1 island" : `${count(n)} islands`} removed, ${pixels(px)}.`,
  noIslands: (belowPx: number): string => `No islands under ${pixels(belowPx)}.`,
} as const;
