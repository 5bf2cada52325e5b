// SPDX-License-Identifier: Apache-2.0
import { type ReactNode, useId, useState } from "react";
import type { OntologyClass, ReviewRule, RuleParameter, RuleSettings } from "../../api/types.ts";
import { reviewWords as words } from "../reviewWords.ts";
import "../styles/rules.css";

function Check(props: {
  readonly label: string;
  readonly on: boolean;
  readonly disabled?: boolean;
  readonly onChange: (on: boolean) => void;
}): ReactNode {
  return (
    <label className="check">
      <input
        type="checkbox"
        checked={props.on}
        disabled={props.disabled}
        onChange={(event) => props.onChange(event.target.checked)}
      />
      <span>{props.label}</span>
    </label>
  );
}

/** Takes effect when the field is left or Enter is pressed; what is out of range says so and is not sent. */
function NumberField(props: {
  readonly parameter: RuleParameter;
  readonly value: number;
  readonly onChange: (value: number) => void;
}): ReactNode {
  const { parameter } = props;
  const id = useId();
  const [text, setText] = useState(String(props.value));
  const low = parameter.minimum ?? Number.NEGATIVE_INFINITY;
  const high = parameter.maximum ?? Number.POSITIVE_INFINITY;
  const number = Number(text);
  const fits =
    text.trim() !== "" && number >= low && number <= high && (parameter.kind === "number" || Number.isInteger(number));
  const send = (): void => {
    if (fits && number !== props.value) props.onChange(number);
  };
  return (
    <div className="field rule-number">
      <label htmlFor={id}>{parameter.title}</label>
      <span>
        <input
          id={id}
          className="input"
          inputMode="decimal"
          value={text}
          aria-invalid={!fits || undefined}
          aria-describedby={fits ? undefined : `${id}-why`}
          onChange={(event) => setText(event.target.value)}
          onBlur={send}
          onKeyDown={(event) => {
            if (event.key === "Enter") send();
          }}
        />
        {parameter.unit !== "" && <span className="quiet-text">{parameter.unit}</span>}
      </span>
      {!fits && (
        <p id={`${id}-why`} className="error-text">
          {words.range(low, high, parameter.kind === "integer")}
        </p>
      )}
    </div>
  );
}

function ClassesField(props: {
  readonly parameter: RuleParameter;
  readonly value: readonly number[];
  readonly classes: readonly OntologyClass[];
  readonly onChange: (value: number[]) => void;
}): ReactNode {
  const chosen = new Set(props.value);
  return (
    <fieldset className="rule-classes">
      <legend>{props.parameter.title}</legend>
      {props.classes.length === 0 && <p className="quiet-text">{words.noClasses}</p>}
      {props.classes
        .filter((entry) => entry.retired !== true || chosen.has(entry.number))
        .map((entry) => (
          <Check
            key={entry.number}
            label={entry.name}
            on={chosen.has(entry.number)}
            onChange={(on) => {
              const others = props.value.filter((number) => number !== entry.number);
              props.onChange(on ? [...others, entry.number] : others);
            }}
          />
        ))}
    </fieldset>
  );
}

export function RuleCard(props: {
  readonly rule: ReviewRule;
  readonly settings: RuleSettings;
  readonly classes: readonly OntologyClass[];
  readonly onChange: (settings: RuleSettings) => void;
}): ReactNode {
  const { rule, settings } = props;
  const titleId = useId();
  const set = (name: string, value: unknown): void =>
    props.onChange({ ...settings, parameters: { ...settings.parameters, [name]: value as never } });
  return (
    <section className="card rule-card" aria-labelledby={titleId}>
      <div className="rule-head">
        <h2 id={titleId}>{rule.title}</h2>
        <Check label={words.on} on={settings.on} onChange={(on) => props.onChange({ ...settings, on })} />
        <Check
          label={words.blocks}
          on={settings.blocks}
          disabled={!settings.on}
          onChange={(blocks) => props.onChange({ ...settings, blocks })}
        />
      </div>
      <p className="quiet-text">
        {rule.why} {rule.fixable ? words.fixable : ""}
      </p>
      {settings.on && rule.parameters.length > 0 && (
        <div className="rule-parameters">
          {rule.parameters.map((parameter) => {
            const value = settings.parameters[parameter.name];
            if (parameter.kind === "boolean") {
              return (
                <Check
                  key={parameter.name}
                  label={parameter.title}
                  on={value === true}
                  onChange={(on) => set(parameter.name, on)}
                />
              );
            }
            if (parameter.kind === "classes") {
              return (
                <ClassesField
                  key={parameter.name}
                  parameter={parameter}
                  value={value as unknown as readonly number[]}
                  classes={props.classes}
                  onChange={(numbers) => set(parameter.name, numbers)}
                />
              );
            }
            return (
              <NumberField
                key={`${parameter.name} ${String(value)}`}
                parameter={parameter}
                value={Number(value)}
                onChange={(number) => set(parameter.name, number)}
              />
            );
          })}
        </div>
      )}
    </section>
  );
}
