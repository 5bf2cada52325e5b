// SPDX-License-Identifier: Apache-2.0
/** Tool, brush and opacity come back with the next image. What cannot be read is left at its default. */

import { TOOLS } from "../tools/index.ts";
import { BRUSH_MAX_PX, BRUSH_MIN_PX, type EditorModel } from "./model.ts";

const KEY = "editor";

/** Set on the page of settings, not in the editor. */
export const PEN_PRESSURE = "pen-pressure";
export const FINGER = "finger";

export function readPreferences(model: EditorModel): void {
  model.penPressure = model.ports.preferences.read(PEN_PRESSURE) === "on";
  const text = model.ports.preferences.read(KEY);
  if (text === null) return;
  let stored: Record<string, unknown>;
  try {
    stored = JSON.parse(text) as Record<string, unknown>;
  } catch {
    return;
  }
  if (typeof stored !== "object" || stored === null) return;
  const tool = TOOLS.find(({ id }) => id === stored.tool);
  if (tool !== undefined) model.tool = tool.id;
  model.brushSizePx = within(stored.brushSizePx, BRUSH_MIN_PX, BRUSH_MAX_PX) ?? model.brushSizePx;
  if (stored.brushShape === "round" || stored.brushShape === "square") model.brushShape = stored.brushShape;
  model.opacity = within(stored.opacity, 0, 1) ?? model.opacity;
  model.currentClass = within(stored.currentClass, 1, 65535);
}

export function writePreferences(model: EditorModel): void {
  const { tool, brushSizePx, brushShape, opacity, currentClass } = model;
  model.ports.preferences.write(KEY, JSON.stringify({ tool, brushSizePx, brushShape, opacity, currentClass }));
}

function within(value: unknown, low: number, high: number): number | null {
  return typeof value === "number" && value >= low && value <= high ? value : null;
}
