// SPDX-License-Identifier: Apache-2.0
import { type CSSProperties, type ReactNode, useEffect } from "react";
import { useEditor, useEditorPort } from "../state.tsx";
import { tone as words } from "../viewWords.ts";
import { commandIds } from "./commandIds.ts";
import { HistogramPlot } from "./histogramPlot.tsx";

const TOP = 255;
const across = (value: number): string => `${(100 * value) / TOP}%`;

/** The histogram, with the ends that become black and white to drag below it. */
export function Levels(): ReactNode {
  const port = useEditorPort();
  const black = useEditor((state) => state.tone.black);
  const white = useEditor((state) => state.tone.white);
  const channel = useEditor((state) => state.tone.channel);
  const counts = useEditor((state) => state.histogram);
  useEffect(() => port.run(commandIds.histogram), [port]);
  const end = (label: string, value: number, commandId: string): ReactNode => (
    <input
      type="range"
      min={0}
      max={TOP}
      step={1}
      value={value}
      aria-label={label}
      onChange={(event) => port.run(commandId, event.target.valueAsNumber)}
    />
  );
  return (
    <div className="slider levels">
      <span className="label">{words.levels}</span>
      <output>{words.levelsValue(black, white)}</output>
      <div className="histogram-frame">
        {counts === null ? (
          <p className="quiet-text">{words.counting}</p>
        ) : (
          <HistogramPlot counts={counts} channel={channel} />
        )}
        <span className="cut" style={{ left: 0, width: across(black) }} />
        <span className="cut" style={{ right: 0, width: across(TOP - white) }} />
      </div>
      <div className="ends" style={{ "--from": across(black), "--to": across(white) } as CSSProperties}>
        {end(words.black, black, commandIds.black)}
        {end(words.white, white, commandIds.white)}
      </div>
    </div>
  );
}
