// SPDX-License-Identifier: Apache-2.0
/** Questions of the selected segments or of the image, answered by keyboard alone. */
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import type { Json } from "../../core/json.ts";
import type { Questionnaire } from "../../editor/state.ts";
import { Segmented } from "../parts/segmented.tsx";
import { entriesOf, optionsOf, pressed, type QuestionEntry, retiredEntriesOf, textOf } from "../questionEntries.ts";
import { questionWords as words } from "../questionWords.ts";
import { useEditor, useEditorPort } from "../state.tsx";
import { commandIds } from "./commandIds.ts";
import { AnswerField } from "./questionFields.tsx";
import "../styles/questions.css";

function hintOf({ question }: QuestionEntry): string {
  if (question.kind === "number") return words.range(question.min, question.max, question.step, question.unit);
  return question.kind === "text" ? words.chars(question.max_chars) : "";
}

function QuestionBlock(props: {
  readonly entry: QuestionEntry;
  readonly answers: Questionnaire["answers"];
  readonly readOnly: boolean;
  readonly onAnswer: (value: Json) => void;
  readonly onPress: (optionId: string, takesBack: boolean) => void;
  readonly onNext: (soon: boolean) => void;
}): ReactNode {
  const { entry } = props;
  const { question } = entry;
  const id = useId();
  const hint = hintOf(entry);
  return (
    <div
      className="question"
      data-question={question.id}
      data-missing={entry.missing || undefined}
      style={{ "--depth": entry.depth } as object}
    >
      <p id={`${id}t`} className="question-title">
        {question.title}
      </p>
      <p id={`${id}n`} className="question-notes">
        {entry.missing && <span className="question-missing">{words.required}</span>}
        {entry.different && <span title={words.differentHint}>{words.different}</span>}
        {entry.isDefault && <span>{words.byDefault}</span>}
        {hint !== "" && <span>{hint}</span>}
        {question.help !== "" && <span className="question-help">{question.help}</span>}
      </p>
      <AnswerField
        entry={entry}
        answers={props.answers}
        readOnly={props.readOnly}
        labelledBy={`${id}t`}
        describedBy={`${id}n`}
        onAnswer={props.onAnswer}
        onPress={props.onPress}
        onNext={props.onNext}
      />
    </div>
  );
}

function RetiredAnswers(props: { readonly questionnaire: Questionnaire }): ReactNode {
  const entries = retiredEntriesOf(props.questionnaire);
  if (entries.length === 0) return null;
  return (
    <section className="question-retired" aria-label={words.retiredTitle}>
      {entries.map(({ question, value, different }) => (
        <p key={question.id}>
          <span>{question.title}</span>
          <strong>{different ? words.different : textOf(question, value)}</strong>
          <em className="answer-flag">{words.retired}</em>
        </p>
      ))}
    </section>
  );
}

/** Focuses the field in which a question is answered; false when there is none. */
function focusField(block: Element | null | undefined): boolean {
  const field = block?.querySelector<HTMLElement>('[data-answer]:not([tabindex="-1"])');
  field?.focus();
  field?.scrollIntoView({ block: "nearest" });
  return field != null;
}

const focusImage = (): void => document.querySelector<HTMLElement>('[data-area="canvas"] [tabindex="0"]')?.focus();

export interface AskedFor {
  readonly of: Questionnaire["of"];
  /** Counts the requests: each moves the focus. 0: none yet. */
  readonly times: number;
}

/** Whose questions are shown: the selection's when it changes, else those that were asked for. */
function useShown(asked: AskedFor): readonly [Questionnaire | null, (of: Questionnaire["of"]) => void] {
  const both = useEditor((state) => state.questionnaires);
  const [of, setOf] = useState<Questionnaire["of"]>(
    asked.times > 0 ? asked.of : both.image?.first ? "image" : "selection",
  );
  const owner = both.selection?.owner ?? null;
  const last = useRef({ owner, times: asked.times });
  useEffect(() => {
    if (asked.times !== last.current.times) setOf(asked.of);
    else if (owner !== null && owner !== last.current.owner) setOf("selection");
    last.current = { owner, times: asked.times };
  }, [owner, asked]);
  return [both[of] ?? both.selection ?? both.image, setOf];
}

