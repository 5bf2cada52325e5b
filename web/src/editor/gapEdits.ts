// SPDX-License-Identifier: Apache-2.0
/** Gaps: walking from one to the next, giving one to its neighbours, filling all of them. Each change is one undo step. */
import { applyRegion } from "../core/apply.ts";
import { type Part, partsOf } from "../core/components.ts";
import { changedPx, type PixelRuns } from "../core/edit.ts";
import { floodRegion } from "../core/flood.ts";
import { type Gift, giveToNeighbours } from "../core/gaps.ts";
import type { Point } from "../core/geometry.ts";
import type { LabelMap } from "../core/labelMap.ts";
import { takesPixels } from "../core/ontology.ts";
import { applyPixels, PixelRunCollector } from "../core/pixelRuns.ts";
import type { Region } from "../core/region.ts";
import type { SegmentChange } from "../core/segment.ts";
import type { IdPool } from "./leases.ts";
import { messages, percent } from "./messages.ts";
import type { EditorModel } from "./model.ts";
import { partitionMessages as say } from "./partitionMessages.ts";
import { fitsOneEdit } from "./pieces.ts";
import type { EditRecorder } from "./recorder.ts";
import { refuse, toldOutcome } from "./refusal.ts";
import { frameBox } from "./selecting.ts";
import { arrivalChange, closedIds, nameOf } from "./targets.ts";

const UNLABELLED: ReadonlySet<number> = new Set([0]);
const NONE: ReadonlySet<number> = new Set();

export class GapEdits {
  private ids: IdPool | null = null;
  /** First pixel of the gap that was framed last, and where the pointer was then. */
  private framed: { readonly first: Point; readonly pointer: Point | null } | null = null;

  constructor(
    private readonly model: EditorModel,
    private readonly recorder: EditRecorder,
  ) {}

  connect(ids: IdPool): void {
    this.ids = ids;
  }

  /** Shows the next or previous gap in reading order of their first pixels, large and hatched. */
  step(direction: 1 | -1): void {
    const { model } = this;
    const { map } = model;
    if (map === null) return;
    const gaps = gapsOf(map);
    if (gaps.length === 0) {
      this.framed = null;
      model.say(messages.noGaps);
      return;
    }
    const place = this.nextPlace(gaps, map.width, direction);
    const gap = gaps[place];
    this.framed = { first: firstOf(gap.region), pointer: model.pointerScreen };
    model.gapView = true;
    frameBox(model, gap.box);
    model.dirtyLabels(null);
    model.say(say.gap(place + 1, gaps.length, percent(gap.areaPx, map.width * map.height)));
  }

  /** Asks the page how all gaps shall be filled, when there are any. */
  ask(): void {
    this.tell(() => {
      this.writable();
      this.model.intent({ kind: "fill-gaps" });
      return null;
    });
  }

  /** Gives the gap that is meant to its neighbours, each pixel to the nearest. */
  give(): void {
    this.tell(() => {
      const map = this.writable();
      const at = this.gapMeant(map) ?? refuse(say.whichGap);
      return this.record(map, giveToNeighbours(map, floodRegion(map, at.x, at.y), closedIds(this.model)), "gap");
    });
  }

  /** Gives every gap to its neighbours. */
  giveAll(): void {
    this.tell(() => {
      const map = this.writable();
      const closed = closedIds(this.model);
      // Gap by gap: none depends on another, and each takes memory for its own box alone.
      const gifts = gapsOf(map).flatMap(({ region }) => giveToNeighbours(map, region, closed));
      return this.record(map, gifts, "gaps");
    });
  }

