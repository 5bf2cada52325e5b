// SPDX-License-Identifier: Apache-2.0
/** Commands on what is shown beside the picture. */
import type { SideTarget } from "../state.ts";
import { byControl, type Command, command } from "./command.ts";

export const compareCommands: readonly Command[] = [
  command("compare.view", "Compare view: another revision or layer beside", "View", ["Shift+V"], (a) =>
    a.side.toggle(),
  ),
  byControl("compare.open", "Compare with this", "View", (a, value) => void a.side.open(value as SideTarget)),
  command("compare.close", "End the compare view", "View", [], (a) => a.side.close()),
];
