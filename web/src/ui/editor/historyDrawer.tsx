// SPDX-License-Identifier: Apache-2.0
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { listRevisions, revisionThumbnailUrl } from "../../api/endpoints.ts";
import type { Revision } from "../../api/types.ts";
import { IconButton } from "../parts/iconButton.tsx";
import { useEditor, useEditorPort } from "../state.tsx";
import * as words from "../words.ts";
import { commandIds } from "./commandIds.ts";
import { DifferenceLegend } from "./differenceLegend.tsx";
import { segmentLabel } from "./segmentRow.tsx";

function useRevisions(): {
  readonly rows: readonly Revision[];
  readonly loaded: boolean;
  readonly failure: Error | null;
  readonly more: (() => void) | null;
} {
  const annotation = useEditor((state) => state.annotationId);
  const latest = useEditor((state) => state.latestRevision);
  const query = useInfiniteQuery({
    queryKey: ["revisions", annotation, latest],
    queryFn: ({ pageParam }) => listRevisions(annotation ?? "", pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    enabled: annotation !== null,
    placeholderData: keepPreviousData,
  });
  return {
    rows: query.data?.pages.flatMap((page) => page.revisions) ?? [],
    loaded: query.data !== undefined,
    failure: query.error,
    more: query.hasNextPage ? () => void query.fetchNextPage() : null,
  };
}

function RevisionRow(props: { readonly row: Revision; readonly newest: boolean }): ReactNode {
  const port = useEditorPort();
  const { row, newest } = props;
  const annotation = useEditor((state) => state.annotationId) ?? "";
  const layer = useEditor(
    (state) => state.classes.find((entry) => entry.number === state.currentClass)?.layer ?? "main",
  );
  const shown = useEditor((state) => state.revision);
  const latest = useEditor((state) => state.latestRevision);
  const here = newest ? shown === null : shown === row.number;
  const other = shown ?? latest;
  const when = words.history.when(row.created_at);
  const kind = words.history.kinds[row.kind];
  const label = words.history.revisionOf(row.number, when, row.author.name);
  return (
    <li className="revision" data-shown={here || undefined}>
      <button
        type="button"
        className="revision-open"
        aria-current={here || undefined}
        title={label}
        onClick={() => (newest ? port.run(commandIds.historyClose) : port.run(commandIds.historyOpen, row.number))}
      >
        <span className="revision-picture">
          <img src={revisionThumbnailUrl(annotation, row.number, layer)} alt="" loading="lazy" />
        </span>
        <span className="revision-text">
          <strong>
            {words.history.revision(row.number)}
            {(kind !== "" || newest) && <em>{newest ? words.history.newest : kind}</em>}
          </strong>
          <span>{words.history.by(when, row.author.name)}</span>
          <span>{words.history.changed(row.changed_px, row.edit_count)}</span>
        </span>
      </button>
      {row.number !== other && (
        <IconButton
          icon="compare"
          label={words.history.compareRow(row.number, other)}
          inRow
          onPress={() =>
            port.run(commandIds.historyCompare, {
              before: Math.min(row.number, other),
              after: shown === null ? null : Math.max(row.number, other),
            })
          }
        />
      )}
    </li>
  );
}

/** What can be done with the revision that is looked at. */
function Shown(props: { readonly revision: number }): ReactNode {
  const port = useEditorPort();
  const { revision } = props;
  const done = useEditor((state) => state.taskState === "submitted");
  const chosen = useEditor((state) => state.segments.find((row) => row.selected));
  const classes = useEditor((state) => state.classes);
  const name =
    chosen &&
    segmentLabel(
      chosen,
      classes.find((entry) => entry.number === chosen.classNumber),
    );
  return (
    <section className="drawer-part revision-shown" aria-label={words.history.revision(revision)}>
      <h3>{words.history.revision(revision)}</h3>
      {done && <p className="quiet-text">{words.editor.reopenTitle}</p>}
      <div className="button-row">
        {!done && (
          <button
            type="button"
            className="button small"
            title={words.history.restoreTitle}
            onClick={() => port.run(commandIds.historyRestore, { revision })}
          >
            {words.history.restore}
          </button>
        )}
        {!done && chosen !== undefined && name !== undefined && (
          <button
            type="button"
            className="button small"
            title={words.history.restoreSegmentTitle}
            onClick={() => port.run(commandIds.historyRestore, { revision, segmentId: chosen.id })}
          >
            {words.history.restoreSegment(name)}
          </button>
        )}
      </div>
      {!done && chosen === undefined && <p className="quiet-text">{words.history.restoreNone}</p>}
    </section>
  );
}

function Legend(): ReactNode {
  const comparison = useEditor((state) => state.comparison);
  if (comparison === null || comparison.before === null || comparison.after === null) return null;
  const names = {
    first: words.history.only(comparison.before),
    second: words.history.only(comparison.after),
    both: words.history.both,
  };
  return (
    <section className="drawer-part">
      <DifferenceLegend comparison={comparison} names={names} />
    </section>
  );
}

/** Replaces the panel's lists while open: every revision, newest first. */
export default function HistoryDrawer(props: { readonly onBack: () => void }): ReactNode {
  const { rows, loaded, failure, more } = useRevisions();
  const revision = useEditor((state) => state.revision);
  const latest = useEditor((state) => state.latestRevision);
  return (
    <div className="drawer">
      <div className="panel-head">
        <IconButton icon="back" label={words.view.back} onPress={props.onBack} />
        <h2>{words.history.title}</h2>
      </div>
      {revision !== null && <Shown revision={revision} />}
      <Legend />
      <div className="drawer-body revisions-body">
        {failure !== null && <p role="alert">{words.app.failed(failure.message)}</p>}
        {loaded && rows.length === 0 && <p>{words.history.empty}</p>}
        <ol className="revisions" aria-label={words.history.list}>
          {rows.map((row) => (
            <RevisionRow key={row.number} row={row} newest={row.number === latest} />
          ))}
        </ol>
        {more !== null && (
          <button type="button" className="button small" onClick={more}>
            {words.history.more}
          </button>
        )}
      </div>
    </div>
  );
}
