// SPDX-License-Identifier: Apache-2.0
/** Every text of the interface. Sentences take parameters; none is glued together from pieces elsewhere. */
import type { Banner, DrawMode, SaveState, Target, ToolId } from "../editor/state.ts";
import { count, timeOfDay } from "./figures.ts";
import { comparing, conflict, oldRevision } from "./historyWords.ts";
import { objectKinds } from "./objectWords.ts";

export { bytes, count, coverage, dayAndTime, fraction, percent } from "./figures.ts";
export { conflicts, history, sides } from "./historyWords.ts";

export const modeName: Readonly<Record<DrawMode, string>> = { behind: "behind", over: "over", inside: "inside" };

export const modeMeaning: Readonly<Record<DrawMode, string>> = {
  behind: "Takes unlabelled pixels only",
  over: "Also takes pixels from other segments",
  inside: "Stays within one segment",
};

/** "Car 3"; before the first save has given a number, "Car". */
/** Of an item of contract/items.md by its id. */
export function itemName(id: string): string {
  return id.startsWith("obj_") ? "Object" : id.startsWith("rel_") ? "Relation" : "The image";
}

export function segmentName(className: string, number: number | null): string {
  return number === null ? className : `${className} ${number}`;
}

export function target(value: Target): string {
  switch (value.kind) {
    case "new":
      return `New ${value.className} · ${modeName[value.mode]}`;
    case "add":
      return `Add to ${segmentName(value.className, value.number)} · ${modeName[value.mode]}`;
    case "erase":
      return value.className === null ? "Erase any segment" : `Erase ${segmentName(value.className, value.number)}`;
    case "border":
      return value.className === null ? value.tool : `${value.tool} ${segmentName(value.className, value.number)}`;
    case "object":
      return value.refused
        ? `${value.className} has no ${objectKinds[value.object].many}`
        : `New ${value.className} ${objectKinds[value.object].one}`;
    case "none":
      return "Select";
  }
}

export function saveText(save: SaveState): string {
  switch (save.kind) {
    case "saved":
      return "✓ Saved";
    case "edited":
      return "● Edited";
    case "saving":
      return "Saving…";
    case "retrying":
      return `Not saved yet – trying again in ${count(save.retryInS)} s. Your work is kept in this browser.`;
    case "offline":
      return "Not saved yet – offline. Your work is kept in this browser.";
  }
}

/** Said aloud once when saving stops working; without the countdown, which would be said every second. */
export function saveTrouble(save: SaveState): string {
  if (save.kind === "offline") return "You are offline. Your work is kept in this browser and will be sent.";
  return save.kind === "retrying" ? "Not saved yet. Your work is kept in this browser; we try again." : "";
}

export function saveTitle(save: SaveState): string {
  if (save.kind !== "saved")
    return `${count(save.pendingEdits)} ${save.pendingEdits === 1 ? "edit" : "edits"} not yet sent`;
  if (save.revision === null || save.revision === 0) return "Nothing has been changed yet";
  return save.atIso === null ? `Revision ${save.revision}` : `Revision ${save.revision}, ${timeOfDay(save.atIso)}`;
}

/** The save state without its sign, for speech. */
export const saveSpoken = (save: SaveState): string => saveText(save).replace(/^[✓●] /, "");

export const app = {
  name: "Intarsia",
  home: "Home",
  loading: "Loading…",
  navigation: "Pages",
  pageTitle: (name: string): string => `${name} · Intarsia`,
  skip: "Skip to content",
  tryAgain: "Try again",
  cancel: "Cancel",
  close: "Close",
  undo: "Undo",
  details: "Details",
  failed: (message: string): string => `This could not be loaded. ${message}`,
  notFoundTitle: "Nothing here",
  notFound: "This address does not exist, or you have no access to it.",
  toHome: "Go to your projects",
} as const;

export const signIn = {
  title: "Open Intarsia with a sign-in link",
  lead: "This browser is not signed in. Nothing is lost: your projects are on the server.",
  how: "In a terminal on the machine that runs Intarsia, type:",
  command: "intarsia url",
  last: "Then open the address it prints. It works once, and this browser stays signed in.",
  opening: "Signing in…",
  refused: "This sign-in link was already used or is too old. Your projects are safe.",
  retry: "I have signed in, try again",
} as const;

