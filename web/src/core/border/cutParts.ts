// SPDX-License-Identifier: Apache-2.0
/** What a line makes of some pixels: the 4-connected parts that it parts from each other, and on which side each lies. */
import { type BoxXyxy, type Region, RunCollector } from "../region.ts";
import type { LineCuts } from "./lineCuts.ts";
import type { MapView } from "./mapView.ts";

/** A part on one side of the line. */
export interface CutPart {
  /** Infinity for the part that goes on beyond the box. */
  readonly areaPx: number;
  /** 0 or 1: neighbours across the line differ; both may be meaningless when the line crosses itself (`twoSided`). */
  readonly side: number;
  readonly region: Region;
}

/** What was one part before the cut. */
export interface CutGroup {
  /** Two at least, in the order of their first pixel. */
  readonly parts: readonly CutPart[];
  readonly twoSided: boolean;
}

/**
 * The parts that the line makes of the pixels whose id is wanted, within a box of the image; only what was one part and
 * is several now. With `goesOn`, pixels at a side of the box that is not the image's own are joined beyond it.
 */
export function partsAcross(
  map: MapView,
  isWanted: (id: number) => boolean,
  box: BoxXyxy,
  cuts: LineCuts,
  goesOn: boolean,
): CutGroup[] {
  const runs = new CutForest();
  let before = { from: 0, to: 0 };
  for (let y = box[1]; y < box[3]; y++) {
    const from = runs.count;
    runs.addRow(map, isWanted, y, box, cuts.beside.get(y) ?? NO_COLUMNS);
    const row = { from, to: runs.count };
    runs.joinRows(before, row, cuts.above.get(y) ?? NO_COLUMNS);
    before = row;
  }
  if (goesOn) runs.joinBeyond(map, box);
  return runs.groups();
}

const NO_COLUMNS: readonly number[] = [];
/** Stands for everything beyond the box. */
const BEYOND = -1;

interface Row {
  readonly from: number;
  readonly to: number;
}

class CutForest {
  private readonly ys: number[] = [];
  private readonly x0s: number[] = [];
  private readonly x1s: number[] = [];
  private readonly parent: number[] = [];
  /** Pairs of runs with a cut link between them. */
  private readonly across: number[] = [];
  private beyond: number[] = [];

  get count(): number {
    return this.ys.length;
  }

  addRow(map: MapView, isWanted: (id: number) => boolean, y: number, box: BoxXyxy, cuts: readonly number[]): void {
    let k = 0;
    const first = this.count;
    map.forEachRun(y, box[0], box[2], (x0, x1, id) => {
      if (!isWanted(id)) return;
      while (k < cuts.length && cuts[k] < x0) k++;
      let from = x0;
      if (cuts[k] === x0) k++;
      else if (this.count > first && this.x1s[this.count - 1] === x0) from = this.takeBackLast();
      for (; k < cuts.length && cuts[k] < x1; k++) {
        this.add(y, from, cuts[k]);
        from = cuts[k];
      }
      this.add(y, from, x1);
    });
    for (let i = first; i + 1 < this.count; i++) if (this.x1s[i] === this.x0s[i + 1]) this.across.push(i, i + 1);
  }

  joinRows(above: Row, row: Row, cuts: readonly number[]): void {
    let a = above.from;
    let r = row.from;
    let k = 0;
    while (a < above.to && r < row.to) {
      const from = Math.max(this.x0s[a], this.x0s[r]);
      const to = Math.min(this.x1s[a], this.x1s[r]);
      if (to > from) {
        while (k < cuts.length && cuts[k] < from) k++;
        let cut = k;
        while (cut < cuts.length && cuts[cut] < to) cut++;
        if (cut > k) this.across.push(a, r);
        if (cut - k < to - from) this.join(a, r);
        k = cut;
      }
      if (this.x1s[a] < this.x1s[r]) a++;
      else r++;
    }
  }

  joinBeyond(map: MapView, box: BoxXyxy): void {
    for (let i = 0; i < this.count; i++) {
      const goesOn =
        (this.x0s[i] === box[0] && box[0] > 0) ||
        (this.x1s[i] === box[2] && box[2] < map.width) ||
        (this.ys[i] === box[1] && box[1] > 0) ||
        (this.ys[i] === box[3] - 1 && box[3] < map.height);
      if (goesOn) this.beyond.push(i);
    }
  }

