// SPDX-License-Identifier: Apache-2.0
/** One class: what it is called, how it looks, where it stands, what is drawn with it, what is asked. */
import { type ReactNode, useId } from "react";
import { CLASS_KINDS, GEOMETRY_KINDS, type Ontology, type OntologyClass } from "../../core/ontology.ts";
import { CLASS_COLOURS } from "../../core/palette.ts";
import { colourNames, ontologyWords as words } from "../ontologyWords.ts";
import { changeClass, isUnder, moveClass, stepClass, type TreeStep } from "./draftClasses.ts";
import { NumberInput, SelectInput, TextInput } from "./inputs.tsx";
import { QuestionsEditor } from "./questionsEditor.tsx";

const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"];

function ColourField(props: { readonly colour: string; readonly onChange: (colour: string) => void }): ReactNode {
  const id = useId();
  return (
    <fieldset className="field colours">
      <legend className="label">{words.colour}</legend>
      <div className="colour-grid" role="radiogroup" aria-label={words.colour}>
        {CLASS_COLOURS.map((colour, i) => (
          <label key={colour} className="colour" title={colourNames[i]} style={{ background: colour }}>
            <input
              type="radio"
              name={id}
              aria-label={colourNames[i]}
              checked={props.colour === colour}
              onChange={() => props.onChange(colour)}
            />
          </label>
        ))}
        <label className="colour own" title={words.ownColour}>
          <input
            type="color"
            aria-label={words.ownColour}
            value={props.colour.toLowerCase()}
            onChange={(event) => props.onChange(event.target.value.toUpperCase())}
          />
        </label>
      </div>
    </fieldset>
  );
}

function GeometryField(props: {
  readonly entry: OntologyClass;
  readonly onChange: (change: Partial<OntologyClass>) => void;
}): ReactNode {
  const { entry } = props;
  const kinds = entry.kind === "thing" ? GEOMETRY_KINDS : GEOMETRY_KINDS.slice(0, 1);
  return (
    <fieldset className="field">
      <legend className="label">{words.geometry}</legend>
      <div className="checks">
        {kinds.map((kind) => (
          <label key={kind} className="check">
            <input
              type="checkbox"
              checked={entry.geometry.includes(kind)}
              onChange={(event) =>
                props.onChange({
                  geometry: GEOMETRY_KINDS.filter((other) =>
                    other === kind ? event.target.checked : entry.geometry.includes(other),
                  ),
                })
              }
            />
            <span>{words.geometryNames[kind]}</span>
          </label>
        ))}
      </div>
      {entry.geometry.length === 0 && <p className="quiet-text">{words.groupHint}</p>}
    </fieldset>
  );
}

export function ClassForm(props: {
  readonly ontology: Ontology;
  readonly entry: OntologyClass;
  /** It is in the published version: its kind and layer are for good. */
  readonly isPublished: boolean;
  readonly published: ReadonlySet<string>;
  readonly onChange: (next: Ontology) => void;
  readonly onRetire: () => void;
}): ReactNode {
  const { ontology, entry, isPublished } = props;
  const { number } = entry;
  const set = (change: Partial<OntologyClass>): void => props.onChange(changeClass(ontology, number, change));
  const parents = ontology.classes.filter((other) => !isUnder(ontology.classes, other.number, number));
  const step = (by: TreeStep, label: string): ReactNode => (
    <button type="button" className="button small" onClick={() => props.onChange(stepClass(ontology, number, by))}>
      {label}
    </button>
  );
  return (
    <div className="class-form">
      <TextInput
        id="class-name"
        label={words.name}
        value={entry.name}
        maxChars={200}
        onChange={(name) => set({ name })}
      />
      <ColourField colour={entry.colour} onChange={(colour) => set({ colour })} />
      <div className="field-row">
        <SelectInput
          label={words.key}
          value={entry.key ?? ""}
          choices={[{ id: "", label: words.noKey }, ...DIGITS.map((digit) => ({ id: digit, label: digit }))]}
          onChange={(key) => set({ key: key === "" ? null : key })}
        />
        <SelectInput
          label={words.kind}
          value={entry.kind}
          locked={isPublished ? words.forGood : null}
          choices={CLASS_KINDS.map((kind) => ({ id: kind, label: words.kinds[kind] }))}
          onChange={(kind) =>
            set({
              kind,
              geometry: kind === "thing" ? entry.geometry : entry.geometry.filter((name) => name === "mask"),
            })
          }
        />
        <SelectInput
          label={words.layer}
          value={entry.layer}
          locked={isPublished ? words.forGood : null}
          choices={ontology.layers.map((layer) => ({ id: layer.name, label: layer.title }))}
          onChange={(layer) => set({ layer })}
        />
      </div>
      <p className="quiet-text">
        {words.kindHints[entry.kind]}. {isPublished && words.forGood}
      </p>
      <div className="field-row">
        <SelectInput
          label={words.parent}
          value={entry.parent === null ? "" : String(entry.parent)}
          choices={[
            { id: "", label: words.noParent },
            ...parents.map((other) => ({ id: String(other.number), label: other.name })),
          ]}
          onChange={(parent) =>
            props.onChange(moveClass(ontology, number, parent === "" ? null : Number(parent), ontology.classes.length))
          }
        />
        <fieldset className="field">
          <legend className="label">{words.moves}</legend>
          <span className="button-row">
            {step("up", words.up)}
            {step("down", words.down)}
            {step("in", words.into)}
            {step("out", words.out)}
          </span>
        </fieldset>
      </div>
      <div className="field-row">
        <GeometryField entry={entry} onChange={set} />
        <NumberInput
          label={words.priority}
          hint={words.priorityHint}
          value={entry.priority}
          min={-1000}
          max={1000}
          whole
          onChange={(priority) => set({ priority: priority ?? 0 })}
        />
      </div>
      <TextInput
        label={words.description}
        value={entry.description}
        maxChars={2000}
        long
        onChange={(description) => set({ description })}
      />
      <section aria-labelledby="class-questions">
        <h3 id="class-questions">{words.classQuestions}</h3>
        <QuestionsEditor
          ontology={ontology}
          questions={entry.questions}
          published={props.published}
          onChange={(questions) => set({ questions })}
        />
      </section>
      <p className="button-row">
        <button type="button" className="button" onClick={props.onRetire}>
          {isPublished ? (entry.retired ? words.unretire : words.retire) : words.remove}
        </button>
        <span className="quiet-text">{isPublished && words.retireHint}</span>
      </p>
    </div>
  );
}
