// SPDX-License-Identifier: Apache-2.0
/** The one thing worth saying at the pointer about pixels that would change owner. */
import type { ToolContext } from "../toolContext.ts";
import { type OwnerChanges, shortOf } from "./ownerChanges.ts";
import { borderWords as words } from "./words.ts";

/** Who vanishes; else who loses most to whom; `of`: the segment in hand, which is not told about itself. */
export function badgeOf(
  context: ToolContext,
  changes: OwnerChanges,
  of: number | null,
): { readonly text: string; readonly warn: boolean } {
  const gone = shortOf(context, changes);
  if (gone !== null) return { text: words.removes(gone), warn: true };
  const [from] = changes.lost.filter(({ id }) => id !== of && id !== 0);
  const [to] = changes.gained.filter(({ id }) => id !== of && id !== 0);
  if (from !== undefined && (of === null || to === undefined || from.px >= to.px)) {
    return { text: words.takes(from.px, context.map()?.areaOf(from.id) ?? 0, context.nameOf(from.id)), warn: false };
  }
  if (to !== undefined) {
    const text = of === null ? words.gains(to.px, context.nameOf(to.id)) : words.gives(to.px, context.nameOf(to.id));
    return { text, warn: false };
  }
  const gained = of === null ? undefined : changes.gained.find(({ id }) => id === of);
  if (gained !== undefined) return { text: words.gains(gained.px, context.nameOf(gained.id)), warn: false };
  return { text: words.frees(changes.changedPx), warn: false };
}
