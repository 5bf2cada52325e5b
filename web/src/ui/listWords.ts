// SPDX-License-Identifier: Apache-2.0
/** Texts of finding and sorting in the list of segments. */
import type { SegmentOrder } from "./segmentRows.ts";

const orders: Readonly<Record<SegmentOrder, string>> = {
  newest: "Newest first",
  class: "By class",
  largest: "Largest first",
  smallest: "Smallest first",
};

export const listWords = {
  find: "Find a segment",
  placeholder: "Type a class or a number",
  sort: (order: SegmentOrder): string => `Sort segments: ${orders[order].toLowerCase()}`,
  orders,
  noneFound: (query: string): string => `No segment is called “${query}”.`,
} as const;
