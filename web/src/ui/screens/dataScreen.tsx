// SPDX-License-Identifier: Apache-2.0
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { getProject, listFormats, listJobs } from "../../api/endpoints.ts";
import type { Job } from "../../api/types.ts";
import { looksLikeImage, type NamedFile } from "../files.ts";
import { DropVeil } from "../parts/dropVeil.tsx";
import { UploadTray } from "../parts/uploadTray.tsx";
import { useUploads } from "../uploads.tsx";
import { usePageDrop } from "../usePageDrop.ts";
import * as words from "../words.ts";
import { ExportPart } from "./exportPart.tsx";
import { ImportPart } from "./importPart.tsx";
import { JobList } from "./jobList.tsx";
import { NotFound } from "./notFound.tsx";
import { Shell } from "./shell.tsx";
import { isNotFound, Trouble } from "./trouble.tsx";

const pollMs = 700;

const isRunning = (job: Job): boolean => job.state === "queued" || job.state === "running";

export default function DataScreen(props: { readonly project: string }): ReactNode {
  const id = props.project;
  const queries = useQueryClient();
  const uploads = useUploads();
  const [dropped, setDropped] = useState<readonly NamedFile[]>([]);
  const project = useQuery({ queryKey: ["project", id], queryFn: () => getProject(id) });
  const formats = useQuery({ queryKey: ["formats"], queryFn: listFormats, staleTime: Number.POSITIVE_INFINITY });
  const jobs = useQuery({
    queryKey: ["jobs", id],
    queryFn: () => listJobs(id),
    // Asks again only while something runs.
    refetchInterval: (query) => (query.state.data?.some(isRunning) ? pollMs : false),
  });
  const running = jobs.data?.some(isRunning) ?? false;
  useEffect(() => {
    // A finished import has brought images.
    if (!running) void queries.invalidateQueries({ queryKey: ["project", id] });
    if (!running) void queries.invalidateQueries({ queryKey: ["tasks", id] });
  }, [running, id, queries]);
  useEffect(() => {
    if (project.data !== undefined) document.title = words.app.pageTitle(project.data.name);
  }, [project.data]);
  const trouble = project.error ?? formats.error ?? jobs.error;
  const over = usePageDrop((files) => {
    const found = project.data;
    if (found === undefined || files.length === 0) return;
    if (files.every(looksLikeImage)) uploads.add({ project: found.id, dataset: found.dataset_id }, files);
    else setDropped(files);
  });
  if (isNotFound(project.error)) return <NotFound />;
  const started = (): void => void queries.invalidateQueries({ queryKey: ["jobs", id] });
  return (
    <Shell place="data" title={words.data.title} project={project.data}>
      <UploadTray />
      {trouble && (
        <Trouble
          error={trouble}
          onRetry={() => void Promise.all([project.refetch(), formats.refetch(), jobs.refetch()])}
        />
      )}
      {project.data !== undefined && formats.data !== undefined && (
        <div className="in-out">
          <ImportPart
            key={dropped[0]?.path}
            project={id}
            dropped={dropped}
            formats={formats.data.filter((format) => format.can_import)}
            onStarted={started}
          />
          <ExportPart
            project={id}
            empty={project.data.task_count === 0}
            formats={formats.data.filter((format) => format.can_export)}
            onStarted={started}
          />
        </div>
      )}
      {jobs.data !== undefined && <JobList jobs={jobs.data} formats={formats.data ?? []} onChanged={started} />}
      {over && <DropVeil text={words.data.dropHere} />}
    </Shell>
  );
}
