// SPDX-License-Identifier: Apache-2.0
/** Ways in which a border follows the hand: with falloff, by one of its vertices, as a whole, or by a junction. */
import { type Point, thinPath } from "../geometry.ts";
import { arcsFrom, type BorderArc, crackCount } from "./arc.ts";
import type { ArcMove } from "./arcMoves.ts";
import type { MapView } from "./mapView.ts";

/** How far a simplified border may lie from the exact one, px: what its vertices are shown for. */
const VERTEX_TOLERANCE_PX = 0.75;

/**
 * Vertex `grabbed` moves by `by`, those within `reachPx` along the border less and less; its ends stay. Towards an end
 * that is nearer than the reach it falls off faster.
 */
export function slideWithFalloff(arc: BorderArc, grabbed: number, by: Point, reachPx: number): ArcMove {
  if (arc.closed) return slideClosed(arc, grabbed, by, reachPx);
  const last = crackCount(arc);
  const before = Math.max(1, Math.min(reachPx, grabbed));
  const behind = Math.max(1, Math.min(reachPx, last - grabbed));
  return moved(
    arc,
    Math.max(1, Math.ceil(grabbed - before)),
    Math.min(last - 1, Math.floor(grabbed + behind)),
    by,
    (i) => falloff(i < grabbed ? (grabbed - i) / before : (i - grabbed) / behind),
  );
}

/** A closed border begins anew opposite the hand, so that the falloff never meets its seam. */
function slideClosed(arc: BorderArc, grabbed: number, by: Point, reachPx: number): ArcMove {
  const n = crackCount(arc);
  const half = Math.floor(n / 2);
  const turned = turnedTo(arc, (grabbed + half) % n);
  const reach = Math.max(1, Math.min(reachPx, half));
  const at = n - half;
  return moved(turned, Math.max(1, Math.ceil(at - reach)), Math.min(n - 1, Math.floor(at + reach)), by, (i) =>
    falloff(Math.abs(i - at) / reach),
  );
}

/** The vertex at `vertices[which]` moves, the border between its two neighbours follows evenly. */
export function slideVertex(arc: BorderArc, vertices: readonly number[], which: number, by: Point): ArcMove | null {
  const at = vertices[which];
  const before = vertices[which - 1];
  const behind = vertices[which + 1];
  if (before === undefined || behind === undefined) return null;
  return moved(arc, before + 1, behind - 1, by, (i) =>
    i < at ? (i - before) / (at - before) : (behind - i) / (behind - at),
  );
}

/** Indices of the vertices that say where the border runs to within a pixel; its two ends are among them. */
export function telling(arc: BorderArc): number[] {
  const points = Array.from(arc.xs, (x, i) => ({ x, y: arc.ys[i], i }));
  return (thinPath(points, VERTEX_TOLERANCE_PX) as typeof points).map(({ i }) => i);
}

/** The whole border moves; near its ends, within `reachPx` or a quarter of it, it stays behind more and more. */
export function slideWhole(arc: BorderArc, by: Point, reachPx: number): ArcMove {
  const last = crackCount(arc);
  if (arc.closed) return moved(arc, 0, last, by, () => 1);
  const ramp = Math.max(1, Math.min(reachPx, last / 4));
  return moved(arc, 1, last - 1, by, (i) => falloff(1 - Math.min(1, Math.min(i, last - i) / ramp)));
}

/** Across the border from end to end: unit length, or null for one that is closed. */
export function normalOf({ xs, ys, closed }: BorderArc): Point | null {
  const dx = xs[xs.length - 1] - xs[0];
  const dy = ys[ys.length - 1] - ys[0];
  const length = Math.sqrt(dx * dx + dy * dy);
  return closed || length === 0 ? null : { x: -dy / length, y: dx / length };
}

/** Across the border at one of its vertices, over `spanPx` to both sides; zero where it turns back on itself. */
export function localNormal({ xs, ys }: BorderArc, at: number, spanPx: number): Point {
  const a = Math.max(0, at - spanPx);
  const b = Math.min(xs.length - 1, at + spanPx);
  return { x: ys[a] - ys[b], y: xs[b] - xs[a] };
}

/** A junction moves and with it the ends of all borders that meet there, with falloff. On the frame it stays on the frame. */
export function slideJunction(map: MapView, at: Point, by: Point, reachPx: number): ArcMove[] {
  const across = at.x === 0 || at.x === map.width;
  const along = at.y === 0 || at.y === map.height;
  const allowed = { x: across ? 0 : by.x, y: along ? 0 : by.y };
  return arcsFrom(map, at.x, at.y)
    .filter((arc) => arc.left >= 0 && arc.right >= 0)
    .map((arc) => {
      const last = crackCount(arc);
      // The other end stays, also when it is the same junction.
      const reach = Math.max(1, Math.min(reachPx, last));
      return moved(arc, 0, Math.min(last - 1, Math.floor(reach)), allowed, (i) => falloff(i / reach));
    });
}

/** 1 in the hand, 0 at the reach, level at both. */
const falloff = (share: number): number => (share >= 1 ? 0 : 0.5 * (1 + Math.cos(Math.PI * share)));

function moved(arc: BorderArc, from: number, to: number, by: Point, weight: (i: number) => number): ArcMove {
  const count = Math.max(0, to - from + 1);
  const xs = new Float64Array(count);
  const ys = new Float64Array(count);
  for (let k = 0; k < count; k++) {
    const w = weight(from + k);
    xs[k] = arc.xs[from + k] + w * by.x;
    ys[k] = arc.ys[from + k] + w * by.y;
  }
  return { arc, from, xs, ys };
}

/** The same closed border, beginning at another vertex. */
function turnedTo(arc: BorderArc, first: number): BorderArc {
  const n = crackCount(arc);
  const turn = (values: Int32Array): Int32Array => Int32Array.from(values, (_, i) => values[(first + i) % n]);
  return { ...arc, xs: turn(arc.xs), ys: turn(arc.ys) };
}
