// SPDX-License-Identifier: Apache-2.0
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useMemo } from "react";
import { getOntology, getOntologyVersion, getProject, listOntologyVersions } from "../../api/endpoints.ts";
import { ontologyFromJson } from "../../core/ontologyJson.ts";
import { useSearch } from "../navigation.tsx";
import { OntologyEditor } from "../ontology/ontologyEditor.tsx";
import { OntologyView } from "../ontology/ontologyView.tsx";
import { ontologyWords as words } from "../ontologyWords.ts";
import * as common from "../words.ts";
import { NotFound } from "./notFound.tsx";
import { Shell } from "./shell.tsx";
import { isNotFound, Trouble } from "./trouble.tsx";
import "../styles/ontology.css";

/** Version of the address, `?v=3`; null: the newest. */
function useVersion(): number | null {
  const version = Number(new URLSearchParams(useSearch()).get("v"));
  return Number.isInteger(version) && version > 0 ? version : null;
}

export default function OntologyScreen(props: { readonly project: string }): ReactNode {
  const id = props.project;
  const queries = useQueryClient();
  const wanted = useVersion();
  const project = useQuery({ queryKey: ["project", id], queryFn: () => getProject(id) });
  const newest = useQuery({ queryKey: ["ontology", id], queryFn: () => getOntology(id) });
  const versions = useQuery({ queryKey: ["ontology-versions", id], queryFn: () => listOntologyVersions(id) });
  const old = useQuery({
    queryKey: ["ontology", id, wanted],
    queryFn: () => getOntologyVersion(id, wanted ?? 1),
    enabled: wanted !== null,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const published = useMemo(() => (newest.data === undefined ? null : ontologyFromJson(newest.data)), [newest.data]);
  const past = useMemo(() => (old.data === undefined ? null : ontologyFromJson(old.data)), [old.data]);
  useEffect(() => {
    if (project.data !== undefined) document.title = common.app.pageTitle(project.data.name);
  }, [project.data]);
  const trouble = project.error ?? newest.error ?? versions.error ?? (wanted === null ? null : old.error);
  if (isNotFound(project.error)) return <NotFound />;
  if (trouble || published === null || project.data === undefined || versions.data === undefined) {
    const retry = (): void =>
      void Promise.all([project.refetch(), newest.refetch(), versions.refetch(), old.refetch()]);
    return (
      <Shell place="ontology" title={words.title} project={project.data}>
        {trouble ? <Trouble error={trouble} onRetry={retry} /> : <p aria-busy="true">{words.loading}</p>}
      </Shell>
    );
  }
  const looksBack = wanted !== null && wanted !== published.version;
  if (looksBack) {
    return past === null ? (
      <Shell place="ontology" title={words.title} project={project.data}>
        <p aria-busy="true">{words.loading}</p>
      </Shell>
    ) : (
      <OntologyView project={project.data} ontology={past} newest={published.version} versions={versions.data} />
    );
  }
  return (
    <OntologyEditor
      project={project.data}
      published={published}
      versions={versions.data}
      onPublished={(stored) => {
        queries.setQueryData(["ontology", id], stored);
        void queries.invalidateQueries({ queryKey: ["ontology-versions", id] });
      }}
    />
  );
}
