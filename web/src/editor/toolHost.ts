// SPDX-License-Identifier: Apache-2.0
/** Gives pointers to the active tool and gives the tools their narrow window into the editor. */
import { toImage } from "../core/viewport.ts";
import {
  type ObjectContext,
  type Overlay,
  type Point,
  TOOLS,
  type Tool,
  type ToolContext,
  type ToolPointer,
} from "../tools/index.ts";
import type { BorderPart } from "./borderPart.ts";
import type { CanvasPointer } from "./canvas.ts";
import type { Drawing } from "./drawing.ts";
import { FillPreviewer } from "./fillPreview.ts";
import { HoverTag } from "./hoverTag.ts";
import { messages } from "./messages.ts";
import { BRUSH_MAX_PX, BRUSH_MIN_PX, type EditorModel } from "./model.ts";
import type { OutlinePreviewer } from "./previewing.ts";
import { addToSelection, frameSelection, selectOnly } from "./selecting.ts";
import type { ToolId } from "./state.ts";
import { lockedIds, nameOf, passageOf } from "./targets.ts";

export class ToolHost {
  private readonly tools: ReadonlyMap<ToolId, Tool>;
  private gesture = false;

  constructor(
    private readonly model: EditorModel,
    private readonly drawing: Drawing,
    private readonly previewer: OutlinePreviewer,
    private readonly border: BorderPart,
    private readonly objects: ObjectContext,
  ) {
    const context = this.contextFor();
    this.tools = new Map(TOOLS.map((tool) => [tool.id, tool.create(context)]));
  }

  get active(): Tool {
    return this.tools.get(this.model.activeTool)!;
  }

  /** A gesture is running: pixels may be in the map that are in no edit yet. */
  get pressing(): boolean {
    return this.gesture;
  }

  get outlineOpen(): boolean {
    const { active } = this;
    const drawing = active.phase === "open" || (active.phase === "pressing" && this.model.activeTool === "pen");
    return drawing || this.parked;
  }

  get parked(): boolean {
    return this.parkedTool !== null;
  }

  overlays(): { readonly active: Overlay; readonly parked: Overlay | null } {
    return { active: this.active.overlay(), parked: this.parkedTool?.overlay() ?? null };
  }

  hover(pointer: CanvasPointer): void {
    this.track(pointer);
    this.active.hover(this.toTool(pointer));
  }

  press(pointer: CanvasPointer): void {
    this.track(pointer);
    this.gesture = true;
    this.active.press(this.toTool(pointer));
  }

  drag(pointer: CanvasPointer): void {
    this.track(pointer);
    if (this.gesture) this.active.drag(this.toTool(pointer));
  }

  release(pointer: CanvasPointer): void {
    if (!this.gesture) return;
    this.gesture = false;
    this.active.release(this.toTool(pointer));
    const at = this.model.pointer;
    if (at !== null) this.nameUnder(at.x, at.y);
    this.model.changed();
  }

  cancelGesture(): void {
    if (!this.gesture) return;
    this.gesture = false;
    this.active.cancelGesture();
    this.model.changed();
  }

  leave(): void {
    this.model.pointer = null;
    this.model.pointerScreen = null;
    this.model.pointerChanged();
    this.active.leave();
  }

  /** Changes the tool; a running gesture ends without a trace, an open outline is parked. */
  switchTo(change: () => void): void {
    const before = this.active;
    this.cancelGesture();
    change();
    const after = this.active;
    if (before === after) return;
    before.suspend();
    after.resume();
    if (this.parked) this.model.announce(messages.outlineKept(this.keyOf(before)));
    this.model.dirtyOverlay();
  }

  /** Draw mode, class or map changed: what an open outline shows may be different. */
  refresh(): void {
    this.active.refresh();
  }

  /** A tool that holds an unfinished outline while another one is used. */
  private get parkedTool(): Tool | null {
    for (const tool of this.tools.values()) if (tool.phase === "open" && tool !== this.active) return tool;
    return null;
  }

  private keyOf(tool: Tool): string {
    return TOOLS.find(({ id }) => this.tools.get(id) === tool)?.key ?? "";
  }

