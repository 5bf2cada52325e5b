// SPDX-License-Identifier: Apache-2.0
/** Arcs back to pixels: each row switches from id to id where an arc crosses it, so no gap and no overlap can arise. */
import { GeometryError } from "./errors.ts";
import { LabelMap } from "./labelMap.ts";
import { ceilDiv } from "./raster/polygon.ts";
import { firstCentreFrom } from "./raster/quantise.ts";
import { OUTSIDE, type VectorView } from "./vectorize.ts";

/**
 * The map of an exact or simplified vector view. Throws `size_out_of_range`, or `open_partition` when some pixel has
 * nothing but the outside of the frame to its left.
 */
export function rasterizeView(view: VectorView): LabelMap {
  const map = new LabelMap(view.sizeHw);
  const switches = new Switches(view, map.height);
  for (let y = 0; y < map.height; y++) {
    let from = 0;
    let owner = OUTSIDE;
    for (const i of switches.ofRow(y)) {
      const x = Math.min(Math.max(0, switches.column[i]), map.width);
      if (x > from) {
        writeOwned(map, y, from, x, owner);
        from = x;
      }
      owner = switches.id[i];
    }
    if (from < map.width) writeOwned(map, y, from, map.width, owner);
  }
  return map;
}

function writeOwned(map: LabelMap, y: number, x0: number, x1: number, owner: number): void {
  if (owner === OUTSIDE) throw new GeometryError("open_partition");
  map.writeRun(y, x0, x1, owner);
}

/** Crossings of all arcs with all rows, grouped by row; within a row in the order of the contract once sorted. */
class Switches {
  readonly column: Int32Array;
  readonly id: Float64Array;
  /** Exact place of the crossing, in 1/256 px. */
  private readonly place: Float64Array;
  /** starts[y] .. starts[y + 1]: the crossings of row y, in order of arc and edge. */
  private readonly starts: Int32Array;

  constructor(view: VectorView, heightPx: number) {
    this.starts = new Int32Array(heightPx + 1);
    forEachEdge(view, heightPx, (_k, _i, y0, y1) => {
      for (let y = y0; y < y1; y++) this.starts[y + 1]++;
    });
    for (let y = 0; y < heightPx; y++) this.starts[y + 1] += this.starts[y];
    const count = this.starts[heightPx];
    this.column = new Int32Array(count);
    this.id = new Float64Array(count);
    this.place = new Float64Array(count);
    this.fill(view, heightPx);
  }

  /** Crossings of a row, sorted; those of one place stay in order of arc and edge. */
  ofRow(y: number): number[] {
    const from = this.starts[y];
    const order = Array.from({ length: this.starts[y + 1] - from }, (_, i) => from + i);
    const { column, place } = this;
    return order.sort((a, b) => column[a] - column[b] || place[a] - place[b] || a - b);
  }

  private fill(view: VectorView, heightPx: number): void {
    const next = this.starts.slice();
    const { xy } = view;
    forEachEdge(view, heightPx, (k, i, y0, y1) => {
      const down = xy[i + 3] > xy[i + 1];
      const upper = down ? i : i + 2;
      const lower = down ? i + 2 : i;
      const ax = xy[upper];
      const ay = xy[upper + 1];
      const run = xy[lower] - ax;
      const rise = xy[lower + 1] - ay;
      const id = down ? view.left[k] : view.right[k];
      for (let y = y0; y < y1; y++) {
        const offset = (256 * y + 128 - ay) * run;
        const at = next[y]++;
        this.column[at] = ceilDiv((ax - 128) * rise + offset, 256 * rise);
        this.place[at] = ax + offset / rise;
        this.id[at] = id;
      }
    });
  }
}

/** Visits the edges that cross rows: arc, index of the first vertex's x in `xy`, first and last row (half-open). */
function forEachEdge(
  view: VectorView,
  heightPx: number,
  visit: (arc: number, at: number, y0: number, y1: number) => void,
): void {
  const { xy, offsets } = view;
  for (let k = 0; k + 1 < offsets.length; k++) {
    for (let i = 2 * offsets[k]; i + 2 < 2 * offsets[k + 1]; i += 2) {
      const low = Math.min(xy[i + 1], xy[i + 3]);
      const high = Math.max(xy[i + 1], xy[i + 3]);
      const y0 = Math.max(0, firstCentreFrom(low));
      const y1 = Math.min(heightPx, firstCentreFrom(high));
      if (y1 > y0) visit(k, i, y0, y1);
    }
  }
}
