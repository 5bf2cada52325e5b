// SPDX-License-Identifier: Apache-2.0
/**
 * Undo that survives a reload: the newest edits are kept in the browser and put back into the history when the image is
 * opened again. Undoing restores only what still is as an edit left it, so an old trail can do no harm.
 */
import { editFromJson } from "../core/edit.ts";
import type { History } from "../core/history.ts";
import type { EditDoc, EditorPorts } from "./ports.ts";

const STEPS_MAX = 200;
/** A step bigger than this is not kept; what came before it could then not be undone in order, so it goes as well. */
const STEP_MAX_CHARS = 1_000_000;

export class UndoTrail {
  private annotationId: string | null = null;
  private places: number[] = [];
  private last = 0;

  constructor(private readonly ports: EditorPorts) {}

  /** Puts what was kept under the history of this session; does nothing when edits were made meanwhile. */
  async open(annotationId: string, sizeHw: readonly [number, number], history: History): Promise<void> {
    this.annotationId = annotationId;
    const steps = await this.quietly(this.ports.outbox.readTrail(annotationId), []);
    if (history.canUndo || history.canRedo) return;
    this.places = steps.map((step) => step.place);
    this.last = this.places[this.places.length - 1] ?? 0;
    for (const { edit } of steps) {
      try {
        history.push(editFromJson(edit, sizeHw));
      } catch {
        // Written by another version of this page: that step cannot be undone any more.
      }
    }
    this.prune();
  }

  done(json: EditDoc): void {
    const { annotationId, ports } = this;
    if (annotationId === null) return;
    if (json.pixels.length > STEP_MAX_CHARS) {
      this.drop(this.places.splice(0));
      return;
    }
    const place = Math.max(this.last + 1, ports.clock.nowMs());
    this.last = place;
    this.places.push(place);
    void this.quietly(ports.outbox.keepTrail(annotationId, place, json), undefined);
    this.prune();
  }

  undone(): void {
    const place = this.places.pop();
    if (place !== undefined) this.drop([place]);
  }

  private prune(): void {
    if (this.places.length > STEPS_MAX) this.drop(this.places.splice(0, this.places.length - STEPS_MAX));
  }

  private drop(places: readonly number[]): void {
    if (this.annotationId !== null && places.length > 0) {
      void this.quietly(this.ports.outbox.dropTrail(this.annotationId, places), undefined);
    }
  }

  /** A browser without storage has no trail; nothing else depends on it. */
  private async quietly<T>(work: Promise<T>, otherwise: T): Promise<T> {
    try {
      return await work;
    } catch {
      return otherwise;
    }
  }
}
