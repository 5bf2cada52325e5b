// SPDX-License-Identifier: Apache-2.0
/** Texts of the view drawer. */
import type { Channel, ColourBy } from "../editor/state.ts";
import { count } from "./figures.ts";

const signed = (value: number): string => `${value > 0 ? "+" : value < 0 ? "−" : ""}${count(Math.abs(100 * value))}`;

export const display = {
  title: "Display",
  turn: "Angle",
  degrees: (degrees: number): string => `${count(degrees)}°`,
  turnLeft: "Left 90°",
  turnRight: "Right 90°",
  upright: "Upright",
  isUpright: "The view is upright already.",
  pixels: "Pixels",
  smoothings: { auto: "Auto", smooth: "Smooth", pixels: "Squares" },
  grid: "Grid from 800 %",
  rulers: "Rulers",
  crossLines: "Lines through the pointer",
  minimap: "Minimap when zoomed in",
} as const;

const kinds: Readonly<Record<ColourBy, string>> = {
  class: "Class",
  segment: "Segment",
  answer: "Answer",
  author: "Last author",
};

export const colours = {
  by: "Colour by",
  kinds,
  question: "Question",
  legend: "What the colours stand for",
  noAnswer: "No answer",
  nobodyKnown: "Not saved yet, or imported",
  segments: (n: number): string => (n === 1 ? "1 segment" : `${count(n)} segments`),
  layer: "Layer",
  showOnly: "Show",
  allClasses: "All classes",
} as const;

export const compare = {
  title: "Compare view",
  here: "Here",
  with: "Compare with",
  picture: "Picture to compare with",
  latest: "Newest state",
  layer: (title: string): string => `Layer ${title}`,
  revision: (number: string): string => `Revision ${number}`,
  readOnly: "read-only",
  close: "End the compare view",
  divider: "Width of the compared pictures",
} as const;

export const labels = {
  title: "Labels",
  opacity: "Label opacity",
  percent: (share: number): string => `${count(100 * share)} %`,
  outlines: "Outlines",
  outlineWidth: "Outline width",
  px: (width: number): string => `${count(width)} px`,
  gaps: "Show what is unlabelled",
  hide: "Hide labels",
} as const;

const channels: Readonly<Record<Channel, string>> = {
  colour: "Colour",
  red: "Red",
  green: "Green",
  blue: "Blue",
  luminance: "Luminance",
};

export const tone = {
  title: "Image",
  brightness: "Brightness",
  contrast: "Contrast",
  gamma: "Gamma",
  signed,
  gammaValue: (value: number): string => value.toFixed(2),
  levels: "Levels",
  levelsValue: (black: number, white: number): string => `${black} to ${white}`,
  black: "Black from this value down",
  white: "White from this value up",
  histogram: "How often each value occurs in the image",
  counting: "Counting…",
  channel: "Channel",
  channels,
  invert: "Invert",
  localContrast: "Local contrast (CLAHE)",
  clipLimit: "Clip limit",
  clipValue: (value: number): string => value.toFixed(1),
  reset: "Reset image settings",
  resetWhy: "Nothing to reset: the image is shown as it is.",
} as const;
