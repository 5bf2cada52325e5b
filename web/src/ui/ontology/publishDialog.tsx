// SPDX-License-Identifier: Apache-2.0
/** Before a version is published: what it changes; then it is stored, and the server has the last word. */
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { previewOntology, putOntology } from "../../api/endpoints.ts";
import type { Ontology as OntologyBody, OntologyChange } from "../../api/types.ts";
import type { Ontology } from "../../core/ontology.ts";
import { ontologyFromJson } from "../../core/ontologyJson.ts";
import { impactWords, ontologyWords as words } from "../ontologyWords.ts";
import { Dialog } from "../parts/dialog.tsx";
import { app } from "../words.ts";
import { changeLine, concernLine } from "./impact.ts";

function Changes(props: { readonly changes: readonly OntologyChange[] }): ReactNode {
  if (props.changes.length === 0) return <p>{impactWords.nothing}</p>;
  return (
    <ul className="change-lines">
      {props.changes.map((change) => {
        const concerns = concernLine(change);
        return (
          <li key={`${change.subject} ${change.id} ${change.verb} ${change.field}`}>
            {changeLine(change)}
            {concerns !== null && <small>{concerns}</small>}
          </li>
        );
      })}
    </ul>
  );
}

export default function PublishDialog(props: {
  readonly project: string;
  readonly published: Ontology;
  readonly draft: Ontology;
  readonly onPublished: (stored: Ontology) => void;
  readonly onClose: () => void;
}): ReactNode {
  const { published, draft } = props;
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const body = draft as unknown as OntologyBody;
  const impact = useQuery({
    queryKey: ["ontology-impact", props.project, published.version, draft],
    queryFn: () => previewOntology(props.project, body),
    gcTime: 0,
  });
  const refused = impact.data?.refused ?? [];
  const blocked = busy || refused.length > 0 || impact.data === undefined;
  const publish = async (): Promise<void> => {
    if (blocked) return;
    setBusy(true);
    setFailure(null);
    try {
      props.onPublished(ontologyFromJson(await putOntology(props.project, body)));
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
      setBusy(false);
    }
  };
  const foot = (
    <>
      <button type="button" className="button" onClick={props.onClose}>
        {app.cancel}
      </button>
      <button
        type="button"
        className="button primary"
        aria-disabled={blocked || undefined}
        onClick={() => void publish()}
      >
        {busy ? words.publishing : words.publish(published.version + 1)}
      </button>
    </>
  );
  return (
    <Dialog title={words.impact} onClose={props.onClose} foot={foot}>
      {impact.error !== null && (
        <p className="error-text" role="alert">
          {words.refused} {impact.error.message}
        </p>
      )}
      {impact.isPending && <p role="status">{impactWords.loading}</p>}
      {refused.length > 0 && (
        <div className="error-text" role="alert">
          <p>{impactWords.refused}</p>
          <ul className="change-lines">
            {refused.map((refusal) => (
              <li key={`${refusal.code} ${refusal.where}`}>{refusal.message}</li>
            ))}
          </ul>
        </div>
      )}
      {impact.data !== undefined && <Changes changes={impact.data.changes} />}
      <p className="quiet-text">{words.storedStays}</p>
      {failure !== null && (
        <p className="error-text" role="alert">
          {words.refused} {failure}
        </p>
      )}
    </Dialog>
  );
}
