// SPDX-License-Identifier: Apache-2.0
/** Raw-body uploads with progress: fetch cannot report what has been sent, XMLHttpRequest can. */
import { ApiError, apiUrl, errorFromBody } from "./request.ts";
import type { Asset, Job } from "./types.ts";

export interface UploadOptions {
  /** Called with the sent part, 0..1. */
  readonly onProgress?: (fraction: number) => void;
  readonly signal?: AbortSignal;
}

/** Posts the bytes as they are; resolves with the JSON answer. Throws `ApiError`, also when aborted (code `aborted`). */
function postBytes<T>(path: string, body: Blob, options: UploadOptions): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const call = new XMLHttpRequest();
    call.open("POST", apiUrl(path));
    call.responseType = "json";
    call.setRequestHeader("Content-Type", "application/octet-stream");
    call.upload.onprogress = (event) => {
      if (event.lengthComputable && event.total > 0) options.onProgress?.(event.loaded / event.total);
    };
    call.onload = () => {
      if (call.status >= 200 && call.status < 300) resolve(call.response as T);
      else reject(errorFromBody(call.status, call.response));
    };
    call.onerror = () =>
      reject(new ApiError(0, "unreachable", "The connection broke. This file was not added. Try it again."));
    call.onabort = () => reject(new ApiError(0, "aborted", "Stopped. This file was not added."));
    options.signal?.addEventListener("abort", () => call.abort(), { once: true });
    call.send(body);
  });
}

/** Adds one image to the dataset and makes its task in the project. */
export function uploadAsset(
  target: { readonly dataset: string; readonly project: string },
  file: { readonly name: string; readonly blob: Blob },
  options: UploadOptions = {},
): Promise<Asset> {
  const query = new URLSearchParams({ name: file.name, project: target.project });
  return postBytes(`/datasets/${target.dataset}/assets?${query}`, file.blob, options);
}

/** Sends a zip and starts the import job. */
export function uploadImport(
  project: string,
  input: { readonly format: string; readonly name: string; readonly zip: Blob },
  options: UploadOptions = {},
): Promise<Job> {
  const query = new URLSearchParams({ format: input.format, name: input.name });
  return postBytes(`/projects/${project}/imports?${query}`, input.zip, options);
}
