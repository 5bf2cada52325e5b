// SPDX-License-Identifier: Apache-2.0
/** Merge, split into parts, a new one alike, and removal of islands. Each is one edit, so each is one undo step. */
import { applyRegion } from "../core/apply.ts";
import { type Part, partsOf } from "../core/components.ts";
import { changedPx, NO_PIXELS, type PixelRuns } from "../core/edit.ts";
import { type Island, islandsOf } from "../core/islands.ts";
import type { LabelMap } from "../core/labelMap.ts";
import { ID_LEASE_MAX, STUFF_ID_MAX } from "../core/limits.ts";
import { applyPixels, PixelRunCollector } from "../core/pixelRuns.ts";
import { type Region, unionRegions } from "../core/region.ts";
import { newSegmentFields, type SegmentChange, type SegmentFields } from "../core/segment.ts";
import type { IdPool } from "./leases.ts";
import { messages } from "./messages.ts";
import type { EditorModel } from "./model.ts";
import { partitionMessages as say } from "./partitionMessages.ts";
import { fitsOneEdit } from "./pieces.ts";
import type { EditRecorder } from "./recorder.ts";
import { refuse, toldOutcome } from "./refusal.ts";
import { ownersReplaced } from "./segmentEdits.ts";
import { selectOnly } from "./selecting.ts";
import { closedIds, isLocked, mayTakeFrom, nameOf, whyProtected } from "./targets.ts";

export class SegmentOperations {
  private ids: IdPool | null = null;

  constructor(
    private readonly model: EditorModel,
    private readonly recorder: EditRecorder,
  ) {}

  connect(ids: IdPool): void {
    this.ids = ids;
  }

  /** The first one keeps id, class and answers; the others become aliases of it. */
  merge(ids: readonly number[]): void {
    this.tell(() => {
      const { model } = this;
      const live = this.usable(ids, say.mergeNeedsTwo);
      if (live.length < 2) refuse(say.mergeNeedsTwo);
      if (new Set(live.map((id) => this.layerOf(id))).size > 1) refuse(say.mergeAcrossLayers);
      const [target, ...others] = live;
      const info = model.classes.get(this.fields(target).class)?.info;
      if (info?.retired) refuse(messages.retired(info.name));
      const held = whyProtected(model, this.fields(target).class, others);
      if (held !== null) refuse(held);
      const layer = this.layerOf(target);
      const pixels = ownersReplaced(model.doc!.map(layer), others, () => target);
      this.write(
        layer,
        "merge",
        pixels,
        others.map((id) => mergedInto(target, id, this.fields(id))),
      );
      selectOnly(model, [target]);
      return say.merged(others.length, nameOf(model, target));
    });
  }

  /** Each connected part becomes a segment of its own; the largest one keeps the id and the answers. */
  split(ids: readonly number[]): void {
    this.tell(() => {
      const { model } = this;
      const live = this.usable(ids, messages.noSelection);
      const stuff = live.find((id) => id <= STUFF_ID_MAX);
      if (stuff !== undefined) refuse(say.oneOfStuff(nameOf(model, stuff)));
      const layer = this.layerOf(live[0]);
      const own = live.filter((id) => this.layerOf(id) === layer);
      const parts = partsOf(model.doc!.map(layer), new Set(own));
      const kept = largestParts(parts);
      const fresh = parts.filter((part) => kept.get(part.segmentId) !== part);
      if (fresh.length === 0) refuse(live.length === 1 ? say.onePiece(nameOf(model, live[0])) : say.alreadyConnected);
      if (fresh.length > ID_LEASE_MAX) refuse(say.tooManyParts(fresh.length));
      if ((this.ids?.left ?? 0) < fresh.length) {
        this.whenIdsAreThere(fresh.length, () => this.split(ids));
        return null;
      }
      const touched = new Set(fresh.map((part) => part.segmentId));
      const name = nameOf(model, live[0]);
      this.writeSplit(layer, fresh, touched);
      if (touched.size > 1) return say.splitMany(touched.size, fresh.length + touched.size);
      return say.split(own.length === 1 ? name : nameOf(model, fresh[0].segmentId), fresh.length + 1);
    });
  }

  /** A new thing without pixels, of the same class and with the same answers, which the next gesture draws. */
  duplicate(ids: readonly number[]): void {
    this.tell(() => {
      const { model } = this;
      const [original] = this.usable(ids.slice(-1), messages.noSelection);
      const { class: classNumber, answers } = this.fields(original);
      const info = model.classes.get(classNumber)?.info;
      if (original <= STUFF_ID_MAX) refuse(say.stuffNotDoubled(nameOf(model, original)));
      if (info === undefined || info.retired) refuse(messages.retired(nameOf(model, original)));
      const id = this.ids?.take() ?? null;
      if (id === null) refuse(messages.noIds);
      const after: SegmentFields = { ...newSegmentFields(classNumber), answers };
      this.write(this.layerOf(original), "duplicate", NO_PIXELS, [{ id, before: null, after }]);
      selectOnly(model, [id]);
      return say.duplicated(info.name);
    });
  }

