// SPDX-License-Identifier: Apache-2.0
/**
 * Shows what a tool would change, as it would look, and makes it one edit. Locked segments are left out here once more,
 * whatever the tool has worked out, and nothing is written that the map does not hold any more.
 */
import { EditError } from "../../core/errors.ts";
import { STUFF_ID_MAX } from "../../core/limits.ts";
import { takesPixels } from "../../core/ontology.ts";
import { applyPixels, changedBox, changedPx, PixelRunCollector, type PixelRuns } from "../../core/pixelRuns.ts";
import type { BoxXyxy } from "../../core/region.ts";
import { newSegmentFields, type SegmentChange } from "../../core/segment.ts";
import { NEW_SEGMENT, type PixelProposal, type Point } from "../../tools/index.ts";
import type { SegmentLook } from "../canvas.ts";
import type { IdPool } from "../leases.ts";
import { lookOfClass } from "../looks.ts";
import { messages } from "../messages.ts";
import type { EditorModel } from "../model.ts";
import { fitsOneEdit } from "../pieces.ts";
import type { TimerHandle } from "../ports.ts";
import { BUDGET_MS, REST_MS } from "../previewing.ts";
import type { EditRecorder } from "../recorder.ts";
import { refuse, toldOutcome } from "../refusal.ts";
import { arrivalChange, isLocked, mayTakeFrom, passageOf, whyProtected } from "../targets.ts";

export class ProposalDesk {
  private shownBox: BoxXyxy | null = null;
  private newLook: { readonly key: string; readonly look: SegmentLook } | null = null;
  private lastCostMs = 0;
  private timer: TimerHandle | null = null;
  /** Waits for the user to say which class its new segment gets. */
  private asking: PixelProposal | null = null;

  constructor(
    private readonly model: EditorModel,
    private readonly recorder: EditRecorder,
    private readonly ids: () => IdPool | null,
  ) {}

  /** The map, when it may be changed; else says why not. */
  mapToChange(): EditorModel["map"] {
    const { model } = this;
    if (model.map === null) model.say(messages.loading);
    else if (model.readOnly) model.say(model.readOnlyWhy);
    else return model.map;
    return null;
  }

  selected(): number | null {
    const { primary, map } = this.model;
    return primary !== null && map !== null && map.areaOf(primary) > 0 ? primary : null;
  }

  show(make: (() => PixelProposal | null) | null, pointScreen: Point | null): void {
    if (this.timer !== null) this.model.ports.timers.cancel(this.timer);
    this.timer = null;
    if (this.asking !== null) return;
    if (make === null || this.model.map === null || this.model.readOnly) {
      this.clear();
      return;
    }
    if (this.lastCostMs <= BUDGET_MS) {
      this.put(make, pointScreen);
      return;
    }
    this.timer = this.model.ports.timers.after(REST_MS, () => {
      this.timer = null;
      this.put(make, pointScreen);
    });
  }

  /** One edit, one undo step. Gives the number of pixels; 0: nothing happened (yet), and the user was told why. */
  commit(proposal: PixelProposal): number {
    const { model } = this;
    const map = this.mapToChange();
    if (map === null) return 0;
    const pixels = passing(proposal.pixels, this.passage(proposal.newLike));
    if (pixels.count === 0) {
      if (proposal.badge !== null) model.say(proposal.badge.text);
      return 0;
    }
    const like = proposal.newLike;
    if (like !== null && like <= STUFF_ID_MAX) {
      this.ask({ ...proposal, pixels }, model.doc!.fields(like)?.class ?? like);
      return changedPx(pixels);
    }
    return this.write(proposal, pixels, like === null ? null : (model.doc!.fields(like)?.class ?? null));
  }

  /** The class of the part for which `class-of-part` asked; null: nothing is cut. */
  answer(classNumber: number | null): void {
    const proposal = this.asking;
    this.asking = null;
    this.clear();
    if (proposal !== null && classNumber !== null) this.write(proposal, proposal.pixels, classNumber);
  }

  private ask(proposal: PixelProposal, classNumber: number): void {
    this.put(() => proposal, null);
    this.asking = proposal;
    this.model.intent({ kind: "class-of-part", classNumber, partPx: changedPx(proposal.pixels) });
  }

