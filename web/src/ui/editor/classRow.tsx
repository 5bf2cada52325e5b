// SPDX-License-Identifier: Apache-2.0
import { memo, type ReactNode } from "react";
import type { ClassInfo } from "../../editor/state.ts";
import { textOn } from "../colour.ts";
import { GridCell } from "../parts/gridCell.tsx";
import { IconButton } from "../parts/iconButton.tsx";
import { useEditorPort } from "../state.tsx";
import * as words from "../words.ts";
import { commandIds } from "./commandIds.ts";

function ClassRowView(props: {
  readonly entry: ClassInfo;
  readonly count: number;
  readonly locked: boolean;
  readonly current: boolean;
  readonly tabStop: boolean;
  /** How deep it stands in the tree. */
  readonly depth: number;
  /** Null: nothing is under it. */
  readonly folded: boolean | null;
  readonly onFold: (classNumber: number) => void;
  readonly onChoose: (classNumber: number) => void;
}): ReactNode {
  const port = useEditorPort();
  const { entry, count, locked } = props;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list handles the keys of its rows
    // biome-ignore lint/a11y/useSemanticElements: rows of a grid, laid out as lines
    <div
      role="row"
      className="row class-row"
      data-class={entry.number}
      aria-label={`${entry.name}, ${words.classes.kindShort[entry.kind]}`}
      aria-selected={props.current}
      aria-level={props.depth > 0 || props.folded !== null ? props.depth + 1 : undefined}
      aria-expanded={props.folded === null ? undefined : !props.folded}
      style={props.depth > 0 ? ({ "--depth": props.depth } as object) : undefined}
      tabIndex={props.tabStop ? 0 : -1}
      onClick={(event) => {
        if ((event.target as HTMLElement).closest("button, .fold") !== null) return;
        if (entry.geometry.length === 0) props.onFold(entry.number);
        else props.onChoose(entry.number);
      }}
    >
      <GridCell className="row-main">
        {props.folded !== null && (
          <span className="fold" aria-hidden="true" onClick={() => props.onFold(entry.number)}>
            {props.folded ? "▸" : "▾"}
          </span>
        )}
        <span className="swatch" style={{ background: entry.colour, color: textOn(entry.colour) }}>
          {entry.key}
        </span>
        <span className="row-name" title={`${entry.name}, ${words.classes.kindShort[entry.kind]}`}>
          {entry.name}
        </span>
        <span className="row-figure" title={words.classes.inUse(count)}>
          {count === 0 ? "" : words.count(count)}
        </span>
      </GridCell>
      <GridCell className={locked ? "row-actions on" : "row-actions"}>
        <IconButton
          inRow
          tabIndex={-1}
          icon={locked ? "lock" : "unlock"}
          pressed={locked}
          label={locked ? words.classes.unlock(entry.name) : words.classes.lock(entry.name)}
          onPress={() => port.run(commandIds.classLock, entry.number)}
        />
      </GridCell>
    </div>
  );
}

export const ClassRow = memo(ClassRowView);
