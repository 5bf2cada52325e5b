// SPDX-License-Identifier: Apache-2.0
/** Tool, brush and opacity come back with the next image. What cannot be read is left at its default. */

import { TOOLS } from "../tools/index.ts";
import { BRUSH_MAX_PX, BRUSH_MIN_PX, type EditorModel } from "./model.ts";
import type { PreferencePort } from "./ports.ts";

const KEY = "editor";

/** Set on the page of settings, not in the editor. */
export const PEN_PRESSURE = "pen-pressure";
export const FINGER = "finger";
const CONTRAST = "contrast";
/** Of a segment's rim in high contrast, CSS px. */
const HIGH_CONTRAST_RIM_PX = 3;

export function readPreferences(model: EditorModel): void {
  model.penPressure = model.ports.preferences.read(PEN_PRESSURE) === "on";
  model.leastOutlineWidth = model.ports.preferences.read(CONTRAST) === "high" ? HIGH_CONTRAST_RIM_PX : 0;
  const kept = stored(model.ports.preferences);
  const tool = TOOLS.find(({ id }) => id === kept.tool);
  if (tool !== undefined) model.tool = tool.id;
  model.brushSizePx = within(kept.brushSizePx, BRUSH_MIN_PX, BRUSH_MAX_PX) ?? model.brushSizePx;
  if (kept.brushShape === "round" || kept.brushShape === "square") model.brushShape = kept.brushShape;
  model.opacity = within(kept.opacity, 0, 1) ?? model.opacity;
  model.currentClass = within(kept.currentClass, 1, 65535);
}

export function writePreferences(model: EditorModel): void {
  const { tool, brushSizePx, brushShape, opacity, currentClass } = model;
  model.ports.preferences.write(KEY, JSON.stringify({ tool, brushSizePx, brushShape, opacity, currentClass }));
}

function within(value: unknown, low: number, high: number): number | null {
  return typeof value === "number" && value >= low && value <= high ? value : null;
}

/** Opacity of the fill that the next image opens with; null: the default. */
export function storedFillOpacity(preferences: PreferencePort): number | null {
  return within(stored(preferences).opacity, 0, 1);
}

export function storeFillOpacity(preferences: PreferencePort, opacity: number): void {
  preferences.write(KEY, JSON.stringify({ ...stored(preferences), opacity }));
}

function stored(preferences: PreferencePort): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(preferences.read(KEY) ?? "{}");
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
