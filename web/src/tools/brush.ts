// SPDX-License-Identifier: Apache-2.0
import { createStrokeTool } from "./strokeTool.ts";
import type { ToolDescriptor } from "./Tool.ts";

export const brush: ToolDescriptor = {
  id: "brush",
  title: "Brush",
  key: "B",
  defaultMode: "over",
  paints: true,
  options: ["size", "shape"],
  hint: "Drag paints. [ and ] or Shift+wheel change the size. Shift+click paints straight from the last end.",
  create: (context) => createStrokeTool(context, "paint"),
};
