// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from "react";
import { Radio, RadioGroup } from "react-aria-components/RadioGroup";
import { Icon, type IconName } from "./icon.tsx";

/** One of a few choices, all in view. With icons, the label is the accessible name. */
export function Segmented<T extends string>(props: {
  readonly label: string;
  readonly value: T;
  readonly choices: readonly { readonly id: T; readonly label: string; readonly icon?: IconName }[];
  readonly onChange: (value: T) => void;
}): ReactNode {
  return (
    <RadioGroup
      className="segmented"
      aria-label={props.label}
      orientation="horizontal"
      value={props.value}
      onChange={(value) => props.onChange(value as T)}
    >
      {props.choices.map((choice) => (
        <Radio key={choice.id} value={choice.id} aria-label={choice.label}>
          {choice.icon === undefined ? choice.label : <Icon name={choice.icon} />}
        </Radio>
      ))}
    </RadioGroup>
  );
}
