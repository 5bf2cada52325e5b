// SPDX-License-Identifier: Apache-2.0
/** Texts of the tools that work on borders. */
import { count } from "./figures.ts";

export const partClass = {
  title: "Class of the part cut off",
  lead: (name: string): string => `${name} is one segment per layer. Give the smaller part another class:`,
  classOf: (partPx: number): string => `Class of ${count(partPx)} px`,
  unknown: "This class",
  noOther: "No other class of this layer is open. Unlock one, or add one, then cut again.",
  run: "Cut",
} as const;

export const borderOperations = {
  section: (name: string): string => `Border of ${name}`,
  grow: "Grow by 1 px",
  shrink: "Shrink by 1 px",
  smooth: "Smooth border",
  fillHoles: "Fill holes",
  move: "Move by arrow keys",
} as const;
