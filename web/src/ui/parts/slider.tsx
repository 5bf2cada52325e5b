// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from "react";
import { Label } from "react-aria-components/Label";
import { Slider as AriaSlider, SliderOutput, SliderThumb, SliderTrack } from "react-aria-components/Slider";

/** `text` is the value as shown, unit included. `inline` leaves label and value to whoever stands beside it. */
export function Slider(props: {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly text?: string;
  readonly inline?: boolean;
  readonly onChange: (value: number) => void;
}): ReactNode {
  return (
    <AriaSlider
      className={props.inline ? "slider inline" : "slider"}
      value={props.value}
      minValue={props.min}
      maxValue={props.max}
      step={props.step}
      aria-label={props.inline ? props.label : undefined}
      onChange={(value) => props.onChange(value as number)}
    >
      {!props.inline && (
        <>
          <Label className="label">{props.label}</Label>
          <SliderOutput>{props.text}</SliderOutput>
        </>
      )}
      <SliderTrack className="track">
        <span className="fill" style={{ width: `${(100 * (props.value - props.min)) / (props.max - props.min)}%` }} />
        <SliderThumb className="thumb" aria-label={props.inline ? props.label : undefined} />
      </SliderTrack>
    </AriaSlider>
  );
}
