// SPDX-License-Identifier: Apache-2.0
/** An ontology as one JSON file, both ways. */
import { IntarsiaError, OntologyError } from "../../core/errors.ts";
import type { Ontology } from "../../core/ontology.ts";
import { ontologyFromJson } from "../../core/ontologyJson.ts";

export function saveOntology(ontology: Ontology): void {
  const url = URL.createObjectURL(new Blob([`${JSON.stringify(ontology, null, 2)}\n`], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `ontology-v${ontology.version}.json`;
  link.click();
  // The download has begun by then; a URL that is given back too early would break it.
  window.setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** Rejects with an Error whose message says what is wrong with the file. */
export async function readOntology(file: File): Promise<Ontology> {
  let value: unknown;
  try {
    value = JSON.parse(await file.text());
  } catch {
    throw new Error("It is not JSON.");
  }
  try {
    return ontologyFromJson(value);
  } catch (error) {
    if (error instanceof OntologyError) throw new Error(`${error.where}: ${error.what}`);
    if (error instanceof IntarsiaError) throw new Error(error.message);
    throw error;
  }
}
