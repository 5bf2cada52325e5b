// SPDX-License-Identifier: Apache-2.0
/** Counts the 4-connected parts of the unlabelled pixels, some rows at a time, so that nobody has to wait for it. */
import type { LabelMap } from "./labelMap.ts";

interface Runs {
  readonly x0s: number[];
  readonly x1s: number[];
  /** Number of the tree that the run belongs to. */
  readonly trees: number[];
}

const noRuns = (): Runs => ({ x0s: [], x1s: [], trees: [] });

/** The map must not change between two steps; start anew when it did. */
export class GapCounter {
  /** Parts found so far; final when `step` has said true. */
  gaps = 0;
  private y = 0;
  private above = noRuns();
  private readonly parents: number[] = [];

  constructor(private readonly map: LabelMap) {}

  /** Reads `rows` more rows. True when the last one has been read. */
  step(rows: number): boolean {
    const end = Math.min(this.map.height, this.y + rows);
    for (; this.y < end; this.y++) {
      const row = this.readRow(this.y);
      this.joinRows(this.above, row);
      this.above = row;
    }
    return this.y === this.map.height;
  }

  private readRow(y: number): Runs {
    const { map } = this;
    const row = noRuns();
    const first = (y >> 8) * map.tileColumns;
    for (let tx = 0; tx < map.tileColumns; tx++) {
      if (!map.tileHolds(first + tx, 0)) continue;
      const tile = map.tileIndexView(first + tx);
      map.forEachRun(y, tile.x0, tile.x0 + tile.width, (x0, x1, id) => {
        if (id === 0) this.add(row, x0, x1);
      });
    }
    return row;
  }

  /** Adds a run, or lengthens the last one when it goes on across a tile border. */
  private add(row: Runs, x0: number, x1: number): void {
    const last = row.x1s.length - 1;
    if (last >= 0 && row.x1s[last] === x0) {
      row.x1s[last] = x1;
      return;
    }
    row.x0s.push(x0);
    row.x1s.push(x1);
    row.trees.push(this.parents.length);
    this.parents.push(this.parents.length);
    this.gaps++;
  }

  private joinRows(above: Runs, row: Runs): void {
    let a = 0;
    let r = 0;
    while (a < above.x0s.length && r < row.x0s.length) {
      if (above.x1s[a] > row.x0s[r] && row.x1s[r] > above.x0s[a]) this.join(above.trees[a], row.trees[r]);
      if (above.x1s[a] < row.x1s[r]) a++;
      else r++;
    }
  }

  private join(a: number, b: number): void {
    const p = this.root(a);
    const q = this.root(b);
    if (p === q) return;
    this.parents[Math.max(p, q)] = Math.min(p, q);
    this.gaps--;
  }

  private root(tree: number): number {
    const { parents } = this;
    let root = tree;
    while (parents[root] !== root) root = parents[root];
    for (let at = tree; parents[at] !== root; ) {
      const up = parents[at];
      parents[at] = root;
      at = up;
    }
    return root;
  }
}