export const home = {
  title: "Projects",
  emptyTitle: "No projects yet.",
  empty: "Start with your own images, or look around in the demo: run “intarsia demo” in a terminal.",
  newProject: "New project",
  progress: (done: number, all: number): string => `${count(done)} of ${count(all)} done`,
  noImages: "No images yet",
  dropHere: "Drop to start a project with these images",
  nextImage: "Your next image",
  allDone: "Every image is done",
  open: (name: string): string => `Open ${name}`,
} as const;

export const newProject = {
  title: "New project",
  name: "Name",
  namePlaceholder: "Street scenes",
  classes: "Start with classes for",
  templateHint: (names: readonly string[], more: number): string =>
    names.length === 0
      ? "Add classes while you label"
      : `${names.join(", ")}${more > 0 ? ` and ${count(more)} more` : ""}`,
  images: "Images",
  drop: "Drop images or folders here",
  choose: "Choose files",
  chosen: (n: number): string => (n === 1 ? "1 file chosen" : `${count(n)} files chosen`),
  create: "Create project",
  creating: "Creating…",
  nameMissing: "Give the project a name.",
} as const;

export const overview = {
  title: "Overview",
  state: (done: number, all: number): string =>
    `${count(done)} of ${count(all)} done · ${count(all - done)} left to label`,
  allDone: (all: number): string => (all === 1 ? "The only image is done." : `All ${count(all)} images are done.`),
  emptyTitle: "No images yet.",
  empty: "Drop images or a folder anywhere on this page.",
  addImages: "Add images",
  labelNext: "Label next image",
  takeOut: "Export labels",
  images: "Images",
  grid: "Grid",
  table: "Table",
  view: "Show as",
  colImage: "Image",
  colState: "State",
  colLabelled: "Labelled",
  colSize: "Size",
  colChanged: "Changed",
  open: "To label",
  submitted: "Done",
  dropHere: "Drop to add to this project",
  more: "Show more",
  labelledShare: (share: string): string => `${share} labelled`,
  size: (width: number, height: number): string => `${count(width)} × ${count(height)} px`,
  progress: (done: number, all: number): string => `${count(done)} of ${count(all)} images done`,
} as const;

export const uploads = {
  region: "Images being added",
  stopped: "Stopped before it was sent.",
  title: (done: number, all: number): string => `Adding images: ${count(done)} of ${count(all)}`,
  finished: (n: number): string => (n === 1 ? "1 image added" : `${count(n)} images added`),
  failed: (n: number): string => (n === 1 ? "1 file was not added" : `${count(n)} files were not added`),
  progressOf: (name: string): string => `Upload of ${name}`,
  stop: "Stop adding",
  retry: "Try these again",
  dismiss: "Close",
  notAnImage: "This is not an image. Labels from other tools are brought in on the Data page.",
} as const;

export const data = {
  title: "Data",
  in: "In",
  out: "Out",
  inLead: "Bring images with labels from another tool. Images alone can be dropped anywhere in the project.",
  outLead: "Take out the labels as they are saved now.",
  format: "Format",
  drop: "Drop a zip file or a folder here",
  dropHere: "Drop images to add them, a zip or folder to import it",
  chooseZip: "Choose zip file",
  chooseFolder: "Choose folder",
  import: "Import",
  importing: (name: string, share: string): string => `Sending ${name}: ${share}`,
  packing: (name: string): string => `Packing ${name}…`,
  export: "Export",
  losses: "What this format cannot keep",
  lossless: "This format keeps everything.",
  jobs: "Jobs",
  noJobs: "No imports or exports yet.",
  cancel: "Cancel",
  download: "Download",
  downloadOf: (name: string): string => `Download ${name}`,
  importOf: (format: string): string => `Import from ${format}`,
  exportOf: (format: string): string => `Export to ${format}`,
  chosen: (name: string, files: number): string =>
    files === 1 ? `${name} chosen` : `${name}: ${count(files)} files chosen`,
  tooLarge:
    "This is too large for one zip. Nothing was sent. Import it in parts, or with “intarsia import” in a terminal.",
  running: (kind: "import" | "export", done: number, all: number): string =>
    kind === "export" ? `Exporting ${count(done)} of ${count(all)}…` : `Importing ${count(done)} of ${count(all)}…`,
  states: { queued: "Waiting", running: "Running", done: "Done", failed: "Failed", cancelled: "Cancelled" },
  result: (images: number, size: string): string =>
    images === 1 ? `1 image · ${size}` : `${count(images)} images · ${size}`,
  resultImages: (images: number): string => (images === 1 ? "1 image" : `${count(images)} images`),
  problems: (n: number): string => (n === 1 ? "1 problem" : `${count(n)} problems`),
  chooseFirst: "Choose a zip file or a folder first.",
  noImages: "There is nothing to export yet: this project has no images.",
  needsFormat: "This server offers no format for this.",
} as const;

