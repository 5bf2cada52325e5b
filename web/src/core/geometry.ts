// SPDX-License-Identifier: Apache-2.0
/** Points and paths as plain numbers, in whatever frame the caller uses; pixels are decided in raster/, never here. */

export interface Point {
  readonly x: number;
  readonly y: number;
}

export function distance(a: Point, b: Point): number {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  return Math.sqrt(dx * dx + dy * dy);
}

/** The point of segment a–b nearest to p, its distance, and its place along the segment (0 at a, 1 at b). */
export function nearestOnSegment(p: Point, a: Point, b: Point): { point: Point; distance: number; t: number } {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const length2 = dx * dx + dy * dy;
  const raw = length2 === 0 ? 0 : ((p.x - a.x) * dx + (p.y - a.y) * dy) / length2;
  const t = Math.max(0, Math.min(1, raw));
  const point = { x: a.x + t * dx, y: a.y + t * dy };
  return { point, distance: distance(p, point), t };
}

/** Index of the vertex nearest to p within `reach`, or null. The first of equals wins. */
export function nearestVertex(p: Point, vertices: readonly Point[], reach: number): number | null {
  let best: number | null = null;
  let bestDistance = reach;
  for (let i = 0; i < vertices.length; i++) {
    const d = distance(p, vertices[i]);
    if (d < bestDistance || (best === null && d === reach)) {
      best = i;
      bestDistance = d;
    }
  }
  return best;
}

/** The edge i → i+1 (closing edge included when `closed`) nearest to p within `reach`, or null. */
export function nearestEdge(
  p: Point,
  vertices: readonly Point[],
  reach: number,
  closed: boolean,
): { index: number; point: Point; distance: number } | null {
  let best: { index: number; point: Point; distance: number } | null = null;
  const edges = closed && vertices.length > 2 ? vertices.length : vertices.length - 1;
  for (let i = 0; i < edges; i++) {
    const hit = nearestOnSegment(p, vertices[i], vertices[(i + 1) % vertices.length]);
    if (hit.distance <= reach && (best === null || hit.distance < best.distance)) {
      best = { index: i, point: hit.point, distance: hit.distance };
    }
  }
  return best;
}

/**
 * Whether the next point of a freehand path is worth keeping: farther than `tolerance` from the last kept one.
 * For live drawing, where the rest of the path is not known yet.
 */
export function farEnough(lastKept: Point, next: Point, tolerance: number): boolean {
  const dx = next.x - lastKept.x;
  const dy = next.y - lastKept.y;
  return dx * dx + dy * dy >= tolerance * tolerance;
}

/**
 * Douglas–Peucker: a subset of `path`, first and last point kept, no dropped point farther than `tolerance` from the
 * thinned path. Iterative, so long freehand paths cannot exhaust the stack.
 */
export function thinPath(path: readonly Point[], tolerance: number): Point[] {
  if (path.length <= 2) return [...path];
  const keep = new Uint8Array(path.length);
  keep[0] = 1;
  keep[path.length - 1] = 1;
  const open: number[] = [0, path.length - 1];
  while (open.length > 0) {
    const last = open.pop() as number;
    const first = open.pop() as number;
    let worst = tolerance;
    let at = -1;
    for (let i = first + 1; i < last; i++) {
      const d = nearestOnSegment(path[i], path[first], path[last]).distance;
      if (d > worst) {
        worst = d;
        at = i;
      }
    }
    if (at < 0) continue;
    keep[at] = 1;
    open.push(first, at, at, last);
  }
  return path.filter((_, i) => keep[i] === 1);
}

/** Twice the signed area of a closed ring; positive when it runs clockwise on screen (y down). */
export function signedArea2(ring: readonly Point[]): number {
  let sum = 0;
  for (let i = 0; i < ring.length; i++) {
    const a = ring[i];
    const b = ring[(i + 1) % ring.length];
    sum += a.x * b.y - b.x * a.y;
  }
  return sum;
}
