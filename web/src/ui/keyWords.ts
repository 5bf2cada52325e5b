// SPDX-License-Identifier: Apache-2.0
/** Texts of changing keys. */
import type { KeyRefusal } from "../editor/reservedKeys.ts";

export const keyWords = {
  title: "Keys",
  lead: "Click a key, then press the new one. Changes apply at once and are kept in this browser.",
  search: "Find a command or a key",
  none: "No command matches.",
  change: (key: string, command: string): string => `Change ${key} of ${command}`,
  changeBefore: "Change",
  changeAfter: (command: string): string => `of ${command}`,
  add: (command: string): string => `Set a key for ${command}`,
  addShort: "Set a key",
  press: "Press the new key",
  pressFor: (command: string): string => `Press the new key for ${command}`,
  remove: "Remove key",
  cancel: "Cancel",
  taken: (key: string, command: string): string => `${key} is “${command}”.`,
  swap: "Swap",
  take: "Take it, leave that without a key",
  restore: (command: string): string => `Reset the keys of ${command}`,
  restoreShort: "Reset",
  restoreAll: "Reset all keys",
  restored: "All keys are as shipped.",
  single: "Single-key shortcuts",
  singleHint: "Off: letters, digits and signs alone do nothing. Keys with Ctrl or ⌘ still work.",
  hold: "or hold",
  preset: "Start from",
  presets: { shipped: "Intarsia", cvat: "CVAT", photoshop: "Photoshop" },
  presetUsed: (name: string): string => `Keys of ${name} are in use.`,
  exportFile: "Export as a file",
  importFile: "Import a file",
  imported: (name: string): string => `Keys of ${name} are in use.`,
  notImported: (message: string): string => `The keys were not changed. ${message}`,
  fileName: "intarsia-keys.json",
  allKeys: "More settings for keys",
} as const;

export function keyRefused(key: string, refusal: KeyRefusal): string {
  switch (refusal.why) {
    case "alt":
      return "Alt is left to the system and to typing special characters. Press another key.";
    case "not-everywhere":
      return "This key cannot be used, because some keyboards do not have it. Press another key.";
    case "fixed":
      return `${key} stays what it is: it is the way out for whoever works by keyboard. Press another key.`;
    case "browser":
      return `${key} belongs to the browser: it ${refusal.does}. Press another key.`;
  }
}
