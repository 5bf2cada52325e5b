// SPDX-License-Identifier: Apache-2.0
import { type ReactNode, useEffect } from "react";
import type { FindingInfo, FindingsInfo } from "../../editor/state.ts";
import { chordText } from "../chords.ts";
import { findingTotal, findingWords } from "../findingWords.ts";
import { IconButton } from "../parts/iconButton.tsx";
import { useEditor, useEditorPort } from "../state.tsx";
import * as words from "../words.ts";
import { commandIds } from "./commandIds.ts";
import { segmentLabel } from "./segmentRow.tsx";
import "../styles/findings.css";

function useNames(): (ids: readonly number[]) => string {
  const classes = useEditor((state) => state.classes);
  const segments = useEditor((state) => state.segments);
  return (ids) =>
    ids
      .map((id) => {
        const row = segments.find((segment) => segment.id === id);
        if (row === undefined) return words.segments.unknownClass;
        return segmentLabel(
          row,
          classes.find((entry) => entry.number === row.classNumber),
        );
      })
      .join(", ");
}

function Finding(props: {
  readonly finding: FindingInfo;
  readonly place: number;
  readonly chosen: boolean;
  readonly name: string;
  readonly canMend: boolean;
}): ReactNode {
  const port = useEditorPort();
  const { finding } = props;
  return (
    <li className="finding" data-shown={props.chosen || undefined}>
      <button
        type="button"
        className="finding-open"
        aria-current={props.chosen || undefined}
        onClick={() => port.run(commandIds.findingLook, props.place)}
      >
        {findingWords.line(finding, props.name)}
      </button>
      {finding.fixable && props.canMend && (
        <button
          type="button"
          className="button small"
          title={`${findingWords.mendTitle} (${chordText("Y")})`}
          onClick={() => port.run(commandIds.findingMend, finding.key)}
        >
          {findingWords.mend}
        </button>
      )}
    </li>
  );
}

function Rules(props: { readonly info: FindingsInfo }): ReactNode {
  const nameOf = useNames();
  const readOnly = useEditor((state) => state.readOnly);
  let place = 0;
  return props.info.rules
    .filter((rule) => rule.total > 0)
    .map((rule) => (
      <section key={rule.code} className="finding-rule" aria-labelledby={`rule-${rule.code}`}>
        <h3 id={`rule-${rule.code}`}>
          {rule.title} <span className="quiet-text">{words.count(rule.total)}</span>
          {rule.blocks && <span className="finding-blocks">{findingWords.blocks}</span>}
        </h3>
        <ol aria-label={findingWords.list(rule.title)}>
          {rule.findings.map((finding) => (
            <Finding
              key={finding.key}
              finding={finding}
              place={place++}
              chosen={finding.key === props.info.at}
              name={nameOf(finding.segmentIds)}
              canMend={!readOnly}
            />
          ))}
        </ol>
        {rule.total > rule.findings.length && (
          <p className="quiet-text">{findingWords.more(rule.total - rule.findings.length)}</p>
        )}
      </section>
    ));
}

/** Replaces the panel's lists while open: what the review rules found, what stops a submission first. */
export default function FindingsDrawer(props: { readonly onBack: () => void }): ReactNode {
  const port = useEditorPort();
  const info = useEditor((state) => state.findings);
  const saved = useEditor((state) => state.save.kind === "saved");
  const stale = info === null || info.stale;
  useEffect(() => {
    // An open list follows what is saved.
    if (stale && saved) port.run(commandIds.findingRefresh);
  }, [port, stale, saved]);
  const total = findingTotal(info);
  return (
    <div className="drawer">
      <div className="panel-head">
        <IconButton icon="back" label={words.view.back} onPress={props.onBack} />
        <h2>
          {findingWords.title} {total !== null && <span className="quiet-text">{words.count(total)}</span>}
        </h2>
      </div>
      <div className="drawer-body findings-body" aria-busy={stale || undefined}>
        {info === null ? (
          <p>{findingWords.notAsked}</p>
        ) : (
          <>
            {total === 0 && <p>{findingWords.none}</p>}
            <Rules info={info} />
          </>
        )}
      </div>
    </div>
  );
}
