// SPDX-License-Identifier: Apache-2.0
/**
 * A line as a knife between pixels: two neighbouring pixels are parted when the line crosses the link between their
 * centres an odd number of times. No pixel belongs to the line, so whatever it cuts, nothing is lost and nothing is
 * doubled. For a closed line the links that are cut are those between the inside and the outside of its even-odd polygon.
 */
import { ceilDiv } from "../raster/polygon.ts";
import { type FixedPath, firstCentreFrom } from "../raster/quantise.ts";
import type { BoxXyxy, SizeHw } from "../region.ts";

/** Per row y, columns ascending. */
export type CutColumns = ReadonlyMap<number, readonly number[]>;

export interface LineCuts {
  /** Column x of row y: the link between (x − 1, y) and (x, y) is cut. */
  readonly beside: CutColumns;
  /** Column x of row y: the link between (x, y − 1) and (x, y) is cut. */
  readonly above: CutColumns;
  /** Holds every pixel at a cut link; null when no link is cut. Half-open. */
  readonly box: BoxXyxy | null;
}

/** Links of an image that a polyline (fixed coordinates, not closed by itself) cuts. */
export function lineCuts(path: FixedPath, sizeHw: SizeHw): LineCuts {
  const [h, w] = sizeHw;
  const beside = new Toggles();
  const above = new Toggles();
  for (let i = 0; i + 3 < path.length; i += 2) {
    const [ax, ay, bx, by] = [path[i], path[i + 1], path[i + 2], path[i + 3]];
    cutBeside(ax, ay, bx, by, h, w, beside);
    cutAbove(ax, ay, bx, by, h, w, above);
  }
  const [rows, columns] = [beside.sorted(), above.sorted()];
  return { beside: rows, above: columns, box: boxOf(rows, columns) };
}

/** The crossing rule of contract/raster.md: a centre on the line counts as right of it, a vertex on a row as above it. */
function cutBeside(ax: number, ay: number, bx: number, by: number, h: number, w: number, out: Toggles): void {
  if (ay === by) return;
  const [tx, ty, lx, ly] = by > ay ? [ax, ay, bx, by] : [bx, by, ax, ay];
  const rise = ly - ty;
  const y1 = Math.min(h, firstCentreFrom(ly));
  for (let y = Math.max(0, firstCentreFrom(ty)); y < y1; y++) {
    const x = ceilDiv((tx - 128) * rise + (256 * y + 128 - ty) * (lx - tx), 256 * rise);
    if (x > 0 && x < w) out.toggle(y, x);
  }
}

/** The same line across columns. It counts as moved left by next to nothing, so a centre on it is above where it falls. */
function cutAbove(ax: number, ay: number, bx: number, by: number, h: number, w: number, out: Toggles): void {
  if (ax === bx) return;
  const [lx, ly, rx, ry] = bx > ax ? [ax, ay, bx, by] : [bx, by, ax, ay];
  const run = rx - lx;
  const falls = ry > ly ? 1 : 0;
  const x1 = Math.min(w, firstCentreFrom(rx));
  for (let x = Math.max(0, firstCentreFrom(lx)); x < x1; x++) {
    const y = ceilDiv((ly - 128) * run + (256 * x + 128 - lx) * (ry - ly) + falls, 256 * run);
    if (y > 0 && y < h) out.toggle(y, x);
  }
}

/** Places met an odd number of times. */
class Toggles {
  private readonly rows = new Map<number, Set<number>>();

  toggle(y: number, x: number): void {
    const row = this.rows.get(y);
    if (row === undefined) this.rows.set(y, new Set([x]));
    else if (!row.delete(x)) row.add(x);
  }

  sorted(): CutColumns {
    const sorted = new Map<number, readonly number[]>();
    for (const [y, row] of this.rows)
      if (row.size > 0)
        sorted.set(
          y,
          [...row].sort((a, b) => a - b),
        );
    return sorted;
  }
}

function boxOf(beside: CutColumns, above: CutColumns): BoxXyxy | null {
  let box: BoxXyxy | null = null;
  const hold = (x0: number, y0: number, x1: number, y1: number): void => {
    box =
      box === null
        ? [x0, y0, x1, y1]
        : [Math.min(box[0], x0), Math.min(box[1], y0), Math.max(box[2], x1), Math.max(box[3], y1)];
  };
  for (const [y, xs] of beside) hold(xs[0] - 1, y, xs[xs.length - 1] + 1, y + 1);
  for (const [y, xs] of above) hold(xs[0], y - 1, xs[xs.length - 1] + 1, y + 1);
  return box;
}
