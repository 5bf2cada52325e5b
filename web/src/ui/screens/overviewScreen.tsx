// SPDX-License-Identifier: Apache-2.0
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import { getProject, listTasks } from "../../api/endpoints.ts";
import type { Project } from "../../api/types.ts";
import type { NamedFile } from "../files.ts";
import { Link } from "../navigation.tsx";
import { FileButton } from "../parts/dropField.tsx";
import { DropVeil } from "../parts/dropVeil.tsx";
import { ProgressBar } from "../parts/progressBar.tsx";
import { Segmented } from "../parts/segmented.tsx";
import { UploadTray } from "../parts/uploadTray.tsx";
import { paths } from "../router.ts";
import { oneOf, useStored } from "../stored.ts";
import { useUploads } from "../uploads.tsx";
import { usePageDrop } from "../usePageDrop.ts";
import * as words from "../words.ts";
import { NotFound } from "./notFound.tsx";
import { Shell } from "./shell.tsx";
import { TaskGrid, TaskTable } from "./taskViews.tsx";
import { isNotFound, Trouble } from "./trouble.tsx";

function StateLine(props: { readonly project: Project }): ReactNode {
  const { submitted_count: done, task_count: all } = props.project;
  return (
    <section className="state-line card" aria-label={words.overview.progress(done, all)}>
      <p className="lead">{done === all ? words.overview.allDone(all) : words.overview.state(done, all)}</p>
      <ProgressBar label={words.overview.progress(done, all)} value={done} max={all} />
    </section>
  );
}

function Images(props: { readonly project: Project }): ReactNode {
  const { project } = props;
  const [look, setLook] = useStored<"grid" | "table">("task-view", "grid", oneOf("grid", "table"));
  const pages = useInfiniteQuery({
    queryKey: ["tasks", project.id],
    queryFn: ({ pageParam }) => listTasks(project.id, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  });
  const tasks = pages.data?.pages.flatMap((page) => page.tasks) ?? [];
  if (pages.error) return <Trouble error={pages.error} onRetry={() => void pages.refetch()} />;
  return (
    <section className="stack" aria-labelledby="images-title">
      <div className="section-head">
        <h2 id="images-title">{words.overview.images}</h2>
        <Segmented
          label={words.overview.view}
          value={look}
          choices={[
            { id: "grid", label: words.overview.grid, icon: "grid" },
            { id: "table", label: words.overview.table, icon: "rows" },
          ]}
          onChange={setLook}
        />
      </div>
      {look === "grid" ? (
        <TaskGrid project={project.id} tasks={tasks} />
      ) : (
        <TaskTable project={project.id} tasks={tasks} />
      )}
      {pages.hasNextPage && (
        <button
          type="button"
          className="button"
          aria-disabled={pages.isFetchingNextPage || undefined}
          onClick={() => void pages.fetchNextPage()}
        >
          {words.overview.more}
        </button>
      )}
    </section>
  );
}

function Empty(props: { readonly onFiles: (files: readonly NamedFile[]) => void }): ReactNode {
  return (
    <div className="notice">
      <h2>{words.overview.emptyTitle}</h2>
      <p>{words.overview.empty}</p>
      <FileButton primary chooser={{ label: words.overview.addImages, accept: "image/*" }} onFiles={props.onFiles} />
    </div>
  );
}

export default function OverviewScreen(props: { readonly project: string }): ReactNode {
  const project = useQuery({ queryKey: ["project", props.project], queryFn: () => getProject(props.project) });
  const uploads = useUploads();
  const found = project.data;
  const add = (files: readonly NamedFile[]): void => {
    if (found !== undefined) uploads.add({ project: found.id, dataset: found.dataset_id }, files);
  };
  const over = usePageDrop(add);
  useEffect(() => {
    if (found !== undefined) document.title = words.app.pageTitle(found.name);
  }, [found]);
  if (isNotFound(project.error)) return <NotFound />;
  const actions = found !== undefined && found.task_count > 0 && (
    <>
      <FileButton chooser={{ label: words.overview.addImages, accept: "image/*" }} onFiles={add} />
      {found.next_task_id !== null && (
        <Link className="button primary" to={paths.editor(found.id, found.next_task_id)}>
          {words.overview.labelNext}
        </Link>
      )}
      {found.next_task_id === null && (
        <Link className="button primary" to={paths.data(found.id)}>
          {words.overview.takeOut}
        </Link>
      )}
    </>
  );
  return (
    <Shell place="overview" title={found?.name ?? words.app.loading} project={found} actions={actions}>
      {project.error && <Trouble error={project.error} onRetry={() => void project.refetch()} />}
      <UploadTray />
      {found !== undefined && found.task_count === 0 && uploads.state.rows.length === 0 && <Empty onFiles={add} />}
      {found !== undefined && found.task_count > 0 && (
        <>
          <StateLine project={found} />
          <Images project={found} />
        </>
      )}
      {over && <DropVeil text={words.overview.dropHere} />}
    </Shell>
  );
}
