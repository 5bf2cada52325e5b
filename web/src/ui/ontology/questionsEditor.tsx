// SPDX-License-Identifier: Apache-2.0
/** Questions of a class, of the image or of an option, nested to any depth. */
import { type ReactNode, useId } from "react";
import { type Ontology, QUESTION_KINDS, type Question, type QuestionKind } from "../../core/ontology.ts";
import { ontologyWords as words } from "../ontologyWords.ts";
import { IconButton } from "../parts/iconButton.tsx";
import { idFor, newQuestion, questionIds, withEntry, withStep } from "./draftQuestions.ts";
import { SelectInput, TextInput } from "./inputs.tsx";
import { OptionsEditor } from "./optionsEditor.tsx";
import { QuestionDetails } from "./questionDetails.tsx";

/** Move up, move down, and retire or take out: an entry of any list. */
export function EntryButtons(props: {
  readonly title: string;
  readonly first: boolean;
  readonly last: boolean;
  readonly retired: boolean;
  readonly isPublished: boolean;
  readonly onStep: (step: 1 | -1) => void;
  /** True: retire or bring back; false: take out. */
  readonly onRetire: () => void;
  /** Null: it cannot be taken out. */
  readonly onRemove: (() => void) | null;
}): ReactNode {
  const { title } = props;
  return (
    <span className="entry-buttons">
      {!props.first && <IconButton inRow icon="up" label={words.moveUp(title)} onPress={() => props.onStep(-1)} />}
      {!props.last && <IconButton inRow icon="down" label={words.moveDown(title)} onPress={() => props.onStep(1)} />}
      {props.isPublished ? (
        <IconButton
          inRow
          icon={props.retired ? "undo" : "trash"}
          label={props.retired ? words.bringBack(title) : words.retireIt(title)}
          onPress={props.onRetire}
        />
      ) : (
        props.onRemove !== null && (
          <IconButton inRow icon="trash" label={words.takeOut(title)} onPress={props.onRemove} />
        )
      )}
    </span>
  );
}

interface ListProps {
  readonly ontology: Ontology;
  readonly questions: readonly Question[];
  /** Ids that are published: they stay as they are. */
  readonly published: ReadonlySet<string>;
  readonly onChange: (questions: readonly Question[]) => void;
  /** The option that opens them. */
  readonly under?: string;
}

function QuestionEditor(props: ListProps & { readonly question: Question; readonly index: number }): ReactNode {
  const { ontology, question, questions, index, published } = props;
  const isPublished = published.has(question.id);
  const put = (next: Question | null): void => props.onChange(withEntry(questions, index, next));
  const rename = (title: string): void => {
    const taken = new Set([...questionIds(ontology), ...published]);
    taken.delete(question.id);
    // An id follows the title until it is published; then answers are stored under it.
    put({ ...question, title, id: isPublished ? question.id : idFor(title, taken, "question") });
  };
  const changeKind = (kind: QuestionKind): void => {
    const { id, title, required, help } = question;
    put({ ...newQuestion(kind, title, new Set()), id, required, help } as Question);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group within a form that has no legend to show
    <div
      className="question-card"
      role="group"
      aria-label={words.questionGroup(question.title)}
      data-retired={question.retired || undefined}
    >
      <div className="field-row">
        <TextInput label={words.questionTitle} value={question.title} maxChars={200} onChange={rename} />
        <SelectInput
          label={words.questionKindLabel}
          value={question.kind}
          locked={isPublished ? words.kindForGood : null}
          choices={QUESTION_KINDS.map((kind) => ({ id: kind, label: words.questionKinds[kind] }))}
          onChange={changeKind}
        />
        <EntryButtons
          title={question.title}
          first={index === 0}
          last={index === questions.length - 1}
          retired={question.retired}
          isPublished={isPublished}
          onStep={(step) => props.onChange(withStep(questions, index, step))}
          onRetire={() => put({ ...question, retired: !question.retired })}
          onRemove={() => put(null)}
        />
      </div>
      <p className="quiet-text">
        {question.id}
        {question.retired && ` · ${words.retired}`}
      </p>
      <QuestionDetails question={question} onChange={put} />
      {(question.kind === "single" || question.kind === "multiple") && (
        <OptionsEditor ontology={ontology} question={question} published={published} onChange={put} />
      )}
    </div>
  );
}

export function QuestionsEditor(props: ListProps): ReactNode {
  const { ontology, questions, published, under } = props;
  const id = useId();
  const add = (): void => {
    const taken = new Set([...questionIds(ontology), ...published]);
    props.onChange([...questions, newQuestion("single", words.newQuestion, taken)]);
    // The title is what one writes first.
    requestAnimationFrame(() => {
      const fields = document.querySelectorAll<HTMLInputElement>(`[data-questions="${id}"] > .question-card`);
      fields[fields.length - 1]?.querySelector<HTMLInputElement>("input")?.select();
    });
  };
  return (
    <div className="questions-editor" data-questions={id}>
      {questions.length === 0 && under === undefined && <p className="quiet-text">{words.noQuestions}</p>}
      {questions.map((question, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the id of a new question follows its title
        <QuestionEditor key={index} {...props} question={question} index={index} />
      ))}
      <button type="button" className={under === undefined ? "button small" : "button small plain"} onClick={add}>
        {under === undefined ? words.addQuestion : words.addBelow(under)}
      </button>
    </div>
  );
}
