// SPDX-License-Identifier: Apache-2.0
/** Texts of the questions panel. */
import { count } from "./figures.ts";

const plain = new Intl.NumberFormat("en", { maximumFractionDigits: 6, useGrouping: false });
const withUnit = (value: number, unit: string): string =>
  unit === "" ? plain.format(value) : `${plain.format(value)} ${unit}`;

export const questionWords = {
  title: "Questions",
  whose: "Whose questions",
  image: "Image",
  owners: (className: string, n: number): string => `${count(n)} × ${className}`,
  bulk: (n: number): string => `An answer goes to all ${count(n)}.`,
  left: (n: number): string =>
    n === 1
      ? "1 selected one of another class is not asked."
      : `${count(n)} selected ones of other classes are not asked.`,
  missing: (n: number): string => (n === 1 ? "1 needs an answer" : `${count(n)} need an answer`),
  complete: "No answer is missing",
  required: "needs an answer",
  byDefault: "default",
  different: "different",
  differentHint: "They have different answers. A new one replaces all.",
  retired: "no longer asked",
  retiredTitle: "No longer asked",
  retiredOption: "no longer offered",
  yes: "Yes",
  no: "No",
  keys: "1–9 choose · Enter next · Esc back to the image",
  none: "Nothing is asked here.",
  readOnly: "These answers can be looked at. Reopen the image to change them.",
  range: (min: number | null, max: number | null, step: number | null, unit: string): string => {
    const parts: string[] = [];
    if (min !== null && max !== null) parts.push(`${plain.format(min)} to ${withUnit(max, unit)}`);
    else if (min !== null) parts.push(`${withUnit(min, unit)} or more`);
    else if (max !== null) parts.push(`at most ${withUnit(max, unit)}`);
    else if (unit !== "") parts.push(`in ${unit}`);
    if (step !== null) parts.push(`in steps of ${withUnit(step, unit)}`);
    return parts.join(", ");
  },
  chars: (max: number): string => `up to ${count(max)} characters`,
  notNumber: "Write a number, with a point before decimals.",
  outOfRange: (range: string): string => `Write a number, ${range}.`,
  offStep: (nearest: string): string => `This is between two steps. The nearest is ${nearest}.`,
  tooLong: (chars: number, max: number): string => `${count(chars)} characters are too many: ${count(max)} fit.`,
  notText: "This text holds characters that cannot be stored.",
  unfinishedDay: "unfinished",
  notDay: "Write a day that exists, as 2024-02-29.",
  number: (value: number): string => plain.format(value),
} as const;
