// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from "react";
import type { Ontology, RelationDef } from "../../core/ontology.ts";
import { ontologyWords as words } from "../ontologyWords.ts";
import { withStep } from "./draftQuestions.ts";
import { addRelation, changeRelation } from "./draftRules.ts";
import { TextInput } from "./inputs.tsx";
import { EntryButtons } from "./questionsEditor.tsx";

function EndField(props: {
  readonly label: string;
  readonly ontology: Ontology;
  readonly numbers: readonly number[];
  readonly onChange: (numbers: readonly number[]) => void;
}): ReactNode {
  const { numbers, ontology } = props;
  const shown = ontology.classes.filter((entry) => !entry.retired || numbers.includes(entry.number));
  return (
    <fieldset className="field">
      <legend className="label">
        {props.label}
        {numbers.length === 0 && `: ${words.anyClass}`}
      </legend>
      <div className="checks ends">
        {shown.map((entry) => (
          <label key={entry.number} className="check">
            <input
              type="checkbox"
              checked={numbers.includes(entry.number)}
              onChange={(event) =>
                props.onChange(
                  event.target.checked ? [...numbers, entry.number] : numbers.filter((other) => other !== entry.number),
                )
              }
            />
            <span>{entry.name}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

export function RelationsEditor(props: {
  readonly ontology: Ontology;
  /** Ids that are published. */
  readonly published: ReadonlySet<string>;
  readonly onChange: (next: Ontology) => void;
}): ReactNode {
  const { ontology, published } = props;
  const { relations } = ontology;
  return (
    <>
      <p className="quiet-text">{words.relationsLead}</p>
      {relations.length === 0 && <p>{words.noRelations}</p>}
      {relations.map((relation, index) => {
        const set = (change: Partial<RelationDef> | null): void =>
          props.onChange(changeRelation(ontology, relation.id, change));
        return (
          // biome-ignore lint/a11y/useSemanticElements: a group within a form that has no legend to show
          <div
            key={relation.id}
            className="question-card"
            role="group"
            aria-label={relation.title}
            data-retired={relation.retired || undefined}
          >
            <div className="field-row">
              <TextInput
                label={words.name}
                value={relation.title}
                maxChars={200}
                onChange={(title) => set({ title })}
              />
              <label className="check">
                <input
                  type="checkbox"
                  checked={relation.directed}
                  onChange={(event) => set({ directed: event.target.checked })}
                />
                <span>{words.directed}</span>
              </label>
              <EntryButtons
                title={relation.title}
                first={index === 0}
                last={index === relations.length - 1}
                retired={relation.retired}
                isPublished={published.has(relation.id)}
                onStep={(step) => props.onChange({ ...ontology, relations: withStep(relations, index, step) })}
                onRetire={() => set({ retired: !relation.retired })}
                onRemove={() => set(null)}
              />
            </div>
            {relation.retired && <p className="quiet-text">{words.retired}</p>}
            <div className="field-row">
              <EndField
                label={words.from}
                ontology={ontology}
                numbers={relation.from}
                onChange={(from) => set({ from })}
              />
              <EndField label={words.to} ontology={ontology} numbers={relation.to} onChange={(to) => set({ to })} />
            </div>
          </div>
        );
      })}
      <button
        type="button"
        className="button small"
        onClick={() => props.onChange(addRelation(ontology, words.newRelation))}
      >
        {words.addRelation}
      </button>
    </>
  );
}