export const editor = {
  stage: "Image",
  pageTitle: (name: string): string => `${name} · Intarsia`,
  saveNow: "Save now",
  imageLabel: (name: string): string => `Image ${name}`,
  canvasRole: "image editor",
  leaves: "F6 leaves the image",
  summary: (name: string, width: number, height: number, segments: number, coverage: string, save: string): string =>
    `${name}, ${width} by ${height}. ${segments === 1 ? "1 segment" : `${count(segments)} segments`}, ${coverage} labelled. ${save}.`,
  opening: (name: string): string => (name === "" ? "Opening…" : `Opening ${name}…`),
  failedTitle: "This image cannot be opened",
  nextImage: "Next image",
  toProject: (name: string): string => `Back to ${name}`,
  project: "Project",
  position: (at: number, all: number): string => `${count(at)}/${count(all)}`,
  positionTitle: (at: number, all: number): string => `Image ${count(at)} of ${count(all)}`,
  target: "Target and draw mode",
  done: "Done",
  doneTitle: "Mark as done and go to the next image",
  noClass: "Choose or add a class first",
  readOnly: "Look only: this image is done",
  reopen: "Reopen",
  isDone: (name: string): string => `${name} is marked as done.`,
  lookingBack: "Look only: this is an earlier revision",
  reopenTitle: "This image is done. Reopen it to change it.",
  outlineFirst: "Finish (Enter) or discard (Esc) the outline first.",
  toOverview: "Back to the project",
  notReady: "The image is still opening.",
  showPanel: "Show panel",
  hidePanel: "Hide panel",
  help: "Keyboard shortcuts",
  tools: "Tools",
  toolOptions: "Tool options",
  brushSize: "Size",
  brushSizePx: "Brush size in image pixels",
  brushShape: "Brush shape",
  round: "Round",
  square: "Square",
  pxUnit: "px",
  finishOutline: "Finish",
  discardOutline: "Discard",
  complementary: "Classes and segments",
  status: "Status",
  resizePanel: "Width of the panel",
  undo: "Undo",
  redo: "Redo",
  nothingToUndo: "Nothing to undo yet.",
  nothingToRedo: "Nothing to redo.",
} as const;

export const classes = {
  title: "Classes",
  list: "Classes",
  find: "Find or add a class",
  placeholder: "Find or add a class",
  add: (name: string): string => `Add “${name}”`,
  kind: "Kind",
  kinds: {
    thing: "Thing: each one is its own segment",
    stuff: "Stuff: one segment for all of it",
    ignore: "Ignore: leave out on purpose",
  },
  kindShort: { thing: "thing", stuff: "stuff", ignore: "ignore" },
  lock: (name: string): string => `Lock ${name}`,
  unlock: (name: string): string => `Unlock ${name}`,
  empty: "No classes yet. Type a name and press Enter.",
  none: (query: string): string => `No class is called “${query}”. Press Enter to add it.`,
  inUse: (n: number): string => (n === 1 ? "1 segment" : `${count(n)} segments`),
  failed: (message: string): string => `The class was not added. ${message}`,
} as const;

/** In the navigation of a project. */
export const ontology = "Ontology";

export const segments = {
  title: "Segments",
  list: "Segments",
  empty: "Nothing labelled yet. Choose a class and draw on the image.",
  lock: (name: string): string => `Lock ${name}`,
  unlock: (name: string): string => `Unlock ${name}`,
  hide: (name: string): string => `Hide ${name}`,
  show: (name: string): string => `Show ${name}`,
  actions: (name: string): string => `Actions for ${name}`,
  changeClass: "Change class",
  delete: "Delete",
  frame: "Zoom to it",
  describe: (name: string, kind: string, area: string, locked: boolean, hidden: boolean): string =>
    [name, kind, area, locked ? "locked" : "", hidden ? "hidden" : ""].filter((part) => part !== "").join(", "),
  unknownClass: "Unknown class",
  pixel: "this pixel",
  lockIt: "Lock",
  unlockIt: "Unlock",
  hideIt: "Hide",
  showIt: "Show",
  pixels: (px: number): string => (px === 1 ? "1 pixel" : `${count(px)} pixels`),
  tab: (n: number): string => `Segments ${count(n)}`,
  filter: "Only the current class",
  noneOfClass: "No segment of this class.",
} as const;

