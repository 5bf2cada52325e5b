// SPDX-License-Identifier: Apache-2.0
import { QueryClient, QueryClientProvider, useQuery } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { getSession } from "../api/endpoints.ts";
import { ApiError } from "../api/request.ts";
import { useRoute } from "./navigation.tsx";
import type { Route } from "./router.ts";
import { NotFound } from "./screens/notFound.tsx";
import { OpenScreen } from "./screens/openScreen.tsx";
import { SignInHelp } from "./screens/signInHelp.tsx";
import { Trouble } from "./screens/trouble.tsx";
import { UploadProvider } from "./uploads.tsx";
import { useDropGuard } from "./usePageDrop.ts";

// Each screen is a chunk of its own: the editor loads without the project pages, and they without the editor.
const EditorScreen = lazy(() => import("./editor/editorScreen.tsx"));
const HomeScreen = lazy(() => import("./screens/homeScreen.tsx"));
const OverviewScreen = lazy(() => import("./screens/overviewScreen.tsx"));
const DataScreen = lazy(() => import("./screens/dataScreen.tsx"));

/** Trying again helps when the server was away or failed, never when it said no. */
function shouldRetry(failures: number, error: unknown): boolean {
  return failures < 2 && !(error instanceof ApiError && error.status >= 400 && error.status < 500);
}

function createQueries(): QueryClient {
  return new QueryClient({ defaultOptions: { queries: { retry: shouldRetry, staleTime: 5_000 } } });
}

function Screen(props: { readonly route: Route }): ReactNode {
  const { route } = props;
  switch (route.screen) {
    case "home":
      return <HomeScreen />;
    case "overview":
      return <OverviewScreen key={route.project} project={route.project} />;
    case "data":
      return <DataScreen key={route.project} project={route.project} />;
    case "editor":
      return <EditorScreen project={route.project} task={route.task} />;
    case "open":
    case "not-found":
      return <NotFound />;
  }
}

/** Everything but the sign-in link needs a session; without one, the page says how to get in. */
function SignedIn(props: { readonly route: Route }): ReactNode {
  const session = useQuery({ queryKey: ["session"], queryFn: getSession, staleTime: 60_000 });
  if (session.error instanceof ApiError && session.error.status === 401) {
    return <SignInHelp onRetry={() => void session.refetch()} />;
  }
  if (session.error) return <Trouble error={session.error} onRetry={() => void session.refetch()} />;
  if (!session.data) return <div className="root" aria-busy="true" />;
  return (
    <Suspense fallback={<div className={props.route.screen === "editor" ? "root dark" : "root"} aria-busy="true" />}>
      <Screen route={props.route} />
    </Suspense>
  );
}

export function App(): ReactNode {
  const [queries] = useState(createQueries);
  const route = useRoute();
  useDropGuard();
  return (
    <QueryClientProvider client={queries}>
      <UploadProvider>
        {route.screen === "open" ? (
          <OpenScreen token={route.token} next={route.next} />
        ) : route.screen === "not-found" ? (
          <NotFound />
        ) : (
          <SignedIn route={route} />
        )}
      </UploadProvider>
    </QueryClientProvider>
  );
}
