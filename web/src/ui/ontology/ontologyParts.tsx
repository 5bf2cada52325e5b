// SPDX-License-Identifier: Apache-2.0
/** The two columns of the screen: the tree and the other parts at the left, what is chosen at the right. */
import type { ReactNode } from "react";
import type { Ontology } from "../../core/ontology.ts";
import { ontologyWords as words } from "../ontologyWords.ts";
import { Segmented } from "../parts/segmented.tsx";
import { ClassForm } from "./classForm.tsx";
import { ClassTreeView } from "./classTreeView.tsx";
import { addClass, changeClass, removeClass } from "./draftClasses.ts";
import { publishedIds } from "./draftQuestions.ts";
import { LayersEditor } from "./layersEditor.tsx";
import { ProtectionGrid } from "./protectionGrid.tsx";
import { QuestionsEditor } from "./questionsEditor.tsx";
import { RelationsEditor } from "./relationsEditor.tsx";

export type Part = "questions" | "relations" | "protection" | "layers";
/** A class by its number, or another part. */
export type Chosen = number | Part | null;

interface PartsProps {
  readonly ontology: Ontology;
  readonly published: Ontology;
  readonly readOnly: boolean;
  readonly chosen: Chosen;
  readonly onChoose: (chosen: Chosen) => void;
  readonly onChange: (next: Ontology) => void;
}

function retired(ontology: Ontology, published: Ontology, number: number): Ontology {
  const isPublished = published.classes.some((entry) => entry.number === number);
  const entry = ontology.classes.find((candidate) => candidate.number === number);
  if (entry === undefined) return ontology;
  return isPublished ? changeClass(ontology, number, { retired: !entry.retired }) : removeClass(ontology, number);
}

const focusName = (): void =>
  void requestAnimationFrame(() => document.querySelector<HTMLInputElement>("#class-name")?.select());

export function OntologyList(props: PartsProps & { readonly below?: ReactNode }): ReactNode {
  const { ontology, published, chosen, readOnly } = props;
  const add = (): void => {
    const parent =
      typeof chosen === "number" ? (ontology.classes.find((entry) => entry.number === chosen)?.parent ?? null) : null;
    const added = addClass(ontology, words.newClass, parent);
    props.onChange(added.ontology);
    props.onChoose(added.number);
    focusName();
  };
  const parts: readonly { readonly id: Part; readonly label: string; readonly count: number | null }[] = [
    { id: "questions", label: words.imageQuestions, count: ontology.questions.length },
    { id: "relations", label: words.relations, count: ontology.relations.length },
    { id: "protection", label: words.protection, count: null },
    { id: "layers", label: words.layers, count: ontology.layers.length },
  ];
  return (
    <section className="ontology-list" aria-label={words.parts}>
      <div className="section-head">
        <h2>
          {words.classes}{" "}
          <span className="quiet-text">{ontology.classes.filter((entry) => !entry.retired).length}</span>
        </h2>
        {!readOnly && (
          <button type="button" className="button small" onClick={add}>
            {words.addClass}
          </button>
        )}
      </div>
      {ontology.classes.length === 0 ? (
        <p className="quiet-text">{words.noClasses}</p>
      ) : (
        <ClassTreeView
          ontology={ontology}
          published={new Set(published.classes.map((entry) => entry.number))}
          chosen={typeof chosen === "number" ? chosen : null}
          readOnly={readOnly}
          onChoose={props.onChoose}
          onEdit={focusName}
          onRetire={(number) => props.onChange(retired(ontology, published, number))}
          onChange={props.onChange}
        />
      )}
      {props.below}
      <ul className="ontology-parts">
        {parts.map((part) => (
          <li key={part.id}>
            <button
              type="button"
              className="part-button"
              aria-current={chosen === part.id || undefined}
              onClick={() => props.onChoose(part.id)}
            >
              {part.label}
              {part.count !== null && <span className="quiet-text">{part.count}</span>}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function title(chosen: Chosen, ontology: Ontology): string | null {
  if (typeof chosen === "number") return ontology.classes.find((entry) => entry.number === chosen)?.name ?? null;
  if (chosen === null) return null;
  return {
    questions: words.imageQuestions,
    relations: words.relations,
    protection: words.protection,
    layers: words.layers,
  }[chosen];
}

export function OntologyDetail(props: PartsProps): ReactNode {
  const { ontology, published, chosen, onChange } = props;
  const heading = title(chosen, ontology);
  const entry =
    typeof chosen === "number" ? ontology.classes.find((candidate) => candidate.number === chosen) : undefined;
  const ids = publishedIds(published);
  return (
    <section className="ontology-detail card" aria-label={heading ?? words.chooseClass}>
      <h2>{heading ?? words.chooseClass}</h2>
      <fieldset className="bare-fieldset" disabled={props.readOnly}>
        {entry !== undefined && (
          <ClassForm
            key={entry.number}
            ontology={ontology}
            entry={entry}
            isPublished={published.classes.some((other) => other.number === entry.number)}
            published={ids}
            onChange={onChange}
            onRetire={() => onChange(retired(ontology, published, entry.number))}
          />
        )}
        {chosen === "questions" && (
          <>
            <p className="pair">
              <span className="label">{words.questionsWhen}</span>
              <Segmented
                label={words.questionsWhen}
                value={ontology.questions_when}
                choices={[
                  { id: "first", label: words.when.first },
                  { id: "last", label: words.when.last },
                ]}
                onChange={(questions_when) => onChange({ ...ontology, questions_when })}
              />
            </p>
            <QuestionsEditor
              ontology={ontology}
              questions={ontology.questions}
              published={ids}
              onChange={(questions) => onChange({ ...ontology, questions })}
            />
          </>
        )}
        {chosen === "relations" && (
          <RelationsEditor
            ontology={ontology}
            published={new Set(published.relations.map((relation) => relation.id))}
            onChange={onChange}
          />
        )}
        {chosen === "protection" && <ProtectionGrid ontology={ontology} onChange={onChange} />}
        {chosen === "layers" && (
          <LayersEditor
            ontology={ontology}
            published={new Set(published.layers.map((layer) => layer.name))}
            onChange={onChange}
          />
        )}
      </fieldset>
    </section>
  );
}
