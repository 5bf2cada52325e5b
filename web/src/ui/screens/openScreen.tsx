// SPDX-License-Identifier: Apache-2.0
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import { openSession } from "../../api/endpoints.ts";
import { navigate } from "../navigation.tsx";
import { signIn } from "../words.ts";
import { SignInHelp } from "./signInHelp.tsx";

/** Trades the one-time token of the address for a session, then goes on to where the link pointed. */
export function OpenScreen(props: { readonly token: string; readonly next: string }): ReactNode {
  const { token, next } = props;
  const queries = useQueryClient();
  // A query, because it is sent once however often the page renders: a second use of the token would be refused.
  const exchange = useQuery({
    queryKey: ["open", token],
    queryFn: async () => {
      await openSession(token);
      return true;
    },
    enabled: token !== "",
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const done = exchange.data === true;
  useEffect(() => {
    if (!done) return;
    queries.removeQueries({ queryKey: ["session"] });
    navigate(next, { replace: true });
  }, [done, next, queries]);
  if (token === "" || exchange.error) {
    const refused = exchange.error?.message ?? signIn.refused;
    return <SignInHelp refused={refused} onRetry={() => navigate(next, { replace: true })} />;
  }
  return (
    <main className="root notice" aria-busy="true">
      <p>{signIn.opening}</p>
    </main>
  );
}