  /** Gives all unlabelled pixels to a class of the current layer: to its one segment, or to a new thing. */
  giveAllTo(classNumber: number): void {
    const { model } = this;
    const info = model.classes.get(classNumber)?.info;
    if (info?.layer !== model.layer) throw new TypeError(`gaps.fill: no class ${classNumber} in this layer`);
    this.tell(() => {
      const map = this.writable();
      if (info.retired) refuse(messages.retired(info.name));
      if (!takesPixels(info)) refuse(messages.takesNoPixels(info.name, info.geometry.length > 0));
      const isThing = info.kind === "thing";
      const locked = model.lockedClasses.has(classNumber) || (!isThing && model.lockedSegments.has(classNumber));
      if (locked) refuse(messages.locked(info.name));
      const segmentId = isThing ? (this.ids?.take() ?? refuse(messages.noIds)) : classNumber;
      const pixels = applyRegion(map, map.regionOf(0), segmentId, "behind", NONE, NONE);
      if (isThing && !fitsOneEdit(pixels)) this.ids?.giveBack(segmentId);
      const change = arrivalChange(model, segmentId, classNumber);
      this.write(map, pixels, "gaps", change === null ? [] : [change]);
      if (isThing) {
        model.selection = [segmentId];
        model.looksChanged();
      }
      return say.filled(changedPx(pixels), nameOf(model, segmentId));
    });
  }

  private record(map: LabelMap, gifts: readonly Gift[], tool: string): string {
    const closed = closedIds(this.model);
    const all = new PixelRunCollector(1024);
    for (const { segmentId, region } of gifts) {
      const { ys, x0s, x1s, befores, count } = applyRegion(map, region, segmentId, "behind", closed, NONE);
      for (let i = 0; i < count; i++) all.push(ys[i], x0s[i], x1s[i], befores[i], segmentId);
    }
    const pixels = all.toRuns();
    if (pixels.count === 0) refuse(say.noTakers);
    this.write(map, pixels, tool, []);
    return say.given(changedPx(pixels), new Set(pixels.afters).size, gapsOf(map).length);
  }

  private write(map: LabelMap, pixels: PixelRuns, tool: string, segments: readonly SegmentChange[]): void {
    if (!fitsOneEdit(pixels)) refuse(say.tooManyPieces);
    applyPixels(map, pixels);
    this.recorder.record({ layer: this.model.layer, tool, pixels, segments });
  }

  /** The map, when it may be drawn on and has a gap. */
  private writable(): LabelMap {
    const { model } = this;
    if (model.readOnly) refuse(model.readOnlyWhy);
    const map = model.map ?? refuse(messages.loading);
    if (map.areaOf(0) === 0) refuse(messages.noGaps);
    return map;
  }

  private tell(work: () => string | null): void {
    toldOutcome(work, (text, canUndo) => this.model.say(text, canUndo));
  }

  private nextPlace(gaps: readonly Part[], width: number, direction: 1 | -1): number {
    const last = direction === 1 ? 0 : gaps.length - 1;
    if (this.framed === null) return last;
    const position = ({ x, y }: Point): number => y * width + x;
    const now = position(this.framed.first);
    const places = gaps.map((gap) => position(firstOf(gap.region)));
    const next = places.findIndex((at) => (direction === 1 ? at > now : at >= now));
    if (direction === 1) return next < 0 ? last : next;
    return next < 0 ? last : (next + gaps.length - 1) % gaps.length;
  }

  /** The gap at the keyboard's crosshair; the framed one, unless the pointer has moved on to another; the only one. */
  private gapMeant(map: LabelMap): Point | null {
    const { crosshair, pointer, pointerScreen } = this.model;
    const isGap = (at: Point | null): at is Point => at !== null && isInside(map, at) && map.get(at.x, at.y) === 0;
    const cross = crosshair === null ? null : { x: Math.floor(crosshair.x), y: Math.floor(crosshair.y) };
    if (isGap(cross)) return cross;
    const framed = this.framed?.first ?? null;
    const moved = this.framed === null || pointerScreen !== this.framed.pointer;
    if (moved && isGap(pointer)) return pointer;
    if (isGap(framed)) return framed;
    const gaps = gapsOf(map);
    return gaps.length === 1 ? firstOf(gaps[0].region) : null;
  }
}

const gapsOf = (map: LabelMap): readonly Part[] => (map.areaOf(0) === 0 ? [] : partsOf(map, UNLABELLED));

const firstOf = (region: Region): Point => ({ x: region.x0s[0], y: region.ys[0] });

const isInside = (map: LabelMap, { x, y }: Point): boolean => x >= 0 && y >= 0 && x < map.width && y < map.height;
