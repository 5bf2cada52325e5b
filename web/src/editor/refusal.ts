// SPDX-License-Identifier: Apache-2.0
/** Why a command does nothing, in words for the user; thrown from wherever that is found out, before anything changed. */
export class Refusal extends Error {}

export function refuse(why: string): never {
  throw new Refusal(why);
}

/** Does the work and hands on what to say: what came of it (null: nothing to say), or why it was not done. */
export function toldOutcome(work: () => string | null, say: (text: string, canUndo: boolean) => void): void {
  try {
    const done = work();
    if (done !== null) say(done, true);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    say(error.message, false);
  }
}
