// SPDX-License-Identifier: Apache-2.0
/** The editor knows "class on key 1"; people know "Car". Puts the names of this project into lists of commands. */
import type { ClassInfo, CommandInfo } from "../editor/state.ts";

const byDigit = /^class\.(\d)$/;

/** Digit commands by the name of the class that has the digit; digits without a class are left out. */
export function withClassNames(
  commands: readonly CommandInfo[],
  classes: readonly ClassInfo[],
  title: (name: string) => string,
): readonly CommandInfo[] {
  return commands.flatMap((command) => {
    const digit = byDigit.exec(command.id)?.[1];
    if (digit === undefined) return [command];
    const owner = classes.find((entry) => entry.key === digit && !entry.retired);
    return owner === undefined ? [] : [{ ...command, title: title(owner.name) }];
  });
}

/** Live classes as commands of their own. */
export function classesAsCommands(
  classes: readonly ClassInfo[],
  title: (name: string) => string,
): readonly CommandInfo[] {
  return classes
    .filter((entry) => !entry.retired)
    .map((entry) => ({
      id: `${classPrefix}${entry.number}`,
      title: title(entry.name),
      group: "Classes",
      keys: entry.key === null ? [] : [`Digit${entry.key}`],
      hold: false,
    }));
}

/** Those without a digit, so that the palette reaches every class. */
export const classesWithoutKey = (
  classes: readonly ClassInfo[],
  title: (name: string) => string,
): readonly CommandInfo[] =>
  classesAsCommands(
    classes.filter((entry) => entry.key === null),
    title,
  );

export const classPrefix = "class-number:";
