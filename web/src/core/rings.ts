// SPDX-License-Identifier: Apache-2.0
/** Rings and polygons of each segment as walks along shared arcs (contract/vector-view.md, "Rings"). */
import { type Part, partsOf } from "./components.ts";
import type { LabelMap } from "./labelMap.ts";
import { regionHas } from "./region.ts";
import { arcCount, arcVertices, FIXED_PER_PX, OUTSIDE, requireExact, type VectorView } from "./vectorize.ts";

/** A half-edge: arc index, and whether it is taken backwards. */
export interface Step {
  readonly arc: number;
  readonly reversed: boolean;
}

/** A closed walk with its segment on the right. It holds for the exact view and for every simplification of it. */
export interface Ring {
  readonly segmentId: number;
  readonly walk: readonly Step[];
  /** Runs around something else. */
  readonly isHole: boolean;
}

/** One 4-connected part of a segment: numbers of its outer ring and of its holes, ascending. */
export interface Polygon {
  readonly segmentId: number;
  readonly outer: number;
  readonly holes: readonly number[];
}

/** Where the pixel on the right of a crack lies, seen from the crack's first vertex; directions +x, +y, −x, −y. */
const RIGHT_PIXEL_X = [0, -1, -1, 0] as const;
const RIGHT_PIXEL_Y = [0, 0, -1, -1] as const;

/** All rings of all ids of an exact view, by segment id, then first arc. Throws `not_exact`. */
export function traceRings(exact: VectorView): Ring[] {
  requireExact(exact);
  const edges = halfEdges(exact);
  const rings: Ring[] = [];
  const seen = new Uint8Array(2 * arcCount(exact));
  // Half-edge 2k is arc k forwards, 2k + 1 backwards; the least arc of a ring is met first.
  for (let h = 0; h < seen.length; h++) {
    const segmentId = h % 2 === 0 ? exact.right[h >> 1] : exact.left[h >> 1];
    if (seen[h] === 1 || segmentId === OUTSIDE) continue;
    const walk: Step[] = [];
    let area = 0;
    let at = h;
    do {
      seen[at] = 1;
      walk.push({ arc: at >> 1, reversed: at % 2 === 1 });
      area += at % 2 === 0 ? edges.area[at >> 1] : -edges.area[at >> 1];
      at = edges.after(at);
    } while (at !== h);
    rings.push({ segmentId, walk, isHole: area < 0 });
  }
  return rings.sort((a, b) => a.segmentId - b.segmentId || a.walk[0].arc - b.walk[0].arc);
}

/** Vertices of a ring in 1/256 px, interleaved, the first not repeated; of the exact or a simplified view. */
export function ringVertices(ring: Ring, view: VectorView): Int32Array {
  let count = 0;
  for (const { arc } of ring.walk) count += arcVertices(view, arc).length - 2;
  const out = new Int32Array(count);
  let at = 0;
  for (const { arc, reversed } of ring.walk) {
    const xy = arcVertices(view, arc);
    const n = xy.length / 2;
    for (let i = 0; i + 1 < n; i++) {
      const from = reversed ? n - 1 - i : i;
      out[at++] = xy[2 * from];
      out[at++] = xy[2 * from + 1];
    }
  }
  return out;
}

/** Each outer ring with the holes inside the same 4-connected part, by outer ring. `map` is what `exact` was made of. */
export function tracePolygons(rings: readonly Ring[], exact: VectorView, map: LabelMap): Polygon[] {
  const partOf = partFinder(rings, exact, map);
  const holes = new Map<Part, number[]>();
  rings.forEach((ring, number) => {
    if (!ring.isHole) return;
    const part = partOf(ring);
    const known = holes.get(part);
    if (known === undefined) holes.set(part, [number]);
    else known.push(number);
  });
  const withHoles = new Set([...holes.keys()].map((part) => part.segmentId));
  const polygons: Polygon[] = [];
  rings.forEach((ring, outer) => {
    if (ring.isHole) return;
    const own = withHoles.has(ring.segmentId) ? holes.get(partOf(ring)) : undefined;
    polygons.push({ segmentId: ring.segmentId, outer, holes: own ?? [] });
  });
  return polygons;
}

