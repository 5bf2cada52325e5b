// SPDX-License-Identifier: Apache-2.0
/**
 * What the interface sees of the editor, and nothing else: an immutable snapshot, a way to be told of the next one,
 * and commands by id. `session.ts` implements it; `ui/` draws it; pixels never pass through here.
 */

import type { Geometry, GeometryKind } from "../core/item.ts";
import type { OntologyClass, Question } from "../core/ontology.ts";
import type { Answers } from "../core/segment.ts";
import type { Tone } from "../core/tone.ts";
import type { KeySettings } from "./keyBindings.ts";
import type { ViewOptions } from "./viewOptions.ts";

export { type Channel, type Tone, toneIsNeutral } from "../core/tone.ts";

export type { ViewOptions } from "./viewOptions.ts";

export type DrawMode = "behind" | "over" | "inside";
export type ToolId = "select" | "pen" | "brush" | "eraser" | "fill" | "reshape" | "slide" | "knife" | GeometryKind;
export type ColourBy = "class" | "segment" | "answer" | "author";

/** What a colour stands for, where it is not a class. `label` null: no answer, or nobody known. */
export interface LegendEntry {
  readonly colour: number; // 0xRRGGBB
  readonly label: string | null;
  readonly segments: number;
}
export type BrushShape = "round" | "square";

/** One class of the ontology, everything that may be missing filled in. */
export type ClassInfo = OntologyClass;

export interface SegmentRow {
  readonly id: number;
  /** Small per-annotation number given by the server at first save; null until then. */
  readonly number: number | null;
  readonly classNumber: number;
  readonly layer: string;
  readonly areaPx: number;
  readonly locked: boolean;
  readonly hidden: boolean;
  readonly selected: boolean;
  /** Selected before the others: a merge keeps this one. */
  readonly first: boolean;
}

/** An object beside the map. */
export interface ObjectRow {
  readonly id: string;
  readonly kind: GeometryKind;
  readonly classNumber: number;
  /** Place among all that were made of its class. */
  readonly number: number;
  readonly locked: boolean;
  readonly hidden: boolean;
  readonly selected: boolean;
}

export interface RelationRow {
  readonly id: string;
  readonly text: string;
  /** An end is not there any more. */
  readonly broken: boolean;
  readonly selected: boolean;
}

/** A way to relate the two selected things; ends are segment ids or ids of objects. */
export interface RelateChoice {
  readonly relation: string;
  readonly from: number | string;
  readonly to: number | string;
  readonly text: string;
}

/** Questions of the selected segments or objects of one class, or of the image, with the answers of each owner. */
export interface Questionnaire {
  readonly of: "selection" | "image";
  /** Says who the owners are; another text, other owners. */
  readonly owner: string;
  /** Of the owner selected last: "Car 3"; "Image". */
  readonly name: string;
  readonly className: string | null;
  /** Of the image, where the project has them answered before anything is drawn. */
  readonly first: boolean;
  /** Selected besides, of other classes, which these questions are not about. */
  readonly left: number;
  readonly questions: readonly Question[];
  readonly answers: readonly Answers[];
}

/** Where pixels will go, in words for the chip: kind decides the sentence, see ui/words.ts. */
export type Target =
  | { readonly kind: "new"; readonly className: string; readonly mode: DrawMode }
  | { readonly kind: "add"; readonly className: string; readonly number: number | null; readonly mode: DrawMode }
  | { readonly kind: "erase"; readonly className: string | null; readonly number: number | null }
  | {
      readonly kind: "border";
      readonly tool: string;
      readonly className: string | null;
      readonly number: number | null;
    }
  /** A tool that makes objects: `refused` says why it may not of this class. */
  | {
      readonly kind: "object";
      readonly object: GeometryKind;
      readonly className: string;
      readonly refused: boolean;
    }
  | { readonly kind: "none" };

/** `saved` only when the server acknowledged everything and the outbox is empty. */
export type SaveState =
  | { readonly kind: "saved"; readonly revision: number | null; readonly atIso: string | null }
  | { readonly kind: "edited"; readonly pendingEdits: number }
  | { readonly kind: "saving"; readonly pendingEdits: number }
  | { readonly kind: "retrying"; readonly pendingEdits: number; readonly retryInS: number }
  | { readonly kind: "offline"; readonly pendingEdits: number };

