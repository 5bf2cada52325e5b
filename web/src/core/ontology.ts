// SPDX-License-Identifier: Apache-2.0
/**
 * The ontology of a project as values (contract/ontology.md). They have the shape and the keys of its JSON, with
 * everything that may be missing filled in, so that a document of the server is used as it comes.
 */
import type { Json } from "./json.ts";

/** `thing`: a segment each; `stuff`: one segment per layer; `ignore`: deliberately void, counts as covered. */
export type ClassKind = "thing" | "stuff" | "ignore";
export const CLASS_KINDS: readonly ClassKind[] = ["thing", "stuff", "ignore"];

export type GeometryKind = "mask" | "box" | "rotated_box" | "polygon" | "polyline" | "point";
/** In the order in which a class lists them. */
export const GEOMETRY_KINDS: readonly GeometryKind[] = ["mask", "box", "rotated_box", "polygon", "polyline", "point"];

export interface OntologyLayer {
  readonly name: string;
  readonly title: string;
}

export interface QuestionOption {
  readonly id: string;
  readonly title: string;
  readonly retired: boolean;
  /** Open when the option is chosen. */
  readonly questions: readonly Question[];
}

interface QuestionBase {
  /** Unique in the whole ontology: answers are one flat map from question to value. */
  readonly id: string;
  readonly title: string;
  readonly required: boolean;
  /** What an unanswered open question shows and exports; null: nothing. */
  readonly default: Json;
  readonly retired: boolean;
  readonly help: string;
}

export interface ChoiceQuestion extends QuestionBase {
  readonly kind: "single" | "multiple";
  readonly options: readonly QuestionOption[];
}

export interface TextQuestion extends QuestionBase {
  readonly kind: "text";
  readonly max_chars: number;
}

export interface NumberQuestion extends QuestionBase {
  readonly kind: "number";
  readonly min: number | null;
  readonly max: number | null;
  readonly step: number | null;
  readonly unit: string;
}

export interface PlainQuestion extends QuestionBase {
  readonly kind: "boolean" | "date";
}

export type Question = ChoiceQuestion | TextQuestion | NumberQuestion | PlainQuestion;
export type QuestionKind = Question["kind"];
export const QUESTION_KINDS: readonly QuestionKind[] = ["single", "multiple", "text", "number", "boolean", "date"];

export interface OntologyClass {
  /** Permanent, 1..65,535, never reused; the segment id of a stuff or ignore class. */
  readonly number: number;
  readonly name: string;
  readonly kind: ClassKind;
  readonly layer: string;
  /** `#RRGGBB` */
  readonly colour: string;
  readonly key: string | null;
  readonly retired: boolean;
  /** Number of the class that it stands under. */
  readonly parent: number | null;
  /** Empty: the class only groups, nothing is drawn with it. */
  readonly geometry: readonly GeometryKind[];
  readonly priority: number;
  readonly description: string;
  readonly questions: readonly Question[];
}

/** A named link; `from` and `to` are class numbers, empty: any class. */
export interface RelationDef {
  readonly id: string;
  readonly title: string;
  readonly directed: boolean;
  readonly from: readonly number[];
  readonly to: readonly number[];
  readonly retired: boolean;
}

/** Says for one pair what the priorities would say otherwise. `taker` 0: the eraser. */
export interface ProtectionRule {
  readonly taker: number;
  readonly owner: number;
  readonly allow: boolean;
}

export interface Ontology {
  readonly version: number;
  readonly layers: readonly OntologyLayer[];
  readonly classes: readonly OntologyClass[];
  /** Asked about the image. */
  readonly questions: readonly Question[];
  readonly questions_when: "first" | "last";
  readonly relations: readonly RelationDef[];
  readonly protection: readonly ProtectionRule[];
}

/** The id of the class's own segment when it has just one per layer (stuff, ignore), else null. */
export function ownSegmentId(ontologyClass: Pick<OntologyClass, "kind" | "number">): number | null {
  return ontologyClass.kind === "thing" ? null : ontologyClass.number;
}

export function classByNumber(ontology: Ontology, number: number): OntologyClass | undefined {
  return ontology.classes.find((c) => c.number === number);
}

/** Whether pixels are drawn with the class; one without any geometry only groups others. */
export function takesPixels(ontologyClass: Pick<OntologyClass, "geometry">): boolean {
  return ontologyClass.geometry.includes("mask");
}