  groups(): CutGroup[] {
    const roots = this.roots();
    const across = new Map<number, Set<number>>();
    const meet = (a: number, b: number): void => {
      const known = across.get(a);
      if (known === undefined) across.set(a, new Set([b]));
      else known.add(b);
    };
    for (let i = 0; i < this.across.length; i += 2) {
      const [a, b] = [roots[this.across[i]], roots[this.across[i + 1]]];
      if (a === b) continue;
      meet(a, b);
      meet(b, a);
    }
    const groups: { sides: Map<number, number>; twoSided: boolean }[] = [];
    const seen = new Set<number>();
    for (const start of [...across.keys()].sort((a, b) => a - b)) {
      if (!seen.has(start)) groups.push(coloured(start, across, seen));
    }
    const regions = this.regionsOf(roots, seen);
    return groups.map(({ sides, twoSided }) => ({
      twoSided,
      parts: [...sides]
        .sort(([a], [b]) => a - b)
        .map(([root, side]) => ({
          side,
          ...(regions.get(root) ?? { areaPx: 0, region: new RunCollector().toRegion() }),
        })),
    }));
  }

  private roots(): Int32Array {
    const roots = new Int32Array(this.count);
    for (let i = 0; i < this.count; i++) roots[i] = this.root(i);
    const outside = new Set(this.beyond.map((i) => roots[i]));
    if (outside.size > 0) for (let i = 0; i < this.count; i++) if (outside.has(roots[i])) roots[i] = BEYOND;
    return roots;
  }

  private regionsOf(
    roots: Int32Array,
    wanted: ReadonlySet<number>,
  ): ReadonlyMap<number, { readonly areaPx: number; readonly region: Region }> {
    const runs = new Map<number, { areaPx: number; runs: RunCollector }>();
    for (let i = 0; i < this.count; i++) {
      if (!wanted.has(roots[i])) continue;
      let part = runs.get(roots[i]);
      if (part === undefined) {
        part = { areaPx: 0, runs: new RunCollector(16) };
        runs.set(roots[i], part);
      }
      part.areaPx += this.x1s[i] - this.x0s[i];
      part.runs.push(this.ys[i], this.x0s[i], this.x1s[i]);
    }
    return new Map(
      [...runs].map(([root, part]) => [
        root,
        { areaPx: root === BEYOND ? Number.POSITIVE_INFINITY : part.areaPx, region: part.runs.toRegion() },
      ]),
    );
  }

  private add(y: number, x0: number, x1: number): void {
    this.parent.push(this.count);
    this.ys.push(y);
    this.x0s.push(x0);
    this.x1s.push(x1);
  }

  /** The last run of the row goes on in the next one, which has another id that is wanted too. */
  private takeBackLast(): number {
    this.parent.pop();
    this.ys.pop();
    this.x1s.pop();
    return this.x0s.pop() as number;
  }

  private join(a: number, b: number): void {
    const p = this.root(a);
    const q = this.root(b);
    if (p < q) this.parent[q] = p;
    else this.parent[p] = q;
  }

  private root(i: number): number {
    const { parent } = this;
    let r = i;
    while (parent[r] !== r) r = parent[r];
    for (let k = i; parent[k] !== r; ) {
      const up = parent[k];
      parent[k] = r;
      k = up;
    }
    return r;
  }
}

/** Everything that hangs together across the line, alternately on its two sides. */
function coloured(
  start: number,
  across: ReadonlyMap<number, ReadonlySet<number>>,
  seen: Set<number>,
): { sides: Map<number, number>; twoSided: boolean } {
  const sides = new Map([[start, 0]]);
  const open = [start];
  let twoSided = true;
  seen.add(start);
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const other = 1 - (sides.get(at) as number);
    for (const next of across.get(at) as ReadonlySet<number>) {
      const known = sides.get(next);
      if (known === undefined) {
        sides.set(next, other);
        seen.add(next);
        open.push(next);
      } else if (known !== other) twoSided = false;
    }
  }
  return { sides, twoSided };
}
