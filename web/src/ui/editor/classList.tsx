// SPDX-License-Identifier: Apache-2.0
import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { classTree, flatTree } from "../classTree.ts";
import { Icon } from "../parts/icon.tsx";
import { Segmented } from "../parts/segmented.tsx";
import { classNamed, matchingClasses, rowAfterKey, segmentsPerClass } from "../segmentRows.ts";
import { useEditor, useEditorPort } from "../state.tsx";
import * as words from "../words.ts";
import { ClassRow } from "./classRow.tsx";
import { commandIds } from "./commandIds.ts";
import { type NewClassKind, useAddClass } from "./useAddClass.ts";
import { walkRow } from "./walkRow.ts";

const pageRows = 8;

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

/** Right opens a folded row, left folds an open one. */
function foldsBy(key: string, row: HTMLElement): boolean {
  return row.ariaExpanded === (key === "ArrowRight" ? "false" : key === "ArrowLeft" ? "true" : "none");
}

export function ClassList(): ReactNode {
  const port = useEditorPort();
  const classes = useEditor((state) => state.classes);
  const segments = useEditor((state) => state.segments);
  const objects = useEditor((state) => state.objects);
  const locked = useEditor((state) => state.lockedClasses);
  const current = useEditor((state) => state.currentClass);
  const [query, setQuery] = useState("");
  const counts = useMemo(() => segmentsPerClass([...segments, ...objects]), [segments, objects]);
  const [folded, setFolded] = useState<ReadonlySet<number>>(new Set());
  // As a tree; what is searched for is a plain list.
  const nodes = useMemo(() => {
    const found = matchingClasses(classes, query);
    if (query.trim() !== "") return found.map((entry) => ({ entry, depth: 0, children: [] }));
    return flatTree(classTree(found), folded);
  }, [classes, query, folded]);
  const shown = useMemo(() => nodes.map((node) => node.entry), [nodes]);
  const isTree = nodes.some((node) => node.children.length > 0);
  const fold = useCallback((classNumber: number) => {
    setFolded((before) => {
      const next = new Set(before);
      if (!next.delete(classNumber)) next.add(classNumber);
      return next;
    });
  }, []);
  const list = useRef<HTMLDivElement>(null);
  const tabStop = shown.find((entry) => entry.number === current) ?? shown.at(0);
  const choose = useCallback((classNumber: number) => port.run(commandIds.classChoose, classNumber), [port]);
  // A class chosen by its digit, or just added, comes into view.
  useEffect(() => {
    const row = current === null ? null : list.current?.querySelector(`[data-class="${current}"]`);
    row?.scrollIntoView({ block: "nearest" });
  }, [current]);
  // Moving takes the class, as in any list of which one entry is always chosen; Enter on it again starts a new instance.
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const row = (event.target as HTMLElement).closest<HTMLElement>("[data-class]");
    if (row === null) return;
    const at = shown.findIndex((entry) => entry.number === Number(row.dataset.class));
    const next = rowAfterKey(event.key, at, shown.length, pageRows);
    if (next !== null) {
      if (next !== at && shown[next].geometry.length > 0) choose(shown[next].number);
      list.current?.querySelector<HTMLElement>(`[data-class="${shown[next].number}"]`)?.focus();
    } else if (event.target === row && foldsBy(event.key, row)) {
      fold(shown[at].number);
    } else if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
      walkRow(row, event.key === "ArrowRight" ? 1 : -1);
    } else if (event.target === row && (event.key === "Enter" || event.key === " ")) {
      choose(shown[at].number);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <>
      <ClassField query={query} onQuery={setQuery} />
      {shown.length === 0 ? (
        <p className="rows-empty">{query === "" ? words.classes.empty : words.classes.none(query)}</p>
      ) : (
        // biome-ignore lint/a11y/noStaticElementInteractions: its role is one of two, for a tree or a list
        // biome-ignore lint/a11y/useAriaPropsSupportedByRole: both roles have a name
        <div
          ref={list}
          className="rows class-rows"
          role={isTree ? "treegrid" : "grid"}
          aria-label={words.classes.list}
          tabIndex={-1}
          onKeyDown={onKeyDown}
        >
          {nodes.map(({ entry, depth, children }) => (
            <ClassRow
              depth={depth}
              folded={children.length === 0 ? null : folded.has(entry.number)}
              onFold={fold}
              key={entry.number}
              entry={entry}
              count={counts.get(entry.number) ?? 0}
              locked={locked.has(entry.number)}
              current={entry.number === current}
              tabStop={entry === tabStop}
              onChoose={choose}
            />
          ))}
        </div>
      )}
    </>
  );
}
