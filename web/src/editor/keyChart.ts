// SPDX-License-Identifier: Apache-2.0
/** The commands with the keys that this user gave them; can change while the editor is open. */
import { COMMANDS, type Command, infosOf } from "./commands/index.ts";
import { isSingleKey, type KeySettings, withChanges } from "./keyBindings.ts";
import { Keymap } from "./keymap.ts";
import type { CommandInfo } from "./state.ts";

export class KeyChart {
  private keymap!: Keymap<Command>;
  private listed!: readonly CommandInfo[];
  private current!: KeySettings;

  constructor(settings: KeySettings) {
    this.use(settings);
  }

  use(settings: KeySettings): void {
    const commands = withChanges(COMMANDS, settings.changes);
    this.current = settings;
    this.keymap = new Keymap(commands);
    this.listed = infosOf(commands);
  }

  get settings(): KeySettings {
    return this.current;
  }

  /** The same list until keys change. */
  get infos(): readonly CommandInfo[] {
    return this.listed;
  }

  find(chord: string): Command | null {
    if (!this.current.singleKeys && isSingleKey(chord)) return null;
    return this.keymap.find(chord);
  }
}
