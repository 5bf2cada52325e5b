// SPDX-License-Identifier: Apache-2.0
/** The JSON shapes of contract/vectors/README.md: maps, pixels, segments; and the text of a file. */
import { LabelMap } from "../../../src/core/labelMap.ts";
import { PixelRunCollector, type PixelRuns } from "../../../src/core/pixelRuns.ts";
import type { Region, SizeHw } from "../../../src/core/region.ts";
import type { Json } from "../../../src/core/segment.ts";

export type Page = "tile_codec" | "raster" | "edit" | "vector_view" | "regions" | "statistics" | "rle" | "items";
export const PAGES: readonly Page[] = [
  "tile_codec",
  "raster",
  "edit",
  "vector_view",
  "regions",
  "statistics",
  "rle",
  "items",
];

export interface Case {
  readonly name: string;
  readonly why: string;
  readonly input: { readonly do: string; readonly [key: string]: Json };
  readonly expected: { readonly [key: string]: Json };
}

export type NewCase = Omit<Case, "expected">;

export interface VectorFile {
  readonly page: Page;
  readonly writer: string;
  readonly cases: readonly Case[];
}

/** `[[id, length], …]` row-major → map. */
export function mapFrom(runs: Json, sizeHw: SizeHw): LabelMap {
  const ids = new Uint32Array(sizeHw[0] * sizeHw[1]);
  let at = 0;
  for (const [id, length] of runs as readonly (readonly [number, number])[]) {
    ids.fill(id, at, at + length);
    at += length;
  }
  if (at !== ids.length) throw new Error("the runs of a map do not fill it");
  return LabelMap.fromIds(ids, sizeHw);
}

/** Maximal runs `[[id, length], …]` of ids row-major. */
export function runsOfIds(ids: ArrayLike<number>): Json {
  const runs: [number, number][] = [];
  for (let i = 0; i < ids.length; i++) {
    const last = runs[runs.length - 1];
    if (last !== undefined && last[0] === ids[i]) last[1]++;
    else runs.push([ids[i], 1]);
  }
  return runs;
}

export const mapJson = (map: LabelMap): Json => runsOfIds(map.toIds());

/** `[[y, x0, length, before, after], …]`, sorted and disjoint, → pixels. */
export function pixelsFrom(runs: Json): PixelRuns {
  const out = new PixelRunCollector();
  for (const [y, x0, length, before, after] of runs as readonly (readonly number[])[]) {
    out.push(y, x0, x0 + length, before, after);
  }
  return out.toRuns();
}

export function pixelsJson(runs: PixelRuns): Json {
  const rows: number[][] = [];
  for (let i = 0; i < runs.count; i++) {
    rows.push([runs.ys[i], runs.x0s[i], runs.x1s[i] - runs.x0s[i], runs.befores[i], runs.afters[i]]);
  }
  return rows;
}

/** `[[y, x0, x1], …]` → region, as it stands. */
export function regionFrom(runs: Json): Region {
  const rows = runs as readonly (readonly number[])[];
  return {
    ys: Int32Array.from(rows, (r) => r[0]),
    x0s: Int32Array.from(rows, (r) => r[1]),
    x1s: Int32Array.from(rows, (r) => r[2]),
    count: rows.length,
  };
}

export function regionJson(region: Region): Json {
  const rows: number[][] = [];
  for (let i = 0; i < region.count; i++) rows.push([region.ys[i], region.x0s[i], region.x1s[i]]);
  return rows;
}

/** JSON with sorted keys, without spaces. */
export function sortedJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(sortedJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${sortedJson(item)}`).join(",")}}`;
}

/** The text of a file: one case a line, so that a change shows as the lines that changed. */
export function fileText(file: VectorFile): string {
  const cases = file.cases.map((c) => sortedJson({ ...c })).join(",\n");
  return `{"cases":[\n${cases}\n],"page":${JSON.stringify(file.page)},"writer":${JSON.stringify(file.writer)}}\n`;
}
