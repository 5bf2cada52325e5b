// SPDX-License-Identifier: Apache-2.0
/** Reshape: a line across a border, out and back, moves the border there; a loop inside cuts a hole. */
import { type Reshaped, reshape } from "../../core/border/reshape.ts";
import { NO_PIXELS as NONE } from "../../core/pixelRuns.ts";
import { quantisePath } from "../../core/raster/index.ts";
import type { Point } from "../Tool.ts";
import { badgeOf } from "./badge.ts";
import { LineTool, type Made } from "./lineTool.ts";
import { ownerChanges } from "./ownerChanges.ts";
import { borderWords as words } from "./words.ts";

export class ReshapeTool extends LineTool {
  protected readonly cursor = "crosshair";

  protected propose(line: readonly Point[]): Made | null {
    const { context } = this;
    const map = context.map();
    if (map === null) return null;
    const id = context.selected() ?? map.get(Math.floor(line[0].x), Math.floor(line[0].y));
    if (id === 0) return this.offer(null, words.reshapeStart, true);
    const name = context.nameOf(id);
    if (context.locked().has(id)) return this.offer(null, words.locked(name), true);
    const reshaped = reshape(map, id, quantisePath(line), context.passage());
    if (reshaped.pixels.count === 0) {
      const held = reshape(map, id, quantisePath(line), () => true).pixels.count > 0;
      return this.offer(null, held ? words.closed : words.reshapeHow, held);
    }
    const changes = ownerChanges(reshaped.pixels);
    const isHole = reshaped.holePx > 0 && reshaped.holePx === changes.changedPx;
    const { text, warn } = isHole
      ? { text: words.hole(reshaped.holePx, name), warn: false }
      : badgeOf(context, changes, id);
    return this.offer(reshaped, text, warn, words.changed(name, changes.changedPx));
  }

  private offer(reshaped: Reshaped | null, text: string, warn: boolean, done = "") {
    const pixels = reshaped?.pixels ?? NONE;
    return { proposal: { tool: "reshape", pixels, newLike: null, badge: { text, warn }, done }, tags: [] };
  }
}
