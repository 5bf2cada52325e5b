// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from "react";
import { cancelJob, jobDownloadUrl } from "../../api/endpoints.ts";
import type { FormatInfo, Job } from "../../api/types.ts";
import { Icon } from "../parts/icon.tsx";
import { ProgressBar } from "../parts/progressBar.tsx";
import * as words from "../words.ts";

function outcome(job: Job): string {
  if (job.state !== "done" || job.result === null) return job.message ?? "";
  const images = job.result.images ?? job.done;
  return job.result.byte_size === undefined
    ? words.data.resultImages(images)
    : words.data.result(images, words.bytes(job.result.byte_size));
}

function Problems(props: { readonly job: Job }): ReactNode {
  const { problems } = props.job;
  if (problems.length === 0) return null;
  return (
    <details className="problems" open={props.job.state === "failed"}>
      <summary>{words.data.problems(problems.length)}</summary>
      <ul>
        {problems.map((problem, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: problems have no id and their list never changes order
          <li key={index}>
            {problem.where !== "" && <strong>{problem.where}</strong>} {problem.message}
          </li>
        ))}
      </ul>
    </details>
  );
}

function JobRow(props: { readonly job: Job; readonly formatTitle: string; readonly onChanged: () => void }): ReactNode {
  const { job } = props;
  const running = job.state === "queued" || job.state === "running";
  const title = job.kind === "export" ? words.data.exportOf(props.formatTitle) : words.data.importOf(props.formatTitle);
  return (
    <li className="job" data-state={job.state}>
      <div className="job-main">
        <strong>{title}</strong>
        <span className="quiet-text">{words.dayAndTime(job.created_at)}</span>
        {running ? (
          <ProgressBar label={words.data.running(job.kind, job.done, job.total)} value={job.done} max={job.total} />
        ) : (
          <span>{outcome(job)}</span>
        )}
      </div>
      <div className="job-side">
        <span className={job.state === "done" ? "chip done" : job.state === "failed" ? "chip failed" : "chip"}>
          {words.data.states[job.state]}
        </span>
        {running && (
          <button
            type="button"
            className="button small"
            onClick={() =>
              void cancelJob(job.id)
                .catch(() => undefined)
                .then(props.onChanged)
            }
          >
            {words.data.cancel}
          </button>
        )}
        {job.kind === "export" && job.state === "done" && (
          <a className="button small" href={jobDownloadUrl(job.id)} download aria-label={words.data.downloadOf(title)}>
            <Icon name="download" /> {words.data.download}
          </a>
        )}
      </div>
      <Problems job={job} />
    </li>
  );
}

export function JobList(props: {
  readonly jobs: readonly Job[];
  readonly formats: readonly FormatInfo[];
  readonly onChanged: () => void;
}): ReactNode {
  const titleOf = (slug: string): string => props.formats.find((format) => format.slug === slug)?.title ?? slug;
  return (
    <section className="stack" aria-labelledby="jobs-title">
      <h2 id="jobs-title">{words.data.jobs}</h2>
      {props.jobs.length === 0 ? (
        <p className="quiet-text">{words.data.noJobs}</p>
      ) : (
        <ul className="jobs card">
          {props.jobs.map((job) => (
            <JobRow key={job.id} job={job} formatTitle={titleOf(job.format)} onChanged={props.onChanged} />
          ))}
        </ul>
      )}
    </section>
  );
}
