// SPDX-License-Identifier: Apache-2.0
/** Options of a choice, and the questions that each opens. */
import type { ReactNode } from "react";
import type { ChoiceQuestion, Ontology, Question, QuestionOption } from "../../core/ontology.ts";
import { ontologyWords as words } from "../ontologyWords.ts";
import { idFor, newOption, withEntry, withStep } from "./draftQuestions.ts";
import { TextInput } from "./inputs.tsx";
import { EntryButtons, QuestionsEditor } from "./questionsEditor.tsx";

/** The default without an option that is no more, or with its new id. */
function defaultAfter(question: ChoiceQuestion, from: string, to: string | null): ChoiceQuestion["default"] {
  const { default: value } = question;
  if (value === from) return to;
  if (!Array.isArray(value)) return value;
  const ids = value.flatMap((id) => (id !== from ? [id] : to === null ? [] : [to]));
  return ids.length === 0 ? null : ids;
}

export function OptionsEditor(props: {
  readonly ontology: Ontology;
  readonly question: ChoiceQuestion;
  readonly published: ReadonlySet<string>;
  readonly onChange: (question: Question) => void;
}): ReactNode {
  const { ontology, question, published } = props;
  const { options } = question;
  const isPublished = (option: QuestionOption): boolean => published.has(`${question.id}/${option.id}`);
  const put = (index: number, option: QuestionOption | null): void => {
    const before = options[index].id;
    const after = option?.id ?? null;
    const value = before === after ? question.default : defaultAfter(question, before, after);
    props.onChange({ ...question, options: withEntry(options, index, option), default: value });
  };
  const rename = (index: number, title: string): void => {
    const option = options[index];
    const taken = new Set(options.filter((other) => other !== option).map((other) => other.id));
    put(index, { ...option, title, id: isPublished(option) ? option.id : idFor(title, taken, "option") });
  };
  const add = (): void => {
    const taken = new Set(options.map((option) => option.id));
    props.onChange({ ...question, options: [...options, newOption(words.option(options.length + 1), taken)] });
  };
  return (
    <fieldset className="options-editor">
      <legend className="label">{words.options}</legend>
      {options.map((option, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the id of a new option follows its title
        <div key={index} className="option-line" data-retired={option.retired || undefined}>
          <div className="option-head">
            <TextInput
              bare
              label={`${words.option(index + 1)}, ${question.title}`}
              value={option.title}
              maxChars={200}
              onChange={(title) => rename(index, title)}
            />
            {option.retired && <span className="quiet-text">{words.retired}</span>}
            <EntryButtons
              title={option.title}
              first={index === 0}
              last={index === options.length - 1}
              retired={option.retired}
              isPublished={isPublished(option)}
              onStep={(step) => props.onChange({ ...question, options: withStep(options, index, step) })}
              onRetire={() => put(index, { ...option, retired: !option.retired })}
              onRemove={() => put(index, null)}
            />
          </div>
          <QuestionsEditor
            ontology={ontology}
            questions={option.questions}
            published={published}
            under={option.title}
            onChange={(questions) => put(index, { ...option, questions })}
          />
        </div>
      ))}
      <button type="button" className="button small" onClick={add}>
        {words.addOption}
      </button>
    </fieldset>
  );
}