export type Banner =
  | { readonly kind: "offline"; readonly pendingEdits: number }
  | { readonly kind: "server-error"; readonly status: number }
  | { readonly kind: "disk-full" }
  | { readonly kind: "browser-storage-full" }
  | { readonly kind: "labels-hidden" }
  | {
      readonly kind: "old-revision";
      readonly number: number;
      readonly latest: number;
      readonly atIso: string | null;
      readonly authorName: string | null;
    }
  | { readonly kind: "comparing"; readonly before: number; readonly after: number; readonly changedPx: number }
  | {
      readonly kind: "conflict";
      readonly pixels: number;
      readonly fields: number;
      /** Which side is this user's; null: both or none. */
      readonly mine: "head" | "wanted" | null;
      readonly involved: boolean;
      readonly headAuthor: string | null;
      readonly wantedAuthor: string;
      readonly oneAuthor: boolean;
      readonly place: number; // 1-based
      readonly of: number;
      readonly marked: boolean;
    }
  | { readonly kind: "rejected"; readonly code: string; readonly message: string }
  | { readonly kind: "signed-out" };

/** A button of a toast: runs a command of the editor. */
export interface ToastAction {
  readonly label: string;
  readonly commandId: string;
  readonly value: unknown;
}

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly undo: boolean;
  readonly action: ToastAction | null;
}

/** What differs between two versions. `before` and `after` are revisions; null when the sides of a conflict are shown. */
export interface Comparison {
  readonly before: number | null;
  readonly after: number | null;
  readonly changedPx: number; // all layers
  readonly segments: number;
  /** Pixels of this layer, by who owns them; null when they are too many to mark. */
  readonly firstPx: number | null;
  readonly secondPx: number | null;
  readonly bothPx: number | null;
}

/** An open conflict: what the head kept, and what an edit wanted. */
export interface ConflictInfo {
  readonly id: string;
  readonly layer: string;
  readonly pixels: string;
  readonly pixelCount: number;
  readonly fields: readonly {
    readonly segmentId: number | null;
    readonly itemId: string | null;
    readonly field: string;
    readonly head: unknown;
    readonly wanted: unknown;
  }[];
  readonly atIso: string;
  readonly mine: "head" | "wanted" | null;
  readonly involved: boolean;
  readonly headAuthor: string | null;
  readonly wantedAuthor: string;
  readonly oneAuthor: boolean;
}

export interface FindingInfo {
  readonly key: string;
  readonly rule: string;
  readonly segmentIds: readonly number[];
  readonly areaPx: number;
  readonly values: Readonly<Record<string, unknown>>;
  readonly fixable: boolean;
}

export interface FindingsInfo {
  /** The list is of an earlier state than the one that is saved now. */
  readonly stale: boolean;
  readonly at: string | null;
  readonly rules: readonly {
    readonly code: string;
    readonly title: string;
    readonly blocks: boolean;
    readonly total: number;
    readonly findings: readonly FindingInfo[];
  }[];
}

/** What may be shown beside the picture; `layer` is one of the document on screen. */
export type SideTarget =
  | { readonly kind: "revision"; readonly revision: number }
  | { readonly kind: "layer"; readonly layer: string }
  | { readonly kind: "latest" };

export interface ViewState {
  readonly zoom: number; // screen px per image px
  readonly fitted: boolean;
  readonly turnDegrees: number; // clockwise, 0 ≤ … < 360
}

export interface PointerInfo {
  readonly x: number; // image px, floor
  readonly y: number;
  readonly className: string | null; // under the pointer; null = unlabelled or outside
}

export interface EditorState {
  readonly phase: "loading" | "ready" | "failed";
  readonly failure: { readonly code: string; readonly message: string } | null;
  readonly taskId: string;
  readonly assetName: string;
  readonly sizeHw: readonly [number, number];
  readonly position: number; // 1-based place of the task in its project
  readonly total: number;
  readonly previousTaskId: string | null;
  readonly nextTaskId: string | null;
  readonly taskState: "open" | "submitted";
  readonly readOnly: boolean;

  readonly classes: readonly ClassInfo[];
  readonly currentClass: number | null;
  readonly segments: readonly SegmentRow[]; // newest first; live ones with pixels or just created
  readonly lockedClasses: ReadonlySet<number>;
  readonly objects: readonly ObjectRow[]; // newest first
  readonly relations: readonly RelationRow[];
  /** The object selected last. */
  readonly objectInHand: { readonly id: string; readonly geometry: Geometry } | null;
  readonly relateChoices: readonly RelateChoice[]; // when two things are selected
  /** Kinds of objects that a class of the ontology has. */
  readonly objectKinds: readonly GeometryKind[];

  readonly tool: ToolId; // effective: a borrowed tool while its key is held
  readonly mode: DrawMode; // effective for that tool
  readonly target: Target;
  readonly brushSizePx: number; // diameter in image px
  readonly brushShape: BrushShape;
  readonly outlineOpen: boolean;
  readonly parkedOutline: boolean;

