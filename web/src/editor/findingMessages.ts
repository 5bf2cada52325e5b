// SPDX-License-Identifier: Apache-2.0
/** What the editor says about findings. */

const pixelsText = (px: number): string => (px === 1 ? "1 pixel" : `${px.toLocaleString("en")} pixels`);

export const findingMessages = {
  none: "Nothing found: all review rules are content.",
  place: (place: number, of: number, title: string): string => `Finding ${place} of ${of}: ${title}.`,
  chooseOne: "Go to a finding first: J for the next one.",
  byHand: (title: string): string => `${title}: this needs your decision and cannot be mended by key.`,
  mended: (px: number): string => (px === 0 ? "Mended." : `Mended: ${pixelsText(px)} changed.`),
  movedOn: "The image has changed meanwhile. Try again.",
  notAsked: (why: string): string => `The review rules could not be asked. ${why} Your work is kept.`,
} as const;
