// SPDX-License-Identifier: Apache-2.0
/** Fields for one question: options by digits, arrows and Space; text, number and date as typed. */
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from "react";
import type { Json } from "../../core/json.ts";
import type { Questionnaire } from "../../editor/state.ts";
import { type OptionEntry, optionsOf, type QuestionEntry, textOf, typed } from "../questionEntries.ts";
import { questionWords as words } from "../questionWords.ts";
import { rowAfterKey } from "../segmentRows.ts";

const longTextChars = 120;

interface FieldProps {
  readonly entry: QuestionEntry;
  readonly answers: Questionnaire["answers"];
  readonly readOnly: boolean;
  /** Ids of the title and of the notes. */
  readonly labelledBy: string;
  readonly describedBy: string;
  readonly onAnswer: (value: Json) => void;
  /** An option was pressed; `takesBack`: pressing the chosen one again takes the answer back. */
  readonly onPress: (optionId: string, takesBack: boolean) => void;
  /** `soon`: what was just answered may open another question, so the list is read when it has been drawn. */
  readonly onNext: (soon: boolean) => void;
}

/** Which option a key means by its place on the keyboard, 0-based; null: none. */
function digitOf(event: KeyboardEvent): number | null {
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
  return digit === undefined || event.ctrlKey || event.metaKey || event.altKey ? null : Number(digit) - 1;
}

function ChoiceField(props: FieldProps): ReactNode {
  const { entry, readOnly } = props;
  const multiple = entry.question.kind === "multiple";
  const options = optionsOf(entry.question, props.answers);
  const [at, setAt] = useState(-1);
  const stop =
    at >= 0 && at < options.length
      ? at
      : Math.max(
          0,
          options.findIndex((option) => option.state === "on"),
        );
  const press = (option: OptionEntry, takesBack = true): void => {
    if (!readOnly) props.onPress(option.id, takesBack);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const digit = digitOf(event);
    const key = event.key === "ArrowRight" ? "ArrowDown" : event.key === "ArrowLeft" ? "ArrowUp" : event.key;
    const next = digit ?? rowAfterKey(key, stop, options.length, options.length);
    // With Ctrl it submits the image.
    if (event.ctrlKey || event.metaKey) return;
    if (event.key === "Enter") {
      if (!multiple && options[stop] !== undefined) press(options[stop], false);
      const { question } = entry;
      props.onNext("options" in question && question.options.some(({ questions }) => questions.length > 0));
    } else if (next !== null) {
      if (next < options.length) {
        setAt(next);
        event.currentTarget.querySelectorAll<HTMLElement>("[data-answer]")[next]?.focus();
        if (digit !== null) press(options[next]);
      }
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: its role is one of two, for one option or many
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: both roles have a name and a description
    <div
      className="answer-options"
      role={multiple ? "group" : "radiogroup"}
      aria-labelledby={props.labelledBy}
      aria-describedby={props.describedBy}
      aria-required={multiple ? undefined : entry.question.required}
      onKeyDown={onKeyDown}
    >
      {options.map((option, index) => (
        // biome-ignore lint/a11y/useAriaPropsSupportedByRole: its role is one of two, both can be checked
        <button
          key={option.id}
          type="button"
          role={multiple ? "checkbox" : "radio"}
          aria-checked={option.state === "on" ? true : option.state === "mixed" && multiple ? "mixed" : false}
          aria-disabled={readOnly || undefined}
          className="answer-option"
          data-answer=""
          data-default={(option.state === "on" && entry.isDefault) || undefined}
          tabIndex={index === stop ? 0 : -1}
          onFocus={() => setAt(index)}
          onClick={() => press(option)}
        >
          <span className={multiple ? "answer-box" : "answer-dot"} aria-hidden="true" />
          <span className="answer-title">{option.title}</span>
          {option.retired && <em className="answer-flag">{words.retiredOption}</em>}
          {index < 9 && (
            <span aria-hidden="true" className="answer-key">
              {index + 1}
            </span>
          )}
        </button>
      ))}
    </div>
  );
}

/** Text is an answer when the field is left or Enter is pressed: one edit, not one for each letter. */
function TypedField(props: FieldProps): ReactNode {
  const { entry, readOnly } = props;
  const { question } = entry;
  const shown = textOf(question, entry.value);
  const [draft, setDraft] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const problemId = useId();
  const leaving = useRef(false);
  const text = draft ?? shown;
  // A browser empties a day that is half typed, 2024 by way of 0202: what it shows is its own until the field is left.
  const dateField = useRef<HTMLInputElement>(null);
  const commit = (): boolean => {
    const date = dateField.current;
    const entered = date === null ? draft : date.validity.badInput ? words.unfinishedDay : date.value;
    if (entered === null || entered === shown) return true;
    const meant = typed(question, entered);
    if ("problem" in meant) {
      setProblem(meant.problem);
      return false;
    }
    setProblem(null);
    setDraft(null);
    props.onAnswer(meant.answer);
    return true;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key === "Enter" && !event.shiftKey && !event.ctrlKey && !event.metaKey) {
      if (commit()) props.onNext(false);
      event.preventDefault();
    } else if (event.key === "Escape") {
      // Escape drops what was typed and leaves the field at once, before the state has changed.
      leaving.current = true;
      setDraft(null);
      setProblem(null);
      if (dateField.current !== null) dateField.current.value = shown;
    }
  };
  const field = {
    className: "input",
    "data-answer": "",
    readOnly,
    placeholder: entry.different ? words.different : undefined,
    "aria-labelledby": props.labelledBy,
    "aria-describedby": problem === null ? props.describedBy : problemId,
    "aria-invalid": problem !== null,
    "aria-required": question.required,
    onBlur: () => {
      if (!leaving.current) commit();
      leaving.current = false;
    },
    onKeyDown,
  };
  const controlled = {
    value: text,
    onChange: (event: { readonly target: { readonly value: string } }) => setDraft(event.target.value),
  };
  const unit = question.kind === "number" ? question.unit : "";
  return (
    <>
      <div className="answer-typed">
        {question.kind === "date" ? (
          <input {...field} key={shown} ref={dateField} type="date" defaultValue={shown} data-kind="date" />
        ) : question.kind === "text" && question.max_chars > longTextChars ? (
          <textarea {...field} {...controlled} rows={2} />
        ) : (
          <input
            {...field}
            {...controlled}
            type="text"
            inputMode={question.kind === "number" ? "decimal" : undefined}
            data-kind={question.kind}
          />
        )}
        {unit !== "" && <span className="quiet-text">{unit}</span>}
      </div>
      {problem !== null && (
        <p id={problemId} className="error-text" role="alert">
          {problem}
        </p>
      )}
    </>
  );
}

export function AnswerField(props: FieldProps): ReactNode {
  const { kind } = props.entry.question;
  const choice = kind === "single" || kind === "multiple" || kind === "boolean";
  return choice ? <ChoiceField {...props} /> : <TypedField {...props} />;
}
