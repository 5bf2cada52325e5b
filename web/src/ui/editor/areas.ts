// SPDX-License-Identifier: Apache-2.0
import { useEffect } from "react";

const order = ["header", "rail", "canvas", "panel", "status"];
const focusable =
  'button:not([tabindex="-1"]), a[href], input, select, textarea, [tabindex]:not([tabindex="-1"]), canvas[tabindex]';

/** The next area in F6 order that is on the page; wraps. `from` null: focus is nowhere yet. */
export function nextArea(from: string | null, present: readonly string[], back: boolean): string | null {
  const areas = order.filter((name) => present.includes(name));
  if (areas.length === 0) return null;
  const at = from === null ? -1 : areas.indexOf(from);
  if (at < 0) return areas[back ? areas.length - 1 : 0];
  return areas[(at + (back ? -1 : 1) + areas.length) % areas.length];
}

/** F6 and Shift+F6 walk the areas of the editor, as F6 does in desktop programs. */
export function useAreaKeys(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== "F6" || event.ctrlKey || event.altKey || event.metaKey) return;
      if (document.querySelector('[role="dialog"], [role="menu"]') !== null) return;
      const areas = [...document.querySelectorAll<HTMLElement>("[data-area]")];
      const current = document.activeElement?.closest<HTMLElement>("[data-area]")?.dataset.area ?? null;
      const name = nextArea(
        current,
        areas.map((area) => area.dataset.area ?? ""),
        event.shiftKey,
      );
      const target = areas.find((area) => area.dataset.area === name)?.querySelector<HTMLElement>(focusable);
      event.preventDefault();
      target?.focus();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
}
