// SPDX-License-Identifier: Apache-2.0
/** The knife: a line right across a segment makes two of it; the larger side keeps id and answers. */
import { type KnifeCut, knifeCut } from "../../core/border/knife.ts";
import { type LineCuts, lineCuts } from "../../core/border/lineCuts.ts";
import { type MapView, regionChanges } from "../../core/border/mapView.ts";
import { NO_PIXELS, PixelRunCollector } from "../../core/pixelRuns.ts";
import { quantisePath } from "../../core/raster/index.ts";
import type { Region } from "../../core/region.ts";
import { NEW_SEGMENT, type PixelProposal } from "../pixelProposal.ts";
import type { Point, TagOverlay } from "../Tool.ts";
import { LineTool, type Made } from "./lineTool.ts";
import { borderWords as words } from "./words.ts";

/** A line across many segments: only those with most of it are tried. */
const TRIED_MAX = 3;

export class KnifeTool extends LineTool {
  protected readonly cursor = "knife";

  protected propose(line: readonly Point[]): Made | null {
    const map = this.context.map();
    if (map === null) return null;
    const path = quantisePath(line);
    const selected = this.context.selected();
    const met = segmentsMet(map, lineCuts(path, map.sizeHw));
    if (met.length === 0) return null;
    const locked = this.context.locked();
    const open = (selected === null ? met : met.filter((id) => id === selected)).filter((id) => !locked.has(id));
    for (const id of open.slice(0, TRIED_MAX)) {
      const cut = knifeCut(map, id, path);
      if (cut !== null) return this.cutting(map, id, cut);
    }
    const meant = selected ?? met[0];
    if (locked.has(meant)) return nothing(words.locked(this.context.nameOf(meant)));
    return nothing(selected === null ? words.cutAcross : words.cutAcrossOf(this.context.nameOf(selected)));
  }

  private cutting(map: MapView, id: number, { part, partPx, keptPx }: KnifeCut) {
    const runs = new PixelRunCollector(part.count);
    regionChanges(map, part, () => NEW_SEGMENT, runs);
    const name = this.context.nameOf(id);
    const proposal: PixelProposal = {
      tool: "knife",
      pixels: runs.toRuns(),
      newLike: id,
      badge: { text: words.cuts(name), warn: false },
      done: words.cutDone(name, partPx),
    };
    const tags: TagOverlay[] = [];
    const tag = (text: string, at: Point | null): unknown => at !== null && tags.push({ text, at });
    tag(words.partA(keptPx), wideIn(keptSpans(map, id, part)));
    tag(words.partB(partPx), wideIn(spansOf(part)));
    return { proposal, tags };
  }
}

/** Segments at the links that the line cuts, the one with most of them first; of equals things before stuff. */
function segmentsMet(map: MapView, cuts: LineCuts): number[] {
  const met = new Map<number, number>();
  const meet = (id: number): void => {
    if (id !== 0) met.set(id, (met.get(id) ?? 0) + 1);
  };
  for (const [y, xs] of cuts.beside) for (const x of xs) if (map.get(x, y) === map.get(x - 1, y)) meet(map.get(x, y));
  for (const [y, xs] of cuts.above) for (const x of xs) if (map.get(x, y) === map.get(x, y - 1)) meet(map.get(x, y));
  return [...met].sort((a, b) => b[1] - a[1] || b[0] - a[0]).map(([id]) => id);
}

const nothing = (text: string) => ({
  proposal: { tool: "knife", pixels: NO_PIXELS, newLike: null, badge: { text, warn: true }, done: "" },
  tags: [],
});

interface Span {
  readonly y: number;
  readonly x0: number;
  readonly x1: number;
}

/** A place inside, where it is wide: the middle one of the runs that are nearly as long as the longest. */
function wideIn(spans: readonly Span[]): Point | null {
  const longest = spans.reduce((most, { x0, x1 }) => Math.max(most, x1 - x0), 0);
  const wide = spans.filter(({ x0, x1 }) => x1 - x0 >= 0.9 * longest);
  if (wide.length === 0) return null;
  const { x0, x1, y } = wide[Math.floor(wide.length / 2)];
  return { x: (x0 + x1) / 2, y: y + 0.5 };
}

function spansOf(region: Region): readonly Span[] {
  return Array.from({ length: region.count }, (_, i) => ({ y: region.ys[i], x0: region.x0s[i], x1: region.x1s[i] }));
}

/** Runs of what stays of the segment. */
function keptSpans(map: MapView, id: number, part: Region): readonly Span[] {
  const [left, top, right, bottom] = map.boxOf(id) ?? [0, 0, 0, 0];
  const kept: Span[] = [];
  let k = 0;
  for (let y = top; y < bottom; y++) {
    while (k < part.count && part.ys[k] < y) k++;
    map.forEachRun(y, left, right, (x0, x1, found) => {
      if (found !== id) return;
      let from = x0;
      for (let i = k; i < part.count && part.ys[i] === y && part.x0s[i] < x1; i++) {
        if (part.x1s[i] <= from) continue;
        if (part.x0s[i] > from) kept.push({ y, x0: from, x1: part.x0s[i] });
        from = part.x1s[i];
      }
      if (x1 > from) kept.push({ y, x0: from, x1 });
    });
  }
  return kept;
}
