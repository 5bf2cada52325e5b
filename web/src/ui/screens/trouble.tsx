// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from "react";
import { ApiError } from "../../api/request.ts";
import { app } from "../words.ts";

/** No such thing, or no access to it: the two look the same from outside. */
export const isNotFound = (error: Error | null): boolean =>
  error instanceof ApiError && (error.status === 404 || error.status === 403);

/** Something could not be loaded: says why, and offers the one thing that may help. */
export function Trouble(props: { readonly error: Error; readonly onRetry: () => void }): ReactNode {
  return (
    <div className="notice" role="alert">
      <p>{app.failed(props.error.message)}</p>
      <button type="button" className="button" onClick={props.onRetry}>
        {app.tryAgain}
      </button>
    </div>
  );
}
