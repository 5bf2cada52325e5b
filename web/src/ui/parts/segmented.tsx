// SPDX-License-Identifier: Apache-2.0
import { type ReactNode, useId } from "react";
import { Icon, type IconName } from "./icon.tsx";

/** One of a few choices, all in view. With icons, the label is the accessible name. */
export function Segmented<T extends string>(props: {
  readonly label: string;
  readonly value: T;
  readonly choices: readonly { readonly id: T; readonly label: string; readonly icon?: IconName }[];
  readonly onChange: (value: T) => void;
}): ReactNode {
  const group = useId();
  return (
    <div className="segmented" role="radiogroup" aria-label={props.label}>
      {props.choices.map((choice) => (
        <label
          key={choice.id}
          data-selected={choice.id === props.value || undefined}
          title={choice.icon === undefined ? undefined : choice.label}
        >
          <input
            type="radio"
            name={group}
            aria-label={choice.label}
            checked={choice.id === props.value}
            onChange={() => props.onChange(choice.id)}
          />
          {choice.icon === undefined ? choice.label : <Icon name={choice.icon} />}
        </label>
      ))}
    </div>
  );
}
