// SPDX-License-Identifier: Apache-2.0
/**
 * Every command of the editor: what it is called, its keys, and which port of the session does it. Help, palette,
 * rail and key handling are made from this list; a key that is not here does nothing. One file a subject.
 */
import type { CommandInfo } from "../state.ts";
import { borderCommands } from "./borders.ts";
import { classCommands } from "./classes.ts";
import { colourCommands } from "./colours.ts";
import type { Command } from "./command.ts";
import { compareCommands } from "./compare.ts";
import { drawingCommands, toolCommands } from "./drawing.ts";
import { findingCommands } from "./findings.ts";
import { helpCommands, historyCommands, imageCommands, undoCommands } from "./image.ts";
import { lookingCommands } from "./looking.ts";
import { objectCommands } from "./objects.ts";
import { questionCommands } from "./questions.ts";
import { segmentCommands } from "./segments.ts";
import { toneCommands } from "./tone.ts";
import { viewCommands } from "./view.ts";

export type { Command } from "./command.ts";

export const COMMANDS: readonly Command[] = [
  ...toolCommands,
  ...drawingCommands,
  ...classCommands,
  ...segmentCommands,
  ...objectCommands,
  ...borderCommands,
  ...findingCommands,
  ...questionCommands,
  ...viewCommands,
  ...lookingCommands,
  ...colourCommands,
  ...compareCommands,
  ...toneCommands,
  ...imageCommands,
  ...undoCommands,
  ...historyCommands,
  ...helpCommands,
];

/** What help and palette show: plain data, no functions. */
export const infosOf = (commands: readonly Command[]): readonly CommandInfo[] =>
  commands
    .filter((entry) => entry.listed)
    .map(({ id, title, group, keys, hold }) => ({ id, title, group, keys, hold }));

/** With the keys as shipped. */
export const COMMAND_INFOS: readonly CommandInfo[] = infosOf(COMMANDS);
