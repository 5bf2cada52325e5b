// SPDX-License-Identifier: Apache-2.0
/** What commands do. Values come from controls and are checked here; a wrong one is a mistake of ours and throws. */
import type { DrawMode } from "../core/apply.ts";
import { unlabelledComponents } from "../core/components.ts";
import { classTable } from "./classes.ts";
import { messages, percent } from "./messages.ts";
import { BRUSH_MAX_PX, BRUSH_MIN_PX, type EditorModel, NEUTRAL_TONE } from "./model.ts";
import type { OntologyDoc } from "./ports.ts";
import { addToSelection, frameBox, frameSelection, selectOnly, walkSelection } from "./selecting.ts";
import type { SessionParts } from "./sessionParts.ts";
import type { Intent, Tone, ToolId } from "./state.ts";
import { ZOOM_STEP } from "./viewing.ts";

const OPACITY_STEP = 0.1;
const PAN_STEP_PX = 80;
const SIZE_STEP = 1.1;

export class CommandActions {
  private lastClass: number | null = null;
  private gapIndex = -1;

  constructor(
    private readonly model: EditorModel,
    private readonly parts: SessionParts,
  ) {}

  // Tools and modes

  chooseTool(tool: ToolId): void {
    if (this.parts.tools.pressing) return;
    this.parts.tools.switchTo(() => {
      this.model.tool = tool;
    });
    this.parts.remember();
    this.model.changed();
  }

  borrowTool(tool: ToolId, held: boolean): void {
    const { model } = this;
    if (!held && model.borrowedTool !== tool) return;
    if (held && this.parts.tools.pressing) return;
    this.parts.tools.switchTo(() => {
      model.borrowedTool = held ? tool : null;
    });
    model.changed();
  }

  setMode(value: unknown): void {
    if (value !== "behind" && value !== "over" && value !== "inside")
      throw new TypeError("mode.set: behind, over or inside");
    this.model.modes.set(this.model.activeTool, value);
    this.modeChanged();
  }

  swapMode(): void {
    this.setMode(this.otherMode());
  }

  toggleInside(): void {
    this.setMode(this.model.mode === "inside" ? "over" : "inside");
  }

  borrowOtherMode(held: boolean): void {
    this.borrowMode(held ? this.otherMode() : null);
  }

  borrowInside(held: boolean): void {
    this.borrowMode(held ? "inside" : null);
  }

  private otherMode(): DrawMode {
    return this.model.mode === "over" ? "behind" : "over";
  }

  private borrowMode(mode: DrawMode | null): void {
    this.model.borrowedMode = mode;
    this.modeChanged();
  }

  private modeChanged(): void {
    this.parts.tools.refresh();
    this.model.changed();
  }

  sizeBy(notches: number): void {
    const { model } = this;
    const factor = SIZE_STEP ** notches;
    const next = Math.floor(model.brushSizePx * factor + 0.5);
    // Small sizes move by at least one pixel, else they would never change.
    this.setBrushSize(next === model.brushSizePx ? next + Math.sign(notches) : next);
  }

  setBrushSize(value: unknown): void {
    this.model.brushSizePx = Math.min(BRUSH_MAX_PX, Math.max(BRUSH_MIN_PX, Math.floor(numberFrom(value) + 0.5)));
    this.parts.remember();
    this.parts.tools.refresh();
    this.model.changed();
  }

  setBrushShape(value: unknown): void {
    if (value !== "round" && value !== "square") throw new TypeError("brush.shape: round or square");
    this.model.brushShape = value;
    this.parts.remember();
    this.parts.tools.refresh();
    this.model.changed();
  }

  finish(): void {
    if (!this.parts.tools.active.finish()) this.pressCrosshair();
  }

  escape(): void {
    const { tools } = this.parts;
    const pressing = tools.pressing;
    if (pressing) tools.cancelGesture();
    else if (!tools.active.escape() && this.model.selection.length > 0) selectOnly(this.model, []);
    this.model.changed();
  }

  discardOutline(): void {
    this.parts.tools.active.escape();
    this.model.changed();
  }

  back(): void {
    if (this.parts.tools.outlineOpen) this.parts.tools.active.undo();
    else this.remove(undefined);
  }

