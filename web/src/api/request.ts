// SPDX-License-Identifier: Apache-2.0
/** One place where an answer of the server becomes a value or an `ApiError`. */
import createClient, { type Client } from "openapi-fetch";
import type { paths } from "./generated/schema.ts";

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
  const error = (body as { error?: { code?: unknown; message?: unknown; details?: unknown } } | null | undefined)
    ?.error;
  if (error && typeof error.code === "string" && typeof error.message === "string") {
    const details = typeof error.details === "object" && error.details !== null ? error.details : {};
    return new ApiError(status, error.code, error.message, details as Record<string, unknown>);
  }
  return new ApiError(status, "unexpected_answer", `The server answered with status ${status}. Try again in a moment.`);
}

async function reach(input: Request): Promise<Response> {
  try {
    return await fetch(input);
  } catch (error) {
    if (input.signal.aborted) throw error;
    throw new ApiError(0, "unreachable", UNREACHABLE);
  }
}

/** Typed client of the interface; made per call, because the base address is the document's and cheap to read. */
export function api(): Client<paths> {
  const baseUrl = new URL(".", document.baseURI).href.replace(/\/$/, "");
  return createClient<paths>({ baseUrl, fetch: reach, credentials: "same-origin" });
}

interface Answer<T> {
  readonly data?: T;
  readonly error?: unknown;
  readonly response: Response;
}

/** The value of a 2xx answer; anything else is thrown as `ApiError`. An abort passes through as it is. */
export async function answerOf<T>(call: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await call;
  if (!response.ok) throw errorFromBody(response.status, error);
  return data as T;
}
