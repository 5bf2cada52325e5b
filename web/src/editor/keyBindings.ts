// SPDX-License-Identifier: Apache-2.0
/** Which keys a user gave to which commands. What is changed is kept by command, so that new commands keep their keys. */

/** Chords by command id, for the commands whose keys differ from the shipped ones; an empty list: no key. */
export type KeyChanges = Readonly<Record<string, readonly string[]>>;

export interface KeySettings {
  readonly changes: KeyChanges;
  /** False: letters, digits and signs alone do nothing (WCAG 2.1.4); Mod chords and named keys still work. */
  readonly singleKeys: boolean;
}

export interface Bound {
  readonly id: string;
  readonly title: string;
  readonly keys: readonly string[];
}

export const SHIPPED_KEYS: KeySettings = { changes: {}, singleKeys: true };

/** Each chord once: what the user chose comes before what is shipped, so that a new command never takes a chosen key. */
export function withChanges<T extends Bound>(commands: readonly T[], changes: KeyChanges): readonly T[] {
  const taken = new Set<string>();
  const take = (keys: readonly string[]): readonly string[] =>
    keys.filter((chord) => !taken.has(chord) && taken.add(chord));
  const chosen = new Map<string, readonly string[]>();
  for (const { id } of commands) if (Object.hasOwn(changes, id)) chosen.set(id, take(changes[id]));
  return commands.map((command) => ({ ...command, keys: chosen.get(command.id) ?? take(command.keys) }));
}

export interface Rebinding {
  readonly id: string;
  /** The key that is replaced; null: one more. */
  readonly from: string | null;
  /** The new key; null: none in its place. */
  readonly to: string | null;
  /** When another command has it: it gets the old key, or is left without. */
  readonly other: "swap" | "take";
}

/** The changes after a rebinding. `commands` as shipped. */
export function rebound(commands: readonly Bound[], changes: KeyChanges, rebinding: Rebinding): KeyChanges {
  const { id, from, to, other } = rebinding;
  const now = new Map(withChanges(commands, changes).map((command) => [command.id, command.keys]));
  const loser = to === null ? null : ownerOf(withChanges(commands, changes), to);
  if (loser !== null && loser.id !== id) {
    const given = other === "swap" && from !== null ? [from] : [];
    now.set(loser.id, replaced(loser.keys, to!, given));
  }
  now.set(id, replaced(now.get(id) ?? [], from, to === null ? [] : [to]));
  return onlyChanged(commands, now);
}

/** `from` gives way to `to` at its place; without it `to` comes last. */
function replaced(keys: readonly string[], from: string | null, to: readonly string[]): readonly string[] {
  const others = keys.filter((chord) => chord === from || !to.includes(chord));
  if (from === null || !others.includes(from)) return [...others, ...to];
  return others.flatMap((chord) => (chord === from ? to : [chord]));
}

function onlyChanged(commands: readonly Bound[], keys: ReadonlyMap<string, readonly string[]>): KeyChanges {
  const changes: Record<string, readonly string[]> = {};
  for (const command of commands) {
    const now = keys.get(command.id)!;
    if (now.length !== command.keys.length || now.some((chord, i) => chord !== command.keys[i])) {
      changes[command.id] = now;
    }
  }
  return changes;
}

/** A command gets its shipped keys back; whoever had taken them gives them up. */
export function restored(commands: readonly Bound[], changes: KeyChanges, id: string): KeyChanges {
  const shipped = commands.find((command) => command.id === id)?.keys ?? [];
  const now = new Map(withChanges(commands, changes).map(({ id, keys }) => [id, keys]));
  for (const [other, keys] of now) {
    now.set(
      other,
      keys.filter((chord) => !shipped.includes(chord)),
    );
  }
  now.set(id, shipped);
  return onlyChanged(commands, now);
}

export function ownerOf<T extends Bound>(commands: readonly T[], chord: string): T | null {
  return commands.find((command) => command.keys.includes(chord)) ?? null;
}

/** What single-key shortcuts are: one letter, digit or sign, with or without Shift. */
export function isSingleKey(chord: string): boolean {
  return /^(Shift\+)?([A-Z]|Digit\d|Bracket(Left|Right)|Minus|Equal|Comma|Period|Backslash|Numpad\w+|\?)$/.test(chord);
}
