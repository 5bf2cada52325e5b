// SPDX-License-Identifier: Apache-2.0
/** Commands on what the review rules found. */
import { byControl, type Command, command } from "./command.ts";

export const findingCommands: readonly Command[] = [
  command("finding.list", "Findings of the review rules", "Segments", [], (a) => a.finding.list()),
  command("finding.next", "Next finding", "Segments", ["J"], (a) => a.finding.walk(1)),
  command("finding.previous", "Previous finding", "Segments", ["Shift+J"], (a) => a.finding.walk(-1)),
  command("finding.mend", "Mend the finding", "Segments", ["Y"], (a, value) => a.finding.mend(value)),
  byControl("finding.refresh", "Ask the review rules again", "Segments", (a) => a.finding.refresh()),
  byControl("finding.look", "Go to a finding", "Segments", (a, value) => a.finding.look(value)),
];
