// SPDX-License-Identifier: Apache-2.0
import { type MouseEvent, memo, type ReactNode } from "react";
import type { ClassInfo, SegmentRow } from "../../editor/state.ts";
import { operations } from "../partitionWords.ts";
import { GridCell } from "../parts/gridCell.tsx";
import { IconButton } from "../parts/iconButton.tsx";
import { useEditorPort } from "../state.tsx";
import * as words from "../words.ts";
import { commandIds } from "./commandIds.ts";

interface Props {
  readonly row: SegmentRow;
  readonly index: number;
  readonly top: number;
  readonly height: number;
  readonly entry: ClassInfo | undefined;
  readonly totalPx: number;
  readonly tabStop: boolean;
  readonly onSelect: (row: SegmentRow, add: boolean) => void;
  readonly onMenu: (row: SegmentRow, point: { readonly x: number; readonly y: number }) => void;
}

/** "Car 3" for a thing; stuff has one segment, so its class says it all. */
export function segmentLabel(row: SegmentRow, entry: ClassInfo | undefined): string {
  const className = entry?.name ?? words.segments.unknownClass;
  return entry?.kind === "thing" ? words.segmentName(className, row.number) : className;
}

/** Lower left corner of an element, where its menu opens. */
export function below(element: HTMLElement): { readonly x: number; readonly y: number } {
  const { left, bottom } = element.getBoundingClientRect();
  return { x: left, y: bottom };
}

function SegmentRowView(props: Props): ReactNode {
  const port = useEditorPort();
  const { row, entry } = props;
  const name = segmentLabel(row, entry);
  const area = words.percent(row.areaPx, props.totalPx);
  const kind = entry === undefined ? "" : words.classes.kindShort[entry.kind];
  const described = words.segments.describe(name, kind, area, row.locked, row.hidden);
  const label = row.first ? `${described}, ${operations.first}` : described;
  const onRow = (event: MouseEvent<HTMLElement>): void => {
    if ((event.target as HTMLElement).closest("button") === null) {
      props.onSelect(row, event.shiftKey || event.ctrlKey || event.metaKey);
    }
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list handles the keys of its rows
    // biome-ignore lint/a11y/useSemanticElements: virtual rows are placed absolutely, which a tr cannot be
    <div
      role="row"
      className="row segment-row"
      data-row={row.id}
      data-segment={row.id}
      data-hidden={row.hidden || undefined}
      aria-label={label}
      aria-rowindex={props.index + 1}
      aria-selected={row.selected}
      tabIndex={props.tabStop ? 0 : -1}
      style={{ height: props.height, transform: `translateY(${props.top}px)` }}
      onClick={onRow}
      onDoubleClick={() => port.run(commandIds.segmentFrame, row.id)}
      onContextMenu={(event) => {
        event.preventDefault();
        props.onMenu(row, { x: event.clientX, y: event.clientY });
      }}
    >
      <GridCell className="row-main">
        <span className="swatch small" style={{ background: entry?.colour }} />
        <span className="row-name" title={row.first ? `${name}, ${operations.first}` : name}>
          {row.first && <span aria-hidden="true">★ </span>}
          {name}
        </span>
        <span className="row-figure" title={words.segments.pixels(row.areaPx)}>
          {area}
        </span>
      </GridCell>
      <GridCell className="row-actions">
        <IconButton
          inRow
          tabIndex={-1}
          icon={row.locked ? "lock" : "unlock"}
          pressed={row.locked}
          label={row.locked ? words.segments.unlock(name) : words.segments.lock(name)}
          onPress={() => port.run(commandIds.segmentLock, row.id)}
        />
        <IconButton
          inRow
          tabIndex={-1}
          icon={row.hidden ? "eyeOff" : "eye"}
          pressed={row.hidden}
          label={row.hidden ? words.segments.show(name) : words.segments.hide(name)}
          onPress={() => port.run(commandIds.segmentHide, row.id)}
        />
        <IconButton
          inRow
          tabIndex={-1}
          icon="more"
          popup="menu"
          label={words.segments.actions(name)}
          onPress={(event) => props.onMenu(row, below(event.currentTarget))}
        />
      </GridCell>
    </div>
  );
}

export const SegmentListRow = memo(SegmentRowView);
