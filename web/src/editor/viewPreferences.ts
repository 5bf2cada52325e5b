// SPDX-License-Identifier: Apache-2.0
/** How the picture is shown comes back with the next image of the same project. What cannot be read stays as it is. */
import { changeTone, NEUTRAL_TONE, type Tone } from "../core/tone.ts";
import type { EditorModel } from "./model.ts";
import { DEFAULT_VIEW_OPTIONS, soundOptions, type ViewOptions } from "./viewOptions.ts";

const keyOf = (projectId: string): string => `view.${projectId}`;

/** Call once the task is known. */
export function readViewPreferences(model: EditorModel): void {
  const stored = storedOf(model);
  if (stored === null) return;
  model.options = soundOptions({
    ...DEFAULT_VIEW_OPTIONS,
    ...(likeDefault(DEFAULT_VIEW_OPTIONS, stored.options) as Partial<ViewOptions>),
  });
  model.tone = changeTone(NEUTRAL_TONE, likeDefault(NEUTRAL_TONE, stored.tone) as Partial<Tone>);
}

export function writeViewPreferences(model: EditorModel): void {
  const { task, tone, options } = model;
  if (task !== null) model.ports.preferences.write(keyOf(task.project.id), JSON.stringify({ tone, options }));
}

function storedOf(model: EditorModel): Record<string, unknown> | null {
  const text = model.task === null ? null : model.ports.preferences.read(keyOf(model.task.project.id));
  if (text === null) return null;
  try {
    const stored: unknown = JSON.parse(text);
    return typeof stored === "object" && stored !== null ? (stored as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** The fields of `stored` that the defaults have too, and with the same type. */
function likeDefault(defaults: object, stored: unknown): Record<string, unknown> {
  if (typeof stored !== "object" || stored === null) return {};
  const known = Object.entries(defaults);
  const given = stored as Record<string, unknown>;
  return Object.fromEntries(
    known.filter(([key, value]) => typeof given[key] === typeof value).map(([key]) => [key, given[key]]),
  );
}
