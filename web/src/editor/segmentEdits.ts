// SPDX-License-Identifier: Apache-2.0
/** Commands on whole segments: delete and change of class. Each is one edit, so each is one undo step. */
import { changedBox, type ItemChange, type PixelRuns } from "../core/edit.ts";
import type { LabelMap } from "../core/labelMap.ts";
import { takesPixels } from "../core/ontology.ts";
import { applyPixels, PixelRunCollector } from "../core/pixelRuns.ts";
import type { SegmentChange } from "../core/segment.ts";
import type { IdPool } from "./leases.ts";
import { messages } from "./messages.ts";
import type { EditorModel } from "./model.ts";
import type { EditRecorder } from "./recorder.ts";
import { arrivalChange, isLocked, layerOf, nameOf, whyProtected } from "./targets.ts";

export class SegmentEdits {
  private ids: IdPool | null = null;

  constructor(
    private readonly model: EditorModel,
    private readonly recorder: EditRecorder,
  ) {}

  connect(ids: IdPool): void {
    this.ids = ids;
  }

  /** Deletes segments of one layer, whose pixels become unlabelled, and in the same edit these items. */
  remove(ids: readonly number[], items: readonly ItemChange[] = []): void {
    const { model } = this;
    const open = this.changeable(ids);
    if (open.length === 0) return;
    const layer = layerOf(model, open[0]);
    const map = model.doc!.map(layer);
    const names = open.map((id) => nameOf(model, id));
    const pixels = ownersReplaced(map, open, () => 0);
    const segments = open.map((id): SegmentChange => {
      const before = model.doc!.fields(id)!;
      return { id, before, after: { ...before, state: "deleted" } };
    });
    model.selection = model.selection.filter((id) => !open.includes(id));
    applyPixels(map, pixels);
    this.recorder.record({ layer, tool: "delete", pixels, segments, items });
    model.dirtyLabels(changedBox(pixels));
    model.say(open.length === 1 ? messages.deleted(names[0]) : messages.deletedMany(open.length), true);
    model.objects.forget(items.map(({ id }) => id));
  }

  /** A thing that becomes another thing keeps its id; to or from stuff its pixels move to the right segment. */
  changeClass(ids: readonly number[], classNumber: number): void {
    const { model } = this;
    const info = model.classes.get(classNumber)?.info;
    if (info === undefined) return;
    const open = this.changeable(ids).filter((id) => model.doc!.fields(id)!.class !== classNumber);
    if (open.length === 0) return;
    if (info.retired) {
      model.say(messages.retired(info.name));
      return;
    }
    const gainer = info.kind !== "thing" && model.lockedSegments.has(classNumber);
    if (model.lockedClasses.has(classNumber) || gainer) {
      model.say(messages.locked(info.name));
      return;
    }
    const layer = layerOf(model, open[0]);
    if (info.layer !== layer) {
      model.say(messages.otherLayer(info.name));
      return;
    }
    if (!takesPixels(info)) {
      model.say(messages.takesNoPixels(info.name, info.geometry.length > 0));
      return;
    }
    const map = model.doc!.map(layer);
    const names = open.map((id) => nameOf(model, id));
    const moves = new Map<number, number>();
    const changes = new Map<number, SegmentChange>();
    for (const id of open) if (!this.planChange(id, classNumber, info.kind === "thing", moves, changes)) return;
    const pixels = ownersReplaced(map, [...moves.keys()], (id) => moves.get(id)!);
    applyPixels(map, pixels);
    model.selection = [...new Set(model.selection.map((id) => moves.get(id) ?? id))];
    this.recorder.record({ layer, tool: "class", pixels, segments: [...changes.values()] });
    model.currentClass = classNumber;
    model.looksChanged();
    model.say(
      open.length === 1
        ? messages.classChanged(names[0], info.name)
        : messages.classChangedMany(open.length, info.name),
      true,
    );
  }

  private planChange(
    id: number,
    classNumber: number,
    toThing: boolean,
    moves: Map<number, number>,
    changes: Map<number, SegmentChange>,
  ): boolean {
    const { model } = this;
    const before = model.doc!.fields(id)!;
    const fromThing = model.classes.get(before.class)?.info.kind === "thing";
    const held = fromThing && toThing ? null : whyProtected(model, classNumber, [id]);
    if (held !== null) {
      model.say(held);
      return false;
    }
    if (fromThing && toThing) {
      changes.set(id, { id, before, after: { ...before, class: classNumber } });
      return true;
    }
    const target = toThing ? (this.ids?.take() ?? null) : classNumber;
    if (target === null) {
      model.say(messages.noIds);
      return false;
    }
    moves.set(id, target);
    changes.set(id, { id, before, after: { ...before, state: "deleted" } });
    const arrival = changes.has(target) ? null : arrivalChange(model, target, classNumber);
    if (arrival !== null) changes.set(target, arrival);
    return true;
  }

  private changeable(ids: readonly number[]): readonly number[] {
    const { model } = this;
    const live = ids.filter((id) => model.doc?.isLive(id) === true);
    if (model.readOnly) {
      model.say(model.readOnlyWhy);
      return [];
    }
    if (live.length === 0) {
      model.say(messages.noSelection);
      return [];
    }
    const open = live.filter((id) => !isLocked(model, id) && layerOf(model, id) === layerOf(model, live[0]));
    if (open.length === 0) model.say(messages.locked(nameOf(model, live[0])));
    return open;
  }
}

/** All pixels of the segments, given to whom `ownerFor` says. Does not change the map. */
export function ownersReplaced(map: LabelMap, ids: readonly number[], ownerFor: (id: number) => number): PixelRuns {
  const runs = new PixelRunCollector(256);
  for (const id of ids) {
    const region = map.regionOf(id);
    const after = ownerFor(id);
    for (let i = 0; i < region.count; i++) runs.push(region.ys[i], region.x0s[i], region.x1s[i], id, after);
  }
  return runs.toRuns();
}
