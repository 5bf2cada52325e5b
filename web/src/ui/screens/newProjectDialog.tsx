// SPDX-License-Identifier: Apache-2.0
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { Radio, RadioGroup } from "react-aria-components/RadioGroup";
import { createProject } from "../../api/endpoints.ts";
import type { NamedFile } from "../files.ts";
import { navigate } from "../navigation.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { DropField } from "../parts/dropField.tsx";
import { paths } from "../router.ts";
import { type TemplateId, templateIds, templateNames, templateOntology } from "../templates.ts";
import { useUploads } from "../uploads.tsx";
import * as words from "../words.ts";

const namesShown = 5;

function TemplateChoice(props: {
  readonly value: TemplateId;
  readonly onChange: (value: TemplateId) => void;
}): ReactNode {
  return (
    <RadioGroup
      className="templates"
      aria-label={words.newProject.classes}
      value={props.value}
      onChange={(value) => props.onChange(value as TemplateId)}
    >
      <span className="label">{words.newProject.classes}</span>
      <div className="template-grid">
        {templateIds.map((id) => {
          const names = templateNames(id);
          return (
            <Radio key={id} value={id} className="template" aria-label={words.newProject.templates[id]}>
              <strong>{words.newProject.templates[id]}</strong>
              <small>{words.newProject.templateHint(names.slice(0, namesShown), names.length - namesShown)}</small>
            </Radio>
          );
        })}
      </div>
    </RadioGroup>
  );
}

export default function NewProjectDialog(props: {
  readonly files: readonly NamedFile[];
  readonly onClose: () => void;
}): ReactNode {
  const queries = useQueryClient();
  const uploads = useUploads();
  const [name, setName] = useState("");
  const [template, setTemplate] = useState<TemplateId>("driving");
  const [files, setFiles] = useState(props.files);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    if (name.trim() === "") return setFailure(words.newProject.nameMissing);
    setBusy(true);
    setFailure(null);
    try {
      const project = await createProject({ name: name.trim(), ontology: templateOntology(template) });
      void queries.invalidateQueries({ queryKey: ["projects"] });
      uploads.add({ project: project.id, dataset: project.dataset_id }, files);
      navigate(paths.overview(project.id));
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
      setBusy(false);
    }
  };
  const foot = (
    <>
      <button type="button" className="button" onClick={props.onClose}>
        {words.app.cancel}
      </button>
      <button type="submit" form="new-project" className="button primary" aria-disabled={busy || undefined}>
        {busy ? words.newProject.creating : words.newProject.create}
      </button>
    </>
  );
  return (
    <Dialog title={words.newProject.title} onClose={props.onClose} foot={foot}>
      <form id="new-project" className="stack" onSubmit={(event) => void submit(event)}>
        <div className="field">
          <label htmlFor="project-name">{words.newProject.name}</label>
          <input
            id="project-name"
            className="input"
            autoFocus
            autoComplete="off"
            maxLength={200}
            placeholder={words.newProject.namePlaceholder}
            value={name}
            aria-invalid={failure === words.newProject.nameMissing}
            aria-describedby={failure === null ? undefined : "project-failure"}
            onChange={(event) => setName(event.target.value)}
          />
        </div>
        {failure !== null && (
          <p id="project-failure" className="error-text" role="alert">
            {failure}
          </p>
        )}
        <TemplateChoice value={template} onChange={setTemplate} />
        <div className="field">
          <span className="label">{words.newProject.images}</span>
          <DropField
            text={files.length === 0 ? words.newProject.drop : words.newProject.chosen(files.length)}
            choosers={[{ label: words.newProject.choose, accept: "image/*" }]}
            onFiles={(more) => setFiles([...files, ...more])}
          />
        </div>
      </form>
    </Dialog>
  );
}
