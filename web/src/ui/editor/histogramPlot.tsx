// SPDX-License-Identifier: Apache-2.0
import { memo, type ReactNode } from "react";
import type { Channel } from "../../editor/state.ts";
import { tone as words } from "../viewWords.ts";

const VALUES = 256;
const HEIGHT = 64;
const CURVES: readonly { readonly channel: Channel; readonly row: number }[] = [
  { channel: "luminance", row: 3 },
  { channel: "red", row: 0 },
  { channel: "green", row: 1 },
  { channel: "blue", row: 2 },
];

/** Square root of the counts, so that a large plain surface does not flatten all the rest. */
function outline(counts: Uint32Array, row: number, most: number): string {
  const points: string[] = [];
  for (let value = 0; value < VALUES; value++) {
    const height = HEIGHT * Math.sqrt(counts[row * VALUES + value] / most);
    points.push(`${value} ${(HEIGHT - height).toFixed(1)}`);
  }
  return `M0 ${HEIGHT}L${points.join("L")}L${VALUES - 1} ${HEIGHT}Z`;
}

/** One curve for a channel; for colour all four over each other. */
export const HistogramPlot = memo(function HistogramPlot(props: {
  readonly counts: Uint32Array;
  readonly channel: Channel;
}): ReactNode {
  const { counts, channel } = props;
  const shown = CURVES.filter((curve) => channel === "colour" || curve.channel === channel);
  let most = 1;
  for (const { row } of shown)
    for (let value = 0; value < VALUES; value++) most = Math.max(most, counts[row * VALUES + value]);
  return (
    <svg
      className="histogram"
      viewBox={`0 0 ${VALUES - 1} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={words.histogram}
    >
      {shown.map((curve) => (
        <path key={curve.channel} className={`curve ${curve.channel}`} d={outline(counts, curve.row, most)} />
      ))}
    </svg>
  );
});
