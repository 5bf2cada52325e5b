// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from "react";
import { IconButton } from "../parts/iconButton.tsx";
import { Segmented } from "../parts/segmented.tsx";
import { Slider } from "../parts/slider.tsx";
import { useEditor, useEditorPort } from "../state.tsx";
import * as words from "../words.ts";
import { commandIds } from "./commandIds.ts";

function Toggle(props: { readonly label: string; readonly on: boolean; readonly onChange: () => void }): ReactNode {
  return (
    <label className="check">
      <input type="checkbox" checked={props.on} onChange={props.onChange} />
      <span>{props.label}</span>
    </label>
  );
}

function LabelSettings(): ReactNode {
  const port = useEditorPort();
  const opacity = useEditor((state) => state.opacity);
  const outlines = useEditor((state) => state.outlines);
  const colourBy = useEditor((state) => state.colourBy);
  const hidden = useEditor((state) => state.labelsHidden);
  const gaps = useEditor((state) => state.gapView);
  return (
    <section className="drawer-part">
      <h3>{words.view.labels}</h3>
      <Slider
        label={words.view.opacity}
        text={words.view.percent(opacity)}
        value={opacity}
        min={0}
        max={1}
        step={0.05}
        onChange={(value) => port.run(commandIds.opacity, value)}
      />
      <div className="pair">
        <span className="label">{words.view.colourBy}</span>
        <Segmented
          label={words.view.colourBy}
          value={colourBy}
          choices={[
            { id: "class", label: words.view.byClass },
            { id: "segment", label: words.view.bySegment },
          ]}
          onChange={(value) => port.run(commandIds.colourBy, value)}
        />
      </div>
      <Toggle label={words.view.outlines} on={outlines} onChange={() => port.run(commandIds.outlines)} />
      <Toggle label={words.view.gaps} on={gaps} onChange={() => port.run(commandIds.gaps)} />
      <Toggle label={words.view.hideLabels} on={hidden} onChange={() => port.run(commandIds.labels)} />
    </section>
  );
}

function ImageSettings(): ReactNode {
  const port = useEditorPort();
  const tone = useEditor((state) => state.tone);
  const plain = tone.brightness === 0 && tone.contrast === 0 && tone.gamma === 1;
  return (
    <section className="drawer-part">
      <h3>{words.view.image}</h3>
      <Slider
        label={words.view.brightness}
        text={words.view.signed(tone.brightness)}
        value={tone.brightness}
        min={-1}
        max={1}
        step={0.02}
        onChange={(value) => port.run(commandIds.brightness, value)}
      />
      <Slider
        label={words.view.contrast}
        text={words.view.signed(tone.contrast)}
        value={tone.contrast}
        min={-1}
        max={1}
        step={0.02}
        onChange={(value) => port.run(commandIds.contrast, value)}
      />
      <Slider
        label={words.view.gamma}
        text={words.view.gammaValue(tone.gamma)}
        value={Math.log2(tone.gamma)}
        min={Math.log2(0.2)}
        max={Math.log2(5)}
        step={0.01}
        onChange={(value) => port.run(commandIds.gamma, Math.min(5, Math.max(0.2, 2 ** value)))}
      />
      <button
        type="button"
        className="button small"
        aria-disabled={plain || undefined}
        title={plain ? words.view.resetWhy : undefined}
        onClick={() => {
          if (!plain) port.run(commandIds.toneReset);
        }}
      >
        {words.view.reset}
      </button>
    </section>
  );
}

/** Replaces the panel's lists while open; never a second column. */
export default function ViewDrawer(props: { readonly onBack: () => void }): ReactNode {
  return (
    <div className="drawer">
      <div className="panel-head">
        <IconButton icon="back" label={words.view.back} onPress={props.onBack} />
        <h2>{words.view.title}</h2>
      </div>
      <div className="drawer-body">
        <LabelSettings />
        <ImageSettings />
      </div>
    </div>
  );
}
