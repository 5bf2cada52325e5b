// SPDX-License-Identifier: Apache-2.0
/** What commands do, by subject. */

import type { AnswerEdits } from "./answerEdits.ts";
import { BorderActions } from "./borderActions.ts";
import { ColourActions } from "./colourActions.ts";
import { DrawingActions } from "./drawingActions.ts";
import { FindingActions } from "./findingActions.ts";
import { HistoryActions } from "./historyActions.ts";
import { ImageActions } from "./imageActions.ts";
import { LookingActions } from "./lookingActions.ts";
import type { EditorModel } from "./model.ts";
import { ObjectActions } from "./objectActions.ts";
import { PartitionActions } from "./partitionActions.ts";
import { SegmentActions } from "./segmentActions.ts";
import type { SessionParts } from "./sessionParts.ts";
import type { SideDesk } from "./sideDesk.ts";
import { ToneActions } from "./toneActions.ts";
import { ViewActions } from "./viewActions.ts";

export interface CommandActions {
  readonly draw: DrawingActions;
  readonly segment: SegmentActions;
  readonly partition: PartitionActions;
  readonly object: ObjectActions;
  readonly border: BorderActions;
  readonly view: ViewActions;
  readonly tone: ToneActions;
  readonly looking: LookingActions;
  readonly colours: ColourActions;
  readonly side: SideDesk;
  readonly image: ImageActions;
  readonly history: HistoryActions;
  readonly finding: FindingActions;
  readonly answers: AnswerEdits;
}

export function createActions(model: EditorModel, parts: SessionParts): CommandActions {
  const segment = new SegmentActions(model, parts);
  return {
    draw: new DrawingActions(model, parts),
    segment,
    object: new ObjectActions(model, parts),
    partition: new PartitionActions(model, parts),
    border: new BorderActions(model, parts),
    view: new ViewActions(model, parts),
    tone: new ToneActions(model),
    looking: new LookingActions(model, parts),
    colours: new ColourActions(model, segment),
    side: parts.side,
    image: new ImageActions(model, parts),
    history: new HistoryActions(model, parts),
    finding: new FindingActions(parts),
    answers: parts.answers,
  };
}
