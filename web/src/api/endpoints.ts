// SPDX-License-Identifier: Apache-2.0
/** The routes that the screens call, one function each. The editor's own traffic is in `editorServer.ts`. */
import { answerOf, api, apiUrl } from "./request.ts";
import type {
  FormatInfo,
  Job,
  Ontology,
  OntologyImpact,
  OntologyTemplate,
  OntologyVersion,
  Project,
  RevisionPage,
  SessionInfo,
  TaskPage,
} from "./types.ts";

const tasksPerPage = 100;
const revisionsPerPage = 50;

export const getSession = (): Promise<SessionInfo> => answerOf(api().GET("/api/v1/session"));

export async function openSession(token: string): Promise<void> {
  await answerOf(api().POST("/api/v1/session", { body: { token } }));
}

export async function listProjects(): Promise<readonly Project[]> {
  return (await answerOf(api().GET("/api/v1/projects"))).projects;
}

export function getProject(project_id: string): Promise<Project> {
  return answerOf(api().GET("/api/v1/projects/{project_id}", { params: { path: { project_id } } }));
}

export function createProject(input: {
  readonly name: string;
  readonly ontology: Ontology | undefined;
}): Promise<Project> {
  return answerOf(api().POST("/api/v1/projects", { body: { ...input, description: "" } }));
}

export function getOntology(project_id: string): Promise<Ontology> {
  return answerOf(api().GET("/api/v1/projects/{project_id}/ontology", { params: { path: { project_id } } }));
}

export function putOntology(project_id: string, body: Ontology): Promise<Ontology> {
  return answerOf(api().PUT("/api/v1/projects/{project_id}/ontology", { params: { path: { project_id } }, body }));
}

/** Newest first. */
export async function listOntologyVersions(project_id: string): Promise<readonly OntologyVersion[]> {
  const params = { path: { project_id } };
  return (await answerOf(api().GET("/api/v1/projects/{project_id}/ontology/versions", { params }))).versions;
}

/** Ontologies to start a project with. */
export async function listTemplates(): Promise<readonly OntologyTemplate[]> {
  return (await answerOf(api().GET("/api/v1/ontology-templates"))).templates;
}

/** What publishing the ontology would change and concern. Nothing is stored. */
export function previewOntology(project_id: string, body: Ontology): Promise<OntologyImpact> {
  const params = { path: { project_id } };
  return answerOf(api().POST("/api/v1/projects/{project_id}/ontology/impact", { params, body }));
}

export function getOntologyVersion(project_id: string, version: number): Promise<Ontology> {
  const params = { path: { project_id, version } };
  return answerOf(api().GET("/api/v1/projects/{project_id}/ontology/versions/{version}", { params }));
}

/** `cursor` null: the first page. */
export function listTasks(project_id: string, cursor: string | null): Promise<TaskPage> {
  const query = { limit: tasksPerPage, ...(cursor === null ? {} : { cursor }) };
  return answerOf(api().GET("/api/v1/projects/{project_id}/tasks", { params: { path: { project_id }, query } }));
}

export function listRevisions(annotation_id: string, cursor: string | null): Promise<RevisionPage> {
  const query = { limit: revisionsPerPage, ...(cursor === null ? {} : { cursor }) };
  const params = { path: { annotation_id }, query };
  return answerOf(api().GET("/api/v1/annotations/{annotation_id}/revisions", { params }));
}

export async function reopenTask(task_id: string): Promise<void> {
  await answerOf(api().POST("/api/v1/tasks/{task_id}/reopen", { params: { path: { task_id } } }));
}

export async function listFormats(): Promise<readonly FormatInfo[]> {
  return (await answerOf(api().GET("/api/v1/formats"))).formats;
}

export async function listJobs(project_id: string): Promise<readonly Job[]> {
  const params = { path: { project_id } };
  return (await answerOf(api().GET("/api/v1/projects/{project_id}/jobs", { params }))).jobs;
}

export function startExport(project_id: string, format: string): Promise<Job> {
  const params = { path: { project_id } };
  return answerOf(api().POST("/api/v1/projects/{project_id}/exports", { params, body: { format } }));
}

export function cancelJob(job_id: string): Promise<Job> {
  return answerOf(api().POST("/api/v1/jobs/{job_id}/cancel", { params: { path: { job_id } } }));
}

export const jobDownloadUrl = (id: string): string => apiUrl(`/jobs/${id}/download`);
export const thumbnailUrl = (asset: string): string => apiUrl(`/assets/${asset}/thumbnail`);
export const revisionThumbnailUrl = (annotation: string, number: number, layer: string): string =>
  apiUrl(`/annotations/${annotation}/revisions/${number}/thumbnail?layer=${encodeURIComponent(layer)}`);