export default function QuestionsPanel(props: { readonly asked: AskedFor; readonly bare?: boolean }): ReactNode {
  const port = useEditorPort();
  const { asked } = props;
  const readOnly = useEditor((state) => state.readOnly);
  const both = useEditor((state) => state.questionnaires);
  const [questionnaire, setOf] = useShown(asked);
  const list = useRef<HTMLDivElement>(null);
  const entries = questionnaire === null ? [] : entriesOf(questionnaire);
  const missing = entries.filter((entry) => entry.missing).length;
  const shownOf = questionnaire?.of;
  useEffect(() => {
    if (asked.times === 0 || shownOf !== asked.of) return;
    const blocks = list.current?.querySelectorAll("[data-question]") ?? [];
    const first = list.current?.querySelector("[data-question][data-missing]") ?? blocks[0];
    focusField(first);
  }, [asked, shownOf]);
  if (questionnaire === null) return null;
  const next = (id: string): void => {
    const blocks = [...(list.current?.querySelectorAll<HTMLElement>("[data-question]") ?? [])];
    const at = blocks.findIndex((block) => block.dataset.question === id);
    if (!focusField(blocks[at + 1])) focusImage();
  };
  const answer = (question: string, value: Json): void =>
    port.run(commandIds.answersSet, { of: questionnaire.of, question, answer: value });
  const press = (question: string, optionId: string, takesBack: boolean): void => {
    // What is drawn may be a key press old: the answer follows from what is stored now.
    const now = port.getState().questionnaires[questionnaire.of];
    const entry = now === null ? undefined : entriesOf(now).find((other) => other.question.id === question);
    const option = entry && optionsOf(entry.question, now!.answers).find(({ id }) => id === optionId);
    if (entry === undefined || option === undefined) return;
    if (takesBack || option.state !== "on" || entry.isDefault) answer(question, pressed(entry, option));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key !== "Escape") return;
    focusImage();
    event.preventDefault();
    event.stopPropagation();
  };
  const name =
    questionnaire.answers.length > 1
      ? words.owners(questionnaire.className ?? "", questionnaire.answers.length)
      : questionnaire.name;
  return (
    <section className="panel-section questions" aria-labelledby="questions-title" onKeyDown={onKeyDown}>
      <div className="panel-head">
        <h2
          id="questions-title"
          className={props.bare && both.selection !== null && both.image !== null ? "visually-hidden" : undefined}
        >
          {words.title}{" "}
          {both.selection === null || both.image === null ? <span className="quiet-text">{name}</span> : null}
        </h2>
        {both.selection !== null && both.image !== null && (
          <Segmented
            label={words.whose}
            value={questionnaire.of}
            choices={[
              { id: "selection", label: questionnaire.of === "selection" ? name : both.selection.name },
              { id: "image", label: words.image },
            ]}
            onChange={setOf}
          />
        )}
      </div>
      <div className="question-list" ref={list}>
        <p className="question-state" data-missing={missing > 0 || undefined}>
          {missing > 0 ? words.missing(missing) : words.complete}
        </p>
        {questionnaire.answers.length > 1 && <p className="quiet-text">{words.bulk(questionnaire.answers.length)}</p>}
        {questionnaire.left > 0 && <p className="quiet-text">{words.left(questionnaire.left)}</p>}
        {readOnly && <p className="quiet-text">{words.readOnly}</p>}
        {entries.map((entry) => (
          <QuestionBlock
            key={`${questionnaire.owner} ${entry.question.id}`}
            entry={entry}
            answers={questionnaire.answers}
            readOnly={readOnly}
            onAnswer={(value) => answer(entry.question.id, value)}
            onPress={(optionId, takesBack) => press(entry.question.id, optionId, takesBack)}
            onNext={(soon) => (soon ? requestAnimationFrame(() => next(entry.question.id)) : next(entry.question.id))}
          />
        ))}
        <RetiredAnswers questionnaire={questionnaire} />
        <p className="quiet-text question-keys">{words.keys}</p>
      </div>
    </section>
  );
}
