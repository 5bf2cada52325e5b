// SPDX-License-Identifier: Apache-2.0
/** Giving the pixels of a region to their nearest neighbours (contract/vector-view.md, "Regions of a map"). */
import { GeometryError } from "./errors.ts";
import type { LabelMap } from "./labelMap.ts";
import { type Region, RunCollector, regionBox } from "./region.ts";

/** Pixels of a region that `segmentId` gets. */
export interface Gift {
  readonly segmentId: number;
  readonly region: Region;
}

/** In the working copy: nobody's and never to be given, and waiting to be given. From TAKER_0 on: places in `takers`. */
const WALL = 0;
const FREE = 1;
const TAKER_0 = 2;

type Owners = Uint16Array | Uint32Array;

/** Sources side by side with a pixel of the region: place in the working copy, and the id. */
interface Contacts {
  readonly places: readonly number[];
  readonly ids: readonly number[];
}

/**
 * Who gets which pixels of the region when each goes to the nearest segment; ascending by id. Distance is counted in
 * steps between 4-neighbours inside the region; of segments equally near the lowest id takes. Segments in `closed` take
 * nothing, nor does 0; pixels that reach no taker are in no gift. Takes 2 bytes a pixel of the region's box. Throws
 * `out_of_image`.
 */
export function giveToNeighbours(map: LabelMap, region: Region, closed: ReadonlySet<number>): Gift[] {
  const work = new Workbench(map, region);
  const contacts = work.contacts(closed);
  const takers = [...new Set(contacts.ids)].sort((a, b) => a - b);
  work.spread(contacts, takers);
  return work.gifts(takers);
}

class Workbench {
  private readonly x0: number;
  private readonly y0: number;
  /** The region's box and one pixel around it, row-major, so that no step needs a check. */
  private readonly stride: number;
  private owners: Owners;
  private readonly map: LabelMap;
  private readonly region: Region;

  constructor(map: LabelMap, region: Region) {
    this.map = map;
    this.region = region;
    const [x0, y0, x1, y1] = regionBox(region) ?? [0, 0, 0, 0];
    if (x0 < 0 || y0 < 0 || x1 > map.width || y1 > map.height) throw new GeometryError("out_of_image");
    this.x0 = x0 - 1;
    this.y0 = y0 - 1;
    this.stride = x1 - x0 + 2;
    this.owners = new Uint16Array(this.stride * (y1 - y0 + 2));
    for (let i = 0; i < region.count; i++) {
      this.owners.fill(FREE, this.at(region.x0s[i], region.ys[i]), this.at(region.x1s[i], region.ys[i]));
    }
  }

  private at(x: number, y: number): number {
    return (y - this.y0) * this.stride + x - this.x0;
  }

  contacts(closed: ReadonlySet<number>): Contacts {
    const { map, region, owners } = this;
    const places: number[] = [];
    const ids: number[] = [];
    const meet = (x: number, y: number, id: number, place: number): void => {
      if (id === 0 || closed.has(id) || owners[this.at(x, y)] === FREE) return;
      places.push(place);
      ids.push(id);
    };
    for (let i = 0; i < region.count; i++) {
      const y = region.ys[i];
      const [x0, x1] = [region.x0s[i], region.x1s[i]];
      if (x0 > 0) meet(x0 - 1, y, map.get(x0 - 1, y), this.at(x0, y));
      if (x1 < map.width) meet(x1, y, map.get(x1, y), this.at(x1 - 1, y));
      for (const beside of [y - 1, y + 1]) {
        map.forEachRun(beside, x0, x1, (from, to, id) => {
          if (id !== 0) for (let x = from; x < to; x++) meet(x, beside, id, this.at(x, y));
        });
      }
    }
    return { places, ids };
  }

  /** From ring to ring; within a ring the lower taker goes first, so that it has the pixels that both would reach. */
  spread({ places, ids }: Contacts, takers: readonly number[]): void {
    if (takers.length + TAKER_0 > 65_536) this.owners = Uint32Array.from(this.owners);
    const { owners, stride } = this;
    const slots = new Map(takers.map((id, k) => [id, k + TAKER_0]));
    let ring = new Int32Array(places.length);
    let count = 0;
    for (const k of orderOf(ids, takers)) {
      if (owners[places[k]] !== FREE) continue;
      owners[places[k]] = slots.get(ids[k]) as number;
      ring[count++] = places[k];
    }
    for (let next = new Int32Array(64); count > 0; [ring, next] = [next, ring]) {
      if (next.length < 4 * count) next = new Int32Array(8 * count);
      count = spreadRing(owners, stride, ring, count, next);
    }
  }

  gifts(takers: readonly number[]): Gift[] {
    const { region, owners } = this;
    const runs = takers.map(() => new RunCollector(16));
    for (let i = 0; i < region.count; i++) {
      const y = region.ys[i];
      const shift = this.at(0, y);
      for (let x = region.x0s[i]; x < region.x1s[i]; ) {
        const slot = owners[shift + x];
        const start = x++;
        while (x < region.x1s[i] && owners[shift + x] === slot) x++;
        if (slot !== FREE && slot !== WALL) runs[slot - TAKER_0].push(y, start, x);
      }
    }
    return takers
      .map((segmentId, k) => ({ segmentId, region: runs[k].toRegion() }))
      .filter(({ region: given }) => given.count > 0);
  }
}

/** Indices of `ids` by ascending id, which is their order in `takers`: a counting sort. */
function orderOf(ids: readonly number[], takers: readonly number[]): Int32Array {
  const place = new Map(takers.map((id, k) => [id, k]));
  const next = new Int32Array(takers.length + 1);
  for (const id of ids) next[(place.get(id) as number) + 1]++;
  for (let k = 1; k <= takers.length; k++) next[k] += next[k - 1];
  const order = new Int32Array(ids.length);
  for (let i = 0; i < ids.length; i++) order[next[place.get(ids[i]) as number]++] = i;
  return order;
}

/** Gives the free neighbours of the ring's pixels their owners and lists them in `next`; says how many there are. */
function spreadRing(owners: Owners, stride: number, ring: Int32Array, count: number, next: Int32Array): number {
  let found = 0;
  for (let k = 0; k < count; k++) {
    const place = ring[k];
    const slot = owners[place];
    if (owners[place - stride] === FREE) {
      owners[place - stride] = slot;
      next[found++] = place - stride;
    }
    if (owners[place - 1] === FREE) {
      owners[place - 1] = slot;
      next[found++] = place - 1;
    }
    if (owners[place + 1] === FREE) {
      owners[place + 1] = slot;
      next[found++] = place + 1;
    }
    if (owners[place + stride] === FREE) {
      owners[place + stride] = slot;
      next[found++] = place + stride;
    }
  }
  return found;
}
