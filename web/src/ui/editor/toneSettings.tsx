// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from "react";
import { type Channel, toneIsNeutral } from "../../editor/state.ts";
import { Check } from "../parts/check.tsx";
import { Slider } from "../parts/slider.tsx";
import { useEditor, useEditorPort } from "../state.tsx";
import { tone as words } from "../viewWords.ts";
import { commandIds } from "./commandIds.ts";
import { Levels } from "./levels.tsx";

const GAMMA_ENDS = [0.2, 5] as const;
const CLIP_ENDS = [1, 8] as const;

function Channels(): ReactNode {
  const port = useEditorPort();
  const channel = useEditor((state) => state.tone.channel);
  return (
    <label className="pair">
      <span className="label">{words.channel}</span>
      <select
        className="input"
        value={channel}
        onChange={(event) => port.run(commandIds.channel, event.currentTarget.value)}
      >
        {(Object.keys(words.channels) as Channel[]).map((id) => (
          <option key={id} value={id}>
            {words.channels[id]}
          </option>
        ))}
      </select>
    </label>
  );
}

function LocalContrast(): ReactNode {
  const port = useEditorPort();
  const clipLimit = useEditor((state) => state.tone.localContrast);
  return (
    <>
      <Check label={words.localContrast} on={clipLimit > 0} onChange={() => port.run(commandIds.localContrast)} />
      {clipLimit > 0 && (
        <Slider
          label={words.clipLimit}
          text={words.clipValue(clipLimit)}
          value={clipLimit}
          min={CLIP_ENDS[0]}
          max={CLIP_ENDS[1]}
          step={0.1}
          onChange={(value) => port.run(commandIds.clipLimit, value)}
        />
      )}
    </>
  );
}

function Curve(): ReactNode {
  const port = useEditorPort();
  const tone = useEditor((state) => state.tone);
  const [darkest, brightest] = GAMMA_ENDS;
  return (
    <>
      {(["brightness", "contrast"] as const).map((field) => (
        <Slider
          key={field}
          label={words[field]}
          text={words.signed(tone[field])}
          value={tone[field]}
          min={-1}
          max={1}
          step={0.02}
          onChange={(value) => port.run(commandIds[field], value)}
        />
      ))}
      <Slider
        label={words.gamma}
        text={words.gammaValue(tone.gamma)}
        value={Math.log2(tone.gamma)}
        min={Math.log2(darkest)}
        max={Math.log2(brightest)}
        step={0.01}
        onChange={(value) => port.run(commandIds.gamma, 2 ** value)}
      />
    </>
  );
}

export function ToneSettings(): ReactNode {
  const port = useEditorPort();
  const invert = useEditor((state) => state.tone.invert);
  const plain = useEditor((state) => toneIsNeutral(state.tone));
  return (
    <section className="drawer-part">
      <h3>{words.title}</h3>
      <Levels />
      <Curve />
      <Channels />
      <LocalContrast />
      <Check label={words.invert} on={invert} onChange={() => port.run(commandIds.invert)} />
      <button
        type="button"
        className="button small"
        aria-disabled={plain || undefined}
        title={plain ? words.resetWhy : undefined}
        onClick={() => {
          if (!plain) port.run(commandIds.toneReset);
        }}
      >
        {words.reset}
      </button>
    </section>
  );
}
