// SPDX-License-Identifier: Apache-2.0
/** Presets, and keys as a file on the user's disk. */
import { COMMAND_INFOS } from "../../editor/commands/index.ts";
import { type KeySettings, SHIPPED_KEYS } from "../../editor/keyBindings.ts";
import { keyFileText, parseKeyFile } from "../../editor/keyFile.ts";
import { keyWords } from "../keyWords.ts";
import cvat from "./presets/cvat.json";
import photoshop from "./presets/photoshop.json";

export const PRESETS = { shipped: null, cvat, photoshop } as const;
export type PresetId = keyof typeof PRESETS;

export function presetSettings(id: PresetId): KeySettings {
  const file = PRESETS[id];
  return file === null ? SHIPPED_KEYS : parseKeyFile(JSON.stringify(file), COMMAND_INFOS);
}

export function saveKeyFile(settings: KeySettings): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([keyFileText(settings)], { type: "application/json" }));
  link.download = keyWords.fileName;
  link.click();
  URL.revokeObjectURL(link.href);
}
