// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from "react";
import { signIn } from "../words.ts";

export function SignInHelp(props: { readonly refused?: string; readonly onRetry: () => void }): ReactNode {
  return (
    <main className="root notice">
      <h1>{signIn.title}</h1>
      {props.refused !== undefined && <p role="alert">{props.refused}</p>}
      <p>{signIn.lead}</p>
      <p>{signIn.how}</p>
      <pre>
        <code>{signIn.command}</code>
      </pre>
      <p>{signIn.last}</p>
      <button type="button" className="button" onClick={props.onRetry}>
        {signIn.retry}
      </button>
    </main>
  );
}
