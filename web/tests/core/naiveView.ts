// SPDX-License-Identifier: Apache-2.0
/** contract/vector-view.md written down once more, crack by crack and slowly; what the vector view is compared with. */
import type { LabelMap } from "../../src/core/labelMap.ts";

export type Xy = readonly [x: number, y: number];
export interface Crack {
  readonly at: Xy;
  readonly direction: number;
}
export interface NaiveArc {
  readonly left: number;
  readonly right: number;
  readonly xy: readonly Xy[];
}

const STEPS: readonly Xy[] = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
];
const LEFT: readonly Xy[] = [
  [0, -1],
  [0, 0],
  [-1, 0],
  [-1, -1],
];
const RIGHT: readonly Xy[] = [
  [0, 0],
  [-1, 0],
  [-1, -1],
  [0, -1],
];

function idAt(map: LabelMap, x: number, y: number): number {
  return x >= 0 && y >= 0 && x < map.width && y < map.height ? map.get(x, y) : -1;
}

function sides(map: LabelMap, [x, y]: Xy, d: number): { left: number; right: number } {
  return { left: idAt(map, x + LEFT[d][0], y + LEFT[d][1]), right: idAt(map, x + RIGHT[d][0], y + RIGHT[d][1]) };
}

const headOf = ({ at, direction }: Crack): Xy => [at[0] + STEPS[direction][0], at[1] + STEPS[direction][1]];
const same = (a: Xy, b: Xy): boolean => a[0] === b[0] && a[1] === b[1];
const keyOf = ({ at, direction }: Crack): string => `${at[0]},${at[1]},${direction}`;

function isNode(map: LabelMap, v: Xy): boolean {
  const degree = [0, 1, 2, 3].filter((d) => sides(map, v, d).left !== sides(map, v, d).right).length;
  return degree >= 3 || ((v[0] === 0 || v[0] === map.width) && (v[1] === 0 || v[1] === map.height));
}

function beginningAt(map: LabelMap, at: Xy): Crack[] {
  const found = [0, 1, 2, 3].filter((d) => sides(map, at, d).left < sides(map, at, d).right);
  return found.map((direction) => ({ at, direction }));
}

export function naiveArcs(map: LabelMap): NaiveArc[] {
  const vertices: Xy[] = [];
  for (let y = 0; y <= map.height; y++) for (let x = 0; x <= map.width; x++) vertices.push([x, y]);
  const seen = new Set<string>();
  const chains: Crack[][] = [];
  for (const fromNode of [true, false]) {
    for (const v of vertices.filter((vertex) => isNode(map, vertex) === fromNode)) {
      for (const crack of beginningAt(map, v)) {
        if (seen.has(keyOf(crack))) continue;
        const chain = [crack];
        for (let end = headOf(crack); !isNode(map, end) && !same(end, v); end = headOf(chain[chain.length - 1])) {
          chain.push(beginningAt(map, end)[0]);
        }
        for (const link of chain) seen.add(keyOf(link));
        chains.push(chain);
      }
    }
  }
  chains.sort(([a], [b]) => a.at[1] - b.at[1] || a.at[0] - b.at[0] || a.direction - b.direction);
  return chains.map((chain) => {
    const corners = chain.filter((crack, i) => i === 0 || crack.direction !== chain[i - 1].direction);
    const xy = [...corners.map(({ at }) => at), headOf(chain[chain.length - 1])];
    return { ...sides(map, chain[0].at, chain[0].direction), xy };
  });
}

interface Point {
  readonly xy: Xy;
  readonly left?: Xy;
  readonly right?: Xy;
}

/** Step 1 of "Simplification", in fixed coordinates. */
export function naiveThinned(arc: NaiveArc, tolerance: number): Xy[] {
  const h = Math.min(127, Math.floor((181 * tolerance) / 128) - 128);
  const corners = arc.xy.map(([x, y]): Xy => [256 * x, 256 * y]);
  if (h < 0 || corners.length === 2) return corners;
  const points = pointsOf(corners, h);
  const depth = [0];
  const before = [0];
  for (let j = 1; j < points.length; j++) {
    let best = -1;
    for (let i = Math.max(0, j - 127); i < j; i++) {
      if (sees(points, i, j) && (best < 0 || depth[i] < depth[best])) best = i;
    }
    depth.push(depth[best] + 1);
    before.push(best);
  }
  const chain = [points.length - 1];
  while (chain[0] > 0) chain.unshift(before[chain[0]]);
  const line = chain.map((i) => points[i].xy);
  return line.filter((b, i) => {
    if (i === 0 || i === line.length - 1) return true;
    return cross(minus(b, line[i - 1]), minus(line[i + 1], b)) !== 0;
  });
}

function pointsOf(corners: readonly Xy[], h: number): Point[] {
  const points: Point[] = [];
  corners.slice(0, -1).forEach((a, i) => {
    const b = corners[i + 1];
    const length = Math.abs(b[0] - a[0]) + Math.abs(b[1] - a[1]);
    const [dx, dy] = [(b[0] - a[0]) / length, (b[1] - a[1]) / length];
    const ribbed = (far: number): Point => {
      const [x, y] = [a[0] + far * dx, a[1] + far * dy];
      return { xy: [x, y], left: [x + h * dy, y - h * dx], right: [x - h * dy, y + h * dx] };
    };
    points.push({ xy: a }, ribbed(128));
    if (length > 256) points.push({ xy: [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2] }, ribbed(length - 128));
  });
  return [...points, { xy: corners[corners.length - 1] }];
}

function sees(points: readonly Point[], i: number, j: number): boolean {
  const a = points[i].xy;
  const d = minus(points[j].xy, a);
  if (d[0] === 0 && d[1] === 0) return false;
  return points.slice(i + 1, j).every(({ left, right }) => {
    if (left === undefined || right === undefined) return true;
    return cross(d, minus(left, a)) <= 0 && cross(d, minus(right, a)) >= 0;
  });
}

const minus = (a: Xy, b: Xy): Xy => [a[0] - b[0], a[1] - b[1]];
const cross = (a: Xy, b: Xy): number => a[0] * b[1] - a[1] * b[0];
