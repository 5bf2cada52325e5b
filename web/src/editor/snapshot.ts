// SPDX-License-Identifier: Apache-2.0
/** Immutable snapshots for the screens. A part that did not change keeps its identity, so nothing is drawn in vain. */
import type { History } from "../core/history.ts";
import { questionsOfClasses } from "./colouring.ts";
import type { EditorModel } from "./model.ts";
import { ObjectRows } from "./objectRows.ts";
import { QuestionnaireMaker } from "./questionnaires.ts";
import type { FindingListDoc } from "./reviewPorts.ts";
import type { SaveQueue } from "./saveQueue.ts";
import type { Banner, ClassInfo, Comparison, EditorState, FindingsInfo, SegmentRow } from "./state.ts";
import { targetForChip } from "./targets.ts";
import type { ToolHost } from "./toolHost.ts";

const SAVED_NOTHING = { kind: "saved", revision: null, atIso: null } as const;
const NO_LAYERS: EditorState["layers"] = [];
const NO_CLASSES: readonly ClassInfo[] = [];

export interface SnapshotSources {
  readonly model: EditorModel;
  readonly tools: ToolHost;
  readonly history: History;
  queue(): SaveQueue | null;
  announcement(): string;
}

export class SnapshotMaker {
  private last: EditorState | null = null;
  private segmentsVersion = -1;
  private rows: readonly SegmentRow[] = [];
  private classSource: unknown = null;
  private questionList: EditorState["questions"] = [];
  private classList: readonly ClassInfo[] = NO_CLASSES;
  private legendKey = "";
  private legendMade: EditorState["legend"] = null;
  private lockedClasses: ReadonlySet<number> = new Set();
  private findingsInfo: { readonly source: FindingListDoc; readonly info: FindingsInfo } | null = null;

  private readonly objectRows: ObjectRows;
  private readonly questionnaires: QuestionnaireMaker;

  constructor(private readonly from: SnapshotSources) {
    this.objectRows = new ObjectRows(from.model);
    this.questionnaires = new QuestionnaireMaker(from.model);
  }

  make(): EditorState {
    const { model, tools, history } = this.from;
    const queue = this.from.queue();
    const { task } = model;
    const next: EditorState = {
      phase: model.phase,
      failure: model.failure,
      taskId: model.taskId,
      assetName: task?.asset.name ?? "",
      sizeHw: model.sizeHw,
      position: task?.position ?? 0,
      total: task?.total ?? 0,
      previousTaskId: task?.previous_task_id ?? null,
      nextTaskId: task?.next_task_id ?? null,
      taskState: task?.state ?? "open",
      readOnly: model.readOnly,
      classes: this.classes(),
      currentClass: model.currentClass,
      segments: this.segments(),
      lockedClasses: this.locked(),
      ...this.objectRows.make(),
      tool: model.activeTool,
      mode: model.mode,
      target: targetForChip(model),
      brushSizePx: model.brushSizePx,
      brushShape: model.brushShape,
      outlineOpen: tools.outlineOpen,
      parkedOutline: tools.parked,
      opacity: model.opacity,
      outlines: model.outlines,
      colourBy: model.colourBy,
      questions: this.questionList,
      colourQuestion: model.colourQuestion,
      legend: this.legend(),
      onlyClass: model.onlyClass,
      layer: model.layer,
      layers: task?.ontology.layers ?? NO_LAYERS,
      labelsHidden: model.labelsHidden,
      gapView: model.gapView,
      tone: model.tone,
      histogram: model.histogram === "wanted" ? null : model.histogram,
      view: { zoom: model.view.zoom, fitted: model.fitted, turnDegrees: model.turnDegrees },
      options: model.options,
      pointer: model.pointer,
      coverage: this.coverage(),
      findings: this.findings(),
      gaps: model.gaps,
      annotationId: task?.annotation.id ?? null,
      latestRevision: latestRevision(model, queue),
      revision: model.past?.number ?? null,
      comparison: comparisonOf(model),
      side: model.side?.target ?? null,
      conflicts: model.conflicts,
      conflictAt: model.conflictAt,
      questionnaires: this.questionnaires.make(),
      canUndo: history.canUndo || tools.outlineOpen,
      canRedo: history.canRedo,
      save: queue?.state ?? SAVED_NOTHING,
      banner: bannerOf(model, queue),
      toast: model.toast,
      announcement: this.from.announcement(),
    };
    this.last = keepEqualParts(this.last, next);
    return this.last;
  }

  private classes(): readonly ClassInfo[] {
    const { classes } = this.from.model;
    if (classes !== this.classSource) {
      this.classSource = classes;
      this.questionList = questionsOfClasses(this.from.model);
      this.classList = [...classes.values()].map((entry) => entry.info);
    }
    return this.classList;
  }

  private legend(): EditorState["legend"] {
    const { model } = this.from;
    const key = `${model.colourBy} ${model.colourQuestion} ${model.lookVersion} ${model.segmentsVersion} ${model.layer}`;
    if (key !== this.legendKey) {
      this.legendKey = key;
      this.legendMade = model.colouring.legend();
    }
    return this.legendMade;
  }

  private locked(): ReadonlySet<number> {
    const { lockedClasses } = this.from.model;
    const same =
      lockedClasses.size === this.lockedClasses.size && [...lockedClasses].every((n) => this.lockedClasses.has(n));
    if (!same) this.lockedClasses = new Set(lockedClasses);
    return this.lockedClasses;
  }

