// SPDX-License-Identifier: Apache-2.0
/** Commands on classes and segments: choose, select, hide, lock, delete, change class. */
import { numberFrom, toggle } from "./commandValues.ts";
import { messages } from "./messages.ts";
import type { EditorModel } from "./model.ts";
import type { OntologyDoc } from "./ports.ts";
import { addToSelection, frameSelection, selectOnly, walkSelection } from "./selecting.ts";
import type { SessionParts } from "./sessionParts.ts";

export class SegmentActions {
  private lastClass: number | null = null;

  constructor(
    private readonly model: EditorModel,
    private readonly parts: SessionParts,
  ) {}

  classByKey(digit: string): void {
    const found = [...this.model.classes.values()].find((entry) => entry.info.key === digit && !entry.info.retired);
    if (found !== undefined) this.chooseClass(found.info.number);
  }

  chooseClass(value: unknown): void {
    const { model } = this;
    const classNumber = numberFrom(value);
    if (!model.classes.has(classNumber)) throw new TypeError(`class.choose: no class ${classNumber}`);
    const { info } = model.classes.get(classNumber)!;
    if (info.geometry.length === 0) {
      model.say(messages.onlyGroups(info.name));
      return;
    }
    const { selected } = model.objects;
    if (model.activeTool === "select" && model.selection.length + selected.length > 0) {
      if (model.selection.length > 0) this.parts.segments.changeClass(model.selection, classNumber);
      const objects = selected.filter((id) => model.doc?.liveObject(id) != null);
      if (objects.length > 0) this.parts.objects.changeClass(objects, classNumber);
      return;
    }
    model.announce(messages.classChosen(model.classes.get(classNumber)!.info.name));
    if (model.currentClass !== classNumber) this.lastClass = model.currentClass;
    const layerBefore = model.layer;
    model.currentClass = classNumber;
    // Choosing a class means: the next thing is a new one. Digit again, or another class: nothing stays selected.
    model.selection = [];
    model.objects.selected = [];
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
    model.takeOntology(ontology);
    // A stroke that is under way keeps the rules that it began with; the preview takes the new ones.
    this.parts.tools.refresh();
    model.looksChanged();
  }

  select(value: unknown): void {
    selectOnly(this.model, value === null || value === 0 ? [] : [numberFrom(value)]);
  }

  toggleSelected(value: unknown): void {
    addToSelection(this.model, numberFrom(value));
  }

  walk(step: 1 | -1): void {
    if (!walkSelection(this.model, step)) this.parts.gaps.step(step);
  }

  frame(value: unknown): void {
    if (value !== undefined) selectOnly(this.model, this.idsFrom(value));
    frameSelection(this.model);
  }

  hide(value: unknown): void {
    this.toggleAll(this.model.hidden, this.model.objects.hidden, value);
  }

  lock(value: unknown): void {
    this.toggleAll(this.model.lockedSegments, this.model.objects.locked, value);
  }

  showOnly(): void {
    const { model } = this;
    const others = [...(model.doc?.segments.keys() ?? [])].filter((id) => !model.selection.includes(id));
    const { objects } = model;
    const otherObjects = [...(model.doc?.items.keys() ?? [])].filter((id) => !objects.selected.includes(id));
    const isolated = others.some((id) => model.hidden.has(id)) || otherObjects.some((id) => objects.hidden.has(id));
    model.hidden.clear();
    objects.hidden.clear();
    if (!isolated && model.selection.length + objects.selected.length > 0) {
      for (const id of others) model.hidden.add(id);
      for (const id of otherObjects) objects.hidden.add(id);
    }
    model.looksChanged();
    model.objectsChanged();
  }

  remove(value: unknown): void {
    if (this.parts.refusedByOutline()) return;
    if (value === undefined || value === null) this.parts.removeSelection();
    else this.parts.segments.remove(this.idsFrom(value));
  }

  changeClass(value: unknown): void {
    if (this.parts.refusedByOutline()) return;
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

  /** Segments, and with none named also the selected objects: all of them on, or all off. */
  private toggleAll(set: Set<number>, objectSet: Set<string>, value: unknown): void {
    const ids = this.idsFrom(value);
    const objects = value === undefined || value === null ? this.model.objects.selected : [];
    if (ids.length + objects.length === 0) this.model.say(messages.noSelection);
    const on = ids.some((id) => !set.has(id)) || objects.some((id) => !objectSet.has(id));
    for (const id of objects)
      if (on) objectSet.add(id);
      else objectSet.delete(id);
    if (objects.length > 0) this.model.objectsChanged();
    for (const id of ids)
      if (on) set.add(id);
      else set.delete(id);
    this.model.looksChanged();
    this.parts.tools.refresh();
  }
}
