// SPDX-License-Identifier: Apache-2.0
/** The editor's door to the server: its `AnnotationPort` over HTTP. */
import {
  type AnnotationDoc,
  type AnnotationPort,
  type IdLeaseDoc,
  PortError,
  type PortErrorKind,
  type SaveReplyDoc,
  type TaskDoc,
} from "../editor/ports.ts";
import { ApiError, apiUrl, request, requestJson } from "./request.ts";

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

async function asPort<T>(work: Promise<T>): Promise<T> {
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

async function readTiles(path: string): Promise<{ pack: Uint8Array; revision: number }> {
  const answer = await request(path);
  const revision = Number(answer.headers.get("X-Intarsia-Revision"));
  return { pack: new Uint8Array(await answer.arrayBuffer()), revision };
}

export function createAnnotationPort(): AnnotationPort {
  const post = <T>(path: string, json?: unknown): Promise<T> => asPort(requestJson<T>(path, { method: "POST", json }));
  return {
    openTask: (taskId) => asPort(requestJson<TaskDoc>(`/tasks/${taskId}`)),
    fetchAnnotation: (annotationId) => asPort(requestJson<AnnotationDoc>(`/annotations/${annotationId}`)),
    fetchTiles: (annotationId, layer, revision) => {
      const query = new URLSearchParams({ layer });
      if (revision !== null) query.set("revision", String(revision));
      return asPort(readTiles(`/annotations/${annotationId}/tiles?${query}`));
    },
    save: (annotationId, body) => post<SaveReplyDoc>(`/annotations/${annotationId}/edits`, body),
    leaseIds: (annotationId, count) => post<IdLeaseDoc>(`/annotations/${annotationId}/leases`, { count }),
    submit: (taskId) => post<TaskDoc>(`/tasks/${taskId}/submit`),
    reopen: (taskId) => post<TaskDoc>(`/tasks/${taskId}/reopen`),
    imageUrl: (assetId) => apiUrl(`/assets/${assetId}/image`),
  };
}
