// SPDX-License-Identifier: Apache-2.0
/**
 * Smoothing all borders of a segment, for both sides at once. Junctions stay; a pixel changes sides only where that
 * leaves every part in one piece and joins no two, so that nothing appears, vanishes, splits or merges.
 */
import { PixelRunCollector, type PixelRuns } from "../pixelRuns.ts";
import { arcThrough, type BorderArc, type Crack, crackCount } from "./arc.ts";
import { type ArcMove, movedArcs } from "./arcMoves.ts";
import type { MapView, Passage } from "./mapView.ts";

/** Width of the average along the border, px: stairs and hairs go, corners of this size become round. */
const SIGMA_PX = 4;
const SPAN_PX = 12;
const ROUNDS_MAX = 64;

/** What smoothing changes. The map is not changed. */
export function smoothed(map: MapView, segmentId: number, may: Passage): PixelRuns {
  const wanted = new Map<number, number>();
  for (const arc of arcsAround(map, segmentId)) {
    const { ys, x0s, x1s, afters, count } = movedArcs(map, [smoothMove(arc)], may);
    for (let i = 0; i < count; i++) {
      for (let x = x0s[i]; x < x1s[i]; x++) {
        const place = ys[i] * map.width + x;
        if (!wanted.has(place)) wanted.set(place, afters[i]);
      }
    }
  }
  return keptWhole(map, wanted);
}

/** Every border of the segment once, those along the image's frame left out. */
export function arcsAround(map: MapView, segmentId: number): BorderArc[] {
  const seen = new Set<number>();
  const arcs: BorderArc[] = [];
  const keyOf = (x: number, y: number, upright: number): number => 2 * (y * (map.width + 1) + x) + upright;
  const meet = (crack: Crack): void => {
    if (seen.has(keyOf(crack.x, crack.y, crack.direction))) return;
    const arc = arcThrough(map, crack);
    for (let i = 0; i + 1 < arc.xs.length; i++) {
      const upright = arc.xs[i] === arc.xs[i + 1] ? 1 : 0;
      seen.add(keyOf(Math.min(arc.xs[i], arc.xs[i + 1]), Math.min(arc.ys[i], arc.ys[i + 1]), upright));
    }
    arcs.push(arc);
  };
  const [left, top, right, bottom] = map.boxOf(segmentId) ?? [0, 0, 0, 0];
  for (let y = top; y < bottom; y++) {
    map.forEachRun(y, left, right, (x0, x1, id) => {
      if (id !== segmentId) return;
      if (x0 > 0) meet({ x: x0, y, direction: 1 });
      if (x1 < map.width) meet({ x: x1, y, direction: 1 });
      for (const [row, edge] of [
        [y - 1, y],
        [y + 1, y + 1],
      ]) {
        if (row < 0 || row >= map.height) continue;
        map.forEachRun(row, x0, x1, (from, to, other) => {
          if (other !== segmentId) for (let x = from; x < to; x++) meet({ x, y: edge, direction: 0 });
        });
      }
    });
  }
  return arcs;
}

/** Averages along the border, twice, the second time backwards, so that curves do not shrink. */
function smoothMove(arc: BorderArc): ArcMove {
  const n = crackCount(arc);
  const xs = outAndBack(Float64Array.from(arc.xs), arc.closed);
  const ys = outAndBack(Float64Array.from(arc.ys), arc.closed);
  return arc.closed ? { arc, from: 0, xs, ys } : { arc, from: 1, xs: xs.subarray(1, n), ys: ys.subarray(1, n) };
}

function outAndBack(values: Float64Array, closed: boolean): Float64Array {
  const once = averaged(values, closed);
  const twice = averaged(once, closed);
  return once.map((value, i) => 2 * value - twice[i]);
}

/** Weights fall off as a bell; towards an end that stays the window gets narrower on both sides. */
function averaged(values: Float64Array, closed: boolean): Float64Array {
  const n = values.length - 1;
  const out = new Float64Array(values.length);
  for (let i = 0; i <= n; i++) {
    const span = closed ? Math.min(SPAN_PX, Math.floor((n - 1) / 2)) : Math.min(SPAN_PX, i, n - i);
    let [sum, weights] = [0, 0];
    for (let d = -span; d <= span; d++) {
      const weight = Math.exp(-(d * d) / (2 * SIGMA_PX * SIGMA_PX));
      sum += weight * values[closed ? (i + d + n) % n : i + d];
      weights += weight;
    }
    out[i] = sum / weights;
  }
  return out;
}

/** Changes pixel by pixel what may change without touching how parts hang together, until nothing more can. */
function keptWhole(map: MapView, wanted: ReadonlyMap<number, number>): PixelRuns {
  const { width } = map;
  const now = new Map<number, number>();
  const idAt = (x: number, y: number): number => {
    if (x < 0 || y < 0 || x >= width || y >= map.height) return -1;
    return now.get(y * width + x) ?? map.get(x, y);
  };
  let waiting = [...wanted].sort(([a], [b]) => a - b);
  for (let round = 0; round < ROUNDS_MAX && waiting.length > 0; round++) {
    const left: [number, number][] = [];
    for (const [place, id] of waiting) {
      const [x, y] = [place % width, Math.floor(place / width)];
      const before = idAt(x, y);
      if (piecesBeside(idAt, x, y, before) === 1 && piecesBeside(idAt, x, y, id) === 1) now.set(place, id);
      else left.push([place, id]);
    }
    if (left.length === waiting.length) break;
    waiting = left;
  }
  const out = new PixelRunCollector(Math.max(16, now.size));
  for (const [place, id] of [...now].sort(([a], [b]) => a - b)) {
    const [x, y] = [place % width, Math.floor(place / width)];
    out.push(y, x, x + 1, map.get(x, y), id);
  }
  return out.toRuns();
}

/** The ring of eight around a pixel, in order; even places are its 4-neighbours. */
const RING_X = [1, 1, 0, -1, -1, -1, 0, 1] as const;
const RING_Y = [0, 1, 1, 1, 0, -1, -1, -1] as const;

/** Pieces of `id` in the ring that touch the pixel by an edge, joined within the ring. */
function piecesBeside(idAt: (x: number, y: number) => number, x: number, y: number, id: number): number {
  let has = 0;
  for (let k = 0; k < 8; k++) if (idAt(x + RING_X[k], y + RING_Y[k]) === id) has |= 1 << k;
  if (has === 255) return 1;
  let pieces = 0;
  for (let k = 0; k < 8; k += 2) {
    if ((has & (1 << k)) === 0) continue;
    // A piece is counted at its first 4-neighbour: the one before it along the ring is not joined to it.
    const joined = (has & (1 << ((k + 7) & 7))) !== 0 && (has & (1 << ((k + 6) & 7))) !== 0;
    if (!joined) pieces++;
  }
  return pieces;
}
