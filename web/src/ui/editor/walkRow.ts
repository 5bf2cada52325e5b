// SPDX-License-Identifier: Apache-2.0
/** Left and right walk the buttons of the focused row; the row itself comes before the first. */
export function walkRow(row: HTMLElement, step: 1 | -1): void {
  const stops = [row, ...row.querySelectorAll<HTMLElement>("button")];
  const at = stops.indexOf(document.activeElement as HTMLElement);
  stops[Math.min(stops.length - 1, Math.max(0, at + step))]?.focus();
}