  /** Islands under `belowPx` of the given segments, or of all segments and gaps when null, go to their neighbours. */
  removeIslands(belowPx: number, ids: readonly number[] | null): void {
    this.tell(() => {
      const { model } = this;
      if (model.doc === null) refuse(messages.loading);
      if (model.readOnly) refuse(model.readOnlyWhy);
      const live = ids === null ? null : this.usable(ids, messages.noSelection);
      const layer = live === null ? model.layer : this.layerOf(live[0]);
      const map = model.doc.map(layer);
      const closed = closedIds(model);
      const found = islandsOf(map, belowPx, live === null ? null : new Set(live), closed);
      const islands = found.filter((island) => mayTakeFrom(model, this.classOf(island.takerId), island.segmentId));
      if (islands.length === 0) refuse(say.noIslands(belowPx));
      const pixels = pixelsGiven(map, islands, closed);
      this.write(layer, "islands", pixels, []);
      return say.islandsRemoved(islands.length, changedPx(pixels));
    });
  }

  private tell(work: () => string | null): void {
    toldOutcome(work, (text, canUndo) => this.model.say(text, canUndo));
  }

  private whenIdsAreThere(count: number, work: () => void): void {
    const { model } = this;
    void this.ids?.reserve(count).then((enough) => {
      if (enough) work();
      else model.say(messages.noIds);
    });
  }

  private writeSplit(layer: string, fresh: readonly Part[], touched: ReadonlySet<number>): void {
    const pixels = new PixelRunCollector(256);
    const changes = new Map<number, SegmentChange>();
    for (const { segmentId, region } of fresh) {
      const id = this.ids!.take()!;
      const before = this.fields(segmentId);
      changes.set(id, { id, before: null, after: { ...before, answers: {}, instancesUnknown: false } });
      const { ys, x0s, x1s, count } = region;
      for (let i = 0; i < count; i++) pixels.push(ys[i], x0s[i], x1s[i], segmentId, id);
    }
    // Whoever splits says that the parts are instances.
    for (const id of touched) {
      const before = this.fields(id);
      if (before.instancesUnknown) changes.set(id, { id, before, after: { ...before, instancesUnknown: false } });
    }
    this.write(layer, "split", pixels.toRuns(), [...changes.values()]);
  }

  private write(layer: string, tool: string, pixels: PixelRuns, segments: readonly SegmentChange[]): void {
    if (!fitsOneEdit(pixels)) refuse(say.tooManyPieces);
    applyPixels(this.model.doc!.map(layer), pixels);
    this.recorder.record({ layer, tool, pixels, segments });
  }

  /** The live ones among them, one at least, when all may change. */
  private usable(ids: readonly number[], ifNone: string): readonly number[] {
    const { model } = this;
    const live = ids.filter((id) => model.doc?.isLive(id) === true);
    const locked = live.find((id) => isLocked(model, id));
    if (model.readOnly) refuse(model.readOnlyWhy);
    if (live.length === 0) refuse(ifNone);
    if (locked !== undefined) refuse(messages.locked(nameOf(model, locked)));
    return live;
  }

  private fields(id: number): SegmentFields {
    return this.model.doc!.fields(id)!;
  }

  private classOf(id: number): number {
    return id === 0 ? 0 : this.fields(id).class;
  }

  private layerOf(id: number): string {
    return this.model.classes.get(this.fields(id).class)?.info.layer ?? this.model.layer;
  }
}

/** Stuff has one id for all authors: an alias would send everyone's next road to the target. It ends instead. */
function mergedInto(target: number, id: number, before: SegmentFields): SegmentChange {
  const end = id <= STUFF_ID_MAX ? { state: "deleted" as const } : { state: "merged" as const, mergedInto: target };
  return { id, before, after: { ...before, ...end } };
}

/** By id; of equally large ones the first. */
function largestParts(parts: readonly Part[]): ReadonlyMap<number, Part> {
  const largest = new Map<number, Part>();
  for (const part of parts) {
    const known = largest.get(part.segmentId);
    if (known === undefined || part.areaPx > known.areaPx) largest.set(part.segmentId, part);
  }
  return largest;
}

/** Through the one door, once for each pair of loser and taker. */
function pixelsGiven(map: LabelMap, islands: readonly Island[], closed: ReadonlySet<number>): PixelRuns {
  const byPair = new Map<string, { readonly from: number; readonly to: number; readonly regions: Region[] }>();
  for (const { segmentId, takerId, region } of islands) {
    const key = `${segmentId}>${takerId}`;
    const pair = byPair.get(key);
    if (pair === undefined) byPair.set(key, { from: segmentId, to: takerId, regions: [region] });
    else pair.regions.push(region);
  }
  const all = new PixelRunCollector(256);
  for (const { from, to, regions } of byPair.values()) {
    const { ys, x0s, x1s, befores, afters, count } = applyRegion(
      map,
      unionRegions(regions),
      to,
      "inside",
      closed,
      new Set([from]),
    );
    for (let i = 0; i < count; i++) all.push(ys[i], x0s[i], x1s[i], befores[i], afters[i]);
  }
  return all.toRuns();
}
