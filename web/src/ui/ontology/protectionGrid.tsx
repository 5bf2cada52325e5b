// SPDX-License-Identifier: Apache-2.0
/** The matrix "who may take whose pixels", a layer at a time: priorities in grey, rules for single pairs in full colour. */
import { type KeyboardEvent, type ReactNode, useState } from "react";
import { type Ontology, type OntologyClass, takesPixels } from "../../core/ontology.ts";
import { protectionOf } from "../../core/protection.ts";
import { ontologyWords as words } from "../ontologyWords.ts";
import { cellOf, nextCell, withCell } from "./draftRules.ts";
import { SelectInput } from "./inputs.tsx";

/** Above this a matrix cannot be read; then one taker is shown at a time. */
const gridClassesMax = 24;
const eraser = 0;

interface Taker {
  readonly number: number;
  readonly name: string;
}

function LayerGrid(props: {
  readonly ontology: Ontology;
  readonly title: string;
  readonly classes: readonly OntologyClass[];
  readonly onChange: (next: Ontology) => void;
}): ReactNode {
  const { ontology, classes, title } = props;
  const protection = protectionOf(ontology);
  const all: readonly Taker[] = [{ number: eraser, name: words.eraser }, ...classes];
  const [one, setOne] = useState(eraser);
  const [at, setAt] = useState<readonly [number, number]>([0, 0]);
  const many = classes.length > gridClassesMax;
  const takers = many ? all.filter((taker) => taker.number === one) : all;
  // One taker of many: its owners go down the page, else they go across.
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const [dy, dx] = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key] ?? [
      0, 0,
    ];
    if (dy === 0 && dx === 0) return;
    event.preventDefault();
    const [y, x] = many ? [0, at[1] + dy + dx] : [at[0] + dy, at[1] + dx];
    const cell = event.currentTarget.querySelector<HTMLElement>(`[data-cell="${y} ${x}"]`);
    cell?.focus();
  };
  const button = (taker: Taker, owner: OntologyClass, y: number, x: number): ReactNode => {
    if (taker.number === owner.number) return <span aria-hidden="true">·</span>;
    const cell = cellOf(ontology, taker.number, owner.number);
    const may = protection.mayTake(taker.number, owner.number);
    return (
      <button
        type="button"
        className="protection-cell"
        data-cell={`${y} ${x}`}
        data-may={may}
        data-rule={cell !== "priority" || undefined}
        tabIndex={at[0] === y && at[1] === x ? 0 : -1}
        aria-label={words.cell(taker.name, owner.name, may, cell !== "priority")}
        title={words.cell(taker.name, owner.name, may, cell !== "priority")}
        onFocus={() => setAt([y, x])}
        onClick={() => props.onChange(withCell(ontology, taker.number, owner.number, nextCell[cell]))}
      >
        {may ? "✓" : "✕"}
      </button>
    );
  };
  return (
    <section aria-label={words.layerPart(title)}>
      {ontology.layers.length > 1 && <h3>{words.layerPart(title)}</h3>}
      {many && (
        <SelectInput
          label={words.protectionOne}
          value={String(one)}
          choices={all.map((taker) => ({ id: String(taker.number), label: taker.name }))}
          onChange={(number) => setOne(Number(number))}
        />
      )}
      <div className="table-wrap">
        <table className="protection" onKeyDown={onKeyDown}>
          <caption className="visually-hidden">{words.protection}</caption>
          {many ? (
            <tbody>
              {classes.map((owner, x) => (
                <tr key={owner.number}>
                  <th scope="row">{owner.name}</th>
                  <td>{button(takers[0], owner, 0, x)}</td>
                </tr>
              ))}
            </tbody>
          ) : (
            <>
              <thead>
                <tr>
                  <td>{words.taker}</td>
                  {classes.map((owner) => (
                    <th key={owner.number} scope="col">
                      <span>{owner.name}</span>
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {takers.map((taker, y) => (
                  <tr key={taker.number}>
                    <th scope="row">{taker.name}</th>
                    {classes.map((owner, x) => (
                      <td key={owner.number}>{button(taker, owner, y, x)}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </>
          )}
        </table>
      </div>
    </section>
  );
}

export function ProtectionGrid(props: {
  readonly ontology: Ontology;
  readonly onChange: (next: Ontology) => void;
}): ReactNode {
  const { ontology } = props;
  const layers = ontology.layers
    .map(({ name, title }) => ({
      name,
      title,
      classes: ontology.classes.filter((entry) => entry.layer === name && !entry.retired && takesPixels(entry)),
    }))
    .filter((layer) => layer.classes.length > 0);
  return (
    <>
      <p className="quiet-text">{words.protectionLead}</p>
      {layers.length === 0 && <p>{words.noProtection}</p>}
      {layers.map((layer) => (
        <LayerGrid key={layer.name} {...props} title={layer.title} classes={layer.classes} />
      ))}
    </>
  );
}
