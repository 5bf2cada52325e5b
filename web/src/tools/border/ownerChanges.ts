// SPDX-License-Identifier: Apache-2.0
/** Who gains and who loses by a change of pixels, most first. */
import type { PixelRuns } from "../../core/pixelRuns.ts";
import type { ToolContext } from "../toolContext.ts";

export interface OwnerChanges {
  readonly changedPx: number;
  readonly gained: readonly { readonly id: number; readonly px: number }[];
  readonly lost: readonly { readonly id: number; readonly px: number }[];
}

export function ownerChanges(pixels: PixelRuns): OwnerChanges {
  const gained = new Map<number, number>();
  const lost = new Map<number, number>();
  let changedPx = 0;
  for (let i = 0; i < pixels.count; i++) {
    const px = pixels.x1s[i] - pixels.x0s[i];
    changedPx += px;
    gained.set(pixels.afters[i], (gained.get(pixels.afters[i]) ?? 0) + px);
    lost.set(pixels.befores[i], (lost.get(pixels.befores[i]) ?? 0) + px);
  }
  return { changedPx, gained: mostFirst(gained), lost: mostFirst(lost) };
}

/** The name of a segment that would be left without a pixel, or null. */
export function shortOf(context: ToolContext, changes: OwnerChanges): string | null {
  const map = context.map();
  if (map === null) return null;
  const gains = new Map(changes.gained.map(({ id, px }) => [id, px]));
  const gone = changes.lost.find(({ id, px }) => id !== 0 && px - (gains.get(id) ?? 0) >= map.areaOf(id));
  return gone === undefined ? null : context.nameOf(gone.id);
}

const mostFirst = (byId: ReadonlyMap<number, number>): { id: number; px: number }[] =>
  [...byId].map(([id, px]) => ({ id, px })).sort((a, b) => b.px - a.px || a.id - b.id);
