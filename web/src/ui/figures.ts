// SPDX-License-Identifier: Apache-2.0
/** How numbers, shares, sizes and times are written. */

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const oneDecimal = new Intl.NumberFormat("en", { minimumFractionDigits: 1, maximumFractionDigits: 1 });

export const count = (value: number): string => whole.format(value);

/** Share of the image: never rounds something to nothing, nor almost all to all. */
export function percent(part: number, all: number): string {
  if (all <= 0) return "–";
  const value = (100 * part) / all;
  if (part > 0 && value < 0.1) return "< 0.1 %";
  if (part < all && value > 99.9) return "99.9 %";
  return value === 0 || part === all ? `${whole.format(value)} %` : `${oneDecimal.format(value)} %`;
}

/** Share 0..1 as whole percent; 100 only when it is all. */
export function fraction(value: number): string {
  return value >= 1 ? "100 %" : `${Math.min(99, Math.floor(100 * value))} %`;
}

/** Whole percent for coverage; 100 only when every pixel has an owner. */
export function coverage(labelledPx: number, totalPx: number): string {
  if (totalPx <= 0) return "–";
  if (labelledPx > 0 && labelledPx * 100 < totalPx) return "< 1 %";
  if (labelledPx < totalPx) return `${Math.min(99, Math.floor((100 * labelledPx) / totalPx))} %`;
  return "100 %";
}

export function bytes(size: number): string {
  if (size < 1000) return `${size} B`;
  if (size < 1e6) return `${oneDecimal.format(size / 1e3)} kB`;
  return size < 1e9 ? `${oneDecimal.format(size / 1e6)} MB` : `${oneDecimal.format(size / 1e9)} GB`;
}

/** Local time of day, "14:02:11"; empty for an unreadable time. */
export function timeOfDay(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return "";
  return date.toLocaleTimeString("en", { hour12: false, hour: "2-digit", minute: "2-digit", second: "2-digit" });
}

export function dayAndTime(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return "–";
  return date.toLocaleString("en-GB", {
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
  });
}
