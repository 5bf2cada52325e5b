// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from "react";
import { Check } from "../parts/check.tsx";
import { Segmented } from "../parts/segmented.tsx";
import { Slider } from "../parts/slider.tsx";
import { useEditor, useEditorPort } from "../state.tsx";
import { display as words } from "../viewWords.ts";
import { commandIds } from "./commandIds.ts";

const HALF_TURN = 180;

/** Angle of the view. The slider goes from half a turn to the left to half a turn to the right. */
function Angle(): ReactNode {
  const port = useEditorPort();
  const turn = useEditor((state) => state.view.turnDegrees);
  const signed = turn > HALF_TURN ? turn - 2 * HALF_TURN : turn;
  const upright = turn === 0;
  return (
    <>
      <Slider
        label={words.turn}
        text={words.degrees(signed)}
        value={signed}
        min={-HALF_TURN}
        max={HALF_TURN}
        step={1}
        onChange={(value) => port.run(commandIds.turn, value)}
      />
      <div className="button-row">
        <button type="button" className="button small" onClick={() => port.run(commandIds.turnLeft)}>
          {words.turnLeft}
        </button>
        <button type="button" className="button small" onClick={() => port.run(commandIds.turnRight)}>
          {words.turnRight}
        </button>
        <button
          type="button"
          className="button small"
          aria-disabled={upright || undefined}
          title={upright ? words.isUpright : undefined}
          onClick={() => port.run(commandIds.turnReset)}
        >
          {words.upright}
        </button>
      </div>
    </>
  );
}

export function DisplaySettings(): ReactNode {
  const port = useEditorPort();
  const options = useEditor((state) => state.options);
  const { smoothings } = words;
  return (
    <section className="drawer-part">
      <h3>{words.title}</h3>
      <div className="pair">
        <span className="label">{words.pixels}</span>
        <Segmented
          label={words.pixels}
          value={options.smoothing}
          choices={(["auto", "smooth", "pixels"] as const).map((id) => ({ id, label: smoothings[id] }))}
          onChange={(value) => port.run(commandIds.smoothing, value)}
        />
      </div>
      <Angle />
      {(["grid", "rulers", "crossLines", "minimap"] as const).map((name) => (
        <Check key={name} label={words[name]} on={options[name]} onChange={() => port.run(commandIds[name])} />
      ))}
    </section>
  );
}
