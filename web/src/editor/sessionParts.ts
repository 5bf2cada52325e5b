// SPDX-License-Identifier: Apache-2.0
/** What commands may use of the session. */

import type { AnswerEdits } from "./answerEdits.ts";
import type { BorderPart } from "./borderPart.ts";
import type { ConflictDesk } from "./conflictDesk.ts";
import type { Crosshair } from "./crosshair.ts";
import type { FindingsDesk } from "./findingsDesk.ts";
import type { GapEdits } from "./gapEdits.ts";
import type { ObjectConversions } from "./objectConversions.ts";
import type { ObjectDesk } from "./objectDesk.ts";
import type { RelationDesk } from "./relationDesk.ts";
import type { RevisionDesk } from "./revisionDesk.ts";
import type { SegmentEdits } from "./segmentEdits.ts";
import type { SegmentOperations } from "./segmentOperations.ts";
import type { SideDesk } from "./sideDesk.ts";
import type { ToolHost } from "./toolHost.ts";
import type { Viewing } from "./viewing.ts";

export interface SessionParts {
  readonly tools: ToolHost;
  readonly viewing: Viewing;
  readonly segments: SegmentEdits;
  readonly operations: SegmentOperations;
  readonly gaps: GapEdits;
  readonly border: BorderPart;
  readonly objects: ObjectDesk;
  readonly conversions: ObjectConversions;
  readonly relations: RelationDesk;
  readonly crosshair: Crosshair;
  readonly revisions: RevisionDesk;
  readonly conflicts: ConflictDesk;
  readonly side: SideDesk;
  readonly findings: FindingsDesk;
  readonly answers: AnswerEdits;
  /** True, and said so, while an outline is unfinished: it must not be left behind by accident. */
  refusedByOutline(): boolean;
  /** Deletes what is selected, segments and objects, as one edit. */
  removeSelection(): void;
  undo(): void;
  redo(): void;
  submit(): Promise<void>;
  reopen(): Promise<void>;
  saveNow(): Promise<void>;
  /** Writes tool, class, brush and opacity to the preferences. */
  remember(): void;
  setPanning(on: boolean): void;
  /** A drag marks a rectangle to zoom to. */
  armZoom(on: boolean): void;
  setPhotoOnly(on: boolean): void;
}