export const view = {
  title: "View",
  back: "Back to classes and segments",
  open: "View settings",
} as const;

export const status = {
  coverage: (share: string): string => `${share} labelled`,
  coverageTitle: (gapPx: number): string =>
    gapPx === 0 ? "No pixel is unlabelled" : `${count(gapPx)} pixels are unlabelled. Press to show them`,
  mode: "Draw mode",
  modeTitle: (meaning: string, other: string): string => `${meaning}. Press to switch to ${other}`,
  zoomLabel: (value: number): string => `Zoom ${count(value)} %`,
  zoomTo: (value: number): string => `${count(value)} %`,
  fit: "Fit to window",
  unlabelled: "unlabelled",
  pointer: (x: number, y: number): string => `x ${x} y ${y}`,
  gaps: (n: number): string => (n > 99 ? "99+ gaps" : n === 1 ? "1 gap" : `${count(n)} gaps`),
  gapsTitle: "Go to the next unlabelled region",
  shortcuts: "All shortcuts",
} as const;

export const toolHints: Readonly<Record<ToolId, string>> = {
  select: "Click selects · Shift adds · 1–9 changes the class",
  pen: "Click: line · drag: freehand · Enter closes · Esc discards",
  brush: "Drag paints · [ ] size · Shift+click: straight",
  eraser: "Drag erases · [ ] size",
  fill: "Click fills up to the borders · X: over others",
  reshape: "Draw out of a border and back · loop: hole",
  slide: "Drag a border · Shift+wheel: reach · click, then arrows",
  knife: "Draw right across a segment · Shift: straight",
  box: "Drag or click two corners · Shift: square",
  rotated_box: "Drag one edge, click the other side · Shift: 15°",
  polygon: "Click: line · drag: freehand · Enter closes",
  polyline: "Click: line · drag: freehand · Enter ends",
  point: "Click sets a point",
};

export const shortcuts = {
  classTitle: (name: string): string => `${name}; again: a new one`,
  title: "Keyboard shortcuts",
  search: "Find a shortcut",
  none: "No shortcut matches.",
  hold: "or hold",
  note: "Tap a tool or mode key to switch. Hold it to borrow, and it returns when you let go. Click a key to change it.",
  restartHints: "Show the first hints again",
} as const;

export const palette = {
  chooseClass: (name: string): string => `Class ${name}`,
  title: "Commands",
  search: "Type a command",
  none: "No command matches.",
  classes: "Classes",
  searchClass: "Type the name of a class",
  noClass: "No class matches. New classes are added in the panel.",
} as const;

export const hints = [
  "Click for straight lines, drag for freehand. Enter closes.",
  "You may draw over the neighbour: the border is shared by itself.",
  "N jumps to what is still unlabelled.",
  "Hold X to take pixels from others. ? shows every key.",
] as const;

export const hintDismiss = "Got it";

export const narrow = "Drawing needs a larger screen.";

export interface BannerWords {
  readonly text: string;
  readonly severity: "info" | "warn" | "bad";
  readonly details?: string;
}

function offline(edits: number): string {
  if (edits === 0) return "You are offline. Keep working: every edit is kept in this browser and will be sent.";
  const kept = edits === 1 ? "1 edit is kept" : `${count(edits)} edits are kept`;
  return `You are offline. Keep working: ${kept} in this browser and will be sent.`;
}

export function banner(value: Banner): BannerWords {
  switch (value.kind) {
    case "offline":
      return {
        severity: "warn",
        text: offline(value.pendingEdits),
      };
    case "server-error":
      return {
        severity: "warn",
        text: `The server could not save (error ${value.status}). Your work is kept in this browser; we try again.`,
      };
    case "disk-full":
      return {
        severity: "bad",
        text: "The server's disk is full, so nothing can be saved. Your work is kept in this browser. Tell your administrator.",
      };
    case "browser-storage-full":
      return {
        severity: "bad",
        text: "This browser has no room left to keep unsaved work. Stay online, or free some space.",
      };
    case "labels-hidden":
      return { severity: "info", text: "Labels are hidden. Press H to show them." };
    case "old-revision":
      return { severity: "info", text: oldRevision(value) };
    case "comparing":
      return { severity: "info", text: comparing(value) };
    case "conflict":
      return { severity: "warn", text: conflict(value) };
    case "rejected":
      return { severity: "bad", text: value.message, details: value.code };
    case "signed-out":
      return {
        severity: "warn",
        text: "You are signed out, so nothing is sent. Your work is kept in this browser. Run “intarsia url” and open its address.",
      };
  }
}
