// SPDX-License-Identifier: Apache-2.0
/** An earlier version of the ontology, to look at. */
import { type ReactNode, useState } from "react";
import type { OntologyVersion, Project } from "../../api/types.ts";
import type { Ontology } from "../../core/ontology.ts";
import { Link } from "../navigation.tsx";
import { ontologyWords as words } from "../ontologyWords.ts";
import { paths } from "../router.ts";
import { Shell } from "../screens/shell.tsx";
import { saveOntology } from "./ontologyFile.ts";
import { type Chosen, OntologyDetail, OntologyList } from "./ontologyParts.tsx";
import { VersionMenu, versionTime } from "./versionMenu.tsx";

export function OntologyView(props: {
  readonly project: Project;
  readonly ontology: Ontology;
  readonly newest: number;
  readonly versions: readonly OntologyVersion[];
}): ReactNode {
  const { project, ontology, versions } = props;
  const [chosen, setChosen] = useState<Chosen>(ontology.classes[0]?.number ?? null);
  const entry = versions.find((version) => version.version === ontology.version);
  const actions = (
    <>
      <VersionMenu project={project.id} shown={ontology.version} versions={versions} />
      <button type="button" className="button" title={words.exportTitle} onClick={() => saveOntology(ontology)}>
        {words.exportFile}
      </button>
    </>
  );
  const shared = {
    ontology,
    published: ontology,
    readOnly: true,
    chosen,
    onChoose: setChosen,
    onChange: () => undefined,
  };
  return (
    <Shell place="ontology" title={words.title} project={project} actions={actions}>
      {entry !== undefined && (
        <p className="notice" role="status">
          {words.oldVersion(entry.version, props.newest, versionTime(entry.created_at), entry.author_name)}{" "}
          <Link to={paths.ontology(project.id, null)}>{words.toNewest}</Link>
        </p>
      )}
      <div className="ontology">
        <OntologyList {...shared} />
        <OntologyDetail {...shared} />
      </div>
    </Shell>
  );
}
