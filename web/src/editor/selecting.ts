// SPDX-License-Identifier: Apache-2.0
/** Selection of segments. The last one selected is the one that strokes and digits mean. */

import type { BoxXyxy } from "../core/region.ts";
import { fitBox, visibleBox } from "../core/viewport.ts";
import { messages } from "./messages.ts";
import type { EditorModel } from "./model.ts";
import { liveObjects, nameOfObject, shownObjects } from "./objectList.ts";
import { objectMessages } from "./objectMessages.ts";
import { isLive } from "./objectSelection.ts";
import { layerOf, nameOf } from "./targets.ts";

const FRAME_MARGIN_PX = 48;
/** Marks smaller than this on screen are worth a closer look. */
const SEEN_WELL_PX = 24;

/** Selects objects or relations; without `add` they alone are selected. Again with `add`: no longer. */
export function selectItems(model: EditorModel, ids: readonly string[], add: boolean): void {
  const live = ids.filter((id) => isLive(model.doc?.items.get(id) ?? null));
  const before = add ? model.objects.selected : [];
  const one = add && live.length === 1 && before.includes(live[0]);
  const next = one ? before.filter((id) => id !== live[0]) : [...before.filter((id) => !live.includes(id)), ...live];
  if (!add) selectOnly(model, [], true);
  const same = next.length === model.objects.selected.length && next.every((id, i) => id === model.objects.selected[i]);
  if (same) return;
  model.objects.selected = next;
  const last = next[next.length - 1];
  const state = last === undefined ? undefined : model.doc?.liveObject(last);
  if (state != null && model.classes.get(state.class)?.info.retired === false) model.currentClass = state.class;
  if (last !== undefined) model.announce(objectMessages.selected(next.length, nameOfObject(model, last)));
  model.objectsChanged();
}

/** Of these segments alone; objects stay selected with `keepObjects`. */
export function selectOnly(model: EditorModel, ids: readonly number[], keepObjects = false): void {
  if (!keepObjects && model.objects.selected.length > 0) {
    model.objects.selected = [];
    model.objectsChanged();
  }
  const live = [...new Set(ids)].filter((id) => model.doc?.isLive(id) === true);
  // One edit is about one layer, so a selection is, too: the one of what was chosen last.
  const layer = live.length === 0 ? model.layer : layerOf(model, live[live.length - 1]);
  const next = live.filter((id) => layerOf(model, id) === layer);
  if (sameIds(next, model.selection)) return;
  model.selection = next;
  followClass(model);
  if (next.length > 0) model.announce(messages.selected(next.length, nameOf(model, next[next.length - 1])));
  model.looksChanged();
}

export function addToSelection(model: EditorModel, id: number): void {
  if (id === 0) return;
  const without = model.selection.filter((other) => other !== id);
  selectOnly(model, without.length === model.selection.length ? [...without, id] : without, true);
}

/** What is selected is what one goes on with: its class becomes the current one. */
function followClass(model: EditorModel): void {
  const fields = model.primary === null ? null : (model.doc?.fields(model.primary) ?? null);
  if (fields !== null && model.classes.get(fields.class)?.info.retired === false) model.currentClass = fields.class;
}

/** Next or previous segment or object in reading order of their boxes. */
export function walkSelection(model: EditorModel, step: 1 | -1): boolean {
  const { map, doc } = model;
  if (map === null || doc === null) return false;
  const ids = [...doc.segments.keys()].filter((id) => doc.isLive(id) && !model.hidden.has(id) && map.areaOf(id) > 0);
  const middle = ([x0, y0, x1, y1]: BoxXyxy): number =>
    Math.floor((y0 + y1) / 2) * map.width + Math.floor((x0 + x1) / 2);
  const centre = (id: number): number => middle(map.boxOf(id)!);
  const objects = shownObjects(model).map(({ id, bounds }) => ({ id, at: middle(bounds) }));
  const ordered = [...ids.map((id) => ({ id, at: centre(id) })), ...objects].sort((a, b) => a.at - b.at);
  const current = model.objects.primary ?? model.primary;
  const now = ordered.findIndex(({ id }) => id === current);
  const next = now < 0 ? (step === 1 ? 0 : ordered.length - 1) : now + step;
  const found = ordered[next];
  // Arrows then move what is selected, not the crosshair.
  model.crosshair = null;
  if (typeof found?.id === "string") selectItems(model, [found.id], false);
  else selectOnly(model, found === undefined ? [] : [found.id]);
  return found !== undefined;
}

/** The layer that is shown is that of the current class: the first class of the layer that is in use becomes it. */
export function showLayer(model: EditorModel, layer: string): void {
  const entry = [...model.classes.values()].find(({ info }) => info.layer === layer && !info.retired);
  if (entry === undefined) return;
  model.currentClass = entry.info.number;
  model.looksChanged();
}

export function frameSelection(model: EditorModel): void {
  let box: BoxXyxy | null = null;
  for (const id of model.selection) box = unite(box, model.map?.boxOf(id) ?? null);
  for (const id of model.objects.selected) box = unite(box, liveObjects(model).get(id)?.bounds ?? null);
  if (box === null) model.say(messages.noSelection);
  else frameBox(model, box);
}

export function frameBox(model: EditorModel, box: BoxXyxy): void {
  const { widthPx, heightPx } = model.canvasSize;
  const margin = Math.min(FRAME_MARGIN_PX, widthPx / 8, heightPx / 8);
  model.setView(fitBox(box, model.canvasSize, margin), false);
}

/** Brings the box into view with room around it; a view that shows it well already stays as it is. */
export function bringIntoView(model: EditorModel, box: BoxXyxy): void {
  const { canvasSize, view, sizeHw } = model;
  const seen = visibleBox(view, sizeHw, canvasSize);
  const inside = seen !== null && box[0] >= seen[0] && box[1] >= seen[1] && box[2] <= seen[2] && box[3] <= seen[3];
  if (inside && Math.max(box[2] - box[0], box[3] - box[1]) * view.zoom >= SEEN_WELL_PX) return;
  const roomPx = Math.min(canvasSize.widthPx, canvasSize.heightPx) / 4;
  model.setView(fitBox(box, canvasSize, roomPx), false);
}

function unite(a: BoxXyxy | null, b: BoxXyxy | null): BoxXyxy | null {
  if (a === null || b === null) return a ?? b;
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
}

const sameIds = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((id, i) => id === b[i]);
