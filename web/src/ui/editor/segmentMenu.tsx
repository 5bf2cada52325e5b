// SPDX-License-Identifier: Apache-2.0
import { type ReactNode, useRef } from "react";
import { Header } from "react-aria-components/Header";
import { Menu, MenuItem, MenuSection } from "react-aria-components/Menu";
import { Popover } from "react-aria-components/Popover";
import type { ClassInfo, SegmentRow } from "../../editor/state.ts";
import { borderOperations } from "../borderWords.ts";
import { operations } from "../partitionWords.ts";
import { useEditor, useEditorPort } from "../state.tsx";
import * as words from "../words.ts";
import { commandIds } from "./commandIds.ts";
import { segmentLabel } from "./segmentRow.tsx";

export interface SegmentMenuTarget {
  /** Null: nothing is selected, the menu is about the pixel alone. */
  readonly segmentId: number | null;
  /** Image px under the pointer when it was opened on the image. */
  readonly pixel?: { readonly x: number; readonly y: number };
  /** Where it opens, CSS px in the window. */
  readonly point: { readonly x: number; readonly y: number };
}

const borderItems = [
  [commandIds.segmentMove, borderOperations.move],
  [commandIds.segmentGrow, borderOperations.grow],
  [commandIds.segmentShrink, borderOperations.shrink],
  [commandIds.segmentSmooth, borderOperations.smooth],
  [commandIds.segmentFillHoles, borderOperations.fillHoles],
] as const;

const classPrefix = "class:";

function segmentSections(row: SegmentRow, classes: readonly ClassInfo[], name: string, selected: number): ReactNode {
  const isThing = classes.find((candidate) => candidate.number === row.classNumber)?.kind === "thing";
  return (
    <>
      <MenuSection className="menu-section">
        <Header className="menu-header">{words.segments.changeClass}</Header>
        {classes
          .filter((candidate) => !candidate.retired && candidate.number !== row.classNumber)
          .map((candidate) => (
            <MenuItem
              key={candidate.number}
              id={`${classPrefix}${candidate.number}`}
              className="menu-item"
              textValue={candidate.name}
            >
              <span className="swatch small" style={{ background: candidate.colour }} />
              {candidate.name}
            </MenuItem>
          ))}
      </MenuSection>
      <MenuSection className="menu-section" aria-label={operations.section(name)}>
        {row.selected && selected > 1 && (
          <MenuItem id={commandIds.segmentMerge} className="menu-item">
            {operations.merge(selected)}
          </MenuItem>
        )}
        {isThing && (
          <MenuItem id={commandIds.segmentSplit} className="menu-item">
            {operations.split}
          </MenuItem>
        )}
        {isThing && (
          <MenuItem id={commandIds.segmentDuplicate} className="menu-item">
            {operations.duplicate}
          </MenuItem>
        )}
        <MenuItem id={commandIds.islandsAsk} className="menu-item">
          {operations.islands}
        </MenuItem>
      </MenuSection>
      <MenuSection className="menu-section" aria-label={borderOperations.section(name)}>
        {borderItems.map(([id, label]) => (
          <MenuItem key={id} id={id} className="menu-item">
            {label}
          </MenuItem>
        ))}
      </MenuSection>
      <MenuSection className="menu-section" aria-label={words.segments.actions(name)}>
        <MenuItem id={commandIds.segmentFrame} className="menu-item">
          {words.segments.frame}
        </MenuItem>
        <MenuItem id={commandIds.segmentLock} className="menu-item">
          {row.locked ? words.segments.unlockIt : words.segments.lockIt}
        </MenuItem>
        <MenuItem id={commandIds.segmentHide} className="menu-item">
          {row.hidden ? words.segments.showIt : words.segments.hideIt}
        </MenuItem>
        <MenuItem id={commandIds.segmentDelete} className="menu-item" data-danger>
          {words.segments.delete}
        </MenuItem>
      </MenuSection>
    </>
  );
}

/** Menu of one segment (what can be done with it, every class it could have) and of the pixel it was opened on. */
export default function SegmentMenu(props: {
  readonly target: SegmentMenuTarget;
  readonly onClose: () => void;
}): ReactNode {
  const port = useEditorPort();
  const { segmentId, point, pixel } = props.target;
  const anchor = useRef<HTMLSpanElement>(null);
  const row = useEditor((state) => state.segments.find((segment) => segment.id === segmentId));
  const classes = useEditor((state) => state.classes);
  const readOnly = useEditor((state) => state.readOnly);
  const selected = useEditor((state) => state.segments.filter((segment) => segment.selected).length);
  if (row === undefined && pixel === undefined) return null;
  const name =
    row === undefined
      ? words.segments.pixel
      : segmentLabel(
          row,
          classes.find((candidate) => candidate.number === row.classNumber),
        );
  const choose = (key: string): void => {
    if (key === commandIds.historyWho) port.run(key, pixel);
    else if (key.startsWith(classPrefix)) {
      port.run(commandIds.segmentClass, { segmentId, classNumber: Number(key.slice(classPrefix.length)) });
    } else port.run(key, segmentId);
  };
  return (
    <>
      <span ref={anchor} className="menu-anchor" style={{ left: point.x, top: point.y }} />
      <Popover
        className="popover dark"
        aria-label={words.segments.actions(name)}
        triggerRef={anchor}
        placement="bottom start"
        offset={2}
        isOpen
        onOpenChange={(open) => {
          if (!open) props.onClose();
        }}
      >
        <Menu
          autoFocus="first"
          className="menu"
          aria-label={words.segments.actions(name)}
          onAction={(key) => choose(String(key))}
          onClose={props.onClose}
        >
          {row !== undefined && !readOnly && segmentSections(row, classes, name, selected)}
          {pixel !== undefined && (
            <MenuSection className="menu-section" aria-label={words.segments.pixel}>
              <MenuItem id={commandIds.historyWho} className="menu-item">
                {words.history.who}
              </MenuItem>
            </MenuSection>
          )}
        </Menu>
      </Popover>
    </>
  );
}
