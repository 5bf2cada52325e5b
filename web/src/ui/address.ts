// SPDX-License-Identifier: Apache-2.0
/** What the address of the editor says beside the task: `?rev=r_81&compare=r_77` and `#at=812.5,340.5,8`. */

/** An image point in the middle of the view, and screen px per image px. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

const REVISION = /^(?:r_)?(\d{1,9})(?:-.*)?$/;
const zoomMax = 64;

/** Parts of a fragment; not URLSearchParams, which would escape the commas. */
const partsOf = (hash: string): readonly string[] =>
  hash
    .replace(/^#/, "")
    .split("&")
    .filter((part) => part !== "");

export function placeFrom(hash: string): Place | null {
  const text = partsOf(hash)
    .find((part) => part.startsWith("at="))
    ?.slice(3);
  const numbers = text?.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part))) ?? [];
  if (numbers.length !== 3 || numbers.some((value) => !Number.isFinite(value))) return null;
  const [x, y, zoom] = numbers;
  return zoom > 0 && zoom <= zoomMax ? { x, y, zoom } : null;
}

const rounded = (value: number, steps: number): number => Math.floor(value * steps + 0.5) / steps;

/** The fragment with another place (null: none); its other parts stay. */
export function withPlace(hash: string, place: Place | null): string {
  const others = partsOf(hash).filter((part) => !part.startsWith("at="));
  const own =
    place === null ? [] : [`at=${rounded(place.x, 100)},${rounded(place.y, 100)},${rounded(place.zoom, 10_000)}`];
  const parts = [...own, ...others];
  return parts.length === 0 ? "" : `#${parts.join("&")}`;
}

export interface Revisions {
  readonly revision: number | null;
  readonly compare: number | null;
}

function revisionFrom(text: string | null): number | null {
  const found = text === null ? null : REVISION.exec(text);
  return found === null ? null : Number(found[1]);
}

export function revisionsFrom(search: string): Revisions {
  const query = new URLSearchParams(search);
  return { revision: revisionFrom(query.get("rev")), compare: revisionFrom(query.get("compare")) };
}

/** The query with other revisions; its other parts stay. */
export function withRevisions(search: string, revisions: Revisions): string {
  const query = new URLSearchParams(search);
  for (const [key, number] of [
    ["rev", revisions.revision],
    ["compare", revisions.compare],
  ] as const) {
    if (number === null) query.delete(key);
    else query.set(key, `r_${number}`);
  }
  const text = query.toString();
  return text === "" ? "" : `?${text}`;
}
