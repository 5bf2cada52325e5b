// SPDX-License-Identifier: Apache-2.0
/** Who gets the pixels of the next gesture, who may lose them, and why not, in words. */

import type { DrawMode } from "../core/apply.ts";
import { takesPixels } from "../core/ontology.ts";
import { newSegmentFields, type SegmentChange } from "../core/segment.ts";
import { TOOLS } from "../tools/index.ts";
import { messages, segmentName } from "./messages.ts";
import type { EditorModel } from "./model.ts";
import type { Target } from "./state.ts";

/** Pixels go to `segmentId`; null: a thing that does not exist yet and gets its id when the gesture begins. */
export interface PaintTarget {
  readonly segmentId: number | null;
  readonly classNumber: number;
}

/** The target rule: the selected segment of the current class, else a new thing or the class's one segment. */
export function paintTarget(model: EditorModel): PaintTarget | { readonly refused: string } {
  const { currentClass } = model;
  if (model.readOnly) return { refused: model.readOnlyWhy };
  const entry = currentClass === null ? undefined : model.classes.get(currentClass);
  if (entry === undefined) return { refused: messages.chooseClass };
  const { info } = entry;
  if (info.retired) return { refused: messages.retired(info.name) };
  if (!takesPixels(info)) return { refused: messages.takesNoPixels(info.name, info.geometry.length > 0) };
  if (model.lockedClasses.has(info.number)) return { refused: messages.locked(info.name) };
  if (info.kind !== "thing") {
    if (model.lockedSegments.has(info.number)) return { refused: messages.locked(info.name) };
    return { segmentId: info.number, classNumber: info.number };
  }
  const selected = selectedOfClass(model, info.number);
  if (selected !== null && model.lockedSegments.has(selected)) {
    return { refused: messages.locked(nameOf(model, selected)) };
  }
  return { segmentId: selected, classNumber: info.number };
}

function selectedOfClass(model: EditorModel, classNumber: number): number | null {
  const { primary, doc } = model;
  if (primary === null || doc === null) return null;
  const fields = doc.fields(primary);
  return fields !== null && fields.state === "live" && fields.class === classNumber ? primary : null;
}

/** The change that makes a segment exist (or live again) for pixels that arrive; null when it is there. */
export function arrivalChange(model: EditorModel, segmentId: number, classNumber: number): SegmentChange | null {
  const before = model.doc?.fields(segmentId) ?? null;
  if (before === null) return { id: segmentId, before: null, after: newSegmentFields(classNumber) };
  if (before.state === "live") return null;
  return { id: segmentId, before, after: { ...before, state: "live", mergedInto: null } };
}

/** Every segment that may neither gain nor lose: locked itself or by its class. */
export function lockedIds(model: EditorModel): ReadonlySet<number> {
  if (model.lockedClasses.size === 0) return model.lockedSegments;
  const ids = new Set(model.lockedSegments);
  for (const [id, { fields }] of model.doc?.segments ?? []) if (model.lockedClasses.has(fields.class)) ids.add(id);
  return ids;
}

/** Whether class `taker` (0: the eraser) may take pixels of the segment, by the ontology; locks are another matter. */
export function mayTakeFrom(model: EditorModel, taker: number, segmentId: number): boolean {
  if (model.protection.open || segmentId === 0) return true;
  const owner = model.doc?.fields(segmentId)?.class ?? model.provisional?.classNumber;
  return owner === undefined || model.protection.mayTake(taker, owner);
}

/** Whose pixels class `taker` (0: the eraser) leaves alone while drawing: locked ones, and those protected from it. */
export function heldFrom(model: EditorModel, taker: number): ReadonlySet<number> {
  const locked = lockedIds(model);
  if (model.protection.open) return locked;
  const ids = new Set(locked);
  for (const [id, { fields }] of model.doc?.segments ?? [])
    if (!model.protection.mayTake(taker, fields.class)) ids.add(id);
  return ids;
}

/** Which pixels may pass from one segment to another, 0 being nobody: not from or to locked ones, not protected ones. */
export function passageOf(model: EditorModel): (fromId: number, toId: number) => boolean {
  const locked = lockedIds(model);
  return (fromId, toId) =>
    !locked.has(fromId) &&
    !locked.has(toId) &&
    mayTakeFrom(model, toId === 0 ? 0 : (model.doc?.fields(toId)?.class ?? toId), fromId);
}

