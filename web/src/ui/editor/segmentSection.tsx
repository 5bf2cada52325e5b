// SPDX-License-Identifier: Apache-2.0
import { type ReactNode, useCallback, useMemo, useState } from "react";
import type { SegmentRow } from "../../editor/state.ts";
import { listEntries } from "../listEntries.ts";
import { listWords } from "../listWords.ts";
import { Icon } from "../parts/icon.tsx";
import { IconButton } from "../parts/iconButton.tsx";
import { MenuButton } from "../parts/menuButton.tsx";
import { listedSegments, type SegmentOrder } from "../segmentRows.ts";
import { useEditor } from "../state.tsx";
import { oneOf, useStored } from "../stored.ts";
import * as words from "../words.ts";
import { itemName } from "./itemRow.tsx";
import { SegmentList } from "./segmentList.tsx";
import { segmentLabel } from "./segmentRow.tsx";

const ORDERS: readonly SegmentOrder[] = ["newest", "class", "largest", "smallest"];

/** Segments of the image: all, those of the current class, or those found by typing; in the order that the user likes. */
export function SegmentSection(props: {
  /** Under a tab that already says its name. */
  readonly bare?: boolean;
}): ReactNode {
  const segments = useEditor((state) => state.segments);
  const classes = useEditor((state) => state.classes);
  const current = useEditor((state) => state.currentClass);
  const objects = useEditor((state) => state.objects);
  const relations = useEditor((state) => state.relations);
  const [onlyCurrent, setOnlyCurrent] = useState(false);
  /** Null: the field is closed. */
  const [query, setQuery] = useState<string | null>(null);
  const [order, setOrder] = useStored<SegmentOrder>("segment-order", "newest", oneOf(...ORDERS));
  const byNumber = useMemo(() => new Map(classes.map((entry) => [entry.number, entry])), [classes]);
  const nameOf = useCallback((row: SegmentRow) => segmentLabel(row, byNumber.get(row.classNumber)), [byNumber]);
  const onlyClass = onlyCurrent ? current : null;
  const rows = useMemo(() => {
    const wanted = (query ?? "").trim().toLowerCase();
    const found = listedSegments(segments, wanted, order, nameOf);
    if (wanted === "") return listEntries(found, objects, relations, onlyClass);
    const named = (name: string): boolean => name.toLowerCase().includes(wanted);
    return listEntries(
      found,
      objects.filter((row) => named(itemName({ kind: "object", key: row.id, row }, byNumber.get(row.classNumber)))),
      relations.filter((row) => named(row.text)),
      onlyClass,
    );
  }, [segments, objects, relations, onlyClass, query, order, nameOf, byNumber]);
  const nothing =
    segments.length + objects.length === 0
      ? words.segments.empty
      : query !== null && query.trim() !== ""
        ? listWords.noneFound(query.trim())
        : words.segments.noneOfClass;
  return (
    <section className="panel-section segments" aria-labelledby="segments-title">
      <div className="panel-head">
        <h2 id="segments-title" className={props.bare ? "visually-hidden" : undefined}>
          {words.segments.title} <span className="quiet-text">{words.count(segments.length)}</span>
        </h2>
        <IconButton
          icon="search"
          label={listWords.find}
          pressed={query !== null}
          onPress={() => setQuery(query === null ? "" : null)}
        />
        <MenuButton
          className="icon-button"
          dark
          label={listWords.sort(order)}
          current={order}
          choices={ORDERS.map((id) => ({ id, label: listWords.orders[id] }))}
          onChoose={(id) => setOrder(id as SegmentOrder)}
        >
          <Icon name="sort" />
        </MenuButton>
        <IconButton
          icon="filter"
          label={words.segments.filter}
          pressed={onlyCurrent}
          onPress={() => setOnlyCurrent(!onlyCurrent)}
        />
      </div>
      {query !== null && (
        <div className="class-field">
          <input
            className="input"
            type="search"
            // biome-ignore lint/a11y/noAutofocus: pressing the button asks for this field
            autoFocus
            aria-label={listWords.find}
            placeholder={listWords.placeholder}
            value={query}
            onChange={(event) => setQuery(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== "Escape") return;
              event.stopPropagation();
              setQuery(null);
            }}
          />
        </div>
      )}
      {rows.length > 0 ? <SegmentList rows={rows} /> : <p className="rows-empty">{nothing}</p>}
    </section>
  );
}
