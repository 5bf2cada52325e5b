// SPDX-License-Identifier: Apache-2.0
/** Key settings as text: in the browser's store, and as a file to hand to someone else. */

import { type Bound, type KeyChanges, type KeySettings, SHIPPED_KEYS } from "./keyBindings.ts";
import { isChord } from "./keymap.ts";
import type { PreferencePort } from "./ports.ts";
import { refusalOf } from "./reservedKeys.ts";

export const KEYS_PREFERENCE = "keys";
const VERSION = 1;

export function keyFileText(settings: KeySettings): string {
  const { changes, singleKeys } = settings;
  return `${JSON.stringify({ intarsia_keys: VERSION, single_keys: singleKeys, keys: changes }, null, 2)}\n`;
}

/** Throws an Error whose message names the field and says what is wrong with it. */
export function parseKeyFile(text: string, commands: readonly Bound[]): KeySettings {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch (error) {
    throw new Error(`This is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (typeof file !== "object" || file === null || !("intarsia_keys" in file)) {
    throw new Error("This is not a file of keys: the field intarsia_keys is missing.");
  }
  const { intarsia_keys, single_keys = true, keys = {} } = file as Record<string, unknown>;
  if (intarsia_keys !== VERSION) throw new Error(`intarsia_keys: this program reads version ${VERSION} only.`);
  if (typeof single_keys !== "boolean") throw new Error("single_keys: true or false is expected.");
  if (typeof keys !== "object" || keys === null || Array.isArray(keys)) throw new Error("keys: an object is expected.");
  return { changes: changesFrom(keys as Record<string, unknown>, commands), singleKeys: single_keys };
}

function changesFrom(keys: Record<string, unknown>, commands: readonly Bound[]): KeyChanges {
  const known = new Set(commands.map(({ id }) => id));
  const owners = new Map<string, string>();
  const changes: Record<string, readonly string[]> = {};
  for (const [id, chords] of Object.entries(keys)) {
    if (!Array.isArray(chords)) throw new Error(`keys.${id}: a list of keys is expected.`);
    for (const chord of chords as unknown[]) {
      if (typeof chord !== "string" || !isChord(chord)) throw new Error(`keys.${id}: ${String(chord)} is not a key.`);
      // Fixed keys may stay where they are shipped.
      const shipped = commands.some((command) => command.id === id && command.keys.includes(chord));
      if (!shipped && refusalOf(chord, false) !== null) throw new Error(`keys.${id}: ${chord} may not be given away.`);
      const other = owners.get(chord);
      if (other !== undefined) throw new Error(`keys.${id}: ${chord} is given to ${other} as well.`);
      owners.set(chord, id);
    }
    // A command of another version of the program is passed over.
    if (known.has(id)) changes[id] = chords as string[];
  }
  return changes;
}

/** What cannot be read is left as shipped. */
export function readKeySettings(preferences: PreferencePort, commands: readonly Bound[]): KeySettings {
  const text = preferences.read(KEYS_PREFERENCE);
  if (text === null) return SHIPPED_KEYS;
  try {
    return parseKeyFile(text, commands);
  } catch {
    return SHIPPED_KEYS;
  }
}

export function writeKeySettings(preferences: PreferencePort, settings: KeySettings): void {
  preferences.write(KEYS_PREFERENCE, keyFileText(settings));
}
