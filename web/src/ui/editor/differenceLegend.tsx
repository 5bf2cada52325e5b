// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from "react";
import type { Comparison } from "../../editor/state.ts";
import * as words from "../words.ts";

export interface LegendNames {
  readonly first: string;
  readonly second: string;
  readonly both: string;
}

function Entry(props: {
  readonly mark: "first" | "second" | "both";
  readonly name: string;
  readonly px: number;
}): ReactNode {
  return (
    <li>
      <span className="difference-mark" data-mark={props.mark} aria-hidden="true" />
      <span>{props.name}</span>
      <span className="quiet-text">{words.history.pixels(props.px)}</span>
    </li>
  );
}

/** What the marks on the image mean, with the number of pixels of each. */
export function DifferenceLegend(props: { readonly comparison: Comparison; readonly names: LegendNames }): ReactNode {
  const { changedPx, segments, firstPx, secondPx, bothPx } = props.comparison;
  const { names } = props;
  return (
    <section className="difference-legend" aria-label={words.history.legend}>
      <p>{words.history.difference(changedPx, segments)}</p>
      {firstPx === null || secondPx === null || bothPx === null ? (
        changedPx > 0 && <p className="quiet-text">{words.history.unmarked}</p>
      ) : (
        <ul>
          <Entry mark="first" name={names.first} px={firstPx} />
          <Entry mark="second" name={names.second} px={secondPx} />
          <Entry mark="both" name={names.both} px={bothPx} />
        </ul>
      )}
    </section>
  );
}
