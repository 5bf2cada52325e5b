// SPDX-License-Identifier: Apache-2.0
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { getOntology, putOntology } from "../../api/endpoints.ts";
import type { Ontology, OntologyClass } from "../../api/types.ts";
import { nextColour } from "../colour.ts";
import { useEditorPort } from "../state.tsx";
import { commandIds } from "./commandIds.ts";
import { useProjectId } from "./projectId.ts";

export type NewClassKind = "thing" | "stuff";

const digits = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"];

/** The ontology with one more class: next permanent number (never a reused one), first free colour and digit. */
export function withClass(
  ontology: Ontology,
  name: string,
  kind: NewClassKind,
): { readonly ontology: Ontology; readonly added: OntologyClass } {
  const live = ontology.classes.filter((entry) => !entry.retired);
  const added: OntologyClass = {
    number: Math.max(0, ...ontology.classes.map((entry) => entry.number)) + 1,
    name,
    kind,
    layer: ontology.layers[0].name,
    colour: nextColour(live.map((entry) => entry.colour)),
    key: digits.find((digit) => live.every((entry) => entry.key !== digit)) ?? null,
    retired: false,
  };
  return { ontology: { ...ontology, classes: [...ontology.classes, added] }, added };
}

export interface ClassAdder {
  readonly busy: boolean;
  readonly failure: string | null;
  readonly add: (name: string, kind: NewClassKind) => Promise<boolean>;
}

/** Adds to the newest ontology of the server, then tells the editor and chooses the class. */
export function useAddClass(): ClassAdder {
  const port = useEditorPort();
  const project = useProjectId();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const add = async (name: string, kind: NewClassKind): Promise<boolean> => {
    setBusy(true);
    setFailure(null);
    try {
      const wanted = withClass(await getOntology(project), name, kind);
      const stored = await putOntology(project, wanted.ontology);
      queries.setQueryData(["ontology", project], stored);
      port.run(commandIds.ontologyUse, stored);
      port.run(commandIds.classChoose, wanted.added.number);
      return true;
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, failure, add };
}
