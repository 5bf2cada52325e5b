// SPDX-License-Identifier: Apache-2.0
/** Choices of the interface that this browser remembers: panel width, grid or table, seen hints. */
import { useCallback, useState } from "react";
import { browserPreferences } from "../api/browserPorts.ts";

/** A remembered value; `parse` gives null for anything it does not accept, then `fallback` holds. */
export function useStored<T>(
  key: string,
  fallback: T,
  parse: (text: string) => T | null,
): readonly [T, (value: T) => void] {
  const [value, setValue] = useState<T>(() => {
    const text = browserPreferences.read(key);
    return (text === null ? null : parse(text)) ?? fallback;
  });
  const store = useCallback(
    (next: T): void => {
      setValue(next);
      browserPreferences.write(key, String(next));
    },
    [key],
  );
  return [value, store];
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
