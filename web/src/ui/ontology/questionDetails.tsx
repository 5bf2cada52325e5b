// SPDX-License-Identifier: Apache-2.0
/** What a question says besides its title: whether it needs an answer, its default, range, unit, help. */
import type { ReactNode } from "react";
import type { Json } from "../../core/json.ts";
import type { Question } from "../../core/ontology.ts";
import { ontologyWords as words } from "../ontologyWords.ts";
import { textOf, typed } from "../questionEntries.ts";
import { NumberInput, SelectInput, TextInput } from "./inputs.tsx";

interface DetailProps {
  readonly question: Question;
  readonly onChange: (question: Question) => void;
}

function DefaultField({ question, onChange }: DetailProps): ReactNode {
  const set = (value: Json): void => onChange({ ...question, default: value });
  const none = { id: "", label: words.noDefault };
  if (question.kind === "boolean") {
    const choices = [none, { id: "true", label: words.yes }, { id: "false", label: words.no }];
    const value = question.default === null ? "" : String(question.default);
    return (
      <SelectInput
        label={words.byDefault}
        value={value}
        choices={choices}
        onChange={(id) => set(id === "" ? null : id === "true")}
      />
    );
  }
  if (question.kind === "single") {
    const choices = [none, ...question.options.map((option) => ({ id: option.id, label: option.title }))];
    return (
      <SelectInput
        label={words.byDefault}
        value={typeof question.default === "string" ? question.default : ""}
        choices={choices}
        onChange={(id) => set(id === "" ? null : id)}
      />
    );
  }
  if (question.kind === "multiple") {
    const chosen = Array.isArray(question.default) ? (question.default as readonly string[]) : [];
    const toggle = (id: string, on: boolean): void => {
      const ids = question.options
        .map((option) => option.id)
        .filter((other) => (other === id ? on : chosen.includes(other)));
      set(ids.length === 0 ? null : ids);
    };
    return (
      <fieldset className="field">
        <legend className="label">{words.byDefault}</legend>
        <div className="checks">
          {question.options.map((option) => (
            <label key={option.id} className="check">
              <input
                type="checkbox"
                checked={chosen.includes(option.id)}
                onChange={(event) => toggle(option.id, event.target.checked)}
              />
              <span>{option.title}</span>
            </label>
          ))}
        </div>
      </fieldset>
    );
  }
  return (
    <TextInput
      label={words.byDefault}
      value={textOf(question, question.default)}
      maxChars={10_000}
      onChange={(text) => {
        const meant = typed(question, text);
        // What is no answer is stored as typed: the line beside "Publish" says what is wrong with it.
        set("answer" in meant ? meant.answer : text);
      }}
    />
  );
}

export function QuestionDetails({ question, onChange }: DetailProps): ReactNode {
  return (
    <>
      <div className="field-row">
        <label className="check">
          <input
            type="checkbox"
            checked={question.required}
            onChange={(event) => onChange({ ...question, required: event.target.checked })}
          />
          <span>{words.required}</span>
        </label>
        <DefaultField question={question} onChange={onChange} />
        {question.kind === "text" && (
          <NumberInput
            label={words.maxChars}
            value={question.max_chars}
            min={1}
            max={10_000}
            whole
            onChange={(max_chars) => onChange({ ...question, max_chars: max_chars ?? 500 })}
          />
        )}
      </div>
      {question.kind === "number" && (
        <div className="field-row">
          <NumberInput label={words.min} value={question.min} onChange={(min) => onChange({ ...question, min })} />
          <NumberInput label={words.max} value={question.max} onChange={(max) => onChange({ ...question, max })} />
          <NumberInput label={words.step} value={question.step} onChange={(step) => onChange({ ...question, step })} />
          <TextInput
            label={words.unit}
            value={question.unit}
            maxChars={32}
            onChange={(unit) => onChange({ ...question, unit })}
          />
        </div>
      )}
      <TextInput
        label={words.help}
        value={question.help}
        maxChars={2000}
        onChange={(help) => onChange({ ...question, help })}
      />
    </>
  );
}
