// SPDX-License-Identifier: Apache-2.0
/** The draft of a project's ontology: edited here, kept in this browser, published as the next version. */
import { type ReactNode, useRef, useState } from "react";
import type { OntologyVersion, Project } from "../../api/types.ts";
import type { Ontology } from "../../core/ontology.ts";
import { ontologyWords as words } from "../ontologyWords.ts";
import { deferred, Later } from "../parts/deferred.tsx";
import { Shell } from "../screens/shell.tsx";
import { keepPublished } from "./draftRebase.ts";
import { readOntology, saveOntology } from "./ontologyFile.ts";
import { type Chosen, OntologyDetail, OntologyList } from "./ontologyParts.tsx";
import { TemplateGallery } from "./templateGallery.tsx";
import { type Draft, useDraft } from "./useDraft.ts";
import { VersionMenu } from "./versionMenu.tsx";

const publishDialog = deferred(() => import("./publishDialog.tsx"));

function ImportButton(props: { readonly onFile: (file: File) => void }): ReactNode {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" className="button" title={words.importTitle} onClick={() => input.current?.click()}>
        {words.importFile}
      </button>
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        hidden
        aria-label={words.importTitle}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file !== undefined) props.onFile(file);
          event.target.value = "";
        }}
      />
    </>
  );
}

/** One line on the draft, with what can be done about it. */
function DraftLine(props: {
  readonly draft: Draft;
  readonly said: string | null;
  readonly failed: boolean;
}): ReactNode {
  const { draft } = props;
  return (
    <div className="draft-line">
      <p className={props.failed ? "error-text" : "quiet-text"} role="status">
        {props.said ?? (draft.changed ? words.draft : words.noDraft)}
      </p>
      {draft.problem !== null && (
        <p className="error-text" role="alert">
          {words.problem(draft.problem.where, draft.problem.what)}
        </p>
      )}
      <span className="button-row">
        {draft.canUndo && (
          <button type="button" className="button small" onClick={draft.undo}>
            {words.undo}
          </button>
        )}
        {draft.changed && (
          <button type="button" className="button small" onClick={draft.discard}>
            {words.discard}
          </button>
        )}
      </span>
    </div>
  );
}

export function OntologyEditor(props: {
  readonly project: Project;
  readonly published: Ontology;
  readonly versions: readonly OntologyVersion[];
  readonly onPublished: (stored: Ontology) => void;
}): ReactNode {
  const { project, published } = props;
  const draft = useDraft(project.id, published);
  const { ontology } = draft;
  const [wanted, setChosen] = useState<Chosen>(ontology.classes[0]?.number ?? null);
  const [publishing, setPublishing] = useState(false);
  const [said, setSaid] = useState<{ readonly text: string; readonly failed: boolean } | null>(null);
  const gone = typeof wanted === "number" && ontology.classes.every((entry) => entry.number !== wanted);
  const chosen = gone || wanted === null ? (ontology.classes[0]?.number ?? null) : wanted;
  const change = (next: Ontology): void => {
    setSaid(null);
    draft.change(next);
  };
  const takeFile = async (file: File): Promise<void> => {
    try {
      const read = await readOntology(file);
      const next = keepPublished(published, read);
      draft.change(next);
      setSaid({ text: words.imported(file.name, next.classes.length - read.classes.length), failed: false });
    } catch (error) {
      const what = error instanceof Error ? error.message : String(error);
      setSaid({ text: words.importFailed(file.name, what), failed: true });
    }
  };
  const reason =
    draft.problem !== null
      ? words.problem(draft.problem.where, draft.problem.what)
      : draft.changed
        ? null
        : words.nothingToPublish;
  const actions = (
    <>
      <VersionMenu project={project.id} shown={published.version} versions={props.versions} />
      <ImportButton onFile={(file) => void takeFile(file)} />
      <button type="button" className="button" title={words.exportTitle} onClick={() => saveOntology(ontology)}>
        {words.exportFile}
      </button>
      <button
        type="button"
        className="button primary"
        aria-disabled={reason !== null || undefined}
        title={reason ?? undefined}
        onClick={() => {
          if (reason === null) setPublishing(true);
        }}
        onPointerEnter={publishDialog.preload}
        onFocus={publishDialog.preload}
      >
        {words.publish(published.version + 1)}
      </button>
    </>
  );
  const shared = { ontology, published, readOnly: false, chosen, onChoose: setChosen, onChange: change };
  const line = said?.text ?? (draft.moved ? words.moved(published.version) : null);
  return (
    <Shell place="ontology" title={words.title} project={project} actions={actions}>
      <DraftLine draft={draft} said={line} failed={said?.failed ?? false} />
      <div className="ontology">
        <OntologyList
          {...shared}
          below={
            ontology.classes.length === 0 ? (
              <TemplateGallery onUse={(template) => change({ ...keepPublished(published, template) })} />
            ) : undefined
          }
        />
        <OntologyDetail {...shared} />
      </div>
      {publishing && (
        <Later
          of={publishDialog}
          project={project.id}
          published={published}
          draft={ontology}
          onClose={() => setPublishing(false)}
          onPublished={(stored: Ontology) => {
            draft.forget();
            setPublishing(false);
            setSaid({ text: words.published(stored.version), failed: false });
            props.onPublished(stored);
          }}
        />
      )}
    </Shell>
  );
}