  private track(pointer: CanvasPointer): void {
    const { model } = this;
    const at = pointer.samples[pointer.samples.length - 1].pointScreen;
    model.pointerScreen = at;
    const image = toImage(model.view, at);
    const x = Math.floor(image.x);
    const y = Math.floor(image.y);
    const before = model.pointer;
    if (before !== null && before.x === x && before.y === y) return;
    this.nameUnder(x, y);
    model.pointerChanged();
  }

  /** Says what owns the pixel under the pointer: also after an edit, though the pointer has not moved. */
  private nameUnder(x: number, y: number): void {
    const { model } = this;
    const id = model.map?.get(x, y) ?? 0;
    const classNumber = id === 0 ? undefined : (model.doc?.fields(id)?.class ?? model.provisional?.classNumber);
    const info = classNumber === undefined ? undefined : model.classes.get(classNumber)?.info;
    model.pointer = { x, y, className: info?.name ?? null };
  }

  private toTool(pointer: CanvasPointer): ToolPointer {
    const { view } = this.model;
    return {
      pointerType: pointer.pointerType,
      shift: pointer.shift,
      mod: pointer.mod,
      samples: pointer.samples.map((sample) => ({ ...sample, pointImage: onGrid(toImage(view, sample.pointScreen)) })),
    };
  }

  private contextFor(): ToolContext {
    const { model, drawing, previewer, border } = this;
    const tag = new HoverTag(model);
    const fills = new FillPreviewer(model);
    return {
      get sizeHw() {
        return model.sizeHw;
      },
      scale: () => model.view.zoom,
      segmentAt: (x, y) => model.map?.get(x, y) ?? 0,
      segmentsIn: (box) => segmentsIn(model, box),
      brush: () => ({
        sizePx: model.brushSizePx,
        shape: model.brushShape,
        pressure: model.penPressure,
      }),
      setBrushSize: (sizePx) => {
        model.brushSizePx = Math.min(BRUSH_MAX_PX, Math.max(BRUSH_MIN_PX, Math.floor(sizePx + 0.5)));
        model.changed();
      },
      beginStroke: (purpose) => drawing.beginStroke(purpose),
      previewOutline: (points, pointScreen) => previewer.show(points, pointScreen),
      commitOutline: (points) => {
        previewer.clear();
        return drawing.commitOutline(points);
      },
      previewFill: (at, pointScreen) => fills.show(at, pointScreen),
      commitFill: (at) => drawing.commitFill(at),
      map: () => model.map,
      mapToChange: () => border.desk?.mapToChange() ?? null,
      locked: () => lockedIds(model),
      passage: () => passageOf(model),
      drawMode: () => model.mode,
      selected: () => border.desk?.selected() ?? null,
      nameOf: (id) => nameOf(model, id),
      propose: (make, pointScreen) => border.desk?.show(make, pointScreen),
      commitProposal: (proposal) => border.desk?.commit(proposal) ?? 0,
      borderTools: () => border.tools(),
      loadBorderTools: () => border.load(),
      hoverSegment: (id) => tag.over(id),
      select: (id, add) => (add ? addToSelection(model, id) : selectOnly(model, id === 0 ? [] : [id])),
      selectMany: (ids, add) => selectOnly(model, add ? [...model.selection, ...ids] : ids, add),
      objects: this.objects,
      frameSelection: () => frameSelection(model),
      tell: (text) => model.say(text),
      repaint: () => model.dirtyOverlay(),
      changed: () => model.changed(),
    };
  }
}

/** The path is kept on the grid of 1/256 px on which the core decides about pixels. */
const onGrid = (point: Point): Point => ({
  x: Math.floor(point.x * 256 + 0.5) / 256,
  y: Math.floor(point.y * 256 + 0.5) / 256,
});

function segmentsIn(model: EditorModel, box: readonly [number, number, number, number]): readonly number[] {
  const { map } = model;
  const found = new Set<number>();
  if (map === null) return [];
  for (let y = Math.max(0, box[1]); y < Math.min(map.height, box[3]); y++) {
    map.forEachRun(y, box[0], box[2], (_x0, _x1, id) => {
      if (id !== 0) found.add(id);
    });
  }
  return [...found];
}
