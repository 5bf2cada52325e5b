// SPDX-License-Identifier: Apache-2.0
/** Choices of the interface that this browser remembers: panel width, grid or table, seen hints. */
import { useCallback, useSyncExternalStore } from "react";
import { browserPreferences } from "../api/browserPorts.ts";

export const changedEvent = (key: string): string => `intarsia:stored:${key}`;

/** Remembers a choice and tells every component that shows it. */
export function store(key: string, value: string): void {
  browserPreferences.write(key, value);
  window.dispatchEvent(new Event(changedEvent(key)));
}

/** A remembered value; `parse` gives null for anything it does not accept, then `fallback` holds. */
export function useStored<T extends string | number>(
  key: string,
  fallback: T,
  parse: (text: string) => T | null,
): readonly [T, (value: T) => void] {
  const subscribe = useCallback(
    (listener: () => void) => {
      window.addEventListener(changedEvent(key), listener);
      return () => window.removeEventListener(changedEvent(key), listener);
    },
    [key],
  );
  const text = useSyncExternalStore(subscribe, () => browserPreferences.read(key));
  const set = useCallback((value: T): void => store(key, String(value)), [key]);
  return [(text === null ? null : parse(text)) ?? fallback, set];
}

export const oneOf =
  <T extends string>(...allowed: readonly T[]) =>
  (text: string): T | null =>
    allowed.find((value) => value === text) ?? null;

export const numberIn =
  (min: number, max: number) =>
  (text: string): number | null => {
    const value = Number(text);
    return text !== "" && value >= min && value <= max ? value : null;
  };
