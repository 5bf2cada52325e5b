// SPDX-License-Identifier: Apache-2.0
/**
 * Everything that the editor knows at this moment, in one place, and who has to be told when it changes. Parts of the
 * session share it; only they may change it. Screens see snapshots made from it, never this.
 */
import type { LabelMap } from "../core/labelMap.ts";
import type { Protection } from "../core/protection.ts";
import { NEUTRAL_TONE, type Tone } from "../core/tone.ts";
import { fitTurned, sheetSize } from "../core/turning.ts";
import type { Viewport, ViewSize } from "../core/viewport.ts";
import { type Point, TOOLS } from "../tools/index.ts";
import type { Badge, CanvasSink, OutlinePreview, ProposalPreview, Spotlight } from "./canvas.ts";
import { type ClassTable, classTable, DEFAULT_LAYER, protectionFor } from "./classes.ts";
import { Colouring } from "./colouring.ts";
import type { Difference } from "./difference.ts";
import type { EditorDocument } from "./document.ts";
import type { AuthorDoc } from "./historyPorts.ts";
import { messages } from "./messages.ts";
import { ObjectSelection } from "./objectSelection.ts";
import type { EditorPorts, OntologyDoc, TaskDoc } from "./ports.ts";
import type { FindingListDoc } from "./reviewPorts.ts";
import type { SideShown } from "./sideDesk.ts";
import type {
  Banner,
  BrushShape,
  ColourBy,
  ConflictInfo,
  DrawMode,
  Intent,
  PointerInfo,
  Toast,
  ToastAction,
  ToolId,
} from "./state.ts";
import { DEFAULT_VIEW_OPTIONS, type ViewOptions } from "./viewOptions.ts";

export const BRUSH_MIN_PX = 1;
export const BRUSH_MAX_PX = 2048;
export const FILL_OPACITY = 0.45;

/** A segment that a running stroke is making; it becomes real when the stroke ends. */
export interface Provisional {
  readonly id: number;
  readonly classNumber: number;
}

/** An earlier revision, shown instead of the newest. */
export interface PastRevision {
  readonly doc: EditorDocument;
  readonly number: number;
  readonly atIso: string | null;
  readonly authorName: string | null;
}

/** What `Comparison` says, with the pixels to mark; null when they are too many. */
export interface ShownComparison {
  readonly before: number | null;
  readonly after: number | null;
  readonly changedPx: number;
  readonly segments: number;
  readonly difference: Difference | null;
}

export interface ModelEvents {
  /** The snapshot is stale. `soon`: only a number under the pointer changed, it may wait. */
  stateChanged(soon: boolean): void;
  intent(intent: Intent): void;
  announce(text: string): void;
}

export class EditorModel {
  phase: "loading" | "ready" | "failed" = "loading";
  failure: { readonly code: string; readonly message: string } | null = null;
  task: TaskDoc | null = null;
  classes: ClassTable = new Map();
  protection: Protection = protectionFor(this.classes, null);
  /** The newest state, with this window's unsent edits on top. */
  head: EditorDocument | null = null;
  past: PastRevision | null = null;
  comparison: ShownComparison | null = null;
  /** What is shown beside the picture. */
  side: SideShown | null = null;
  conflicts: readonly ConflictInfo[] = [];
  /** The conflict whose pixels are marked. */
  conflictAt: number | null = null;
  /** What the review rules found in a saved state; null until they were asked. */
  findings: FindingListDoc | null = null;
  /** Key of the finding that is looked at. */
  findingAt: string | null = null;
  /** Parts of the unlabelled pixels; null while they are being counted. */
  gaps: number | null = null;

  currentClass: number | null = null;
  selection: readonly number[] = [];
  hovered = 0;
  provisional: Provisional | null = null;
  readonly hidden = new Set<number>();
  readonly lockedSegments = new Set<number>();
  readonly lockedClasses = new Set<number>();
  readonly objects = new ObjectSelection();

  tool: ToolId = "pen";
  borrowedTool: ToolId | null = null;
  readonly modes = new Map<ToolId, DrawMode>(TOOLS.map((tool) => [tool.id, tool.defaultMode]));
  borrowedMode: DrawMode | null = null;
  brushSizePx = 24;
  brushShape: BrushShape = "round";
  /** A pen's pressure narrows the brush. */
  penPressure = false;
  /** CSS px; more in high contrast. */
  leastOutlineWidth = 0;
  preview: OutlinePreview | null = null;
  proposal: ProposalPreview | null = null;
  badge: Badge | null = null;
  spotlight: Spotlight | null = null;

  opacity = FILL_OPACITY;
  outlines = true;
  colourBy: ColourBy = "class";
  /** The question whose answers colours stand for. */
  colourQuestion: string | null = null;
  /** Who worked on each segment last; null until asked for. */
  authors: ReadonlyMap<number, AuthorDoc> | null = null;
  readonly colouring = new Colouring(this);
  /** Segments of other classes are not shown. */
  onlyClass: number | null = null;
  labelsHidden = false;
  gapView = false;
  tone: Tone = NEUTRAL_TONE;
  /** 4 × 256 counts: red, green, blue, luminance; made only when they are to be seen. */
  histogram: Uint32Array | "wanted" | null = null;

  view: Viewport = { zoom: 1, originX: 0, originY: 0 };
  fitted = true;
  /** Of the sheet that the picture is drawn on; the window's own unless the view is turned. */
  canvasSize: ViewSize = { widthPx: 0, heightPx: 0 };
  windowSize: ViewSize = { widthPx: 0, heightPx: 0 };
  turnDegrees = 0; // clockwise, 0 ≤ … < 360
  options: ViewOptions = DEFAULT_VIEW_OPTIONS;
  pointer: PointerInfo | null = null;
  lastPixel: PointerInfo | null = null; // where the pointer was last, also when it has left
  pointerScreen: Point | null = null; // px of the sheet
  crosshair: Point | null = null;

