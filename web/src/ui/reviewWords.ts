// SPDX-License-Identifier: Apache-2.0
/** Texts of the settings of review rules. */
export const reviewWords = {
  title: "Review rules",
  lead: "Rules look at an image when a labeler asks for findings or submits it. Changes apply at once.",
  saved: "Saved.",
  on: "Ask",
  blocks: "Stops submitting",
  fixable: "One key mends it.",
  noClasses: "This project has no classes yet.",
  range: (low: number, high: number, whole: boolean): string =>
    `${whole ? "A whole number" : "A number"} from ${low.toLocaleString("en")} to ${high.toLocaleString("en")}.`,
} as const;
