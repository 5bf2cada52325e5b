// SPDX-License-Identifier: Apache-2.0
/** How a segment looks right now: colour of its class or its own, hidden, selected, hovered. */
import type { SegmentLook } from "./canvas.ts";
import { lightness } from "./classes.ts";
import type { EditorDocument } from "./document.ts";
import type { EditorModel } from "./model.ts";

const UNKNOWN_COLOUR = 0x808080;

/** `doc`: the document in which the segment is looked up; the one on screen unless another is shown beside it. */
export function lookOfSegment(model: EditorModel, id: number, doc: EditorDocument | null = model.doc): SegmentLook {
  const fields = doc?.fields(id) ?? null;
  const classNumber = fields?.class ?? (model.provisional?.id === id ? model.provisional.classNumber : 0);
  const base = lookOfClass(model, classNumber);
  const colour = model.colouring.colourOf(id, fields) ?? base.colour;
  return {
    colour,
    dark: lightness(colour) < 50,
    hidden: model.hidden.has(id) || (model.onlyClass !== null && model.onlyClass !== classNumber),
    selected: model.selection.includes(id),
    hovered: model.hovered === id,
  };
}

export function lookOfClass(model: EditorModel, classNumber: number): SegmentLook {
  const entry = model.classes.get(classNumber);
  return {
    colour: entry?.colour ?? UNKNOWN_COLOUR,
    dark: entry?.dark ?? false,
    hidden: false,
    selected: false,
    hovered: false,
  };
}