  private findings(): FindingsInfo | null {
    const { model } = this.from;
    if (model.findings === null) return null;
    const stale = model.findings.revision !== latestRevision(model, this.from.queue());
    const known = this.findingsInfo;
    const source = model.findings;
    if (known !== null && known.source === source && known.info.stale === stale && known.info.at === model.findingAt) {
      return known.info;
    }
    this.findingsInfo = { source, info: findingsInfo(source, stale, model.findingAt) };
    return this.findingsInfo.info;
  }

  private coverage(): EditorState["coverage"] {
    const { model } = this.from;
    const [h, w] = model.sizeHw;
    // While a stroke runs its pixels are not counted yet: the number is that of the last finished edit.
    if (this.from.tools.pressing && this.last !== null) return this.last.coverage;
    return { labelledPx: model.map?.labelledPx ?? 0, totalPx: h * w };
  }

  private segments(): readonly SegmentRow[] {
    const { model, tools } = this.from;
    const { doc } = model;
    if (doc === null || this.segmentsVersion === model.segmentsVersion || tools.pressing) return this.rows;
    this.segmentsVersion = model.segmentsVersion;
    const known = new Map(this.rows.map((row) => [row.id, row]));
    const selected = new Set(model.selection);
    const rows: SegmentRow[] = [];
    for (const [id, { fields, number }] of doc.segments) {
      if (fields.state !== "live") continue;
      const layer = model.classes.get(fields.class)?.info.layer ?? model.layer;
      const areaPx = doc.map(layer).areaOf(id);
      if (areaPx === 0 && !selected.has(id)) continue;
      const row: SegmentRow = {
        id,
        number,
        classNumber: fields.class,
        layer,
        areaPx,
        locked: model.lockedSegments.has(id),
        hidden: model.hidden.has(id),
        selected: selected.has(id),
        first: selected.size > 1 && model.selection[0] === id,
      };
      const old = known.get(id);
      rows.push(old !== undefined && shallowEqual(old, row) ? old : row);
    }
    rows.reverse();
    const same = rows.length === this.rows.length && rows.every((row, i) => row === this.rows[i]);
    if (!same) this.rows = rows;
    return this.rows;
  }
}

function findingsInfo(list: FindingListDoc, stale: boolean, at: string | null): FindingsInfo {
  const rules = list.rules.map((rule) => ({
    ...rule,
    findings: rule.findings.map((entry) => ({
      key: entry.key,
      rule: entry.rule,
      segmentIds: entry.segment_ids,
      areaPx: entry.area_px,
      values: entry.values,
      fixable: entry.fixable,
    })),
  }));
  return { stale, at, rules };
}

/** The most severe condition that lasts; one line, one banner. */
function bannerOf(model: EditorModel, queue: SaveQueue | null): Banner | null {
  if (queue?.banner != null) return queue.banner;
  if (model.banner !== null) return model.banner;
  if (model.past !== null) {
    const { number, atIso, authorName } = model.past;
    return { kind: "old-revision", number, latest: latestRevision(model, queue), atIso, authorName };
  }
  const { comparison } = model;
  if (comparison !== null && comparison.before !== null && comparison.after !== null) {
    const { before, after, changedPx } = comparison;
    return { kind: "comparing", before, after, changedPx };
  }
  return conflictBanner(model) ?? (model.labelsHidden ? { kind: "labels-hidden" } : null);
}

function conflictBanner(model: EditorModel): Banner | null {
  const { conflicts, conflictAt } = model;
  const entry = conflicts[conflictAt ?? 0];
  if (entry === undefined) return null;
  const { mine, involved, headAuthor, wantedAuthor, oneAuthor, pixelCount, fields } = entry;
  return {
    kind: "conflict",
    pixels: pixelCount,
    fields: fields.length,
    mine,
    involved,
    headAuthor,
    wantedAuthor,
    oneAuthor,
    place: (conflictAt ?? 0) + 1,
    of: conflicts.length,
    marked: conflictAt !== null,
  };
}

function comparisonOf(model: EditorModel): Comparison | null {
  if (model.comparison === null) return null;
  const { before, after, changedPx, segments, difference } = model.comparison;
  const { firstPx = null, secondPx = null, bothPx = null } = difference ?? {};
  return { before, after, changedPx, segments, firstPx, secondPx, bothPx };
}

const latestRevision = (model: EditorModel, queue: SaveQueue | null): number =>
  Math.max(model.head?.revision ?? 0, queue?.lastRevision ?? 0);

function keepEqualParts(last: EditorState | null, next: EditorState): EditorState {
  if (last === null) return next;
  const merged: Record<string, unknown> = { ...next };
  let changed = false;
  for (const key of Object.keys(next) as (keyof EditorState)[]) {
    const before = last[key];
    const after = next[key];
    if (before === after) continue;
    if (isPlain(before) && isPlain(after) && shallowEqual(before, after)) merged[key] = before;
    else changed = true;
  }
  return changed ? (merged as unknown as EditorState) : last;
}

const isPlain = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !(value instanceof Set) && !ArrayBuffer.isView(value);

function shallowEqual(a: object, b: object): boolean {
  const left = a as Record<string, unknown>;
  const right = b as Record<string, unknown>;
  const keys = Object.keys(left);
  return keys.length === Object.keys(right).length && keys.every((key) => left[key] === right[key]);
}
