// SPDX-License-Identifier: Apache-2.0
/** A label map as arcs: borders along pixel edges, each stored once for its two sides (contract/vector-view.md). */
import { GeometryError } from "./errors.ts";
import type { LabelMap } from "./labelMap.ts";
import type { SizeHw } from "./region.ts";

/** The id beyond the image's frame. */
export const OUTSIDE = -1;
export const FIXED_PER_PX = 256;

/** Steps of the four directions +x, +y, −x, −y; turning right adds one. */
export const STEP_X = [1, 0, -1, 0] as const;
export const STEP_Y = [0, 1, 0, -1] as const;

/**
 * Arcs of a label map. Arc k has the vertices x, y = xy[2i], xy[2i + 1] in 1/256 px for offsets[k] <= i < offsets[k + 1],
 * `left[k]` on its left and `right[k]` on its right side (−1 outside the image), left < right. A closed arc ends where it begins.
 */
export interface VectorView {
  readonly sizeHw: SizeHw;
  readonly xy: Int32Array;
  readonly offsets: Int32Array;
  readonly left: Float64Array;
  readonly right: Float64Array;
}

export function arcCount(view: VectorView): number {
  return view.left.length;
}

/** Vertices of one arc, interleaved, in 1/256 px; a view, not a copy. */
export function arcVertices(view: VectorView, arc: number): Int32Array {
  return view.xy.subarray(2 * view.offsets[arc], 2 * view.offsets[arc + 1]);
}

/** Exact vector view of a map. */
export function vectorize(map: LabelMap): VectorView {
  const cracks = new CrackList();
  findCracks(map, cracks);
  const cycles = cracks.cycleStarts();
  return assemble(map.sizeHw, cracks, mergedByPlace(cracks, cracks.starts, cycles));
}

/** Throws `not_exact` unless all edges run along pixel edges, as `vectorize` makes them. */
export function requireExact(view: VectorView): void {
  const { xy, offsets } = view;
  for (let k = 0; k < arcCount(view); k++) {
    for (let i = offsets[k]; i < offsets[k + 1]; i++) {
      const slanted = i > offsets[k] && xy[2 * i] !== xy[2 * i - 2] && xy[2 * i + 1] !== xy[2 * i - 1];
      if (slanted || ((xy[2 * i] | xy[2 * i + 1]) & (FIXED_PER_PX - 1)) !== 0) throw new GeometryError("not_exact");
    }
  }
}

/**
 * Unit edges between unlike pixels, numbered row-major by their upper or left vertex, east before south; each is
 * directed so that left < right.
 */
class CrackList {
  count = 0;
  /** Vertex at which the crack begins. */
  x = new Int32Array(1024);
  y = new Int32Array(1024);
  direction = new Uint8Array(1024);
  left = new Float64Array(1024);
  right = new Float64Array(1024);
  /** The crack after this one in its arc; −1 when a node follows. */
  next = new Int32Array(1024);
  /** Cracks that begin in a node, by place and direction. */
  readonly starts: number[] = [];

  add(x: number, y: number, direction: number, left: number, right: number): number {
    if (this.count === this.x.length) this.grow();
    const i = this.count++;
    this.x[i] = x;
    this.y[i] = y;
    this.direction[i] = direction;
    this.left[i] = left;
    this.right[i] = right;
    this.next[i] = -1;
    return i;
  }

  /** First cracks of the arcs without a node, by place. */
  cycleStarts(): number[] {
    const seen = new Uint8Array(this.count);
    for (const start of this.starts) {
      for (let i = start; i >= 0; i = this.next[i]) seen[i] = 1;
    }
    const found: number[] = [];
    for (let i = 0; i < this.count; i++) {
      if (seen[i] === 1) continue;
      // The first crack met lies at the least vertex of its cycle, east of it; it leads towards it when it runs west.
      const start = this.direction[i] === 0 ? i : this.next[i];
      found.push(start);
      let at = start;
      do {
        seen[at] = 1;
        at = this.next[at];
      } while (at !== start);
    }
    return found;
  }

  private grow(): void {
    const capacity = 2 * this.x.length;
    this.x = copied(this.x, new Int32Array(capacity));
    this.y = copied(this.y, new Int32Array(capacity));
    this.direction = copied(this.direction, new Uint8Array(capacity));
    this.left = copied(this.left, new Float64Array(capacity));
    this.right = copied(this.right, new Float64Array(capacity));
    this.next = copied(this.next, new Int32Array(capacity));
  }
}

function copied<T extends Int32Array | Uint8Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

