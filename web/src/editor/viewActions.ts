// SPDX-License-Identifier: Apache-2.0
/** Commands of looking: zoom, pan, what is shown of the labels. */
import { numberFrom } from "./commandValues.ts";
import type { EditorModel } from "./model.ts";
import type { SessionParts } from "./sessionParts.ts";
import { ZOOM_STEP } from "./viewing.ts";

const OPACITY_STEP = 0.1;
const PAN_STEP_PX = 80;

export class ViewActions {
  constructor(
    private readonly model: EditorModel,
    private readonly parts: SessionParts,
  ) {}

  borrowZoom(held: boolean): void {
    this.parts.armZoom(held);
  }

  borrowPan(held: boolean): void {
    this.parts.setPanning(held);
    this.model.dirtyOverlay();
  }

  toggleLabels(): void {
    this.model.labelsHidden = !this.model.labelsHidden;
    this.redrawLabels();
  }

  borrowPhoto(held: boolean): void {
    this.parts.setPhotoOnly(held);
    this.redrawLabels();
  }

  toggleFit(): void {
    this.parts.viewing.toggleFit();
  }

  zoomTo(value: unknown): void {
    this.parts.viewing.zoomToMiddle(numberFrom(value));
  }

  showAt(value: unknown): void {
    const { x, y, zoom } = value as { x: unknown; y: unknown; zoom: unknown };
    this.parts.viewing.showAt({ x: numberFrom(x), y: numberFrom(y) }, numberFrom(zoom));
    this.parts.tools.refresh();
  }

  zoomBy(notches: number): void {
    this.parts.viewing.zoomBy(ZOOM_STEP ** notches);
  }

  panView(dx: number, dy: number): void {
    this.parts.viewing.pan(-dx * PAN_STEP_PX, -dy * PAN_STEP_PX);
  }

  opacityBy(steps: number): void {
    this.setOpacity(Math.floor((this.model.opacity + steps * OPACITY_STEP) * 100 + 0.5) / 100);
  }

  setOpacity(value: unknown): void {
    this.model.opacity = Math.min(1, Math.max(0, numberFrom(value)));
    this.parts.remember();
    this.redrawLabels();
  }

  toggleOutlines(): void {
    this.model.outlines = !this.model.outlines;
    this.redrawLabels();
  }

  toggleGaps(): void {
    this.model.gapView = !this.model.gapView;
    this.redrawLabels();
  }

  private redrawLabels(): void {
    this.model.dirtyLabels(null);
    this.model.changed();
  }
}
