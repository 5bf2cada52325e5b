// SPDX-License-Identifier: Apache-2.0
/** Pan and zoom as commands and gestures; the arithmetic is in core/viewport. */

import type { Point } from "../core/geometry.ts";
import { normalTurn, turnBack } from "../core/turning.ts";
import { centreOn, clampToImage, panBy, toImage, type Viewport, zoomAbout } from "../core/viewport.ts";
import type { EditorModel } from "./model.ts";

export const ZOOM_STEP = 1.2;

export class Viewing {
  private beforeFit: Viewport | null = null;

  constructor(private readonly model: EditorModel) {}

  /** A fitted picture stays fitted; otherwise the middle of the view stays where it is. */
  resize(widthPx: number, heightPx: number): void {
    const { model } = this;
    const before = model.windowSize;
    if (before.widthPx === widthPx && before.heightPx === heightPx) return;
    this.reframe(() => model.setFrame({ widthPx, heightPx }, model.turnDegrees), before.widthPx === 0);
  }

  /** Turns about the middle of the window. Degrees are clockwise. */
  turnTo(degrees: number): void {
    const { model } = this;
    const turn = normalTurn(degrees);
    if (turn === model.turnDegrees) return;
    this.beforeFit = null;
    this.reframe(() => model.setFrame(model.windowSize, turn), false);
  }

  private reframe(change: () => void, anew: boolean): void {
    const { model } = this;
    const before = model.canvasSize;
    const middle = toImage(model.view, { x: before.widthPx / 2, y: before.heightPx / 2 });
    change();
    if (model.fitted || anew) model.fit();
    else model.setView(centreOn(model.view.zoom, middle, model.canvasSize), false);
  }

  /** By px of the window. */
  pan(dxWindow: number, dyWindow: number): void {
    const { view, turnDegrees } = this.model;
    const { x, y } =
      turnDegrees === 0 ? { x: dxWindow, y: dyWindow } : turnBack({ x: dxWindow, y: dyWindow }, turnDegrees);
    this.show(panBy(view, x, y));
  }

  zoomBy(factor: number, at: Point | null = null): void {
    this.zoomTo(this.model.view.zoom * factor, at);
  }

  zoomTo(zoom: number, at: Point | null = null): void {
    const { canvasSize, view } = this.model;
    const anchor = at ?? this.model.pointerScreen ?? { x: canvasSize.widthPx / 2, y: canvasSize.heightPx / 2 };
    this.show(zoomAbout(view, anchor, zoom));
  }

  zoomToMiddle(zoom: number): void {
    const { canvasSize } = this.model;
    this.zoomTo(zoom, { x: canvasSize.widthPx / 2, y: canvasSize.heightPx / 2 });
  }

  /** An image point in the middle, at a zoom in screen px per image px. */
  showAt(point: Point, zoom: number): void {
    this.show(centreOn(zoom, point, this.model.canvasSize));
  }

  /** Fit, and with the next press back to the last view. */
  toggleFit(): void {
    const { model } = this;
    if (model.fitted && this.beforeFit !== null) {
      model.setView(this.beforeFit, false);
      return;
    }
    this.beforeFit = model.view;
    model.fit();
  }

  fit(): void {
    if (!this.model.fitted) this.beforeFit = this.model.view;
    this.model.fit();
  }

  private show(view: Viewport): void {
    const { model } = this;
    model.setView(clampToImage(view, model.sizeHw, model.canvasSize), false);
  }
}
