// SPDX-License-Identifier: Apache-2.0
/** Sentences that the editor itself says: toasts, badges, announcements. Screens keep their own words. */

const whole = new Intl.NumberFormat("en");

export const count = (value: number): string => whole.format(value);

const moment = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

const dayAndTime = (iso: string): string => moment.format(new Date(iso));

/** Share of a whole in per cent: one decimal, "under 0.1 %" for what would be 0.0. */
export function percent(part: number, all: number): string {
  if (all <= 0) return "–";
  const value = (100 * part) / all;
  if (value > 0 && value < 0.05) return "under 0.1 %";
  return `${value >= 99.95 && part < all ? "99.9" : value.toFixed(1)} %`;
}

export const segmentName = (className: string, number: number | null): string =>
  number === null ? className : `${className} ${number}`;

export const messages = {
  noQuestions: "No class has a question yet, so there are no answers to colour by.",
  nothingBeside: "There is no other revision or layer to compare with yet.",
  oneLayer: "There is only one layer.",
  readOnly: "This image is done. Reopen it to change it.",
  readOnlyPast: (number: number): string =>
    `This is revision ${count(number)}, to look at. Go back to the latest one, or restore it, to draw.`,
  undo: "Undo",
  openRevision: "Open that revision",
  restored: (number: number): string => `Revision ${count(number)} is restored. What was there is kept in the history.`,
  restoredSegment: (name: string, number: number): string => `${name} is back as in revision ${count(number)}.`,
  restoredNothing: "Nothing to restore: it is so already.",
  noPixel: "Point at a pixel of the image first.",
  neverChanged: (x: number, y: number): string => `Nobody has labelled the pixel x ${x} y ${y} yet.`,
  changedBy: (x: number, y: number, author: string, tool: string, revision: number, atIso: string): string =>
    `x ${x} y ${y}: ${author}, ${tool}, revision ${count(revision)}, ${dayAndTime(atIso)}`,
  noConflicts: "There is no open conflict.",
  conflictSettled: (left: number): string =>
    left === 0
      ? "Settled. The other version stays in the history."
      : `Settled. ${left === 1 ? "1 conflict is" : `${count(left)} conflicts are`} left.`,
  notWhileLookingBack: "Go back to the latest revision first.",
  chooseClass: "Choose a class first: press its digit or click it in the list.",
  unknownClass: "Unknown class",
  gone: "something that is gone",
  retired: (name: string): string => `${name} is retired: it keeps its pixels but takes no new ones.`,
  theImage: "Image",
  goToFirst: "Go to first",
  noQuestionsAbout: (name: string): string => `Nothing is asked about ${name}.`,
  noImageQuestions: "Nothing is asked about the image.",
  nothingMissing: "Every question that needs an answer has one.",
  answersMissing: (n: number): string =>
    n === 1 ? "1 question needs an answer." : `${count(n)} questions need an answer.`,
  onlyGroups: (name: string): string => `${name} only groups other classes. Choose one of those under it.`,
  takesNoPixels: (name: string, hasObjects: boolean): string =>
    hasObjects ? `${name} is drawn as an object and takes no pixels.` : messages.onlyGroups(name),
  protectedFrom: (owner: string, taker: string | null): string =>
    `${owner} is protected from ${taker ?? "the eraser"}.`,
  otherLayer: (name: string): string => `${name} belongs to another layer, so its pixels cannot come from here.`,
  locked: (name: string): string => `${name} is locked.`,
  noIds: "The server cannot be reached for a new segment. Add to a selected segment, or try again in a moment.",
  loading: "The labels are still loading.",
  tooSmall: "Too small to label. Zoom in and try again.",
  nothingFree: "Every pixel here already belongs to a segment. Hold X to draw over.",
  nothingOver: "Every pixel here already belongs to this segment, or is locked.",
  startInside: "Start inside a segment.",
  nothingToErase: "Nothing to erase here.",
  nothingErasedOf: (name: string): string => `None of this belongs to ${name}. Press Esc to erase every segment.`,
  finishOutline: "Finish (Enter) or discard (Esc) the outline first.",
  outlineKept: (key: string): string => `The outline is kept. ${key} goes on with it.`,
  added: (name: string, share: string): string => `${name} added, ${share}`,
  changed: (name: string, px: number): string => `${name} changed, ${count(px)} px`,
  erased: (px: number): string => `${count(px)} px erased`,
  deleted: (name: string): string => `Deleted ${name}.`,
  deletedMany: (n: number): string => `Deleted ${count(n)} segments.`,
  classChanged: (name: string, to: string): string => `${name} is now ${to}.`,
  toolChosen: (title: string): string => title,
  modeChosen: {
    behind: "Behind: takes unlabelled pixels only",
    over: "Over: takes from others",
    inside: "Inside: stays in one segment",
  },
  classChosen: (name: string): string => `Class ${name}`,
  selected: (n: number, name: string): string => (n === 1 ? `${name} selected` : `${count(n)} segments selected`),
  penDown: "Pen down",
  penUp: "Pen up",
  undoneBut: (px: number): string => `Undone, except ${count(px)} px that have changed since.`,
  nothingToUndo: "Nothing to undo.",
  nothingToRedo: "Nothing to redo.",
  noGaps: "No gaps: every pixel has an owner.",
  classChangedMany: (n: number, to: string): string => `${count(n)} segments are now ${to}.`,
  noSelection: "Select a segment first.",
  noNextImage: "This is the last image.",
  noPreviousImage: "This is the first image.",
  recovered: (n: number): string =>
    n === 1
      ? "1 unsaved edit from before was found and kept."
      : `${count(n)} unsaved edits from before were found and kept.`,
  backOnline: (n: number): string =>
    n === 1 ? "1 edit sent. Everything is saved." : `${count(n)} edits sent. Everything is saved.`,
  merged: "Changes from another window came in. Nothing overlapped with yours.",
  notAllSaved: "Not everything is saved yet. Your work is kept in this browser; try again in a moment.",
  badTiles:
    "The labels that the server sent cannot be read. Nothing was changed. Reload the page; if it stays so, tell your administrator.",
  imageUnreadable: (reason: string): string =>
    `This image cannot be shown (${reason}). Nothing was changed. Try the next image.`,
  tooManyPieces: "That would change too many pieces at once. Nothing was changed.",
  notLoaded: "This could not be loaded. Your work is kept. Check the connection and try again.",
  moveHow: (name: string): string => `Arrow keys move ${name}. Enter keeps it there, Esc takes it back.`,
  changedMeanwhile: "These pixels have changed meanwhile. Nothing was changed; try again.",
  shares: (px: number, name: string): string => `shares ${count(px)} px with ${name}`,
  takes: (share: string, name: string): string => `takes ${share} of ${name}`,
  removes: (name: string): string => `removes ${name}`,
  ofImage: (share: string): string => `${share} of the image`,
  inside: (name: string): string => `inside ${name}`,
} as const;
