// SPDX-License-Identifier: Apache-2.0
/** Composes a label map as the label layer does and lets tests ask for pixels. */
import { LabelMap } from "../../src/core/labelMap.ts";
import type { LabelScene, OutlinePreview, SegmentLook, Spotlight } from "../../src/editor/canvas.ts";
import { type ComposeView, Compositor } from "../../src/render/compose.ts";
import { SlotPalette } from "../../src/render/palette.ts";

export const LOOKS: Readonly<Record<number, SegmentLook>> = {
  1: look(0xff0000),
  2: look(0x00ff00),
  3: look(0x200060, { dark: true }),
  4: look(0x400020, { dark: true }),
};

export function look(colour: number, more: Partial<SegmentLook> = {}): SegmentLook {
  return { colour, dark: false, hidden: false, selected: false, hovered: false, ...more };
}

export interface PictureOptions {
  readonly looks?: Readonly<Record<number, SegmentLook>>;
  readonly outlines?: boolean;
  readonly gapView?: boolean;
  readonly preview?: OutlinePreview | null;
  readonly spotlight?: Spotlight | null;
  readonly opacity?: number;
}

/** Rows of digits, one a pixel; "." is unlabelled. */
export function mapOf(...rows: readonly string[]): LabelMap {
  const ids = rows.flatMap((row) => [...row].map((c) => (c === "." ? 0 : Number(c))));
  return LabelMap.fromIds(ids, [rows.length, rows[0].length]);
}

export function sceneOf(map: LabelMap, options: PictureOptions = {}): LabelScene {
  return {
    map,
    look: (id) => (options.looks ?? LOOKS)[id],
    lookVersion: 1,
    opacity: options.opacity ?? 0.45,
    outlineWidth: 2,
    outlines: options.outlines ?? true,
    colourBy: "class",
    visible: true,
    gapView: options.gapView ?? false,
    preview: options.preview ?? null,
    spotlight: options.spotlight ?? null,
  };
}

export class Picture {
  readonly words: Uint32Array;
  private readonly palette = new SlotPalette();
  private readonly compositor = new Compositor(this.palette);

  constructor(
    readonly width: number,
    readonly height: number,
    public view: ComposeView,
  ) {
    this.words = new Uint32Array(width * height);
  }

  draw(scene: LabelScene, rect = { x: 0, y: 0, width: this.width, height: this.height }): this {
    this.palette.update(scene);
    this.compositor.draw(scene, this.view, rect, this.words, this.width);
    return this;
  }

  /** Pixel as #RRGGBB and alpha in per cent, "-" where nothing was drawn. */
  at(x: number, y: number): string {
    const bytes = new Uint8Array(this.words.buffer, 4 * (y * this.width + x), 4);
    if (bytes[3] === 0) return "-";
    const hex = [...bytes.slice(0, 3)].map((value) => value.toString(16).padStart(2, "0")).join("");
    return `#${hex} ${Math.round(bytes[3] / 2.55)}`;
  }

  row(y: number): string[] {
    return Array.from({ length: this.width }, (_, x) => this.at(x, y));
  }
}

export const view = (deviceScale: number, originX = 0, originY = 0): ComposeView => ({
  deviceScale,
  originX,
  originY,
  dpr: 1,
});
