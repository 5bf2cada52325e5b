// SPDX-License-Identifier: Apache-2.0
/**
 * Thinning of arcs that changes no pixel: straight pieces that pass between the pixel centres beside a border
 * (contract/vector-view.md, "Simplification"). In the middle of a crack the border crosses its *rib*, the short line
 * from one side's pixel centre to the other's; a piece that crosses all ribs between its ends keeps every pixel.
 */
const CRACK = 256;

/** A piece spans this many points at most; it bounds the work for long straight borders. */
export const SPAN_MAX = 127;

/** Points of one arc at which vertices may stay. Reused from arc to arc. */
class Points {
  count = 0;
  x = new Int32Array(64);
  y = new Int32Array(64);
  /** From a crack's middle to the left end of its rib. */
  ribX = new Int32Array(64);
  ribY = new Int32Array(64);
  ribbed = new Uint8Array(64);
  /** Pieces on the shortest chain from the first point, and the point before on it. */
  depth = new Int32Array(64);
  before = new Int32Array(64);

  /** Corners and, of each straight run of cracks, the middles of its first crack, of itself and of its last crack. */
  load(xy: Int32Array, halfRib: number): void {
    this.count = 0;
    const n = xy.length / 2;
    this.reserve(4 * n);
    for (let i = 0; i + 1 < n; i++) {
      const x = xy[2 * i];
      const y = xy[2 * i + 1];
      const sx = Math.sign(xy[2 * i + 2] - x);
      const sy = Math.sign(xy[2 * i + 3] - y);
      const length = Math.abs(xy[2 * i + 2] - x) + Math.abs(xy[2 * i + 3] - y);
      this.add(x, y, 0, 0, 0);
      this.add(x + sx * (CRACK / 2), y + sy * (CRACK / 2), sy * halfRib, -sx * halfRib, 1);
      if (length === CRACK) continue;
      this.add(x + (sx * length) / 2, y + (sy * length) / 2, 0, 0, 0);
      this.add(x + sx * (length - CRACK / 2), y + sy * (length - CRACK / 2), sy * halfRib, -sx * halfRib, 1);
    }
    this.add(xy[2 * n - 2], xy[2 * n - 1], 0, 0, 0);
  }

  private add(x: number, y: number, ribX: number, ribY: number, ribbed: number): void {
    const i = this.count++;
    this.x[i] = x;
    this.y[i] = y;
    this.ribX[i] = ribX;
    this.ribY[i] = ribY;
    this.ribbed[i] = ribbed;
  }

  private reserve(points: number): void {
    if (points <= this.x.length) return;
    const capacity = 2 * points;
    this.x = new Int32Array(capacity);
    this.y = new Int32Array(capacity);
    this.ribX = new Int32Array(capacity);
    this.ribY = new Int32Array(capacity);
    this.ribbed = new Uint8Array(capacity);
    this.depth = new Int32Array(capacity);
    this.before = new Int32Array(capacity);
  }
}

export class ArcThinner {
  private readonly points = new Points();

  /** Vertices of an exact arc (interleaved, 1/256 px) in as few pieces as can be. */
  thin(xy: Int32Array, halfRib: number): Int32Array {
    const p = this.points;
    p.load(xy, halfRib);
    const last = p.count - 1;
    p.depth.fill(0x7fffffff, 0, p.count);
    p.depth[0] = 0;
    for (let i = 0; i < last; i++) lookAhead(p, i);
    const chain: number[] = [last];
    for (let at = last; at > 0; ) {
      at = p.before[at];
      chain.push(at);
    }
    return withoutCollinear(p, chain.reverse());
  }
}

/**
 * Offers point i as predecessor to every point that it sees. (ux, uy) and (vx, vy) bound on the left and on the right the
 * directions that pass every rib so far; all values are integers and their products stay below 2^53.
 */
function lookAhead(p: Points, i: number): void {
  const { x, y, ribX, ribY, ribbed, depth, before } = p;
  const ax = x[i];
  const ay = y[i];
  const depthNext = depth[i] + 1;
  const end = Math.min(p.count - 1, i + SPAN_MAX);
  let ux = 0;
  let uy = 0;
  let vx = 0;
  let vy = 0;
  let bounded = false;
  for (let k = i + 1; k <= end; k++) {
    const dx = x[k] - ax;
    const dy = y[k] - ay;
    if (dx * uy <= dy * ux && dx * vy >= dy * vx && depthNext < depth[k]) {
      depth[k] = depthNext;
      before[k] = i;
    }
    if (ribbed[k] === 0) continue;
    const lx = dx + ribX[k];
    const ly = dy + ribY[k];
    const rx = dx - ribX[k];
    const ry = dy - ribY[k];
    if (vx * ly > vy * lx || ux * ry < uy * rx) return;
    if (!bounded || ux * ly > uy * lx) {
      ux = lx;
      uy = ly;
    }
    if (!bounded || vx * ry < vy * rx) {
      vx = rx;
      vy = ry;
    }
    bounded = true;
  }
}

/** Kept points without those on the straight line through their neighbours; the ends stay. */
function withoutCollinear(p: Points, chain: readonly number[]): Int32Array {
  const { x, y } = p;
  const out = new Int32Array(2 * chain.length);
  let n = 0;
  chain.forEach((at, k) => {
    if (k > 0 && k + 1 < chain.length) {
      const a = chain[k - 1];
      const c = chain[k + 1];
      if ((x[at] - x[a]) * (y[c] - y[at]) === (y[at] - y[a]) * (x[c] - x[at])) return;
    }
    out[n++] = x[at];
    out[n++] = y[at];
  });
  return out.slice(0, n);
}
