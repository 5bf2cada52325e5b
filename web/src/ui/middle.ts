// SPDX-License-Identifier: Apache-2.0

/** Cuts the middle out of a long file name, so that its start and its ending stay readable. */
export function shortenMiddle(text: string, maxChars: number): string {
  const chars = [...text];
  if (chars.length <= maxChars) return text;
  const tail = Math.floor((maxChars - 1) / 2);
  return `${chars.slice(0, maxChars - 1 - tail).join("")}…${chars.slice(chars.length - tail).join("")}`;
}
