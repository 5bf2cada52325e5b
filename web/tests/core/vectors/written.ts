// SPDX-License-Identifier: Apache-2.0
/** The files that this core writes for the other. */
import { EDIT_CASES } from "./casesEdit.ts";
import { ITEM_CASES } from "./casesItems.ts";
import { RASTER_CASES } from "./casesRaster.ts";
import { REPLAY_CASES } from "./casesReplay.ts";
import { TILE_CODEC_CASES } from "./casesTileCodec.ts";
import { VIEW_CASES } from "./casesView.ts";
import { fileText, type NewCase, type Page } from "./format.ts";
import { runCase } from "./runCase.ts";

const CASES: { readonly [page in Page]: readonly NewCase[] } = {
  tile_codec: TILE_CODEC_CASES,
  raster: RASTER_CASES,
  edit: [...EDIT_CASES, ...REPLAY_CASES],
  items: ITEM_CASES,
  ...VIEW_CASES,
};

/** Text of contract/vectors/<page>/typescript.json as the code writes it now. */
export function writtenText(page: Page): string {
  const cases = CASES[page].map((c) => ({ ...c, expected: runCase(c.input, page) }));
  if (new Set(cases.map((c) => c.name)).size !== cases.length) throw new Error(`${page}: a name twice`);
  return fileText({ page, writer: "typescript", cases });
}
