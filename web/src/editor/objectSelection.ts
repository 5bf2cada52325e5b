// SPDX-License-Identifier: Apache-2.0
/** Which objects and relations are selected, hidden, locked or under the pointer. Only ids; the document holds the rest. */
import type { ItemState } from "../core/item.ts";

export class ObjectSelection {
  /** Ids of items; the last one selected is the one that handles belong to. */
  selected: readonly string[] = [];
  hovered: string | null = null;
  /** Drawn by a tool that is changing them. */
  held: ReadonlySet<string> = new Set();
  readonly hidden = new Set<string>();
  readonly locked = new Set<string>();
  /** Grows when an object changes, or which are selected, hidden or locked. */
  version = 0;

  get primary(): string | null {
    return this.selected[this.selected.length - 1] ?? null;
  }

  /** Drops what is no longer there. */
  keep(isThere: (id: string) => boolean): void {
    this.selected = this.selected.filter(isThere);
    if (this.hovered !== null && !isThere(this.hovered)) this.hovered = null;
  }

  forget(ids: readonly string[]): void {
    if (ids.length > 0) this.keep((id) => !ids.includes(id));
  }
}

/** A live object or relation; the answers on the image are neither. */
export function isLive(item: ItemState | null): boolean {
  return item !== null && "state" in item && item.state === "live";
}
