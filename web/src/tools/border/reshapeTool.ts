// SPDX-License-Identifier: Apache-2.0
/** Reshape: a line across a border, out and back, moves the border there; a loop inside cuts a hole. */
import { type Reshaped, reshape } from "../../core/border/reshape.ts";
import { NO_PIXELS as NONE } from "../../core/pixelRuns.ts";
import { quantisePath } from "../../core/raster/index.ts";
import type { PixelProposal } from "../pixelProposal.ts";
import type { Point, TagOverlay } from "../Tool.ts";
import { LineTool } from "./lineTool.ts";
import { ownerChanges, shortOf } from "./ownerChanges.ts";
import { borderWords as words } from "./words.ts";

export class ReshapeTool extends LineTool {
  protected readonly cursor = "crosshair";

  protected propose(line: readonly Point[]): { proposal: PixelProposal; tags: readonly TagOverlay[] } | null {
    const { context } = this;
    const map = context.map();
    if (map === null) return null;
    const id = context.selected() ?? map.get(Math.floor(line[0].x), Math.floor(line[0].y));
    if (id === 0) return this.offer(null, words.reshapeStart, true);
    const name = context.nameOf(id);
    if (context.locked().has(id)) return this.offer(null, words.locked(name), true);
    const reshaped = reshape(map, id, quantisePath(line), context.passage());
    if (reshaped.pixels.count === 0) return this.offer(null, words.reshapeHow, false);
    const { text, warn } = this.badge(reshaped, id, name);
    return this.offer(reshaped, text, warn, words.changed(name, ownerChanges(reshaped.pixels).changedPx));
  }

  private badge({ pixels, holePx }: Reshaped, id: number, name: string): { text: string; warn: boolean } {
    const changes = ownerChanges(pixels);
    const gone = shortOf(this.context, changes);
    if (gone !== null) return { text: words.removes(gone), warn: true };
    const [from] = changes.lost.filter((one) => one.id !== id && one.id !== 0);
    const [to] = changes.gained.filter((one) => one.id !== id && one.id !== 0);
    const map = this.context.map();
    if (from !== undefined && (to === undefined || from.px >= to.px)) {
      return { text: words.takes(from.px, map?.areaOf(from.id) ?? 0, this.context.nameOf(from.id)), warn: false };
    }
    if (to !== undefined) return { text: words.gives(to.px, this.context.nameOf(to.id)), warn: false };
    if (holePx > 0) return { text: words.hole(holePx, name), warn: false };
    const gainedPx = changes.gained.find((one) => one.id === id)?.px ?? 0;
    return { text: gainedPx > 0 ? words.gains(gainedPx, name) : words.frees(changes.changedPx), warn: false };
  }

  private offer(reshaped: Reshaped | null, text: string, warn: boolean, done = "") {
    const pixels = reshaped?.pixels ?? NONE;
    return { proposal: { tool: "reshape", pixels, newLike: null, badge: { text, warn }, done }, tags: [] };
  }
}
