// SPDX-License-Identifier: Apache-2.0

import type { ReactNode } from "react";
import type { Geometry } from "../../core/item.ts";
import type { ClassInfo, ConflictInfo, SegmentRow } from "../../editor/state.ts";
import { objectKinds, objects as objectWords } from "../objectWords.ts";
import { IconButton } from "../parts/iconButton.tsx";
import { useEditor, useEditorPort } from "../state.tsx";
import * as words from "../words.ts";
import { commandIds } from "./commandIds.ts";
import { DifferenceLegend } from "./differenceLegend.tsx";
import { KeepButtons } from "./keepButtons.tsx";
import { segmentLabel } from "./segmentRow.tsx";

/** Its kind and where it begins: enough to tell two apart. */
function geometryText(geometry: Geometry): string {
  const numbers = JSON.stringify(geometry).match(/-?\d+(?:\.\d+)?/g) ?? [];
  return `${objectKinds[geometry.kind].one} ${numbers.slice(0, 4).join(", ")}`;
}

function valueText(field: string, value: unknown, classes: readonly ClassInfo[]): string {
  if (field === "class") return classes.find((entry) => entry.number === value)?.name ?? String(value);
  if (typeof value === "string") return value;
  if (field === "geometry") return geometryText(value as Geometry);
  if (field === "state") return String((value as { readonly state?: unknown }).state);
  return JSON.stringify(value);
}

function Fields(props: { readonly conflict: ConflictInfo }): ReactNode {
  const classes = useEditor((state) => state.classes);
  const segments = useEditor((state) => state.segments);
  const nameOf = (id: number): string => {
    const row: SegmentRow | undefined = segments.find((segment) => segment.id === id);
    return row === undefined
      ? words.segments.unknownClass
      : segmentLabel(
          row,
          classes.find((entry) => entry.number === row.classNumber),
        );
  };
  const objects = useEditor((state) => state.objects);
  const nameOfItem = (id: string): string => {
    const row = objects.find((object) => object.id === id);
    const className = classes.find((entry) => entry.number === row?.classNumber)?.name ?? words.segments.unknownClass;
    return row === undefined ? words.itemName(id) : objectWords.name(className, row.kind, row.number);
  };
  return (
    <ul className="conflict-fields">
      {props.conflict.fields.map(({ segmentId, itemId, field, head, wanted }) => (
        <li key={`${segmentId ?? itemId} ${field}`}>
          {words.conflicts.field(
            segmentId === null ? nameOfItem(itemId ?? "") : nameOf(segmentId),
            field,
            valueText(field, head, classes),
            valueText(field, wanted, classes),
          )}
        </li>
      ))}
    </ul>
  );
}

function Current(props: { readonly conflict: ConflictInfo }): ReactNode {
  const port = useEditorPort();
  const { conflict } = props;
  const comparison = useEditor((state) => state.comparison);
  const several = useEditor((state) => state.conflicts.length > 1);
  const sides = words.sides(conflict);
  const mineFirst = conflict.mine === "wanted";
  const names = {
    first: words.conflicts.onlySide(mineFirst ? sides.wanted : sides.head),
    second: words.conflicts.onlySide(mineFirst ? sides.head : sides.wanted),
    both: words.conflicts.both,
  };
  return (
    <section className="drawer-part revision-shown" aria-label={words.conflicts.title}>
      <p className="quiet-text">{words.conflicts.lead}</p>
      {comparison !== null && conflict.pixelCount > 0 && <DifferenceLegend comparison={comparison} names={names} />}
      {conflict.fields.length > 0 && <Fields conflict={conflict} />}
      <div className="button-row">
        <KeepButtons conflict={conflict} />
        {several && (
          <>
            <IconButton
              icon="back"
              label={words.conflicts.previous}
              onPress={() => port.run(commandIds.conflictPrevious)}
            />
            <IconButton icon="forward" label={words.conflicts.next} onPress={() => port.run(commandIds.conflictNext)} />
          </>
        )}
      </div>
    </section>
  );
}

/** Replaces the panel's lists while open: what is to be settled before the image can be marked as done. */
export default function ConflictsDrawer(props: { readonly onBack: () => void }): ReactNode {
  const port = useEditorPort();
  const conflicts = useEditor((state) => state.conflicts);
  const at = useEditor((state) => state.conflictAt);
  const current = at === null ? undefined : conflicts[at];
  return (
    <div className="drawer">
      <div className="panel-head">
        <IconButton icon="back" label={words.view.back} onPress={props.onBack} />
        <h2>
          {words.conflicts.title} <span className="quiet-text">{words.count(conflicts.length)}</span>
        </h2>
      </div>
      {current !== undefined && <Current conflict={current} />}
      <div className="drawer-body revisions-body">
        {conflicts.length === 0 && <p>{words.conflicts.none}</p>}
        <ol className="revisions" aria-label={words.conflicts.list}>
          {conflicts.map((conflict, index) => (
            <li key={conflict.id} className="revision" data-shown={index === at || undefined}>
              <button
                type="button"
                className="revision-open"
                aria-current={index === at || undefined}
                onClick={() => port.run(commandIds.conflictLook, index)}
              >
                <span className="revision-text">
                  <strong>{words.conflicts.row(index + 1, conflict.pixelCount, conflict.fields.length)}</strong>
                  <span>{words.history.when(conflict.atIso)}</span>
                </span>
              </button>
            </li>
          ))}
        </ol>
      </div>
    </div>
  );
}
