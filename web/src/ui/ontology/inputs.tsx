// SPDX-License-Identifier: Apache-2.0
/** Labelled fields of the ontology screen. What is typed is taken when the field is left or Enter pressed: one undo step. */
import { type KeyboardEvent, type ReactNode, useEffect, useId, useState } from "react";

/** What is typed before it is taken; the value from outside wins when it changes. */
function useTyped(value: string): readonly [string, (text: string) => void] {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  return [text, setText];
}

export function TextInput(props: {
  readonly id?: string;
  readonly label: string;
  readonly value: string;
  readonly maxChars: number;
  readonly long?: boolean;
  /** The label is for screen readers only. */
  readonly bare?: boolean;
  readonly onChange: (value: string) => void;
}): ReactNode {
  const made = useId();
  const id = props.id ?? made;
  const [text, setText] = useTyped(props.value);
  const take = (): void => {
    if (text !== props.value) props.onChange(text);
  };
  const field = {
    id,
    className: "input",
    value: text,
    maxLength: props.maxChars,
    "aria-label": props.bare ? props.label : undefined,
    onChange: (event: { readonly target: { readonly value: string } }) => setText(event.target.value),
    onBlur: take,
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === "Enter" && !props.long) take();
      if (event.key === "Escape") setText(props.value);
    },
  };
  const input = props.long ? <textarea {...field} rows={3} /> : <input {...field} type="text" />;
  if (props.bare) return input;
  return (
    <div className="field grow">
      <label htmlFor={id}>{props.label}</label>
      {input}
    </div>
  );
}

/** Nothing typed is null; what is no number goes back to what it was. */
export function NumberInput(props: {
  readonly label: string;
  readonly hint?: string;
  readonly value: number | null;
  readonly min?: number;
  readonly max?: number;
  readonly whole?: boolean;
  readonly onChange: (value: number | null) => void;
}): ReactNode {
  const id = useId();
  const shown = props.value === null ? "" : String(props.value);
  const [text, setText] = useTyped(shown);
  const take = (): void => {
    const value = Number(text);
    const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = props;
    if (text.trim() === "") props.onChange(null);
    else if (!Number.isFinite(value) || (props.whole && !Number.isInteger(value))) setText(shown);
    else if (value !== props.value) props.onChange(Math.min(max, Math.max(min, value)));
  };
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      <input
        id={id}
        className="input figure"
        type="text"
        inputMode="decimal"
        value={text}
        aria-describedby={props.hint === undefined ? undefined : `${id}h`}
        onChange={(event) => setText(event.target.value)}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key === "Enter") take();
          if (event.key === "Escape") setText(shown);
        }}
      />
      {props.hint !== undefined && (
        <p id={`${id}h`} className="quiet-text">
          {props.hint}
        </p>
      )}
    </div>
  );
}

export function SelectInput<T extends string>(props: {
  readonly label: string;
  readonly value: T;
  readonly choices: readonly { readonly id: T; readonly label: string }[];
  /** Why it cannot be changed. */
  readonly locked?: string | null;
  readonly onChange: (value: T) => void;
}): ReactNode {
  const id = useId();
  const locked = props.locked ?? null;
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      <select
        id={id}
        className="input"
        value={props.value}
        disabled={locked !== null}
        title={locked ?? undefined}
        onChange={(event) => props.onChange(event.target.value as T)}
      >
        {props.choices.map((choice) => (
          <option key={choice.id} value={choice.id}>
            {choice.label}
          </option>
        ))}
      </select>
    </div>
  );
}