  nudge(dx: number, dy: number): void {
    if (!this.parts.tools.active.nudge(dx, dy)) this.parts.crosshair.move(dx, dy);
  }

  pressCrosshair(): void {
    this.parts.crosshair.press();
  }

  // Classes

  classByKey(digit: string): void {
    const found = [...this.model.classes.values()].find((entry) => entry.info.key === digit && !entry.info.retired);
    if (found !== undefined) this.chooseClass(found.info.number);
  }

  chooseClass(value: unknown): void {
    const { model } = this;
    const classNumber = numberFrom(value);
    if (!model.classes.has(classNumber)) throw new TypeError(`class.choose: no class ${classNumber}`);
    if (model.activeTool === "select" && model.selection.length > 0) {
      this.parts.segments.changeClass(model.selection, classNumber);
      return;
    }
    if (model.currentClass !== classNumber) this.lastClass = model.currentClass;
    const layerBefore = model.layer;
    model.currentClass = classNumber;
    // Choosing a class means: the next thing is a new one. Digit again, or another class: nothing stays selected.
    model.selection = [];
    if (model.layer !== layerBefore) model.dirtyLabels(null);
    model.looksChanged();
    this.parts.tools.refresh();
    this.parts.remember();
  }

  swapClass(): void {
    if (this.lastClass !== null && this.model.classes.has(this.lastClass)) this.chooseClass(this.lastClass);
  }

  lockClass(value: unknown): void {
    toggle(this.model.lockedClasses, numberFrom(value));
    this.model.segmentsVersion++;
    this.parts.tools.refresh();
    this.model.changed();
  }

  takeOntology(value: unknown): void {
    const { model } = this;
    const ontology = value as OntologyDoc;
    if (model.task !== null) model.task = { ...model.task, ontology };
    model.classes = classTable(ontology);
    model.looksChanged();
  }

  // Segments

  select(value: unknown): void {
    selectOnly(this.model, value === null || value === 0 ? [] : [numberFrom(value)]);
  }

  toggleSelected(value: unknown): void {
    addToSelection(this.model, numberFrom(value));
  }

  walk(step: 1 | -1): void {
    if (!walkSelection(this.model, step)) this.gap(step);
  }

  frame(value: unknown): void {
    if (value !== undefined) selectOnly(this.model, this.idsFrom(value));
    frameSelection(this.model);
  }

  hide(value: unknown): void {
    this.toggleAll(this.model.hidden, this.idsFrom(value));
  }

  lock(value: unknown): void {
    this.toggleAll(this.model.lockedSegments, this.idsFrom(value));
  }

  showOnly(): void {
    const { model } = this;
    const others = [...(model.doc?.segments.keys() ?? [])].filter((id) => !model.selection.includes(id));
    const isolated = others.some((id) => model.hidden.has(id));
    model.hidden.clear();
    if (!isolated && model.selection.length > 0) for (const id of others) model.hidden.add(id);
    model.looksChanged();
  }

  remove(value: unknown): void {
    if (this.refusedByOutline()) return;
    this.parts.segments.remove(this.idsFrom(value));
  }

  changeClass(value: unknown): void {
    if (this.refusedByOutline()) return;
    const { segmentId, classNumber } = value as { segmentId: unknown; classNumber: unknown };
    this.parts.segments.changeClass(this.idsFrom(segmentId), numberFrom(classNumber));
  }

  /** The segment meant, or all selected ones when it is one of them or none is named. */
  private idsFrom(value: unknown): readonly number[] {
    const { selection } = this.model;
    if (value === undefined || value === null) return selection;
    const id = numberFrom(value);
    return selection.includes(id) ? selection : [id];
  }

  private toggleAll(set: Set<number>, ids: readonly number[]): void {
    if (ids.length === 0) this.model.say(messages.noSelection);
    const on = ids.some((id) => !set.has(id));
    for (const id of ids)
      if (on) set.add(id);
      else set.delete(id);
    this.model.looksChanged();
    this.parts.tools.refresh();
  }

  private refusedByOutline(): boolean {
    const open = this.parts.tools.outlineOpen || this.parts.tools.parked;
    if (open) this.model.say(messages.finishOutline);
    return open;
  }

