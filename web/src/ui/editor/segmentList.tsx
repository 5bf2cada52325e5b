// SPDX-License-Identifier: Apache-2.0
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import type { ClassInfo, SegmentRow } from "../../editor/state.ts";
import { useMedia } from "../media.ts";
import { deferred, Later } from "../parts/deferred.tsx";
import { useWindowedRows } from "../parts/windowedRows.ts";
import { rowAfterKey } from "../segmentRows.ts";
import { useEditor, useEditorPort } from "../state.tsx";
import * as words from "../words.ts";
import { commandIds } from "./commandIds.ts";
import type { SegmentMenuTarget } from "./segmentMenu.tsx";
import { below, SegmentListRow } from "./segmentRow.tsx";
import { walkRow } from "./walkRow.ts";

const segmentMenu = deferred(() => import("./segmentMenu.tsx"));
const rowHeightFine = 28;
const rowHeightCoarse = 44;
const pageRows = 10;

export function SegmentList(props: { readonly rows: readonly SegmentRow[] }): ReactNode {
  const port = useEditorPort();
  const classes = useEditor((state) => state.classes);
  const totalPx = useEditor((state) => state.coverage.totalPx);
  const rowHeight = useMedia("(pointer: coarse)") ? rowHeightCoarse : rowHeightFine;
  const byNumber = useMemo(() => new Map<number, ClassInfo>(classes.map((entry) => [entry.number, entry])), [classes]);
  const scroller = useRef<HTMLDivElement>(null);
  const [activeId, setActiveId] = useState<number | null>(null);
  const [menu, setMenu] = useState<SegmentMenuTarget | null>(null);
  const wantsFocus = useRef<number | null>(null);
  const { rows } = props;
  const { from, to, scrollToRow } = useWindowedRows(scroller, rows.length, rowHeight);
  const activeAt = Math.max(
    0,
    rows.findIndex((row) => row.id === activeId),
  );
  const selectedAt = rows.findIndex((row) => row.selected);

  // A selection made on the canvas comes into view here.
  useEffect(() => {
    if (selectedAt >= 0) scrollToRow(selectedAt);
  }, [selectedAt, scrollToRow]);

  // Focus moves to a row that the virtual list has only just made.
  useEffect(() => {
    if (wantsFocus.current === null) return;
    const row = scroller.current?.querySelector<HTMLElement>(`[data-segment="${wantsFocus.current}"]`);
    if (row) {
      row.focus({ preventScroll: true });
      wantsFocus.current = null;
    }
  });

  const select = (row: SegmentRow, add: boolean): void => {
    setActiveId(row.id);
    port.run(add ? commandIds.segmentToggle : commandIds.segmentSelect, row.id);
  };
  const openMenu = (row: SegmentRow, point: SegmentMenuTarget["point"]): void => {
    setActiveId(row.id);
    setMenu({ segmentId: row.id, point });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const row = rows[activeAt];
    const element = (event.target as HTMLElement).closest<HTMLElement>("[data-segment]");
    if (!row || !element) return;
    const onRow = event.target === element;
    const next = rowAfterKey(event.key, activeAt, rows.length, pageRows);
    if (next !== null) {
      wantsFocus.current = rows[next].id;
      setActiveId(rows[next].id);
      scrollToRow(next);
    } else if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
      walkRow(element, event.key === "ArrowRight" ? 1 : -1);
    } else if (onRow && (event.key === "Enter" || event.key === " ")) {
      select(row, event.shiftKey || event.key === " ");
    } else if (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) {
      openMenu(row, below(element));
    } else if (onRow && (event.key === "Delete" || event.key === "Backspace")) {
      port.run(commandIds.segmentDelete, row.id);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <>
      <div
        ref={scroller}
        className="rows segment-rows"
        role="treegrid"
        aria-label={words.segments.list}
        aria-rowcount={rows.length}
        aria-multiselectable="true"
        tabIndex={-1}
        onKeyDown={onKeyDown}
      >
        <div className="virtual" role="presentation" style={{ height: rows.length * rowHeight }}>
          {rows.slice(from, to).map((row, offset) => (
            <SegmentListRow
              key={row.id}
              row={row}
              index={from + offset}
              top={(from + offset) * rowHeight}
              height={rowHeight}
              entry={byNumber.get(row.classNumber)}
              totalPx={totalPx}
              tabStop={from + offset === activeAt}
              onSelect={select}
              onMenu={openMenu}
            />
          ))}
        </div>
      </div>
      {menu !== null && <Later of={segmentMenu} target={menu} onClose={() => setMenu(null)} />}
    </>
  );
}
