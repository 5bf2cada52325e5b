// SPDX-License-Identifier: Apache-2.0
/** The editor of one task: state and commands for the screens, picture and pointers for the canvas. */
import { History } from "../core/history.ts";
import { Announcer } from "./announcer.ts";
import { AnswerEdits } from "./answerEdits.ts";
import { BorderPart } from "./borderPart.ts";
import type { CanvasPort } from "./canvas.ts";
import { createCanvasPort } from "./canvasPort.ts";
import { type CommandActions, createActions } from "./commandActions.ts";
import { COMMANDS, type Command } from "./commands/index.ts";
import { ConflictDesk } from "./conflictDesk.ts";
import { Crosshair } from "./crosshair.ts";
import { Drawing } from "./drawing.ts";
import { FindingsDesk } from "./findingsDesk.ts";
import { GapCounting } from "./gapCounting.ts";
import { GapEdits } from "./gapEdits.ts";
import type { KeySettings } from "./keyBindings.ts";
import { KeyChart } from "./keyChart.ts";
import { readKeySettings, writeKeySettings } from "./keyFile.ts";
import { KeyHolds } from "./keyHolds.ts";
import { messages } from "./messages.ts";
import { EditorModel } from "./model.ts";
import { ObjectConversions } from "./objectConversions.ts";
import { ObjectDesk } from "./objectDesk.ts";
import { objectWindow } from "./objectWindow.ts";
import type { EditorPorts, TimerHandle } from "./ports.ts";
import { readPreferences, writePreferences } from "./preferences.ts";
import { OutlinePreviewer } from "./previewing.ts";
import { EditRecorder } from "./recorder.ts";
import { RelationDesk } from "./relationDesk.ts";
import { type DeskHost, RevisionDesk } from "./revisionDesk.ts";
import { SegmentEdits } from "./segmentEdits.ts";
import { SegmentOperations } from "./segmentOperations.ts";
import type { SessionParts } from "./sessionParts.ts";
import { SideCanvas } from "./sideCanvas.ts";
import { SideDesk } from "./sideDesk.ts";
import { SnapshotMaker } from "./snapshot.ts";
import type { CommandInfo, EditorPort, EditorState, Intent } from "./state.ts";
import { AnnotationSync } from "./sync.ts";
import { ToolHost } from "./toolHost.ts";
import { HISTORY_BUDGET_BYTES, redoEdit, undoEdit } from "./undoing.ts";
import { UndoTrail } from "./undoTrail.ts";
import { Viewing } from "./viewing.ts";
import { ZoomDrag } from "./zoomDrag.ts";

export type EditorSession = EditorPort & {
  readonly canvas: CanvasPort;
  readonly sideCanvas: CanvasPort;
  dispose(): void;
};

/** Coordinates under the pointer are shown this often at most; everything else at once. */
const POINTER_NOTICE_MS = 80;
/** Well after the picture and the first strokes. */
const BORDER_CODE_AFTER_MS = 4000;
/** While a stroke runs its frames come first. */
const POINTER_NOTICE_DRAWING_MS = 250;

class Session implements EditorPort {
  readonly canvas: CanvasPort;
  readonly sideCanvas: CanvasPort;
  private readonly model: EditorModel;
  private readonly snapshots: SnapshotMaker;
  private readonly sync: AnnotationSync;
  private readonly announcer: Announcer;
  private readonly gaps: GapCounting;
  private readonly actions: CommandActions;
  private readonly chart: KeyChart;
  private readonly byId: ReadonlyMap<string, Command> = new Map(COMMANDS.map((command) => [command.id, command]));
  private readonly listeners = new Set<() => void>();
  private readonly intentListeners = new Set<(intent: Intent) => void>();
  private state: EditorState | null = null;
  private notice: { readonly timer: TimerHandle; readonly soon: boolean } | null = null;
  private disposed = false;
  private drawing: () => boolean = () => false;

