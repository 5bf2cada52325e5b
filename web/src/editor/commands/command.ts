// SPDX-License-Identifier: Apache-2.0
/** What a command is. */
import type { CommandActions } from "../commandActions.ts";
import type { CommandInfo } from "../state.ts";

export interface Command extends CommandInfo {
  /** Shown in help and palette; the rest is run by controls that give a value. */
  readonly listed: boolean;
  /** Holding the key down repeats it. */
  readonly repeats: boolean;
  /** Only while the picture has the focus, because the key means something else in lists and buttons. */
  readonly canvasOnly: boolean;
  /** Also while a text field or a dialog has the focus. */
  readonly everywhere: boolean;
  readonly run: (actions: CommandActions, value: unknown) => void;
  /** What is borrowed while the key is held. */
  readonly borrow?: (actions: CommandActions, held: boolean) => void;
}

type Options = Partial<Pick<Command, "listed" | "repeats" | "canvasOnly" | "everywhere" | "borrow">>;

export function command(
  id: string,
  title: string,
  group: Command["group"],
  keys: readonly string[],
  run: Command["run"],
  options: Options = {},
): Command {
  const hold = options.borrow !== undefined;
  return {
    id,
    title,
    group,
    keys,
    hold,
    run,
    listed: true,
    repeats: false,
    canvasOnly: false,
    everywhere: false,
    ...options,
  };
}

/** Run by a control that gives a value; not in help and palette. */
export const byControl = (id: string, title: string, group: Command["group"], run: Command["run"]): Command =>
  command(id, title, group, [], run, { listed: false });