  gap(step: 1 | -1): void {
    const { model } = this;
    const { map } = model;
    if (map === null) return;
    const gaps = unlabelledComponents(map);
    if (gaps.length === 0) {
      this.gapIndex = -1;
      model.say(messages.noGaps);
      return;
    }
    this.gapIndex =
      this.gapIndex < 0 && step < 0 ? gaps.length - 1 : (this.gapIndex + step + gaps.length) % gaps.length;
    const gap = gaps[this.gapIndex];
    model.gapView = true;
    frameBox(model, gap.box);
    model.dirtyLabels(null);
    model.say(messages.gap(this.gapIndex + 1, gaps.length, percent(gap.areaPx, map.width * map.height)));
  }

  // View

  borrowPan(held: boolean): void {
    this.parts.setPanning(held);
    this.model.dirtyOverlay();
  }

  toggleLabels(): void {
    this.model.labelsHidden = !this.model.labelsHidden;
    this.redrawLabels();
  }

  borrowPhoto(held: boolean): void {
    this.parts.setPhotoOnly(held);
    this.redrawLabels();
  }

  toggleFit(): void {
    this.parts.viewing.toggleFit();
  }

  zoomTo(value: unknown): void {
    this.parts.viewing.zoomToMiddle(numberFrom(value));
  }

  zoomBy(notches: number): void {
    this.parts.viewing.zoomBy(ZOOM_STEP ** notches);
  }

  panView(dx: number, dy: number): void {
    this.parts.viewing.pan(-dx * PAN_STEP_PX, -dy * PAN_STEP_PX);
  }

  opacityBy(steps: number): void {
    this.setOpacity(Math.floor((this.model.opacity + steps * OPACITY_STEP) * 100 + 0.5) / 100);
  }

  setOpacity(value: unknown): void {
    this.model.opacity = Math.min(1, Math.max(0, numberFrom(value)));
    this.parts.remember();
    this.redrawLabels();
  }

  toggleOutlines(): void {
    this.model.outlines = !this.model.outlines;
    this.redrawLabels();
  }

  toggleGaps(): void {
    this.model.gapView = !this.model.gapView;
    this.redrawLabels();
  }

  colourBy(value: unknown): void {
    const { model } = this;
    model.colourBy =
      value === "class" || value === "segment" ? value : model.colourBy === "class" ? "segment" : "class";
    model.looksChanged();
  }

  setTone(field: keyof Tone, value: unknown): void {
    this.model.tone = { ...this.model.tone, [field]: numberFrom(value) };
    this.toneChanged();
  }

  resetTone(): void {
    this.model.tone = NEUTRAL_TONE;
    this.toneChanged();
  }

  private toneChanged(): void {
    this.model.dirtyPhoto();
    this.model.changed();
  }

  private redrawLabels(): void {
    this.model.dirtyLabels(null);
    this.model.changed();
  }

  // Image, history, the rest

  openNeighbour(step: 1 | -1): void {
    if (this.parts.tools.outlineOpen || this.parts.tools.parked) {
      this.model.say(messages.finishOutline);
      return;
    }
    const { task } = this.model;
    const taskId = (step === 1 ? task?.next_task_id : task?.previous_task_id) ?? null;
    if (taskId === null) this.model.say(step === 1 ? messages.noNextImage : messages.noPreviousImage);
    else this.intent({ kind: "open-task", taskId });
  }

  submit(): void {
    if (!this.refusedByOutline()) void this.parts.submit();
  }

  reopen(): void {
    void this.parts.reopen();
  }

  saveNow(): void {
    void this.parts.saveNow();
  }

  undo(): void {
    if (!this.parts.tools.active.undo()) this.parts.undo();
  }

  redo(): void {
    if (!this.parts.tools.active.redo()) this.parts.redo();
  }

  dismissToast(): void {
    this.model.toast = null;
    this.model.changed();
  }

  intent(intent: Intent): void {
    this.model.intent(intent);
  }
}

function numberFrom(value: unknown): number {
  if (typeof value !== "number" || !Number.isFinite(value))
    throw new TypeError(`expected a number, got ${String(value)}`);
  return value;
}

function toggle(set: Set<number>, value: number): void {
  if (!set.delete(value)) set.add(value);
}