  private write(proposal: PixelProposal, wanted: PixelRuns, newClass: number | null): number {
    const { model } = this;
    let px = 0;
    const say = (text: string, canUndo: boolean): void => {
      if (canUndo && proposal.newLike === null && proposal.toast !== true) model.announce(text);
      else model.say(text, canUndo);
    };
    toldOutcome(() => {
      const map = model.map ?? refuse(messages.loading);
      if (!fitsOneEdit(wanted)) refuse(messages.tooManyPieces);
      const made = proposal.newLike === null ? null : this.newSegment(newClass);
      const pixels =
        made === null
          ? wanted
          : given(
              passing(wanted, () => this.mayBecome(proposal, newClass)),
              made.id,
            );
      if (pixels.count === 0) {
        if (made?.leased) this.ids()?.giveBack(made.id);
        refuse(whyProtected(model, newClass ?? 0, wanted.befores) ?? messages.changedMeanwhile);
      }
      try {
        applyPixels(map, pixels);
      } catch (error) {
        if (made?.leased) this.ids()?.giveBack(made.id);
        if (error instanceof EditError) refuse(messages.changedMeanwhile);
        throw error;
      }
      this.recorder.record({ layer: model.layer, tool: proposal.tool, pixels, segments: made?.changes ?? [] });
      px = changedPx(pixels);
      return proposal.done;
    }, say);
    return px;
  }

  /** A new segment of the same class may have what the one that is cut has; of another class is asked when it is known. */
  private passage(newLike: number | null): (fromId: number, toId: number) => boolean {
    const may = passageOf(this.model);
    return (fromId, toId) => (toId === NEW_SEGMENT ? may(fromId, newLike ?? 0) : may(fromId, toId));
  }

  private mayBecome({ newLike }: PixelProposal, newClass: number | null): boolean {
    return newLike === null || mayTakeFrom(this.model, newClass ?? 0, newLike);
  }

  /** Who gets the pixels of `NEW_SEGMENT`: a new thing, or the class's one segment. */
  private newSegment(classNumber: number | null): { id: number; leased: boolean; changes: SegmentChange[] } {
    const { model } = this;
    const info = classNumber === null ? undefined : model.classes.get(classNumber)?.info;
    if (info === undefined) return refuse(messages.unknownClass);
    if (info.retired) refuse(messages.retired(info.name));
    if (!takesPixels(info)) refuse(messages.takesNoPixels(info.name, info.geometry.length > 0));
    if (model.lockedClasses.has(info.number)) refuse(messages.locked(info.name));
    if (info.kind !== "thing") {
      if (isLocked(model, info.number)) refuse(messages.locked(info.name));
      const change = arrivalChange(model, info.number, info.number);
      return { id: info.number, leased: false, changes: change === null ? [] : [change] };
    }
    const id = this.ids()?.take() ?? refuse(messages.noIds);
    return { id, leased: true, changes: [{ id, before: null, after: newSegmentFields(info.number) }] };
  }

  private put(make: () => PixelProposal | null, pointScreen: Point | null): void {
    const { model } = this;
    const startedMs = model.ports.clock.monotonicMs();
    const proposal = make();
    this.lastCostMs = model.ports.clock.monotonicMs() - startedMs;
    if (proposal === null) {
      this.clear();
      return;
    }
    const box = changedBox(proposal.pixels);
    model.proposal = { pixels: proposal.pixels, newLook: this.lookOf(proposal.newLike) };
    model.badge = proposal.badge === null || pointScreen === null ? null : { ...proposal.badge, pointScreen };
    this.redraw(box);
  }

  private clear(): void {
    const { model } = this;
    this.lastCostMs = 0;
    if (model.proposal === null) return;
    model.proposal = null;
    model.badge = null;
    this.redraw(null);
  }

  /** What was shown and what is shown now. */
  private redraw(box: BoxXyxy | null): void {
    for (const stale of [this.shownBox, box]) if (stale !== null) this.model.dirtyLabels(stale);
    this.shownBox = box;
    this.model.dirtyOverlay();
  }

  /** One object for as long as it looks the same: the renderer compares by identity. */
  private lookOf(like: number | null): SegmentLook | null {
    if (like === null) return null;
    const { model } = this;
    const classNumber = model.doc?.fields(like)?.class ?? 0;
    const key = `${classNumber}:${model.lookVersion}`;
    if (this.newLook?.key !== key) this.newLook = { key, look: lookOfClass(model, classNumber) };
    return this.newLook.look;
  }
}

function passing(pixels: PixelRuns, may: (fromId: number, toId: number) => boolean): PixelRuns {
  const { ys, x0s, x1s, befores, afters, count } = pixels;
  const out = new PixelRunCollector(Math.max(16, count));
  for (let i = 0; i < count; i++) {
    if (may(befores[i], afters[i])) out.push(ys[i], x0s[i], x1s[i], befores[i], afters[i]);
  }
  return out.toRuns();
}

function given(pixels: PixelRuns, id: number): PixelRuns {
  return { ...pixels, afters: pixels.afters.map((after) => (after === NEW_SEGMENT ? id : after)) };
}
