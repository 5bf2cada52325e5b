// SPDX-License-Identifier: Apache-2.0
/** One place where an answer of the server becomes a value or an `ApiError`. */

/** `status` 0 and code `unreachable` when no answer came at all. `message` is fit to be shown. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(status: number, code: string, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = "ApiError";
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

const UNREACHABLE = "The server did not answer. Nothing was changed. Check that it is running and try again.";

/** Absolute address below `{base}/api/v1`, where base is the document's own `<base href>`. */
export function apiUrl(path: string): string {
  return new URL(`api/v1${path}`, document.baseURI).href;
}

/** Reads the error body that every route of the server writes; a proxy's own error page is told as such. */
export function errorFromBody(status: number, body: unknown): ApiError {
  const error = (body as { error?: { code?: unknown; message?: unknown; details?: unknown } } | null)?.error;
  if (error && typeof error.code === "string" && typeof error.message === "string") {
    const details = typeof error.details === "object" && error.details !== null ? error.details : {};
    return new ApiError(status, error.code, error.message, details as Record<string, unknown>);
  }
  return new ApiError(status, "unexpected_answer", `The server answered with status ${status}. Try again in a moment.`);
}

export interface RequestOptions {
  readonly method?: "GET" | "POST" | "PUT" | "DELETE";
  readonly json?: unknown;
  readonly body?: BodyInit;
  readonly signal?: AbortSignal;
}

/** Sends and returns the raw answer when its status is 2xx. Throws `ApiError`; an abort passes through as it is. */
export async function request(path: string, options: RequestOptions = {}): Promise<Response> {
  const headers: Record<string, string> = {};
  if (options.json !== undefined) headers["Content-Type"] = "application/json";
  let answer: Response;
  try {
    answer = await fetch(apiUrl(path), {
      method: options.method ?? "GET",
      headers,
      body: options.json === undefined ? options.body : JSON.stringify(options.json),
      signal: options.signal,
      credentials: "same-origin",
    });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new ApiError(0, "unreachable", UNREACHABLE);
  }
  if (answer.ok) return answer;
  throw errorFromBody(answer.status, await answer.json().catch(() => null));
}

export async function requestJson<T>(path: string, options: RequestOptions = {}): Promise<T> {
  return (await (await request(path, options)).json()) as T;
}
