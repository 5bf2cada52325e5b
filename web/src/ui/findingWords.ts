// SPDX-License-Identifier: Apache-2.0
/** Texts of findings and of the settings of review rules. */
import type { FindingInfo, FindingsInfo } from "../editor/state.ts";
import { count } from "./figures.ts";

const findings = (total: number): string => (total === 1 ? "1 finding" : `${count(total)} findings`);

export const findingTotal = (info: FindingsInfo | null): number | null =>
  info === null ? null : info.rules.reduce((sum, rule) => sum + rule.total, 0);

export const findingWords = {
  title: "Findings",
  button: (total: number | null): string =>
    total === null ? "Findings: not asked yet" : total === 0 ? "No findings" : findings(total),
  again: "Ask again",
  stale: "The image has changed since these were found.",
  none: "The review rules find nothing. Well done.",
  notAsked: "Asking the review rules…",
  blocks: "stops submitting",
  mend: "Mend",
  mendTitle: "Mend this finding",
  more: (left: number): string => `and ${count(left)} more`,
  list: (title: string): string => `Findings: ${title}`,
  /** One line about a finding; `name` is that of its segment, or empty. */
  line(finding: FindingInfo, name: string): string {
    const area = `${count(finding.areaPx)} px`;
    switch (finding.rule) {
      case "unlabelled":
        return `Gap of ${area}`;
      case "hole":
        return `Hole of ${area} in ${name}`;
      case "touches_edge":
        return `${name} touches the edge along ${count(Number(finding.values.edge_px))} px`;
      case "missing_answer":
        return `${name === "" ? "The image" : name} needs an answer: ${String(finding.values.title)}`;
      case "thin_bridge":
        return `${name} hangs together by a neck`;
      case "retired_class":
      case "wrong_layer":
        return name;
      default:
        return `${name}, ${area}`;
    }
  },
} as const;
