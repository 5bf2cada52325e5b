// SPDX-License-Identifier: Apache-2.0
/** The tools that work on borders, by name and key. What they do is loaded when one is first taken in hand. */
import type { ToolDescriptor } from "../Tool.ts";
import { LazyTool } from "./lazyTool.ts";

export const reshape: ToolDescriptor = {
  id: "reshape",
  title: "Reshape",
  key: "R",
  defaultMode: "over",
  paints: false,
  onBorders: true,
  options: [],
  hint: "Draw a line across a border, out and back: the border moves to it. A loop inside cuts a hole.",
  create: (context) => new LazyTool(context, ({ ReshapeTool }) => new ReshapeTool(context)),
};

export const slide: ToolDescriptor = {
  id: "slide",
  title: "Slide border",
  key: "S",
  defaultMode: "over",
  paints: false,
  onBorders: true,
  options: [],
  hint: "Drag a border: both neighbours follow. Shift+wheel changes how far it reaches. Click it, then arrow keys move it.",
  create: (context) => new LazyTool(context, ({ SlideTool }) => new SlideTool(context)),
};

export const knife: ToolDescriptor = {
  id: "knife",
  title: "Knife",
  key: "K",
  defaultMode: "over",
  paints: false,
  onBorders: true,
  options: [],
  hint: "Draw a line right across a segment to make two of it. Shift: straight. Or click points, then Enter.",
  create: (context) => new LazyTool(context, ({ KnifeTool }) => new KnifeTool(context)),
};