  banner: Banner | null = null; // beside the one of the save queue
  toast: Toast | null = null;

  /** Grows when a look, the list of segments or its order changes. */
  lookVersion = 0;
  segmentsVersion = 0;
  private readonly sinks = new Set<CanvasSink>();

  constructor(
    readonly ports: EditorPorts,
    readonly taskId: string,
    private readonly events: ModelEvents,
  ) {}

  /** What is on screen: the newest state, or the revision that is looked at. */
  get doc(): EditorDocument | null {
    return this.past?.doc ?? this.head;
  }

  get activeTool(): ToolId {
    return this.borrowedTool ?? this.tool;
  }

  get mode(): DrawMode {
    return this.borrowedMode ?? this.modes.get(this.activeTool) ?? "over";
  }

  get sizeHw(): readonly [number, number] {
    return this.task === null ? [1, 1] : [this.task.asset.height, this.task.asset.width];
  }

  get readOnly(): boolean {
    return this.past !== null || this.task?.state === "submitted";
  }

  get readOnlyWhy(): string {
    return this.past === null ? messages.readOnly : messages.readOnlyPast(this.past.number);
  }

  /** Layer that drawing goes to and that is shown: the one of the current class. */
  get layer(): string {
    const layer = this.currentClass === null ? undefined : this.classes.get(this.currentClass)?.info.layer;
    return layer ?? this.task?.ontology.layers[0]?.name ?? DEFAULT_LAYER;
  }

  get map(): LabelMap | null {
    return this.doc?.map(this.layer) ?? null;
  }

  /** The segment selected last; strokes and digits mean this one. */
  get primary(): number | null {
    return this.selection[this.selection.length - 1] ?? null;
  }

  /** Each is told; the function returned takes it away again. */
  addSink(sink: CanvasSink): () => void {
    this.sinks.add(sink);
    return () => this.sinks.delete(sink);
  }

  changed(): void {
    this.events.stateChanged(false);
  }

  pointerChanged(): void {
    this.lastPixel = this.pointer ?? this.lastPixel;
    this.events.stateChanged(true);
  }

  intent(intent: Intent): void {
    this.events.intent(intent);
  }

  /** Takes the classes of a newer version, and what they may take from each other. */
  takeOntology(ontology: OntologyDoc): void {
    this.classes = classTable(ontology);
    this.protection = protectionFor(this.classes, ontology);
  }

  dirtyLabels(box: readonly [number, number, number, number] | null): void {
    for (const sink of this.sinks) sink.labels(box);
  }

  dirtyOverlay(): void {
    for (const sink of this.sinks) sink.overlay();
  }

  dirtyPhoto(): void {
    for (const sink of this.sinks) sink.photo();
  }

  /** The sheet follows the window and the angle; the view has to be set anew afterwards. */
  setFrame(windowSize: ViewSize, turnDegrees: number): void {
    this.windowSize = windowSize;
    this.turnDegrees = turnDegrees;
    this.canvasSize = sheetSize(windowSize, turnDegrees);
  }

  setView(view: Viewport, fitted: boolean): void {
    this.view = view;
    this.fitted = fitted;
    for (const sink of this.sinks) sink.view();
    this.changed();
  }

  fit(): void {
    this.setView(fitTurned(this.sizeHw, this.windowSize, this.turnDegrees), true);
  }

  /** Colours, hiding or selection changed: the whole picture of the labels, and the list. */
  looksChanged(): void {
    this.lookVersion++;
    this.segmentsVersion++;
    for (const sink of this.sinks) sink.labels(null);
    this.changed();
  }

  /** Another segment is under the pointer: only its border looks different. */
  hoverChanged(id: number): void {
    this.hovered = id;
    this.lookVersion++;
    for (const sink of this.sinks) sink.labels(null);
  }

  /** Another object is under the pointer, or in the hand of a tool. */
  objectLooksChanged(): void {
    for (const sink of this.sinks) sink.objects();
  }

  /** Objects changed, or which of them are selected, hidden, locked or under the pointer. */
  objectsChanged(): void {
    this.objects.version++;
    this.objectLooksChanged();
    this.changed();
  }

  /** Pixels changed owner, so areas did. */
  pixelsChanged(box: readonly [number, number, number, number] | null): void {
    this.segmentsVersion++;
    if (box !== null) for (const sink of this.sinks) sink.labels(box);
    this.changed();
  }

  /** Dims all but these while something is drawn inside of them; null: nothing is dimmed. */
  setSpotlight(hosts: ReadonlySet<number> | null, segmentId: number | null): void {
    const before = this.spotlight;
    if (hosts === null || hosts.size === 0) {
      if (before === null) return;
      this.spotlight = null;
    } else {
      const [host] = hosts;
      if (before?.hosts.has(host) && before.segmentId === segmentId) return;
      this.spotlight = { hosts, segmentId };
    }
    this.dirtyLabels(null);
  }

  setComparison(comparison: ShownComparison | null): void {
    if (comparison === null && this.comparison === null) return;
    this.comparison = comparison;
    if (comparison === null) this.conflictAt = null;
    for (const sink of this.sinks) sink.labels(null);
    this.changed();
  }

  /** For the polite live region: what happened, said when it is quiet. */
  announce(text: string): void {
    this.events.announce(text);
  }

  say(text: string, undo = false, action: ToastAction | null = null): void {
    this.toast = { id: (this.toast?.id ?? 0) + 1, text, undo, action };
    this.changed();
  }
}
