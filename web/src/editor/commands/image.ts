// SPDX-License-Identifier: Apache-2.0
/** Commands on the whole image, its history and its conflicts, and help. */
import { byControl, type Command, command } from "./command.ts";

export const imageCommands: readonly Command[] = [
  command("image.previous", "Previous image", "Image", ["D"], (a) => a.image.openNeighbour(-1)),
  command("image.next", "Next image", "Image", ["F"], (a) => a.image.openNeighbour(1)),
  command("image.submit", "Done: submit this image", "Image", ["Mod+Enter"], (a) => a.image.submit(), {
    everywhere: true,
  }),
  byControl("image.reopen", "Reopen this image", "Image", (a) => a.image.reopen()),
  command("image.save", "Save now", "Image", ["Mod+S"], (a) => a.image.saveNow()),
];

export const undoCommands: readonly Command[] = [
  command("edit.undo", "Undo", "History", ["Mod+Z"], (a) => a.image.undo(), { repeats: true }),
  command("edit.redo", "Redo", "History", ["Mod+Shift+Z", "Mod+Y"], (a) => a.image.redo(), { repeats: true }),
];

export const historyCommands: readonly Command[] = [
  command("history.panel", "History of this image", "History", [], (a) => a.image.intent({ kind: "toggle-history" })),
  command("history.close", "Back to the latest revision", "History", [], (a) => a.history.close()),
  command("history.who", "Who changed this pixel", "History", [], (a, value) => a.history.who(value)),
  command("history.stop-comparing", "Stop marking what differs", "History", [], (a) => a.history.stopComparing()),
  byControl("history.open", "Open a revision", "History", (a, value) => a.history.open(value)),
  byControl("history.compare", "Compare two revisions", "History", (a, value) => a.history.compare(value)),
  byControl("history.restore", "Restore a revision", "History", (a, value) => a.history.restore(value)),
  command("conflict.list", "Open conflicts", "History", [], (a) => a.history.listConflicts()),
  command("conflict.compare", "Mark the pixels of a conflict", "History", [], (a) => a.history.compareConflict()),
  command("conflict.next", "Next conflict", "History", [], (a) => a.history.walkConflicts(1)),
  command("conflict.previous", "Previous conflict", "History", [], (a) => a.history.walkConflicts(-1)),
  byControl("history.show", "Go to a revision", "History", (a, value) => a.history.show(value)),
  byControl("conflict.look", "Mark one conflict", "History", (a, value) => a.history.lookAtConflict(value)),
  byControl("conflict.keep", "Settle a conflict", "History", (a, value) => a.history.keep(value)),
];

export const helpCommands: readonly Command[] = [
  command("help.shortcuts", "Keyboard shortcuts", "Help", ["?", "F1"], (a) =>
    a.image.intent({ kind: "show-shortcuts" }),
  ),
  command(
    "help.palette",
    "Find a command by typing",
    "Help",
    ["Mod+K"],
    (a) => a.image.intent({ kind: "show-palette" }),
    {
      everywhere: true,
    },
  ),
  byControl("toast.dismiss", "Dismiss the message", "Help", (a) => a.image.dismissToast()),
];
