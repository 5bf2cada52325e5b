// SPDX-License-Identifier: Apache-2.0
/** Whether pixels go into one edit that the server takes: contract/limits.json bounds its runs and its size. */
import { encodePixels } from "../core/editCodec.ts";
import { EDIT_JSON_MAX_BYTES, EDIT_RUNS_MAX } from "../core/limits.ts";
import type { PixelRuns } from "../core/pixelRuns.ts";

/** Row, column, length and pair of a run take three bytes each at most in an image of 65,535 px. */
const BYTES_PER_RUN_MAX = 12;
/** For everything in an edit but its pixels. */
const REST_BYTES = 1 << 20;

export function fitsOneEdit(pixels: PixelRuns): boolean {
  if (pixels.count > EDIT_RUNS_MAX) return false;
  const roomBytes = Math.floor(((EDIT_JSON_MAX_BYTES - REST_BYTES) * 3) / 4);
  return pixels.count * BYTES_PER_RUN_MAX <= roomBytes || encodePixels(pixels).length <= roomBytes;
}
