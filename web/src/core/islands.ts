// SPDX-License-Identifier: Apache-2.0
/** Small parts apart from the rest of their segment, and who gets them (contract/vector-view.md, "Regions of a map"). */
import { type Part, partsOf } from "./components.ts";
import type { LabelMap } from "./labelMap.ts";
import type { Region } from "./region.ts";

/** A part of `segmentId` that goes to `takerId`; one of the two may be 0. */
export interface Island {
  readonly segmentId: number;
  readonly takerId: number;
  readonly region: Region;
}

/**
 * Islands under `belowPx` of the given ids (of every id when null) with who gets them, in the order of their first
 * pixel. An island goes to the id with which it shares most cracks, of equals the lowest; in rounds, so that islands
 * beside islands go on to solid ground. Ids in `closed` neither lose nor take.
 */
export function islandsOf(
  map: LabelMap,
  belowPx: number,
  ids: ReadonlySet<number> | null,
  closed: ReadonlySet<number>,
): Island[] {
  const small = smallParts(partsOf(map, ids), belowPx, closed);
  const ground = new Ground(map, closed);
  for (const { region } of small) ground.mark(region);
  const takers = new Map<Part, number>();
  let waiting = small;
  while (waiting.length > 0) {
    // All of a round are decided before any is given, so that the order of islands does not matter.
    const decided = waiting.flatMap((part): (readonly [Part, number])[] => {
      const taker = ground.takerFor(part.region);
      return taker === null ? [] : [[part, taker]];
    });
    if (decided.length === 0) break;
    for (const [part, taker] of decided) {
      takers.set(part, taker);
      ground.give(part.region, taker);
    }
    waiting = waiting.filter((part) => !takers.has(part));
  }
  return small.flatMap((part) => {
    const takerId = takers.get(part);
    if (takerId === undefined || takerId === part.segmentId) return [];
    return [{ segmentId: part.segmentId, takerId, region: part.region }];
  });
}

/** Parts under the limit; never the largest part of a segment, and the first of equally large ones. */
function smallParts(parts: readonly Part[], belowPx: number, closed: ReadonlySet<number>): readonly Part[] {
  const largest = new Map<number, Part>();
  for (const part of parts) {
    const known = largest.get(part.segmentId);
    if (part.segmentId !== 0 && (known === undefined || part.areaPx > known.areaPx)) largest.set(part.segmentId, part);
  }
  return parts.filter(
    (part) =>
      part.areaPx < belowPx &&
      (part.segmentId === 0 || !closed.has(part.segmentId)) &&
      largest.get(part.segmentId) !== part,
  );
}

/** A copy of the map on which islands are given away, and a bit for each pixel of an island that still waits. */
class Ground {
  private readonly map: LabelMap;
  private readonly closed: ReadonlySet<number>;
  private readonly waits: Uint8Array;

  constructor(original: LabelMap, closed: ReadonlySet<number>) {
    this.map = original.clone();
    this.closed = closed;
    this.waits = new Uint8Array(Math.ceil((original.width * original.height) / 8));
  }

  mark({ ys, x0s, x1s, count }: Region): void {
    for (let i = 0; i < count; i++) for (let x = x0s[i]; x < x1s[i]; x++) this.flip(x, ys[i]);
  }

  give(region: Region, id: number): void {
    this.mark(region);
    const { ys, x0s, x1s, count } = region;
    for (let i = 0; i < count; i++) this.map.writeRun(ys[i], x0s[i], x1s[i], id);
  }

  /** The id with most cracks around the region, of equals the lowest; null beside nothing but islands and closed ids. */
  takerFor({ ys, x0s, x1s, count }: Region): number | null {
    const cracks = new Map<number, number>();
    const meet = (x: number, y: number, id: number): void => {
      if ((id !== 0 && this.closed.has(id)) || this.isWaiting(x, y)) return;
      cracks.set(id, (cracks.get(id) ?? 0) + 1);
    };
    const { map } = this;
    for (let i = 0; i < count; i++) {
      const y = ys[i];
      if (x0s[i] > 0) meet(x0s[i] - 1, y, map.get(x0s[i] - 1, y));
      if (x1s[i] < map.width) meet(x1s[i], y, map.get(x1s[i], y));
      for (const beside of [y - 1, y + 1]) {
        map.forEachRun(beside, x0s[i], x1s[i], (from, to, id) => {
          for (let x = from; x < to; x++) meet(x, beside, id);
        });
      }
    }
    return mostCracks(cracks);
  }

  private flip(x: number, y: number): void {
    const at = y * this.map.width + x;
    this.waits[Math.floor(at / 8)] ^= 1 << (at % 8);
  }

  /** Pixels of the island itself wait too, so that its own inside is not counted. */
  private isWaiting(x: number, y: number): boolean {
    const at = y * this.map.width + x;
    return (this.waits[Math.floor(at / 8)] & (1 << (at % 8))) !== 0;
  }
}

function mostCracks(cracks: ReadonlyMap<number, number>): number | null {
  let best: number | null = null;
  for (const [id, n] of cracks) {
    const most = best === null ? 0 : (cracks.get(best) as number);
    if (best === null || n > most || (n === most && id < best)) best = id;
  }
  return best;
}
