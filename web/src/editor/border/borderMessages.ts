// SPDX-License-Identifier: Apache-2.0
/** What is said about commands on the border of a segment. */
import { count } from "../messages.ts";

const pixels = (px: number): string => `${count(px)} px`;

export const borderMessages = {
  holesFilled: (px: number, name: string): string => `Holes filled: ${pixels(px)} given to ${name}.`,
  noHoles: (name: string): string => `${name} has no unlabelled holes. Segments that lie inside stay.`,
  smoothed: (px: number, name: string): string => `Border of ${name} smoothed, ${pixels(px)}.`,
  smoothAlready: (name: string): string => `Nothing to smooth on ${name}.`,
  grown: (px: number, name: string): string => `${name} grown by ${pixels(px)}`,
  shrunk: (px: number, name: string): string => `${name} shrunk by ${pixels(px)}`,
  noRoom: (name: string): string => `${name} cannot change here: what is around it may not be taken or given.`,
  wouldVanish: (name: string): string => `${name} would vanish. Nothing was changed; delete it instead.`,
} as const;
