// SPDX-License-Identifier: Apache-2.0
/** Which rows of a long list of equal heights are drawn: those in view and a few beyond. */
import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from "react";

/** Rows drawn beyond each edge, so that a quick scroll and the Tab key find the next one made. */
const OVERSCAN = 8;
/** The window moves by so many rows at once: a quick scroll draws anew at every fourth row. */
const STEP = 4;

/** Half-open. */
export interface RowWindow {
  readonly from: number;
  readonly to: number;
}

/** Lengths in CSS px. */
export function rowsInView(count: number, rowHeight: number, scrollTop: number, viewHeight: number): RowWindow {
  const seenTo = Math.ceil((Math.max(0, scrollTop) + viewHeight) / rowHeight) + OVERSCAN;
  const seenFrom = Math.floor(scrollTop / rowHeight) - OVERSCAN;
  const last = Math.min(count, STEP * Math.ceil(seenTo / STEP));
  const first = Math.max(0, STEP * Math.floor(seenFrom / STEP));
  return { from: Math.min(first, last), to: last };
}

/** Where a list must be scrolled so that the row is in view; as little as possible. CSS px. */
export function scrollTopFor(index: number, rowHeight: number, scrollTop: number, viewHeight: number): number {
  const top = index * rowHeight;
  if (top < scrollTop) return top;
  return Math.max(scrollTop, top + rowHeight - viewHeight);
}

export interface WindowedRows extends RowWindow {
  readonly scrollToRow: (index: number) => void;
}

export function useWindowedRows(
  scroller: RefObject<HTMLElement | null>,
  count: number,
  rowHeight: number,
): WindowedRows {
  const [shown, setShown] = useState<RowWindow>({ from: 0, to: Math.min(count, 2 * OVERSCAN) });
  // Read by the listeners, which stay while the list changes.
  const now = useRef({ count, rowHeight });
  now.current = { count, rowHeight };
  const measure = useCallback(() => {
    const element = scroller.current;
    if (element === null) return;
    const { count, rowHeight } = now.current;
    const next = rowsInView(count, rowHeight, element.scrollTop, element.clientHeight);
    setShown((before) => (before.from === next.from && before.to === next.to ? before : next));
  }, [scroller]);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    element.addEventListener("scroll", measure, { passive: true });
    const sizes = new ResizeObserver(measure);
    sizes.observe(element);
    return () => {
      element.removeEventListener("scroll", measure);
      sizes.disconnect();
    };
  }, [scroller, measure]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list or another height of rows shows others
  useLayoutEffect(measure, [count, rowHeight, measure]);
  const scrollToRow = useCallback(
    (index: number): void => {
      const element = scroller.current;
      if (element === null) return;
      element.scrollTop = scrollTopFor(index, now.current.rowHeight, element.scrollTop, element.clientHeight);
      measure();
    },
    [scroller, measure],
  );
  return { from: shown.from, to: Math.min(shown.to, count), scrollToRow };
}
