// SPDX-License-Identifier: Apache-2.0
import { type MouseEvent, memo, type ReactNode } from "react";
import type { ClassInfo } from "../../editor/state.ts";
import type { ListEntry } from "../listEntries.ts";
import { objects as words } from "../objectWords.ts";
import { GridCell } from "../parts/gridCell.tsx";
import { IconButton } from "../parts/iconButton.tsx";
import { useEditorPort } from "../state.tsx";
import { segments as segmentWords } from "../words.ts";
import { commandIds } from "./commandIds.ts";
import { below } from "./segmentRow.tsx";

export type ItemEntry = Exclude<ListEntry, { readonly kind: "segment" }>;

interface Props {
  readonly entry: ItemEntry;
  readonly classInfo: ClassInfo | undefined;
  readonly index: number;
  readonly top: number;
  readonly height: number;
  readonly tabStop: boolean;
  readonly onSelect: (entry: ItemEntry, add: boolean) => void;
  readonly onMenu: (objectId: string, point: { readonly x: number; readonly y: number }) => void;
}

export function itemName(entry: ItemEntry, classInfo: ClassInfo | undefined): string {
  if (entry.kind === "group") return entry.title;
  if (entry.kind === "relation") return entry.row.text;
  return words.name(classInfo?.name ?? segmentWords.unknownClass, entry.row.kind, entry.row.number);
}

function Buttons(props: Pick<Props, "entry" | "onMenu"> & { readonly name: string }): ReactNode {
  const port = useEditorPort();
  const { entry, name } = props;
  if (entry.kind === "group") return null;
  if (entry.kind === "relation")
    return (
      <IconButton
        inRow
        tabIndex={-1}
        icon="trash"
        label={words.deleteRelation(name)}
        onPress={() => port.run(commandIds.objectDelete, entry.row.id)}
      />
    );
  const { row } = entry;
  return (
    <>
      <IconButton
        inRow
        tabIndex={-1}
        icon={row.locked ? "lock" : "unlock"}
        pressed={row.locked}
        label={row.locked ? segmentWords.unlock(name) : segmentWords.lock(name)}
        onPress={() => port.run(commandIds.objectLock, row.id)}
      />
      <IconButton
        inRow
        tabIndex={-1}
        icon={row.hidden ? "eyeOff" : "eye"}
        pressed={row.hidden}
        label={row.hidden ? segmentWords.show(name) : segmentWords.hide(name)}
        onPress={() => port.run(commandIds.objectHide, row.id)}
      />
      <IconButton
        inRow
        tabIndex={-1}
        icon="more"
        popup="menu"
        label={segmentWords.actions(name)}
        onPress={(event) => props.onMenu(row.id, below(event.currentTarget))}
      />
    </>
  );
}

/** A row of the list that is no segment: an object, a relation, or the name of a group. */
function ItemRowView(props: Props): ReactNode {
  const port = useEditorPort();
  const { entry, classInfo } = props;
  const name = itemName(entry, classInfo);
  const row = entry.kind === "object" ? entry.row : null;
  const broken = entry.kind === "relation" && entry.row.broken;
  const onRow = (event: MouseEvent<HTMLElement>): void => {
    if ((event.target as HTMLElement).closest("button") === null) {
      props.onSelect(entry, event.shiftKey || event.ctrlKey || event.metaKey);
    }
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list handles the keys of its rows
    // biome-ignore lint/a11y/useSemanticElements: virtual rows are placed absolutely, which a tr cannot be
    <div
      role="row"
      className={entry.kind === "group" ? "row segment-row row-group" : "row segment-row"}
      data-row={entry.key}
      data-hidden={row?.hidden || undefined}
      aria-label={row === null ? name : words.describe(name, row.locked, row.hidden)}
      aria-rowindex={props.index + 1}
      aria-selected={entry.kind === "group" ? undefined : entry.row.selected}
      tabIndex={props.tabStop ? 0 : -1}
      style={{ height: props.height, transform: `translateY(${props.top}px)` }}
      onClick={onRow}
      onDoubleClick={row === null ? undefined : () => port.run(commandIds.objectFrame, row.id)}
      onContextMenu={(event) => {
        event.preventDefault();
        if (row !== null) props.onMenu(row.id, { x: event.clientX, y: event.clientY });
      }}
    >
      <GridCell className="row-main">
        {row !== null && <span className="swatch small hollow" style={{ borderColor: classInfo?.colour }} />}
        <span className="row-name" title={broken ? `${name}. ${words.broken}` : name}>
          {name}
        </span>
        {broken && <span className="row-figure">{words.brokenShort}</span>}
      </GridCell>
      <GridCell className="row-actions">
        <Buttons entry={entry} name={name} onMenu={props.onMenu} />
      </GridCell>
    </div>
  );
}

export const ItemListRow = memo(ItemRowView);
