// SPDX-License-Identifier: Apache-2.0
export { boxRegion } from "./box.ts";
export { type FillRule, polygonRegion } from "./polygon.ts";
export {
  checkSize,
  FIXED_MAX,
  FIXED_MIN,
  type FixedPath,
  quantise,
  quantisePath,
  RADIUS_FIXED_MAX,
  RADIUS_FIXED_MIN,
} from "./quantise.ts";
export { squareStrokeRegion } from "./squareStroke.ts";
export { strokeRegion } from "./stroke.ts";
