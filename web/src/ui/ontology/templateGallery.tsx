// SPDX-License-Identifier: Apache-2.0
/** Ontologies to start from, while there are no classes yet. */
import type { ReactNode } from "react";
import type { Ontology } from "../../core/ontology.ts";
import { ontologyFromJson } from "../../core/ontologyJson.ts";
import { ontologyWords as words } from "../ontologyWords.ts";
import { templateIds, templateNames, templateOntology } from "../templates.ts";
import { newProject } from "../words.ts";

const namesShown = 6;

export function TemplateGallery(props: { readonly onUse: (ontology: Ontology) => void }): ReactNode {
  return (
    <section className="template-gallery" aria-labelledby="templates-title">
      <h2 id="templates-title">{words.templates}</h2>
      <div className="template-grid">
        {templateIds
          .filter((id) => id !== "empty")
          .map((id) => {
            const names = templateNames(id);
            return (
              <button
                key={id}
                type="button"
                className="template"
                onClick={() => props.onUse(ontologyFromJson(templateOntology(id)))}
              >
                <strong>{newProject.templates[id]}</strong>
                <small>
                  {newProject.templateHint(names.slice(0, namesShown), Math.max(0, names.length - namesShown))}
                </small>
              </button>
            );
          })}
      </div>
    </section>
  );
}