/** Fills the list vertex by vertex, joining the two cracks of every vertex that is no node. */
function findCracks(map: LabelMap, cracks: CrackList): void {
  const { width, height } = map;
  const row = new Uint32Array(width);
  let above = new Float64Array(width + 2).fill(OUTSIDE);
  let below = new Float64Array(width + 2).fill(OUTSIDE);
  /** The crack that hangs south of each vertex of the lattice row before, −1 without. */
  const north = new Int32Array(width + 1).fill(-1);
  const incident = new Int32Array(4);
  for (let y = 0; y <= height; y++) {
    if (y < height) {
      map.readRow(y, 0, width, row);
      below.set(row, 1);
    } else below.fill(OUTSIDE);
    let west = -1;
    let nw = OUTSIDE;
    let sw = OUTSIDE;
    let ne = OUTSIDE;
    let se = OUTSIDE;
    for (let x = 0; x <= width; x++) {
      nw = ne;
      sw = se;
      ne = above[x + 1];
      se = below[x + 1];
      if (nw === ne && sw === se && nw === sw) continue;
      incident[0] = ne === se ? -1 : horizontal(cracks, x, y, ne, se);
      incident[1] = sw === se ? -1 : vertical(cracks, x, y, sw, se);
      incident[2] = nw === sw ? -1 : west;
      incident[3] = nw === ne ? -1 : north[x];
      joinAt(cracks, x, y, incident, (x === 0 || x === width) && (y === 0 || y === height));
      west = incident[0];
      north[x] = incident[1];
    }
    [above, below] = [below, above];
  }
}

function horizontal(cracks: CrackList, x: number, y: number, upper: number, lower: number): number {
  return upper < lower ? cracks.add(x, y, 0, upper, lower) : cracks.add(x + 1, y, 2, lower, upper);
}

function vertical(cracks: CrackList, x: number, y: number, west: number, east: number): number {
  return east < west ? cracks.add(x, y, 1, east, west) : cracks.add(x, y + 1, 3, west, east);
}

/** At a node, notes the cracks that begin there; elsewhere links the one that ends to the one that begins. */
function joinAt(cracks: CrackList, x: number, y: number, incident: Int32Array, corner: boolean): void {
  let degree = 0;
  let ending = -1;
  let beginning = -1;
  for (let d = 0; d < 4; d++) {
    const crack = incident[d];
    if (crack < 0) continue;
    degree++;
    if (cracks.x[crack] === x && cracks.y[crack] === y) beginning = crack;
    else ending = crack;
  }
  if (degree < 3 && !corner) {
    cracks.next[ending] = beginning;
    return;
  }
  for (let d = 0; d < 4; d++) {
    const crack = incident[d];
    if (crack >= 0 && cracks.x[crack] === x && cracks.y[crack] === y) cracks.starts.push(crack);
  }
}

/** Two lists of first cracks, both by place, as one. */
function mergedByPlace(cracks: CrackList, nodes: readonly number[], cycles: readonly number[]): number[] {
  const merged: number[] = [];
  let c = 0;
  for (const start of nodes) {
    while (c < cycles.length && isBefore(cracks, cycles[c], start)) merged.push(cycles[c++]);
    merged.push(start);
  }
  while (c < cycles.length) merged.push(cycles[c++]);
  return merged;
}

function isBefore(cracks: CrackList, a: number, b: number): boolean {
  return cracks.y[a] < cracks.y[b] || (cracks.y[a] === cracks.y[b] && cracks.x[a] < cracks.x[b]);
}

/** Arcs from their first cracks, without the vertices inside straight pieces. */
function assemble(sizeHw: SizeHw, cracks: CrackList, starts: readonly number[]): VectorView {
  const offsets = new Int32Array(starts.length + 1);
  const left = new Float64Array(starts.length);
  const right = new Float64Array(starts.length);
  // Every crack gives one vertex at most, every arc one more.
  const xy = new Int32Array(2 * (cracks.count + starts.length));
  let at = 0;
  starts.forEach((start, k) => {
    left[k] = cracks.left[start];
    right[k] = cracks.right[start];
    let direction = -1;
    let last = start;
    for (let i = start; i >= 0; ) {
      if (cracks.direction[i] !== direction) {
        direction = cracks.direction[i];
        xy[at++] = cracks.x[i] * FIXED_PER_PX;
        xy[at++] = cracks.y[i] * FIXED_PER_PX;
      }
      last = i;
      i = cracks.next[i];
      if (i === start) break;
    }
    xy[at++] = (cracks.x[last] + STEP_X[direction]) * FIXED_PER_PX;
    xy[at++] = (cracks.y[last] + STEP_Y[direction]) * FIXED_PER_PX;
    offsets[k + 1] = at / 2;
  });
  return { sizeHw, xy: xy.slice(0, at), offsets, left, right };
}
