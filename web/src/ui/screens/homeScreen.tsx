// SPDX-License-Identifier: Apache-2.0
import { useQuery } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense, useEffect, useState } from "react";
import { listProjects, thumbnailUrl } from "../../api/endpoints.ts";
import type { Project } from "../../api/types.ts";
import type { NamedFile } from "../files.ts";
import { Link } from "../navigation.tsx";
import { DropVeil } from "../parts/dropVeil.tsx";
import { Icon } from "../parts/icon.tsx";
import { ProgressBar } from "../parts/progressBar.tsx";
import { paths } from "../router.ts";
import { usePageDrop } from "../usePageDrop.ts";
import * as words from "../words.ts";
import { Shell } from "./shell.tsx";
import { Trouble } from "./trouble.tsx";

const NewProjectDialog = lazy(() => import("./newProjectDialog.tsx"));

function ProjectCard(props: { readonly project: Project }): ReactNode {
  const { project } = props;
  return (
    <li className="card project-card">
      <Link to={paths.overview(project.id)} className="card-main" label={words.home.open(project.name)}>
        <span className="cover">
          {project.cover_asset_id === null ? (
            <Icon name="image" />
          ) : (
            <img src={thumbnailUrl(project.cover_asset_id)} alt="" loading="lazy" />
          )}
        </span>
        <strong className="card-title" title={project.name}>
          {project.name}
        </strong>
      </Link>
      {project.task_count === 0 ? (
        <p className="quiet-text">{words.home.noImages}</p>
      ) : (
        <ProgressBar
          label={words.home.progress(project.submitted_count, project.task_count)}
          value={project.submitted_count}
          max={project.task_count}
        />
      )}
      {project.next_task_id !== null ? (
        <Link className="next-link" to={paths.editor(project.id, project.next_task_id)}>
          {words.home.nextImage} <Icon name="forward" />
        </Link>
      ) : (
        <span className="quiet-text">{project.task_count > 0 ? words.home.allDone : "\u00a0"}</span>
      )}
    </li>
  );
}

function Skeleton(): ReactNode {
  return (
    <ul className="cards" aria-hidden="true">
      {["a", "b", "c"].map((key) => (
        <li key={key} className="card skeleton project-card" />
      ))}
    </ul>
  );
}

export default function HomeScreen(): ReactNode {
  const projects = useQuery({ queryKey: ["projects"], queryFn: listProjects });
  const [creating, setCreating] = useState<readonly NamedFile[] | null>(null);
  const over = usePageDrop((files) => {
    if (creating === null && files.length > 0) setCreating(files);
  });
  useEffect(() => {
    document.title = words.app.name;
  }, []);
  const button = (
    <button type="button" className="button primary" onClick={() => setCreating([])}>
      <Icon name="plus" /> {words.home.newProject}
    </button>
  );
  return (
    <Shell place="home" title={words.home.title} actions={projects.data?.length === 0 ? null : button}>
      {projects.error && <Trouble error={projects.error} onRetry={() => void projects.refetch()} />}
      {projects.isPending && <Skeleton />}
      {projects.data?.length === 0 && (
        <div className="notice">
          <h2>{words.home.emptyTitle}</h2>
          <p>{words.home.empty}</p>
          {button}
        </div>
      )}
      {projects.data !== undefined && projects.data.length > 0 && (
        <ul className="cards">
          {projects.data.map((project) => (
            <ProjectCard key={project.id} project={project} />
          ))}
        </ul>
      )}
      <Suspense fallback={null}>
        {creating !== null && <NewProjectDialog files={creating} onClose={() => setCreating(null)} />}
      </Suspense>
      {over && creating === null && <DropVeil text={words.home.dropHere} />}
    </Shell>
  );
}