/** Of the segments, the first one that is protected from class `taker`, in a sentence; null: none is. */
export function whyProtected(model: EditorModel, taker: number, segmentIds: Iterable<number>): string | null {
  if (model.protection.open) return null;
  for (const id of segmentIds) {
    if (mayTakeFrom(model, taker, id)) continue;
    const owner = model.classes.get(model.doc?.fields(id)?.class ?? 0)?.info.name ?? nameOf(model, id);
    return messages.protectedFrom(owner, model.classes.get(taker)?.info.name ?? null);
  }
  return null;
}

/** Who takes nothing that is given away: locked ones, and those of retired classes, which keep their pixels. */
export function closedIds(model: EditorModel): ReadonlySet<number> {
  const ids = new Set(lockedIds(model));
  for (const [id, { fields }] of model.doc?.segments ?? []) {
    if (model.classes.get(fields.class)?.info.retired === true) ids.add(id);
  }
  return ids;
}

/** Whether the segment may neither gain nor lose: locked itself or by its class. */
export function isLocked(model: EditorModel, id: number): boolean {
  const classNumber = model.doc?.fields(id)?.class;
  return model.lockedSegments.has(id) || (classNumber !== undefined && model.lockedClasses.has(classNumber));
}

/** In mode `inside`: the selected segment when it is not the one that grows, else the one under the first point. */
export function hostIds(
  model: EditorModel,
  mode: DrawMode,
  target: number | null,
  first: { readonly x: number; readonly y: number },
): ReadonlySet<number> {
  if (mode !== "inside") return new Set();
  const { primary } = model;
  if (primary !== null && primary !== target && model.doc?.isLive(primary)) return new Set([primary]);
  const under = model.map?.get(Math.floor(first.x), Math.floor(first.y)) ?? 0;
  return under === 0 || under === target ? new Set() : new Set([under]);
}

/** The layer that a segment's pixels are in: that of its class. */
export function layerOf(model: EditorModel, segmentId: number): string {
  const classNumber = model.doc?.fields(segmentId)?.class;
  return (classNumber === undefined ? undefined : model.classes.get(classNumber)?.info.layer) ?? model.layer;
}

export function nameOf(model: EditorModel, segmentId: number): string {
  const entry = model.doc?.segments.get(segmentId);
  const classNumber = entry?.fields.class ?? model.provisional?.classNumber ?? segmentId;
  const info = model.classes.get(classNumber)?.info;
  if (info === undefined) return messages.unknownClass;
  return info.kind === "thing" ? segmentName(info.name, entry?.number ?? null) : info.name;
}

/** What the chip says about the next gesture. */
export function targetForChip(model: EditorModel): Target {
  const { mode } = model;
  if (model.activeTool === "select") return { kind: "none" };
  const tool = TOOLS.find(({ id }) => id === model.activeTool);
  if (tool?.onBorders === true) {
    const entry = model.primary === null ? undefined : model.doc?.segments.get(model.primary);
    const className = entry === undefined ? null : (model.classes.get(entry.fields.class)?.info.name ?? null);
    return { kind: "border", tool: tool.title, className, number: entry?.number ?? null };
  }
  const makes = tool?.makes;
  if (makes !== undefined) {
    const info = model.currentClass === null ? undefined : model.classes.get(model.currentClass)?.info;
    if (info === undefined) return { kind: "none" };
    return { kind: "object", object: makes, className: info.name, refused: !info.geometry.includes(makes) };
  }
  if (model.activeTool === "eraser") {
    const { primary, doc } = model;
    const entry = primary === null ? undefined : doc?.segments.get(primary);
    if (entry === undefined) return { kind: "erase", className: null, number: null };
    return { kind: "erase", className: model.classes.get(entry.fields.class)?.info.name ?? null, number: entry.number };
  }
  const target = paintTarget(model);
  if ("refused" in target) return { kind: "none" };
  const info = model.classes.get(target.classNumber)!.info;
  const exists = target.segmentId !== null && model.doc?.isLive(target.segmentId) === true;
  if (!exists) return { kind: "new", className: info.name, mode };
  const number = info.kind === "thing" ? (model.doc?.segments.get(target.segmentId!)?.number ?? null) : null;
  return { kind: "add", className: info.name, number, mode };
}
