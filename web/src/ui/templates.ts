// SPDX-License-Identifier: Apache-2.0
/** Ontologies to start a project with, as the server has them. */
import { queryOptions } from "@tanstack/react-query";
import { listTemplates } from "../api/endpoints.ts";
import type { OntologyTemplate } from "../api/types.ts";
import { newProject } from "./words.ts";

const namesShown = 5;

export const templateQuery = queryOptions({
  queryKey: ["ontology-templates"],
  queryFn: listTemplates,
  staleTime: Number.POSITIVE_INFINITY,
});

/** The first names of a template, and how many more there are. */
export function templateHint({ ontology }: OntologyTemplate): string {
  const names = ontology.classes.map((entry) => entry.name);
  return newProject.templateHint(names.slice(0, namesShown), Math.max(0, names.length - namesShown));
}
