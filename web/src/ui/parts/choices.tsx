// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from "react";
import { Radio, RadioGroup } from "react-aria-components/RadioGroup";
import "../styles/choices.css";

export interface Choice<T extends string> {
  readonly id: T;
  readonly label: string;
  readonly hint?: string;
}

/** One of a few ways to do something, each a line with what it means. */
export function Choices<T extends string>(props: {
  readonly label: string;
  readonly value: T;
  readonly choices: readonly Choice<T>[];
  readonly onChange: (value: T) => void;
  /** The dialog that it is in begins with it. */
  readonly autoFocus?: boolean;
}): ReactNode {
  return (
    <RadioGroup
      className="choices"
      value={props.value}
      onChange={(value) => props.onChange(value as T)}
      aria-label={props.label}
    >
      <span className="label" aria-hidden="true">
        {props.label}
      </span>
      {props.choices.map((choice) => (
        <Radio
          key={choice.id}
          value={choice.id}
          className="choice"
          autoFocus={props.autoFocus === true && choice.id === props.value}
        >
          <span className="choice-mark" aria-hidden="true" />
          <span>
            {choice.label}
            {choice.hint !== undefined && <small>{choice.hint}</small>}
          </span>
        </Radio>
      ))}
    </RadioGroup>
  );
}
