// SPDX-License-Identifier: Apache-2.0
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { GridList, GridListItem } from "react-aria-components/GridList";
import type { ClassInfo } from "../../editor/state.ts";
import { textOn } from "../colour.ts";
import { Icon } from "../parts/icon.tsx";
import { IconButton } from "../parts/iconButton.tsx";
import { Segmented } from "../parts/segmented.tsx";
import { classNamed, matchingClasses, segmentsPerClass } from "../segmentRows.ts";
import { useEditor, useEditorPort } from "../state.tsx";
import * as words from "../words.ts";
import { commandIds } from "./commandIds.ts";
import { type NewClassKind, useAddClass } from "./useAddClass.ts";

function ClassRow(props: {
  readonly entry: ClassInfo;
  readonly count: number;
  readonly locked: boolean;
  readonly current: boolean;
}): ReactNode {
  const port = useEditorPort();
  const { entry, count, locked } = props;
  // Pressing the current class again starts a new instance; the list itself reports changes only.
  const again = useRef(false);
  return (
    <GridListItem
      id={entry.number}
      textValue={entry.name}
      className="row class-row"
      onPressStart={() => {
        again.current = props.current;
      }}
      onPress={() => {
        if (again.current) port.run(commandIds.classChoose, entry.number);
      }}
    >
      <span className="swatch" style={{ background: entry.colour, color: textOn(entry.colour) }}>
        {entry.key}
      </span>
      <span className="row-name" title={`${entry.name}, ${words.classes.kindShort[entry.kind]}`}>
        {entry.name}
      </span>
      <span className="row-figure" title={words.classes.inUse(count)}>
        {count === 0 ? "" : words.count(count)}
      </span>
      <span className={locked ? "row-actions on" : "row-actions"}>
        <IconButton
          inRow
          icon={locked ? "lock" : "unlock"}
          pressed={locked}
          label={locked ? words.classes.unlock(entry.name) : words.classes.lock(entry.name)}
          onPress={() => port.run(commandIds.classLock, entry.number)}
        />
      </span>
    </GridListItem>
  );
}

/** One field finds and adds: Enter takes the class of this name, or makes it. */
function ClassField(props: { readonly query: string; readonly onQuery: (query: string) => void }): ReactNode {
  const port = useEditorPort();
  const classes = useEditor((state) => state.classes);
  const [kind, setKind] = useState<NewClassKind>("thing");
  const adder = useAddClass();
  const { query, onQuery } = props;
  const name = query.trim();
  const known = classNamed(classes, name);
  const offersNew = name !== "" && known === null;
  // Afterwards letters and digits are keys of the editor again, so the field lets go of the focus.
  const take = async (field: HTMLElement | null): Promise<void> => {
    if (name === "" || adder.busy) return;
    if (known !== null) port.run(commandIds.classChoose, known.number);
    else if (!(await adder.add(name, kind))) return;
    onQuery("");
    field?.blur();
  };
  return (
    <div className="class-field">
      <input
        className="input"
        type="search"
        aria-label={words.classes.find}
        placeholder={words.classes.placeholder}
        value={query}
        maxLength={80}
        onChange={(event) => onQuery(event.target.value)}
        onKeyDown={(event: KeyboardEvent<HTMLElement>) => {
          if (event.key === "Enter") void take(event.currentTarget);
          if (event.key === "Escape") onQuery("");
        }}
      />
      {offersNew && (
        <div className="class-new">
          <Segmented
            label={words.classes.kind}
            value={kind}
            choices={[
              { id: "thing", label: words.classes.kindShort.thing },
              { id: "stuff", label: words.classes.kindShort.stuff },
            ]}
            onChange={setKind}
          />
          <button
            type="button"
            className="button small"
            aria-disabled={adder.busy || undefined}
            onClick={() => void take(null)}
          >
            <Icon name="plus" />
            <span className="clip" title={name}>
              {words.classes.add(name)}
            </span>
          </button>
          <p className="quiet-text hint-text">{words.classes.kinds[kind]}</p>
        </div>
      )}
      {adder.failure !== null && (
        <p className="error-text" role="alert">
          {words.classes.failed(adder.failure)}
        </p>
      )}
    </div>
  );
}

export function ClassList(): ReactNode {
  const port = useEditorPort();
  const classes = useEditor((state) => state.classes);
  const segments = useEditor((state) => state.segments);
  const locked = useEditor((state) => state.lockedClasses);
  const current = useEditor((state) => state.currentClass);
  const [query, setQuery] = useState("");
  const counts = useMemo(() => segmentsPerClass(segments), [segments]);
  const shown = useMemo(() => matchingClasses(classes, query), [classes, query]);
  const list = useRef<HTMLDivElement>(null);
  // A class chosen by its digit, or just added, comes into view.
  useEffect(() => {
    const row = current === null ? null : list.current?.querySelector(`[data-key="${current}"]`);
    row?.scrollIntoView({ block: "nearest" });
  }, [current]);
  return (
    <>
      <ClassField query={query} onQuery={setQuery} />
      <GridList
        ref={list}
        className="rows class-rows"
        aria-label={words.classes.list}
        selectionMode="single"
        selectionBehavior="replace"
        disallowEmptySelection
        escapeKeyBehavior="none"
        disallowTypeAhead
        selectedKeys={current === null ? [] : [current]}
        onSelectionChange={(keys) => {
          const [key] = keys === "all" ? [] : [...keys];
          if (key !== undefined) port.run(commandIds.classChoose, Number(key));
        }}
        renderEmptyState={() => (
          <p className="rows-empty">{query === "" ? words.classes.empty : words.classes.none(query)}</p>
        )}
      >
        {shown.map((entry) => (
          <ClassRow
            key={entry.number}
            entry={entry}
            count={counts.get(entry.number) ?? 0}
            locked={locked.has(entry.number)}
            current={entry.number === current}
          />
        ))}
      </GridList>
    </>
  );
}
