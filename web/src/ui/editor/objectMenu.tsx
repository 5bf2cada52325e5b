// SPDX-License-Identifier: Apache-2.0
import { type ReactNode, useRef } from "react";
import { Header } from "react-aria-components/Header";
import { Menu, MenuItem, MenuSection } from "react-aria-components/Menu";
import { Popover } from "react-aria-components/Popover";
import { objects as words } from "../objectWords.ts";
import { useEditor, useEditorPort } from "../state.tsx";
import { segments as segmentWords } from "../words.ts";
import { commandIds } from "./commandIds.ts";

export interface ObjectMenuTarget {
  readonly objectId: string;
  /** Where it opens, CSS px in the window. */
  readonly point: { readonly x: number; readonly y: number };
}

const classPrefix = "class:";

/** What can be done with one object, and every class that takes its kind. */
export default function ObjectMenu(props: {
  readonly target: ObjectMenuTarget;
  readonly onClose: () => void;
}): ReactNode {
  const port = useEditorPort();
  const { objectId, point } = props.target;
  const anchor = useRef<HTMLSpanElement>(null);
  const row = useEditor((state) => state.objects.find((object) => object.id === objectId));
  const classes = useEditor((state) => state.classes);
  const readOnly = useEditor((state) => state.readOnly);
  if (row === undefined) return null;
  const className = classes.find((entry) => entry.number === row.classNumber)?.name ?? segmentWords.unknownClass;
  const name = words.name(className, row.kind, row.number);
  const others = classes.filter(
    (entry) => !entry.retired && entry.number !== row.classNumber && entry.geometry.includes(row.kind),
  );
  const encloses = row.kind !== "polyline" && row.kind !== "point";
  const choose = (key: string): void => {
    if (key.startsWith(classPrefix)) {
      port.run(commandIds.objectClass, { objectId, classNumber: Number(key.slice(classPrefix.length)) });
    } else port.run(key, objectId);
  };
  return (
    <>
      <span ref={anchor} className="menu-anchor" style={{ left: point.x, top: point.y }} />
      <Popover
        className="popover dark"
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
          aria-label={segmentWords.actions(name)}
          onAction={(key) => choose(String(key))}
          onClose={props.onClose}
        >
          {!readOnly && others.length > 0 && (
            <MenuSection className="menu-section">
              <Header className="menu-header">{segmentWords.changeClass}</Header>
              {others.map((entry) => (
                <MenuItem
                  key={entry.number}
                  id={`${classPrefix}${entry.number}`}
                  className="menu-item"
                  textValue={entry.name}
                >
                  <span className="swatch small" style={{ background: entry.colour }} />
                  {entry.name}
                </MenuItem>
              ))}
            </MenuSection>
          )}
          <MenuSection className="menu-section" aria-label={segmentWords.actions(name)}>
            {!readOnly && encloses && (
              <MenuItem id={commandIds.objectToSegment} className="menu-item">
                {words.toSegment}
              </MenuItem>
            )}
            <MenuItem id={commandIds.objectFrame} className="menu-item">
              {segmentWords.frame}
            </MenuItem>
            <MenuItem id={commandIds.objectLock} className="menu-item">
              {row.locked ? segmentWords.unlockIt : segmentWords.lockIt}
            </MenuItem>
            <MenuItem id={commandIds.objectHide} className="menu-item">
              {row.hidden ? segmentWords.showIt : segmentWords.hideIt}
            </MenuItem>
            {!readOnly && (
              <MenuItem id={commandIds.objectDelete} className="menu-item" data-danger>
                {segmentWords.delete}
              </MenuItem>
            )}
          </MenuSection>
        </Menu>
      </Popover>
    </>
  );
}
