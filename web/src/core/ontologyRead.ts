// SPDX-License-Identifier: Apache-2.0
/** Values of a decoded JSON document, read strictly: everything of the wrong shape is the error `bad_ontology`. */
import { OntologyError } from "./errors.ts";
import { isRecord } from "./json.ts";

export type Fields = { readonly [key: string]: unknown };

export function refuse(code: string, what: string, where: string): never {
  throw new OntologyError(code, what, where);
}

/** An object with all `needed` keys and no others than those and the `allowed` ones. */
export function objectAt(value: unknown, where: string, needed: readonly string[], allowed: readonly string[]): Fields {
  const keys = [...needed, ...allowed];
  const fits =
    isRecord(value) &&
    needed.every((key) => Object.hasOwn(value, key)) &&
    Object.keys(value).every((key) => keys.includes(key));
  if (!fits) {
    const unknown = isRecord(value) ? Object.keys(value).filter((key) => !keys.includes(key)) : [];
    const why = unknown.length > 0 ? ` "${unknown[0]}" is not known.` : "";
    refuse("bad_ontology", `An object with the keys ${keys.join(", ")} belongs here, and no others.${why}`, where);
  }
  return value;
}

export function listAt(value: unknown, where: string): readonly unknown[] {
  return Array.isArray(value) ? value : refuse("bad_ontology", "A list belongs here.", where);
}

export function textAt(value: unknown, where: string): string {
  return typeof value === "string" ? value : refuse("bad_ontology", "A text belongs here.", where);
}

export function wholeAt(value: unknown, where: string): number {
  return Number.isSafeInteger(value)
    ? (value as number)
    : refuse("bad_ontology", "A whole number belongs here.", where);
}

export function booleanAt(value: unknown, where: string): boolean {
  return typeof value === "boolean" ? value : refuse("bad_ontology", "true or false belongs here.", where);
}

/** Null, or a finite number. */
export function numberOrNullAt(value: unknown, where: string): number | null {
  if (value === null || (typeof value === "number" && Number.isFinite(value))) return value;
  return refuse("bad_ontology", "A number belongs here, or null.", where);
}

export function oneOfAt<T extends string>(value: unknown, known: readonly T[], where: string): T {
  const found = known.find((entry) => entry === value);
  return found ?? refuse("bad_ontology", `One of ${known.join(", ")} belongs here.`, where);
}

/** The value under a key, or what holds when it is missing. */
export function given(fields: Fields, key: string, otherwise: unknown): unknown {
  return Object.hasOwn(fields, key) ? fields[key] : otherwise;
}
