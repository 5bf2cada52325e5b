// SPDX-License-Identifier: Apache-2.0
/** The contract's predicates pixel by pixel, as slow and as literal as can be; what the core is compared with. */
import type { PixelRuns } from "../../src/core/pixelRuns.ts";
import type { Region, SizeHw } from "../../src/core/region.ts";

export type Vertex = readonly [x: number, y: number];

/** Pixels of a predicate over centres (fixed coordinates), as canonical runs [y, x0, x1]. */
export function runsWhere(sizeHw: SizeHw, inside: (X: number, Y: number, x: number, y: number) => boolean): number[][] {
  const runs: number[][] = [];
  const [h, w] = sizeHw;
  for (let y = 0; y < h; y++) {
    let start = -1;
    for (let x = 0; x <= w; x++) {
      const hit = x < w && inside(256 * x + 128, 256 * y + 128, x, y);
      if (hit && start < 0) start = x;
      if (!hit && start >= 0) {
        runs.push([y, start, x]);
        start = -1;
      }
    }
  }
  return runs;
}

export function runsOfRegion(region: Region): number[][] {
  const runs: number[][] = [];
  for (let i = 0; i < region.count; i++) runs.push([region.ys[i], region.x0s[i], region.x1s[i]]);
  return runs;
}

/** Sum and number of crossings at or left of pixel (x, y), with big integers. */
export function crossingsAt(
  rings: readonly (readonly Vertex[])[],
  x: number,
  y: number,
): { sum: number; count: number } {
  let sum = 0;
  let count = 0;
  const Y = 256 * y + 128;
  for (const ring of rings) {
    ring.forEach((a, i) => {
      const b = ring[(i + 1) % ring.length];
      if (a[1] <= Y === b[1] <= Y) return;
      const [low, high] = b[1] > a[1] ? [a, b] : [b, a];
      const D = BigInt(high[1] - low[1]);
      const N = BigInt(low[0] - 128) * D + BigInt(Y - low[1]) * BigInt(high[0] - low[0]);
      // x_crossing <= x, where x_crossing = ceil(N / 256D), is N <= 256·D·x.
      if (N > 256n * D * BigInt(x)) return;
      sum += b[1] > a[1] ? 1 : -1;
      count++;
    });
  }
  return { sum, count };
}

export function inCapsule(X: number, Y: number, a: Vertex, b: Vertex, radius: number): boolean {
  const dx = b[0] - a[0];
  const dy = b[1] - a[1];
  const px = X - a[0];
  const py = Y - a[1];
  const L = dx * dx + dy * dy;
  const t = px * dx + py * dy;
  const r2 = radius * radius;
  if (t <= 0) return px * px + py * py <= r2;
  if (t >= L) {
    const ex = X - b[0];
    const ey = Y - b[1];
    return ex * ex + ey * ey <= r2;
  }
  const c = px * dy - py * dx;
  return c * c <= r2 * L;
}

/** Row by row from the first to the last pixel of each capsule, united. */
export function naiveStroke(points: readonly Vertex[], radius: number, sizeHw: SizeHw): number[][] {
  const [h, w] = sizeHw;
  const covered = new Uint8Array(h * w);
  for (let i = 0; i < Math.max(1, points.length - 1); i++) {
    const a = points[i];
    const b = points[i + 1] ?? a;
    for (let y = 0; y < h; y++) {
      let first = -1;
      let last = -1;
      for (let x = 0; x < w; x++) {
        if (!inCapsule(256 * x + 128, 256 * y + 128, a, b, radius)) continue;
        if (first < 0) first = x;
        last = x;
      }
      if (first >= 0) covered.fill(1, y * w + first, y * w + last + 1);
    }
  }
  return runsWhere(sizeHw, (_X, _Y, x, y) => covered[y * w + x] === 1);
}

/** Hull of the swept square as the contract lists it. */
export function squareHull(p: Vertex, q: Vertex, r: number): Vertex[] {
  const [a, b] = p[0] < q[0] || (p[0] === q[0] && p[1] <= q[1]) ? [p, q] : [q, p];
  const at = (v: Vertex, s: number, t: number): Vertex => [v[0] + s * r, v[1] + t * r];
  if (b[1] >= a[1]) return [at(a, -1, -1), at(a, 1, -1), at(b, 1, -1), at(b, 1, 1), at(b, -1, 1), at(a, -1, 1)];
  return [at(a, -1, 1), at(a, -1, -1), at(b, -1, -1), at(b, 1, -1), at(b, 1, 1), at(a, 1, 1)];
}

/** Rows [y, x0, x1, before, after] of an edit's pixels. */
export function runsOfPixels(runs: PixelRuns): number[][] {
  const rows: number[][] = [];
  for (let i = 0; i < runs.count; i++) {
    rows.push([runs.ys[i], runs.x0s[i], runs.x1s[i], runs.befores[i], runs.afters[i]]);
  }
  return rows;
}
