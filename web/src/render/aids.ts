// SPDX-License-Identifier: Apache-2.0
/** Minimap, rulers and cross lines: loaded when one of them is first to be seen, drawn after a frame of the picture. */
import type { CanvasPort, Point } from "../editor/canvas.ts";
import { minimapWanted } from "./aidsWanted.ts";
import { CrossLines } from "./crossLines.ts";
import { MinimapView } from "./minimap.ts";
import { RulersView } from "./rulers.ts";

export class Aids {
  private readonly minimap: MinimapView;
  private readonly rulers: RulersView;
  private readonly cross: CrossLines;

  constructor(
    host: HTMLElement,
    private readonly canvas: CanvasPort,
    goTo: (pointImage: Point) => void,
  ) {
    this.cross = new CrossLines(host);
    this.rulers = new RulersView(host, canvas);
    this.minimap = new MinimapView(host, canvas, goTo);
  }

  draw(thumbnail: ImageBitmap | null, dpr: number): void {
    const { canvas } = this;
    const { options } = canvas;
    const map = minimapWanted(canvas);
    this.cross.show(options.crossLines);
    this.rulers.show(options.rulers);
    this.minimap.show(map);
    if (options.rulers) this.rulers.draw(dpr);
    if (map) this.minimap.draw(thumbnail, dpr);
  }

  dispose(): void {
    for (const part of [this.cross, this.rulers, this.minimap]) part.dispose();
  }
}
