// SPDX-License-Identifier: Apache-2.0
/**
 * Findings of the review rules: asked of the server for what it has saved, walked through by key, mended as edits of
 * this window. The list is that of one revision; a later one makes it stale until it is asked for again.
 */

import { fromBase64 } from "../core/base64.ts";
import { changedPx } from "../core/edit.ts";
import { decodePixels } from "../core/editCodec.ts";
import { IMAGE_ITEM } from "../core/item.ts";
import { applyPixels } from "../core/pixelRuns.ts";
import { changesFromJson } from "../core/segmentJson.ts";
import { findingMessages as say } from "./findingMessages.ts";
import type { EditorModel } from "./model.ts";
import { PortError } from "./ports.ts";
import type { EditRecorder } from "./recorder.ts";
import type { FindingDoc, FindingListDoc, MendingDoc } from "./reviewPorts.ts";
import { bringIntoView, selectOnly, showLayer } from "./selecting.ts";
import { closedIds } from "./targets.ts";

/** Rule whose findings are mended by an answer. */
const MISSING_ANSWER = "missing_answer";

export interface FindingsHost {
  /** Sends what is unsent; false when something is left. */
  allSaved(): Promise<boolean>;
  latestRevision(): number;
  /** Nothing is unsent and no gesture runs: what the server says fits what is on screen. */
  quiet(): boolean;
  /** Opens the questions of the selection or of the image. */
  ask(of: "selection" | "image"): void;
}

export class FindingsDesk {
  private busy = false;

  constructor(
    private readonly model: EditorModel,
    private readonly recorder: EditRecorder,
    private readonly host: FindingsHost,
  ) {}

  /** Asks anew when the list is not of the newest state. False when it could not be had. */
  async refresh(): Promise<boolean> {
    const { model } = this;
    const { task } = model;
    if (task === null || this.busy) return false;
    this.busy = true;
    try {
      if (!(await this.host.allSaved())) return false;
      if (model.findings?.revision === this.host.latestRevision()) return true;
      this.take(await model.ports.review.findings(task.annotation.id));
      return true;
    } catch (error) {
      if (!(error instanceof PortError)) throw error;
      model.say(say.notAsked(error.message));
      return false;
    } finally {
      this.busy = false;
    }
  }

  /** Opens the list, with what stops a submission first. */
  async list(): Promise<void> {
    this.model.intent({ kind: "show-findings" });
    await this.refresh();
  }

  async walk(step: 1 | -1): Promise<void> {
    const { model } = this;
    const at = this.current?.key ?? null;
    if (!(await this.refresh())) return;
    const { all } = this;
    if (all.length === 0) {
      model.say(say.none);
      return;
    }
    const from = all.findIndex((finding) => finding.key === at);
    const place = from < 0 ? (step === 1 ? 0 : all.length - 1) : (from + step + all.length) % all.length;
    this.lookAt(place);
    model.say(say.place(place + 1, all.length, this.titleOf(all[place])));
  }

  lookAt(place: number): void {
    const { model } = this;
    const finding = this.all[place];
    if (finding === undefined) return;
    model.findingAt = finding.key;
    if (finding.layer !== null && finding.layer !== model.layer) showLayer(model, finding.layer);
    this.select(finding);
    if (finding.box_xyxy !== null) bringIntoView(model, finding.box_xyxy);
    if (finding.rule === MISSING_ANSWER) this.host.ask(finding.item_ids.includes(IMAGE_ITEM) ? "image" : "selection");
    model.changed();
  }

  /** Mends the finding that is looked at, or the one with this key, as one undo step; then goes on to the next. */
  async mend(key: string | null): Promise<void> {
    const { model } = this;
    const finding = this.all.find((entry) => entry.key === (key ?? model.findingAt)) ?? null;
    if (finding === null || model.task === null) {
      model.say(say.chooseOne);
      return;
    }
    if (model.readOnly) {
      model.say(model.readOnlyWhy);
      return;
    }
    if (!finding.fixable) {
      model.say(say.byHand(this.titleOf(finding)));
      return;
    }
    if (!(await this.host.allSaved())) return;
    try {
      const locked = [...closedIds(model)];
      const mending = await model.ports.review.mend(model.task.annotation.id, finding.rule, finding.key, locked);
      if (!this.host.quiet() || mending.revision !== this.host.latestRevision()) {
        model.say(say.movedOn);
        return;
      }
      const px = this.write(mending);
      const place = this.all.indexOf(finding);
      model.say(say.mended(px), true);
      if (!(await this.refresh())) return;
      if (this.all.length > 0) this.lookAt(Math.min(place, this.all.length - 1));
    } catch (error) {
      if (!(error instanceof PortError)) throw error;
      model.say(error.message);
    }
  }

  private select(finding: FindingDoc): void {
    const { model } = this;
    const objects = finding.item_ids.filter((id) => model.doc?.liveObject(id) != null);
    if (finding.segment_ids.length === 0 && objects.length === 0) return;
    selectOnly(model, finding.segment_ids);
    model.objects.selected = objects;
    model.objectsChanged();
  }

  private get all(): readonly FindingDoc[] {
    return this.model.findings?.rules.flatMap((rule) => rule.findings) ?? [];
  }

  private get current(): FindingDoc | null {
    return this.all.find((finding) => finding.key === this.model.findingAt) ?? null;
  }

  private titleOf(finding: FindingDoc): string {
    return this.model.findings?.rules.find((rule) => rule.code === finding.rule)?.title ?? finding.rule;
  }

  private write(mending: MendingDoc): number {
    const { model } = this;
    const doc = model.doc!;
    const pixels = decodePixels(fromBase64(mending.pixels), model.sizeHw);
    const segments = changesFromJson(mending.segments);
    applyPixels(doc.map(mending.layer), pixels);
    const items = mending.deleted_items.flatMap((id) => {
      const before = doc.items.get(id);
      if (before === undefined || !("state" in before)) return [];
      return [{ id, before, after: { ...before, state: "deleted" as const } }];
    });
    this.recorder.record({ layer: mending.layer, tool: "mend", pixels, segments, items });
    return changedPx(pixels);
  }

  private take(list: FindingListDoc): void {
    const { model } = this;
    // What stops a submission comes first.
    const rules = [...list.rules].sort((a, b) => Number(b.blocks) - Number(a.blocks));
    model.findings = { revision: list.revision, rules };
    if (this.current === null) model.findingAt = null;
    model.changed();
  }
}
