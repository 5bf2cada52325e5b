// SPDX-License-Identifier: Apache-2.0
/** Sentences about objects and relations. */
import type { GeometryKind } from "../core/item.ts";
import { count } from "./messages.ts";

export const kindNames: Readonly<Record<GeometryKind, string>> = {
  box: "box",
  rotated_box: "rotated box",
  polygon: "polygon",
  polyline: "polyline",
  point: "point",
};

const kindsNames: Readonly<Record<GeometryKind, string>> = {
  box: "boxes",
  rotated_box: "rotated boxes",
  polygon: "polygons",
  polyline: "polylines",
  point: "points",
};

export const objectName = (className: string, kind: GeometryKind, number: number): string =>
  `${className} ${kindNames[kind]} ${number}`;

export const objectMessages = {
  notAllowed: (className: string, kind: GeometryKind): string =>
    `${className} has no ${kindsNames[kind]}. Choose another class, or allow them in the ontology.`,
  tooMany: "This image holds as many objects as it can. Nothing was added.",
  added: (name: string): string => `${name} added`,
  addedMany: (n: number): string => (n === 1 ? "1 object added." : `${count(n)} objects added.`),
  deleted: (name: string): string => `Deleted ${name}.`,
  deletedMany: (n: number): string => `Deleted ${count(n)} objects.`,
  selected: (n: number, name: string): string => (n === 1 ? `${name} selected` : `${count(n)} objects selected`),
  classChanged: (n: number, to: string): string =>
    n === 1 ? `The object is now ${to}.` : `${count(n)} objects are now ${to}.`,
  noObject: "Select an object first.",
  noSegment: "Select a segment first: its box is drawn round it.",
  noArea: "Select a box or a polygon first: only they have an inside.",
  noNumbers: "Select a box, a rotated box or a point first: they have numbers to set.",
  wrongNumbers: (why: string): string => `Nothing was changed: ${why}.`,
  copied: (n: number): string =>
    n === 1
      ? "1 object copied. Mod+V puts it into this or the next image."
      : `${count(n)} objects copied. Mod+V puts them into this or the next image.`,
  nothingCopied: "Nothing is copied. Select objects and copy them first.",
  otherProject: "The copied objects belong to another project, whose classes are not these.",
  noneFits: "None of the copied objects has a class that takes it here.",
  segmentsMade: (n: number): string =>
    n === 1 ? "1 segment drawn from its object." : `${count(n)} segments drawn from their objects.`,
  selectTwo: "Select two things to relate: segments or objects. Shift+click adds.",
  noRelation: "The ontology has no relation between these two.",
  related: (text: string): string => `${text}.`,
  already: "They are related so already.",
} as const;
