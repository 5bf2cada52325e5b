// SPDX-License-Identifier: Apache-2.0
/** Finding commands by what they are called, and grouping them for the overview of shortcuts. */
import type { CommandInfo } from "../editor/state.ts";
import { chordText } from "./chords.ts";

/** Every typed word must begin a word of the title or the group, or be one of the keys. Best title matches first. */
export function findCommands(commands: readonly CommandInfo[], query: string): readonly CommandInfo[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === "") return commands;
  const parts = wanted.split(/\s+/);
  const hits = commands.filter((command) => {
    const words = `${command.title} ${command.group}`.toLowerCase().split(/[^\p{L}\p{N}]+/u);
    const keys = command.keys.map((chord) => chordText(chord).toLowerCase());
    return keys.includes(wanted) || parts.every((part) => words.some((word) => word.startsWith(part)));
  });
  const begins = (command: CommandInfo): boolean => command.title.toLowerCase().startsWith(wanted);
  return [...hits.filter(begins), ...hits.filter((command) => !begins(command))];
}

export interface CommandGroup {
  readonly group: CommandInfo["group"];
  readonly commands: readonly CommandInfo[];
}

/** In order of first appearance. */
export function groupCommands(commands: readonly CommandInfo[]): readonly CommandGroup[] {
  const groups = new Map<CommandInfo["group"], CommandInfo[]>();
  for (const command of commands) {
    const list = groups.get(command.group);
    if (list === undefined) groups.set(command.group, [command]);
    else list.push(command);
  }
  return [...groups].map(([group, list]) => ({ group, commands: list }));
}
