// SPDX-License-Identifier: Apache-2.0
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { Radio, RadioGroup } from "react-aria-components/RadioGroup";
import { createProject } from "../../api/endpoints.ts";
import type { NamedFile } from "../files.ts";
import { navigate } from "../navigation.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { DropField } from "../parts/dropField.tsx";
import { paths } from "../router.ts";
import { templateHint, templateQuery } from "../templates.ts";
import { useUploads } from "../uploads.tsx";
import * as words from "../words.ts";

function TemplateChoice(props: { readonly value: string; readonly onChange: (slug: string) => void }): ReactNode {
  const templates = useQuery(templateQuery);
  return (
    <RadioGroup
      className="templates"
      aria-label={words.newProject.classes}
      value={props.value}
      onChange={props.onChange}
    >
      <span className="label">{words.newProject.classes}</span>
      <div className="template-grid">
        {(templates.data ?? []).map((template) => (
          <Radio key={template.slug} value={template.slug} className="template" aria-label={template.title}>
            <strong>{template.title}</strong>
            <small>{templateHint(template)}</small>
          </Radio>
        ))}
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
  const [template, setTemplate] = useState("driving");
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
      const chosen = (await queries.fetchQuery(templateQuery)).find((entry) => entry.slug === template);
      const project = await createProject({ name: name.trim(), ontology: chosen?.ontology });
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
