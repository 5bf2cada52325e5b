// SPDX-License-Identifier: Apache-2.0
import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { ClassInfo, SegmentRow } from "../../editor/state.ts";
import { isSelected, type ListEntry } from "../listEntries.ts";
import { useMedia } from "../media.ts";
import { deferred, Later } from "../parts/deferred.tsx";
import { useWindowedRows } from "../parts/windowedRows.ts";
import { rowAfterKey } from "../segmentRows.ts";
import { useEditor, useEditorPort } from "../state.tsx";
import * as words from "../words.ts";
import { commandIds } from "./commandIds.ts";
import { type ItemEntry, ItemListRow } from "./itemRow.tsx";
import type { ObjectMenuTarget } from "./objectMenu.tsx";
import type { SegmentMenuTarget } from "./segmentMenu.tsx";
import { below, SegmentListRow } from "./segmentRow.tsx";
import { walkRow } from "./walkRow.ts";

const segmentMenu = deferred(() => import("./segmentMenu.tsx"));
const objectMenu = deferred(() => import("./objectMenu.tsx"));
const rowHeightFine = 28;
const rowHeightCoarse = 44;
const pageRows = 10;

export function SegmentList(props: { readonly rows: readonly ListEntry[] }): ReactNode {
  const port = useEditorPort();
  const classes = useEditor((state) => state.classes);
  const totalPx = useEditor((state) => state.coverage.totalPx);
  const rowHeight = useMedia("(pointer: coarse)") ? rowHeightCoarse : rowHeightFine;
  const byNumber = useMemo(() => new Map<number, ClassInfo>(classes.map((entry) => [entry.number, entry])), [classes]);
  const scroller = useRef<HTMLDivElement>(null);
  const [activeId, setActiveId] = useState<string | null>(null);
  const [menu, setMenu] = useState<SegmentMenuTarget | null>(null);
  const [itemMenu, setItemMenu] = useState<ObjectMenuTarget | null>(null);
  const wantsFocus = useRef<string | null>(null);
  const { rows } = props;
  const { from, to, scrollToRow } = useWindowedRows(scroller, rows.length, rowHeight);
  const activeAt = Math.max(
    0,
    rows.findIndex((entry) => entry.key === activeId),
  );
  const selectedAt = rows.findIndex(isSelected);

  // A selection made on the canvas comes into view here.
  useEffect(() => {
    if (selectedAt >= 0) scrollToRow(selectedAt);
  }, [selectedAt, scrollToRow]);

  // Focus moves to a row that the virtual list has only just made.
  useEffect(() => {
    if (wantsFocus.current === null) return;
    const row = scroller.current?.querySelector<HTMLElement>(`[data-row="${wantsFocus.current}"]`);
    if (row) {
      row.focus({ preventScroll: true });
      wantsFocus.current = null;
    }
  });

  // The same functions at every scroll, so that rows that are there already are not drawn again.
  const select = useCallback(
    (row: SegmentRow, add: boolean): void => {
      setActiveId(String(row.id));
      port.run(add ? commandIds.segmentToggle : commandIds.segmentSelect, row.id);
    },
    [port],
  );
  const openMenu = useCallback((row: SegmentRow, point: SegmentMenuTarget["point"]): void => {
    setActiveId(String(row.id));
    setMenu({ segmentId: row.id, point });
  }, []);
  const selectItem = useCallback(
    (entry: ItemEntry, add: boolean): void => {
      setActiveId(entry.key);
      if (entry.kind !== "group") port.run(add ? commandIds.objectToggle : commandIds.objectSelect, entry.row.id);
    },
    [port],
  );
  const openItemMenu = useCallback((objectId: string, point: ObjectMenuTarget["point"]): void => {
    setActiveId(objectId);
    setItemMenu({ objectId, point });
  }, []);
  const selectEntry = (entry: ListEntry, add: boolean): void => {
    if (entry.kind === "segment") select(entry.row, add);
    else selectItem(entry, add);
  };
  const openMenuOf = (entry: ListEntry, element: HTMLElement): void => {
    if (entry.kind === "segment") openMenu(entry.row, below(element));
    else if (entry.kind === "object") openItemMenu(entry.row.id, below(element));
  };
  const remove = (entry: ListEntry): void => {
    if (entry.kind === "segment") port.run(commandIds.segmentDelete, entry.row.id);
    else if (entry.kind !== "group") port.run(commandIds.objectDelete, entry.row.id);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const entry = rows[activeAt];
    const element = (event.target as HTMLElement).closest<HTMLElement>("[data-row]");
    if (!entry || !element) return;
    const onRow = event.target === element;
    const next = rowAfterKey(event.key, activeAt, rows.length, pageRows);
    if (next !== null) {
      wantsFocus.current = rows[next].key;
      setActiveId(rows[next].key);
      scrollToRow(next);
    } else if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
      walkRow(element, event.key === "ArrowRight" ? 1 : -1);
    } else if (onRow && (event.key === "Enter" || event.key === " ")) {
      selectEntry(entry, event.shiftKey || event.key === " ");
    } else if (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) {
      openMenuOf(entry, element);
    } else if (onRow && (event.key === "Delete" || event.key === "Backspace")) {
      remove(entry);
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
          {rows.slice(from, to).map((entry, offset) => {
            const index = from + offset;
            const place = { index, top: index * rowHeight, height: rowHeight, tabStop: index === activeAt };
            return entry.kind === "segment" ? (
              <SegmentListRow
                key={entry.key}
                row={entry.row}
                {...place}
                entry={byNumber.get(entry.row.classNumber)}
                totalPx={totalPx}
                onSelect={select}
                onMenu={openMenu}
              />
            ) : (
              <ItemListRow
                key={entry.key}
                entry={entry}
                {...place}
                classInfo={entry.kind === "object" ? byNumber.get(entry.row.classNumber) : undefined}
                onSelect={selectItem}
                onMenu={openItemMenu}
              />
            );
          })}
        </div>
      </div>
      {menu !== null && <Later of={segmentMenu} target={menu} onClose={() => setMenu(null)} />}
      {itemMenu !== null && <Later of={objectMenu} target={itemMenu} onClose={() => setItemMenu(null)} />}
    </>
  );
}
