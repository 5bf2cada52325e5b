// SPDX-License-Identifier: Apache-2.0
/** Shapes as contract/vectors/README.md writes them, made into regions. */
import {
  boxRegion,
  type FillRule,
  polygonRegion,
  quantise,
  squareStrokeRegion,
  strokeRegion,
} from "../../src/core/raster/index.ts";
import type { Region, SizeHw } from "../../src/core/region.ts";

interface Frame {
  readonly frame: "fixed" | "px";
}

export type Shape =
  | (Frame & { readonly kind: "box"; readonly corners: readonly number[] })
  | (Frame & { readonly kind: "polygon"; readonly rule: FillRule; readonly rings: readonly (readonly number[])[] })
  | (Frame & {
      readonly kind: "stroke" | "square_stroke";
      readonly points: readonly number[];
      readonly radius: number;
    });

export function shapeRegion(shape: Shape, sizeHw: SizeHw): Region {
  const fixed = (value: number): number => (shape.frame === "px" ? quantise(value) : value);
  const path = (values: readonly number[]): Int32Array => Int32Array.from(values, fixed);
  switch (shape.kind) {
    case "box": {
      const [ax, ay, bx, by] = shape.corners.map(fixed);
      return boxRegion(ax, ay, bx, by, sizeHw);
    }
    case "polygon":
      return polygonRegion(shape.rings.map(path), shape.rule, sizeHw);
    case "stroke":
      return strokeRegion(path(shape.points), fixed(shape.radius), sizeHw);
    case "square_stroke":
      return squareStrokeRegion(path(shape.points), fixed(shape.radius), sizeHw);
  }
}
