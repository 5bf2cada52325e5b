// SPDX-License-Identifier: Apache-2.0
import { createStrokeTool } from "./strokeTool.ts";
import type { ToolDescriptor } from "./Tool.ts";

export const eraser: ToolDescriptor = {
  id: "eraser",
  title: "Eraser",
  key: "E",
  defaultMode: "over",
  paints: false,
  options: ["size", "shape"],
  hint: "Drag erases the selected segment, or every unlocked one when none is selected.",
  create: (context) => createStrokeTool(context, "erase"),
};
