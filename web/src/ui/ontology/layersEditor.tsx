// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from "react";
import type { Ontology } from "../../core/ontology.ts";
import { ontologyWords as words } from "../ontologyWords.ts";
import { withStep } from "./draftQuestions.ts";
import { addLayer, changeLayer, classesIn } from "./draftRules.ts";
import { TextInput } from "./inputs.tsx";
import { EntryButtons } from "./questionsEditor.tsx";

/** Layers keep their name for good, since checksums hold it; the title is for people. */
export function LayersEditor(props: {
  readonly ontology: Ontology;
  readonly published: ReadonlySet<string>;
  readonly onChange: (next: Ontology) => void;
}): ReactNode {
  const { ontology } = props;
  const { layers } = ontology;
  return (
    <>
      <p className="quiet-text">{words.layersLead}</p>
      {layers.map((layer, index) => {
        const used = classesIn(ontology, layer.name);
        const fixed = props.published.has(layer.name) || used > 0 || layers.length === 1;
        return (
          <div key={layer.name} className="option-head">
            <TextInput
              bare
              label={`${words.layerTitle}, ${layer.name}`}
              value={layer.title}
              maxChars={200}
              onChange={(title) => props.onChange(changeLayer(ontology, layer.name, title))}
            />
            <span className="quiet-text">
              {layer.name} · {words.layerUse(used)}
            </span>
            <EntryButtons
              title={layer.title}
              first={index === 0}
              last={index === layers.length - 1}
              retired={false}
              isPublished={false}
              onStep={(step) => props.onChange({ ...ontology, layers: withStep(layers, index, step) })}
              onRetire={() => undefined}
              onRemove={fixed ? null : () => props.onChange(changeLayer(ontology, layer.name, null))}
            />
          </div>
        );
      })}
      <button type="button" className="button small" onClick={() => props.onChange(addLayer(ontology, words.newLayer))}>
        {words.addLayer}
      </button>
    </>
  );
}
