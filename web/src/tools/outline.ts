// SPDX-License-Identifier: Apache-2.0
/**
 * An outline in the making: fixed points, and every earlier state of them, so that undo works inside it. States are
 * immutable and share their points; a freehand run is one step, as is a click or a moved vertex.
 */
import type { Point } from "../core/geometry.ts";

export class OutlineDraft {
  private past: (readonly Point[])[] = [];
  private future: (readonly Point[])[] = [];
  private now: readonly Point[] = [];

  get points(): readonly Point[] {
    return this.now;
  }

  get isEmpty(): boolean {
    return this.now.length === 0;
  }

  /** The next state, as one undo step. */
  change(points: readonly Point[]): void {
    this.past.push(this.now);
    this.future = [];
    this.now = points;
  }

  undo(): boolean {
    const before = this.past.pop();
    if (before === undefined) return false;
    this.future.push(this.now);
    this.now = before;
    return true;
  }

  redo(): boolean {
    const after = this.future.pop();
    if (after === undefined) return false;
    this.past.push(this.now);
    this.now = after;
    return true;
  }
}

/** 15° steps seen from `from`: the direction nearest to the pointer, at the pointer's distance along it. */
export function toFifteenDegrees(from: Point, to: Point): Point {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  if (dx === 0 && dy === 0) return to;
  const step = Math.PI / 12;
  const angle = Math.floor(Math.atan2(dy, dx) / step + 0.5) * step;
  const along = dx * Math.cos(angle) + dy * Math.sin(angle);
  return { x: from.x + along * Math.cos(angle), y: from.y + along * Math.sin(angle) };
}

/** Two points in the same place on the 1/256 px grid are one. */
export function isSamePlace(a: Point, b: Point): boolean {
  return Math.abs(a.x - b.x) < 1 / 256 && Math.abs(a.y - b.y) < 1 / 256;
}

/** Vertices that can be told apart on screen: each at least `apartPx` from the one shown before it; first and last always. */
export function visibleHandles(points: readonly Point[], apartPx: number): readonly Point[] {
  const shown: Point[] = [];
  for (let i = 0; i < points.length; i++) {
    const last = shown[shown.length - 1];
    const dx = last === undefined ? 0 : points[i].x - last.x;
    const dy = last === undefined ? 0 : points[i].y - last.y;
    if (last === undefined || dx * dx + dy * dy >= apartPx * apartPx) shown.push(points[i]);
  }
  const end = points[points.length - 1];
  if (end !== undefined && shown[shown.length - 1] !== end) shown.push(end);
  return shown;
}

export function distinctPlaces(points: readonly Point[]): number {
  const places = new Set<string>();
  for (const point of points) {
    places.add(`${Math.floor(point.x * 256 + 0.5)},${Math.floor(point.y * 256 + 0.5)}`);
    if (places.size >= 3) break;
  }
  return places.size;
}