/** Finds the part that a ring of a segment with holes belongs to. */
function partFinder(rings: readonly Ring[], exact: VectorView, map: LabelMap): (ring: Ring) => Part {
  const ids = new Set(rings.filter((ring) => ring.isHole).map((ring) => ring.segmentId));
  const parts = ids.size > 0 ? partsOf(map, ids) : [];
  const byId = new Map<number, Part[]>();
  for (const part of parts) {
    const known = byId.get(part.segmentId);
    if (known === undefined) byId.set(part.segmentId, [part]);
    else known.push(part);
  }
  return (ring) => {
    const [x, y] = pixelInside(ring.walk[0], exact);
    const candidates = byId.get(ring.segmentId) ?? [];
    const found = candidates.find(({ box, region }) => {
      return x >= box[0] && y >= box[1] && x < box[2] && y < box[3] && regionHas(region, x, y);
    });
    if (found === undefined) throw new Error("the rings are of another map");
    return found;
  };
}

/** The pixel to the right of the first crack of a step. */
function pixelInside({ arc, reversed }: Step, exact: VectorView): [number, number] {
  const xy = arcVertices(exact, arc);
  const n = xy.length;
  const [x, y, ax, ay] = reversed ? [xy[n - 2], xy[n - 1], xy[n - 4], xy[n - 3]] : xy;
  const direction = directionOf(ax - x, ay - y);
  return [x / FIXED_PER_PX + RIGHT_PIXEL_X[direction], y / FIXED_PER_PX + RIGHT_PIXEL_Y[direction]];
}

function directionOf(dx: number, dy: number): number {
  return dy === 0 ? 1 - Math.sign(dx) : 2 - Math.sign(dy);
}

interface HalfEdges {
  /** Shoelace sum of the edges of each arc forwards, in px². */
  readonly area: Float64Array;
  /** The half-edge after one: at its end the sharpest turn to the right, which stays with the same pixel. */
  after(halfEdge: number): number;
}

function halfEdges(view: VectorView): HalfEdges {
  const stride = view.sizeHw[1] + 1;
  const count = 2 * arcCount(view);
  const endVertex = new Float64Array(count);
  const endDirection = new Uint8Array(count);
  const area = new Float64Array(count / 2);
  const beginning = new Map<number, number>();
  for (let k = 0; k < count / 2; k++) {
    const xy = arcVertices(view, k);
    const n = xy.length;
    const vertex = (i: number): number => (xy[i + 1] / FIXED_PER_PX) * stride + xy[i] / FIXED_PER_PX;
    const leaving = directionOf(xy[2] - xy[0], xy[3] - xy[1]);
    const arriving = directionOf(xy[n - 2] - xy[n - 4], xy[n - 1] - xy[n - 3]);
    beginning.set(vertex(0) * 4 + leaving, 2 * k);
    beginning.set(vertex(n - 2) * 4 + ((arriving + 2) % 4), 2 * k + 1);
    endVertex[2 * k] = vertex(n - 2);
    endDirection[2 * k] = arriving;
    endVertex[2 * k + 1] = vertex(0);
    endDirection[2 * k + 1] = (leaving + 2) % 4;
    area[k] = shoelacePx(xy);
  }
  return {
    area,
    after: (h) => {
      for (const turn of [1, 0, 3]) {
        const next = beginning.get(endVertex[h] * 4 + ((endDirection[h] + turn) % 4));
        if (next !== undefined) return next;
      }
      throw new Error("an arc ends in nothing");
    },
  };
}

function shoelacePx(xy: Int32Array): number {
  let sum = 0;
  for (let i = 0; i + 3 < xy.length; i += 2) {
    sum +=
      (xy[i] / FIXED_PER_PX) * (xy[i + 3] / FIXED_PER_PX) - (xy[i + 2] / FIXED_PER_PX) * (xy[i + 1] / FIXED_PER_PX);
  }
  return sum;
}
