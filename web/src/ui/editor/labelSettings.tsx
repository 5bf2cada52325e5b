// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from "react";
import { Check } from "../parts/check.tsx";
import { Slider } from "../parts/slider.tsx";
import { useEditor, useEditorPort } from "../state.tsx";
import { labels as words } from "../viewWords.ts";
import { ColourSettings } from "./colourSettings.tsx";
import { commandIds } from "./commandIds.ts";

export function LabelSettings(): ReactNode {
  const port = useEditorPort();
  const opacity = useEditor((state) => state.opacity);
  const outlines = useEditor((state) => state.outlines);
  const width = useEditor((state) => state.options.outlineWidth);
  const hidden = useEditor((state) => state.labelsHidden);
  const gaps = useEditor((state) => state.gapView);
  return (
    <section className="drawer-part">
      <h3>{words.title}</h3>
      <Slider
        label={words.opacity}
        text={words.percent(opacity)}
        value={opacity}
        min={0}
        max={1}
        step={0.05}
        onChange={(value) => port.run(commandIds.opacity, value)}
      />
      <ColourSettings />
      <Check label={words.outlines} on={outlines} onChange={() => port.run(commandIds.outlines)} />
      {outlines && (
        <Slider
          label={words.outlineWidth}
          text={words.px(width)}
          value={width}
          min={1}
          max={6}
          step={1}
          onChange={(value) => port.run(commandIds.outlineWidth, value)}
        />
      )}
      <Check label={words.gaps} on={gaps} onChange={() => port.run(commandIds.gaps)} />
      <Check label={words.hide} on={hidden} onChange={() => port.run(commandIds.labels)} />
    </section>
  );
}
