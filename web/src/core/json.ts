// SPDX-License-Identifier: Apache-2.0
/** JSON values from outside, read strictly. Everything wrong is the error `bad_json`. */
import { EditError } from "./errors.ts";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export function badJson(where: string, what: string): EditError {
  return new EditError("bad_json", `${where}: ${what}`);
}

/** Equality of JSON values; the order of keys does not matter. */
export function jsonEqual(a: Json, b: Json): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((item, i) => jsonEqual(item, b[i]));
  }
  const left = a as { readonly [key: string]: Json };
  const right = b as { readonly [key: string]: Json };
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length) return false;
  return keys.every((key) => Object.hasOwn(right, key) && jsonEqual(left[key], right[key]));
}

export function isRecord(value: unknown): value is { [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isWhole(value: unknown, low: number, high: number): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= low && value <= high;
}

/** The value as an object with exactly these keys. */
export function exactKeys(value: unknown, keys: readonly string[], where: string): { [key: string]: unknown } {
  if (!isRecord(value)) throw badJson(where, "an object belongs here");
  const found = Object.keys(value);
  if (found.length !== keys.length || found.some((key) => !keys.includes(key))) {
    throw badJson(where, `keys are ${found.join(", ")}`);
  }
  return value;
}

export function wholeFrom(value: unknown, low: number, high: number, where: string): number {
  if (!isWhole(value, low, high)) throw badJson(where, `a whole number from ${low} to ${high} belongs here`);
  return value;
}

export function booleanFrom(value: unknown, where: string): boolean {
  if (typeof value !== "boolean") throw badJson(where, "true or false belongs here");
  return value;
}

/** A text without half a surrogate pair, which UTF-8 could not carry. */
export function textFrom(value: unknown, where: string): string {
  if (typeof value !== "string") throw badJson(where, "a text belongs here");
  if (/\p{Surrogate}/u.test(value)) throw badJson(where, "the text holds half a character");
  return value;
}

/** Checks a JSON value to `depth` levels: texts are whole, whole numbers are below 2^53. */
export function checkJson(value: unknown, depth: number, where: string): asserts value is Json {
  if (depth < 0) throw badJson(where, "nested too deeply");
  if (value === null || typeof value === "boolean") return;
  if (typeof value === "string") textFrom(value, where);
  else if (typeof value === "number") checkNumber(value, where);
  else if (Array.isArray(value)) for (const item of value) checkJson(item, depth - 1, where);
  else if (isRecord(value)) {
    for (const [key, item] of Object.entries(value)) {
      textFrom(key, where);
      checkJson(item, depth - 1, where);
    }
  } else throw badJson(where, "a JSON value belongs here");
}

function checkNumber(value: number, where: string): void {
  const exact = !Number.isInteger(value) || Math.abs(value) <= Number.MAX_SAFE_INTEGER;
  if (!Number.isFinite(value) || !exact) throw badJson(where, "a finite number, below 2^53 when whole, belongs here");
}
