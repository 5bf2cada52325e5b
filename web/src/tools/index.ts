// SPDX-License-Identifier: Apache-2.0
/** The tools, in the order of the rail. A new tool is a new file and a line here. */
import { knife, reshape, slide } from "./border/descriptors.ts";
import { brush } from "./brush.ts";
import { eraser } from "./eraser.ts";
import { fill } from "./fill.ts";
import { objectBox } from "./objectBox.ts";
import { objectPoint } from "./objectPoint.ts";
import { objectPolygon } from "./objectPolygon.ts";
import { objectPolyline } from "./objectPolyline.ts";
import { objectRotatedBox } from "./objectRotatedBox.ts";
import { pen } from "./pen.ts";
import { select } from "./select.ts";
import type { ToolDescriptor } from "./Tool.ts";

export const TOOLS: readonly ToolDescriptor[] = [
  ...[select, pen, brush, eraser, fill, reshape, slide, knife],
  ...[objectBox, objectRotatedBox, objectPolygon, objectPolyline, objectPoint],
];

export type { BorderTools } from "./border/lazyTool.ts";
export type * from "./objectContext.ts";
export type * from "./pixelProposal.ts";
export { NEW_SEGMENT } from "./pixelProposal.ts";
export type * from "./Tool.ts";
export { distance, lastSample, noOverlay } from "./Tool.ts";
export type * from "./toolContext.ts";
export { radiiFor } from "./toolContext.ts";
