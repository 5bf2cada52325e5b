// SPDX-License-Identifier: Apache-2.0
/**
 * How the interface looks and is held, as this user likes it: attributes on the root element, which the style sheets
 * read. Kept in this browser.
 */
import { browserPreferences } from "../api/browserPorts.ts";
import { changedEvent } from "./stored.ts";

export type Theme = "auto" | "light" | "dark";
export type Contrast = "auto" | "high";
export type Motion = "auto" | "less";
export type Hand = "right" | "left";

/** Preference keys; each is also the name of its data attribute. */
export const APPEARANCE = ["theme", "contrast", "motion", "hand"] as const;

export function applyAppearance(window: Window): void {
  const root = window.document.documentElement;
  const moreContrast = window.matchMedia("(prefers-contrast: more)");
  const apply = (): void => {
    for (const key of APPEARANCE) {
      const value = browserPreferences.read(key);
      if (value === null || value === "auto") delete root.dataset[key];
      else root.dataset[key] = value;
    }
    if (moreContrast.matches) root.dataset.contrast = "high";
  };
  apply();
  moreContrast.addEventListener("change", apply);
  for (const key of APPEARANCE) window.addEventListener(changedEvent(key), apply);
}
