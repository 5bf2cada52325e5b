// SPDX-License-Identifier: Apache-2.0
/** The editor's door to the server: its `AnnotationPort` over HTTP. */
import {
  type AnnotationPort,
  type OntologyDoc,
  PortError,
  type PortErrorKind,
  type SaveReplyDoc,
  type TaskDoc,
} from "../editor/ports.ts";
import { ApiError, answerOf, api, apiUrl, errorFromBody } from "./request.ts";
import type { SaveRequest, TaskDetail } from "./types.ts";
import { WarmTasks } from "./warmTasks.ts";

/** Which of the editor's answers to trouble fits; see `PortErrorKind`. */
export function portErrorKind(status: number, code: string): PortErrorKind {
  if (status === 0) return "network";
  if (status === 507 || code === "disk_full") return "disk-full";
  if (status === 401) return "signed-out";
  if (status === 403) return "forbidden";
  if (status === 404 || status === 410) return "not-found";
  // A proxy's timeout or a limit on requests passes; sending again later is right.
  if (status >= 500 || status === 408 || status === 429) return "server";
  return "refused";
}

export async function asPort<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof ApiError) {
      throw new PortError(portErrorKind(error.status, error.code), error.status, error.code, error.message);
    }
    // The connection broke while the body was being read.
    throw new PortError("network", 0, "unreachable", error instanceof Error ? error.message : String(error));
  }
}

/** Whoever sends an ontology may leave keys out, hence their types; the server answers with every one. */
async function asTask(call: Promise<TaskDetail>): Promise<TaskDoc> {
  const task = await call;
  return { ...task, ontology: task.ontology as OntologyDoc };
}

async function readTiles(
  annotation_id: string,
  layer: string,
  revision: number | null,
): Promise<{ pack: Uint8Array; revision: number }> {
  const query = { layer, ...(revision === null ? {} : { revision }) };
  const { data, error, response } = await api().GET("/api/v1/annotations/{annotation_id}/tiles", {
    params: { path: { annotation_id }, query },
    parseAs: "arrayBuffer",
  });
  if (!response.ok || data === undefined) throw errorFromBody(response.status, error);
  return { pack: new Uint8Array(data as ArrayBuffer), revision: Number(response.headers.get("X-Intarsia-Revision")) };
}

function forTask(task_id: string): { readonly params: { readonly path: { readonly task_id: string } } } {
  return { params: { path: { task_id } } };
}

export function forAnnotation(annotation_id: string): {
  readonly params: { readonly path: { readonly annotation_id: string } };
} {
  return { params: { path: { annotation_id } } };
}

export function createAnnotationPort(): AnnotationPort {
  return {
    openTask: (id) => asPort(asTask(answerOf(api().GET("/api/v1/tasks/{task_id}", forTask(id))))),
    fetchAnnotation: (id) => asPort(answerOf(api().GET("/api/v1/annotations/{annotation_id}", forAnnotation(id)))),
    fetchTiles: (id, layer, revision) => asPort(readTiles(id, layer, revision)),
    save: (id, request) => {
      // The same document; the generated type only lacks the promise not to change it.
      const options = { ...forAnnotation(id), body: request as unknown as SaveRequest };
      return asPort(
        answerOf<unknown>(api().POST("/api/v1/annotations/{annotation_id}/edits", options)),
      ) as Promise<SaveReplyDoc>;
    },
    leaseIds: (id, count) => {
      const options = { ...forAnnotation(id), body: { count } };
      return asPort(answerOf(api().POST("/api/v1/annotations/{annotation_id}/leases", options)));
    },
    submit: (id) => asPort(asTask(answerOf(api().POST("/api/v1/tasks/{task_id}/submit", forTask(id))))),
    reopen: (id) => asPort(asTask(answerOf(api().POST("/api/v1/tasks/{task_id}/reopen", forTask(id))))),
    imageUrl: (assetId) => apiUrl(`/assets/${assetId}/image`),
  };
}

/** Straight to the server. */
export const annotationServer: AnnotationPort = createAnnotationPort();
/** Tasks fetched ahead; for the whole page, since the next image is opened in it. */
export const warmTasks = new WarmTasks(annotationServer);
