// SPDX-License-Identifier: Apache-2.0
import { type CSSProperties, type ReactNode, useId } from "react";

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
  const id = useId();
  const fill = { "--fill": `${(100 * (props.value - props.min)) / (props.max - props.min)}%` } as CSSProperties;
  return (
    <div className={props.inline ? "slider inline" : "slider"}>
      {!props.inline && (
        <>
          <label className="label" htmlFor={id}>
            {props.label}
          </label>
          <output htmlFor={id}>{props.text}</output>
        </>
      )}
      <input
        id={id}
        type="range"
        min={props.min}
        max={props.max}
        step={props.step}
        value={props.value}
        style={fill}
        aria-label={props.inline ? props.label : undefined}
        aria-valuetext={props.text}
        onChange={(event) => props.onChange(event.target.valueAsNumber)}
      />
    </div>
  );
}