  readonly opacity: number; // 0..1
  readonly outlines: boolean;
  readonly colourBy: ColourBy;
  readonly questions: readonly { readonly id: string; readonly title: string }[]; // of all classes
  readonly colourQuestion: string | null;
  readonly legend: readonly LegendEntry[] | null;
  readonly onlyClass: number | null;
  readonly layer: string; // shown and drawn on
  readonly layers: readonly { readonly name: string; readonly title: string }[];
  readonly labelsHidden: boolean;
  readonly gapView: boolean;
  readonly tone: Tone;
  readonly histogram: Uint32Array | null; // 4 × 256: red, green, blue, luminance; null until asked for and counted
  readonly view: ViewState;
  readonly options: ViewOptions;
  readonly pointer: PointerInfo | null;

  readonly coverage: { readonly labelledPx: number; readonly totalPx: number }; // exact; ignore counts as covered
  /** What the review rules found, in the order of the list; null until they were asked. */
  readonly findings: FindingsInfo | null;
  readonly gaps: number | null; // connected unlabelled parts; null while they are being counted
  readonly annotationId: string | null;
  readonly latestRevision: number;
  /** The earlier revision that is shown; null: the newest state. */
  readonly revision: number | null;
  readonly comparison: Comparison | null;
  /** Shown beside the picture. */
  readonly side: SideTarget | null;
  readonly conflicts: readonly ConflictInfo[];
  readonly conflictAt: number | null;
  /** Null where nothing is asked. */
  readonly questionnaires: { readonly selection: Questionnaire | null; readonly image: Questionnaire | null };
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly save: SaveState;
  readonly banner: Banner | null;
  readonly toast: Toast | null;
  /** Words for the polite live region; changes at most once a second. */
  readonly announcement: string;
}

/** A command of the editor: everything a key, a button or the palette can do. The `?` overlay is made from these. */
export interface CommandInfo {
  readonly id: string; // "tool.pen", "mode.swap", "edit.undo", "class.1", "view.fit", "tone.reset", "segment.delete" …
  readonly title: string;
  readonly group: "Tools" | "Drawing" | "Classes" | "Segments" | "Objects" | "View" | "Image" | "History" | "Help";
  readonly keys: readonly string[]; // chords as written in UX §5: "P", "Shift+R", "Mod+Z", "BracketLeft", "Digit1"
  readonly hold: boolean; // holding the key borrows it
}

/** What a command asks of the page around the canvas, because the editor has no screens of its own. */
export type Intent =
  | { readonly kind: "open-task"; readonly taskId: string } // D, F, "next image": go to that task
  | {
      readonly kind: "task-submitted";
      readonly taskId: string;
      readonly name: string;
      readonly nextTaskId: string | null;
    }
  | { readonly kind: "show-shortcuts" } // ?
  | { readonly kind: "show-palette" } // Mod+K
  | { readonly kind: "find-class" } // C: by typing
  | { readonly kind: "toggle-panel" } // Backslash
  | { readonly kind: "toggle-tone" } // Shift+T
  | { readonly kind: "fill-gaps" } // Shift+A: ask how
  | { readonly kind: "remove-islands" } // ask which
  | { readonly kind: "class-of-part"; readonly classNumber: number; readonly partPx: number } // ask: knife on stuff
  | { readonly kind: "relate" } // ask how two things are related
  | { readonly kind: "object-numbers" } // ask for the exact numbers of the object in hand
  | { readonly kind: "toggle-history" }
  | { readonly kind: "show-conflicts" }
  | { readonly kind: "show-findings" }
  | { readonly kind: "show-questions"; readonly of: Questionnaire["of"] }; // Q, Shift+Q

export interface EditorPort {
  getState(): EditorState;
  subscribe(listener: () => void): () => void;
  /** With the user's keys; another list when these change. */
  readonly commands: readonly CommandInfo[];
  readonly keys: KeySettings;
  /** Other keys from now on; remembered. */
  setKeys(settings: KeySettings): void;
  /** Runs a command; `value` where a command takes one (slider, segment id, class number). Unknown ids throw. */
  run(commandId: string, value?: unknown): void;
  /** As long as its button is held, a command lends what it does; for commands that can be held. */
  hold(commandId: string, held: boolean): void;
  /** Told when a command wants something that only the page can do. */
  onIntent(listener: (intent: Intent) => void): () => void;
  /** True while leaving the page would drop edits that are not even in this browser's store, or not yet sent. */
  hasUnsent(): boolean;
}
