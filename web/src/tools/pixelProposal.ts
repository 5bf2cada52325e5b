// SPDX-License-Identifier: Apache-2.0
/** Pixels that a tool would have change owner, worked out from the map as it is: shown as it will be, then one edit. */
import { SEGMENT_ID_MAX } from "../core/limits.ts";
import type { PixelRuns } from "../core/pixelRuns.ts";

/** Owner after, of pixels that go to a segment which does not exist yet. Owns no pixel and is never leased. */
export const NEW_SEGMENT = SEGMENT_ID_MAX;

export interface PixelProposal {
  /** Goes into the edit's record: "knife". */
  readonly tool: string;
  readonly pixels: PixelRuns;
  /** The segment whose class `NEW_SEGMENT` gets; null when no pixel goes to it. */
  readonly newLike: number | null;
  /** Said at the pointer; when no pixel changes: why not. */
  readonly badge: { readonly text: string; readonly warn: boolean } | null;
  /** Said when it has been done. */
  readonly done: string;
  /** Said to the eye too, with Undo; gestures are only announced, as the picture shows them. */
  readonly toast?: boolean;
}
