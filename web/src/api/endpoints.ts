// SPDX-License-Identifier: Apache-2.0
/** The routes that the screens call, one function each. The editor's own traffic is in `editorServer.ts`. */
import { apiUrl, request, requestJson } from "./request.ts";
import type { FormatInfo, Job, Ontology, Project, SessionInfo, TaskPage } from "./types.ts";

export const getSession = (): Promise<SessionInfo> => requestJson("/session");

export async function openSession(token: string): Promise<void> {
  await request("/session", { method: "POST", json: { token } });
}

export async function listProjects(): Promise<readonly Project[]> {
  return (await requestJson<{ projects: Project[] }>("/projects")).projects;
}

export const getProject = (id: string): Promise<Project> => requestJson(`/projects/${id}`);

export function createProject(input: {
  readonly name: string;
  readonly description?: string;
  readonly ontology?: Ontology;
}): Promise<Project> {
  return requestJson("/projects", { method: "POST", json: input });
}

export const getOntology = (project: string): Promise<Ontology> => requestJson(`/projects/${project}/ontology`);

export function putOntology(project: string, ontology: Ontology): Promise<Ontology> {
  return requestJson(`/projects/${project}/ontology`, { method: "PUT", json: ontology });
}

export function listTasks(project: string, cursor: string | null): Promise<TaskPage> {
  const query = new URLSearchParams({ limit: "100" });
  if (cursor !== null) query.set("cursor", cursor);
  return requestJson(`/projects/${project}/tasks?${query}`);
}

export async function listFormats(): Promise<readonly FormatInfo[]> {
  return (await requestJson<{ formats: FormatInfo[] }>("/formats")).formats;
}

export async function listJobs(project: string): Promise<readonly Job[]> {
  return (await requestJson<{ jobs: Job[] }>(`/projects/${project}/jobs`)).jobs;
}

export function startExport(project: string, format: string): Promise<Job> {
  return requestJson(`/projects/${project}/exports`, { method: "POST", json: { format } });
}

export const cancelJob = (id: string): Promise<Job> => requestJson(`/jobs/${id}/cancel`, { method: "POST" });

export const jobDownloadUrl = (id: string): string => apiUrl(`/jobs/${id}/download`);
export const thumbnailUrl = (asset: string): string => apiUrl(`/assets/${asset}/thumbnail`);