  constructor(
    private readonly ports: EditorPorts,
    taskId: string,
  ) {
    this.announcer = new Announcer(ports, () => this.stateChanged(false));
    this.model = new EditorModel(ports, taskId, {
      stateChanged: (soon) => this.stateChanged(soon),
      intent: (intent) => {
        for (const listener of [...this.intentListeners]) listener(intent);
      },
      announce: (text) => this.announcer.say(text),
    });
    readPreferences(this.model);
    this.chart = new KeyChart(readKeySettings(ports.preferences, COMMANDS));
    const history = new History(HISTORY_BUDGET_BYTES);
    const trail = new UndoTrail(ports);
    const recorder = new EditRecorder(this.model, history, trail);
    const drawing = new Drawing(this.model, recorder);
    const segments = new SegmentEdits(this.model, recorder);
    const operations = new SegmentOperations(this.model, recorder);
    const gaps = new GapEdits(this.model, recorder);
    const border = new BorderPart(this.model, recorder);
    const objects = new ObjectDesk(this.model, recorder);
    const conversions = new ObjectConversions(this.model, recorder, objects);
    const window = objectWindow(this.model, objects);
    const tools = new ToolHost(this.model, drawing, new OutlinePreviewer(this.model), border, window);
    this.drawing = () => tools.pressing;
    const viewing = new Viewing(this.model);
    const documentChanged = (): void => {
      this.model.looksChanged();
      this.model.objectsChanged();
      tools.refresh();
    };
    const desk: DeskHost = {
      allSaved: () => this.sync.allSaved(),
      headMoved: (revision) => this.sync.headMoved(revision),
      documentChanged,
      latestRevision: () => this.sync.latestRevision,
    };
    const conflicts = new ConflictDesk(this.model, desk);
    const answers = new AnswerEdits(this.model, recorder);
    const findings = new FindingsDesk(this.model, recorder, {
      allSaved: () => this.sync.allSaved(),
      latestRevision: () => this.sync.latestRevision,
      quiet: () => this.sync.queue?.isEmpty === true && !isBusy(),
      ask: (of) => answers.show(of),
    });
    const isBusy = (): boolean => tools.pressing || drawing.busy;
    this.gaps = new GapCounting(this.model, isBusy);
    this.sync = new AnnotationSync(this.model, {
      isBusy,
      documentChanged,
      conflictsMoved: (editIds) => {
        conflicts.met(editIds);
        void conflicts.refresh();
      },
      submissionStopped: () => void findings.list(),
      opened: (annotationId) => {
        void trail.open(annotationId, this.model.sizeHw, history).then(() => this.model.changed());
        // When it is quiet, so that the tools are there also when the network is gone. If it fails, the tool tries again.
        ports.timers.after(BORDER_CODE_AFTER_MS, () => void border.load().catch(() => undefined));
      },
      idsReady: (ids) => {
        drawing.connect(ids);
        for (const user of [segments, operations, gaps, border, conversions]) user.connect(ids);
      },
    });
    recorder.connect((edit) => void this.sync.queue?.add(edit));
    const switches = { panning: false, photoOnly: false };
    const zoomDrag = new ZoomDrag(this.model);
    const parts: SessionParts = {
      tools,
      viewing,
      segments,
      operations,
      gaps,
      border,
      objects,
      conversions,
      relations: new RelationDesk(this.model, objects),
      crosshair: new Crosshair(this.model, tools),
      revisions: new RevisionDesk(this.model, desk),
      conflicts,
      side: new SideDesk(this.model, () => this.sync.latestRevision),
      findings,
      answers,
      refusedByOutline: () => {
        const open = tools.outlineOpen || tools.parked;
        if (open) this.model.say(messages.finishOutline);
        return open;
      },
      removeSelection: () => {
        const { selection, objects: items } = this.model;
        if (items.selected.length === 0) segments.remove(selection);
        else if (selection.length === 0) objects.remove(items.selected);
        else segments.remove(selection, objects.deletions(items.selected));
      },
      undo: () => this.betweenGestures(tools, () => undoEdit(this.model, recorder, history, trail)),
      redo: () => this.betweenGestures(tools, () => redoEdit(this.model, recorder, history, trail)),
      submit: () => this.sync.submit(),
      reopen: () => this.sync.reopen(),
      saveNow: () => this.sync.saveNow(),
      remember: () => writePreferences(this.model),
      setPanning: (on) => {
        switches.panning = on;
      },
      armZoom: (on) => {
        zoomDrag.armed = on;
        this.model.dirtyOverlay();
      },
      setPhotoOnly: (on) => {
        switches.photoOnly = on;
      },
    };
    this.actions = createActions(this.model, parts);
    const keys = new KeyHolds(this.chart, this.actions, ports.clock);
    this.canvas = createCanvasPort({
      model: this.model,
      parts,
      keys,
      actions: this.actions,
      sync: this.sync,
      switches,
      zoomDrag,
    });
    this.sideCanvas = new SideCanvas(this.model, this.canvas, viewing);
    const sources = {
      model: this.model,
      tools,
      history,
      queue: () => this.sync.queue,
      announcement: () => this.announcer.text,
    };
    this.snapshots = new SnapshotMaker(sources);
    void this.sync.open();
  }

  getState(): EditorState {
    this.state ??= this.snapshots.make();
    return this.state;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  onIntent(listener: (intent: Intent) => void): () => void {
    this.intentListeners.add(listener);
    return () => this.intentListeners.delete(listener);
  }

  run(commandId: string, value?: unknown): void {
    const command = this.byId.get(commandId);
    if (command === undefined) throw new Error(`no command ${commandId}`);
    command.run(this.actions, value);
  }

  get commands(): readonly CommandInfo[] {
    return this.chart.infos;
  }

  get keys(): KeySettings {
    return this.chart.settings;
  }

  setKeys(settings: KeySettings): void {
    this.chart.use(settings);
    writeKeySettings(this.ports.preferences, settings);
    this.stateChanged(false);
  }

  hold(commandId: string, held: boolean): void {
    this.byId.get(commandId)?.borrow?.(this.actions, held);
  }

  hasUnsent(): boolean {
    return this.sync.queue !== null && !this.sync.queue.isEmpty;
  }

  dispose(): void {
    this.disposed = true;
    this.sync.dispose();
    this.announcer.dispose();
    this.gaps.dispose();
    if (this.notice !== null) this.ports.timers.cancel(this.notice.timer);
  }

  private betweenGestures(tools: ToolHost, work: () => void): void {
    if (this.model.doc === null || tools.pressing) return;
    if (this.model.readOnly) {
      this.model.say(this.model.readOnlyWhy);
      return;
    }
    work();
    tools.refresh();
  }

  /** Screens are told a little later and once for all changes, never from inside a pointer event. */
  private stateChanged(soon: boolean): void {
    this.state = null;
    if (!soon && !this.disposed) this.gaps?.notice();
    if (this.disposed || (this.notice !== null && (soon || !this.notice.soon))) return;
    if (this.notice !== null) this.ports.timers.cancel(this.notice.timer);
    const pointerMs = this.drawing() ? POINTER_NOTICE_DRAWING_MS : POINTER_NOTICE_MS;
    const timer = this.ports.timers.after(soon ? pointerMs : 0, () => {
      this.notice = null;
      for (const listener of [...this.listeners]) listener();
    });
    this.notice = { timer, soon };
  }
}

/** Opens a task. The session is usable at once; `getState().phase` tells when the picture is there. */
export function createEditorSession(ports: EditorPorts, taskId: string): EditorSession {
  return new Session(ports, taskId);
}
