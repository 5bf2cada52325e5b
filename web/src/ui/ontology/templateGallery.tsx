// SPDX-License-Identifier: Apache-2.0
/** Ontologies to start from, while there are no classes yet. */
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { Ontology } from "../../core/ontology.ts";
import { ontologyFromJson } from "../../core/ontologyJson.ts";
import { ontologyWords as words } from "../ontologyWords.ts";
import { templateHint, templateQuery } from "../templates.ts";

export function TemplateGallery(props: { readonly onUse: (ontology: Ontology) => void }): ReactNode {
  const templates = useQuery(templateQuery);
  const shown = (templates.data ?? []).filter((template) => template.ontology.classes.length > 0);
  return (
    <section className="template-gallery" aria-labelledby="templates-title">
      <h2 id="templates-title">{words.templates}</h2>
      <div className="template-grid">
        {shown.map((template) => (
          <button
            key={template.slug}
            type="button"
            className="template"
            onClick={() => props.onUse(ontologyFromJson(template.ontology))}
          >
            <strong>{template.title}</strong>
            <small>{templateHint(template)}</small>
          </button>
        ))}
      </div>
      {templates.error !== null && <p className="error-text">{templates.error.message}</p>}
    </section>
  );
}
