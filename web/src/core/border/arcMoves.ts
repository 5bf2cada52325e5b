// SPDX-License-Identifier: Apache-2.0
/**
 * Moving borders: pixels that the border passes over go from one of its sides to the other, and to nobody else. So no
 * pixel gets lost or two owners, whatever the move, and pixels that it does not pass over stay.
 */

import type { PixelRuns } from "../pixelRuns.ts";
import { NO_PIXELS } from "../pixelRuns.ts";
import { quantise } from "../raster/index.ts";
import { ceilDiv } from "../raster/polygon.ts";
import { firstCentreFrom } from "../raster/quantise.ts";
import type { BoxXyxy } from "../region.ts";
import type { BorderArc } from "./arc.ts";
import { IdWindow, type MapView, type Passage, windowChanges } from "./mapView.ts";

/** New places of the vertices from … to − 1 of an arc; the vertices before and after stay. Image px. */
export interface ArcMove {
  readonly arc: BorderArc;
  readonly from: number;
  readonly xs: Float64Array;
  readonly ys: Float64Array;
}

/**
 * What changes when arcs move, one after the other; arcs that meet in a junction which moves with them come twice, so
 * that what one of them opens up is shared out by the next. The map is not changed.
 */
export function movedArcs(map: MapView, moves: readonly ArcMove[], may: Passage): PixelRuns {
  const inside = moves.filter(({ arc }) => arc.left >= 0 && arc.right >= 0);
  const box = boxOfMoves(map, inside);
  if (box === null) return NO_PIXELS;
  const window = IdWindow.read(map, box);
  const after = window.ids.slice();
  const rounds = inside.length > 1 ? 2 : 1;
  for (let round = 0; round < rounds; round++) for (const move of inside) sweep(window, after, move);
  for (let i = 0; i < after.length; i++)
    if (after[i] !== window.ids[i] && !may(window.ids[i], after[i])) after[i] = window.ids[i];
  takeBackLoose(window, after);
  return windowChanges(window, after);
}

/** Pixels whose side changes get the id of their new side, when they have that of the old one. */
function sweep(window: IdWindow, after: Uint32Array, move: ArcMove): void {
  const { left, right } = move.arc;
  forEachSwept(window, sweptRing(move), (at, to, winding) => {
    const [before, next] = winding > 0 ? [left, right] : [right, left];
    for (let i = at; i < to; i++) if (after[i] === before) after[i] = next;
  });
}

/** The old way and back along the new one, fixed coordinates. */
function sweptRing({ arc, from, xs, ys }: ArcMove): Int32Array {
  const n = xs.length;
  const ring: number[] = [];
  const first = Math.max(0, from - 1);
  const last = Math.min(arc.xs.length - 1, from + n);
  for (let i = first; i <= last; i++) ring.push(arc.xs[i] * 256, arc.ys[i] * 256);
  for (let i = n - 1; i >= 0; i--) ring.push(quantise(xs[i]), quantise(ys[i]));
  return Int32Array.from(ring);
}

/** Runs of pixels with a winding number other than 0, by the crossing rule of contract/raster.md; places in the window. */
function forEachSwept(
  window: IdWindow,
  ring: Int32Array,
  visit: (from: number, to: number, winding: number) => void,
): void {
  const rows: (number[] | undefined)[] = new Array(window.height);
  const n = ring.length;
  for (let i = 0; i < n; i += 2) {
    const [ax, ay, bx, by] = [ring[i], ring[i + 1], ring[(i + 2) % n], ring[(i + 3) % n]];
    if (ay === by) continue;
    const down = by > ay;
    const [tx, ty, lx, ly] = down ? [ax, ay, bx, by] : [bx, by, ax, ay];
    const rise = ly - ty;
    const y1 = Math.min(window.y0 + window.height, firstCentreFrom(ly));
    for (let y = Math.max(window.y0, firstCentreFrom(ty)); y < y1; y++) {
      const x = ceilDiv((tx - 128) * rise + (256 * y + 128 - ty) * (lx - tx), 256 * rise);
      const column = Math.min(window.width, Math.max(0, x - window.x0));
      // Column and direction in one number, so that a row sorts as numbers do.
      const row = rows[y - window.y0];
      const crossing = 2 * column + (down ? 1 : 0);
      if (row === undefined) rows[y - window.y0] = [crossing];
      else row.push(crossing);
    }
  }
  for (let y = 0; y < window.height; y++) {
    const row = rows[y];
    if (row === undefined) continue;
    row.sort((a, b) => a - b);
    let winding = 0;
    let from = 0;
    for (const crossing of row) {
      const column = crossing >> 1;
      if (winding !== 0 && column > from) visit(y * window.width + from, y * window.width + column, winding);
      from = column;
      winding += (crossing & 1) === 1 ? 1 : -1;
    }
  }
}

/** Changed pixels that do not hang together with what their new owner had and keeps are taken back: no crumbs. */
export function takeBackLoose(window: IdWindow, after: Uint32Array): void {
  const { ids, width, height } = window;
  const held = new Uint8Array(ids.length);
  const open: number[] = [];
  const reach = (from: number, to: number): void => {
    if (held[to] === 1 || ids[to] === after[to] || after[to] !== after[from]) return;
    held[to] = 1;
    open.push(to);
  };
  const spread = (i: number): void => {
    const x = i % width;
    if (x > 0) reach(i, i - 1);
    if (x + 1 < width) reach(i, i + 1);
    if (i >= width) reach(i, i - width);
    if (i + width < width * height) reach(i, i + width);
  };
  for (let i = 0; i < ids.length; i++) if (ids[i] === after[i]) spread(i);
  for (let i = open.pop(); i !== undefined; i = open.pop()) spread(i);
  for (let i = 0; i < ids.length; i++) if (ids[i] !== after[i] && held[i] === 0) after[i] = ids[i];
}

/** Holds old and new places of all vertices that move, and a pixel around them; within the image. */
function boxOfMoves(map: MapView, moves: readonly ArcMove[]): BoxXyxy | null {
  let [x0, y0, x1, y1] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, -1, -1];
  const hold = (x: number, y: number): void => {
    x0 = Math.min(x0, x);
    y0 = Math.min(y0, y);
    x1 = Math.max(x1, x);
    y1 = Math.max(y1, y);
  };
  for (const { arc, from, xs, ys } of moves) {
    for (let i = Math.max(0, from - 1); i <= Math.min(arc.xs.length - 1, from + xs.length); i++)
      hold(arc.xs[i], arc.ys[i]);
    for (let i = 0; i < xs.length; i++) hold(xs[i], ys[i]);
  }
  const box: BoxXyxy = [
    Math.max(0, Math.floor(x0) - 1),
    Math.max(0, Math.floor(y0) - 1),
    Math.min(map.width, Math.ceil(x1) + 1),
    Math.min(map.height, Math.ceil(y1) + 1),
  ];
  return box[2] > box[0] && box[3] > box[1] ? box : null;
}
