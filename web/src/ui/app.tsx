// SPDX-License-Identifier: Apache-2.0
import { QueryClient, QueryClientProvider, useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
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

type Draw = (route: Route) => ReactNode;

// Each screen is a chunk of its own: the editor loads without the project pages, and they without the editor.
const SCREENS: Readonly<Record<Route["screen"], () => Promise<Draw>>> = {
  home: async () => {
    const { default: HomeScreen } = await import("./screens/homeScreen.tsx");
    return () => <HomeScreen />;
  },
  overview: async () => {
    const { default: OverviewScreen } = await import("./screens/overviewScreen.tsx");
    return (route) => route.screen === "overview" && <OverviewScreen key={route.project} project={route.project} />;
  },
  data: async () => {
    const { default: DataScreen } = await import("./screens/dataScreen.tsx");
    return (route) => route.screen === "data" && <DataScreen key={route.project} project={route.project} />;
  },
  "review-settings": async () => {
    const { default: ReviewSettingsScreen } = await import("./screens/reviewSettingsScreen.tsx");
    return (route) =>
      route.screen === "review-settings" && <ReviewSettingsScreen key={route.project} project={route.project} />;
  },
  ontology: async () => {
    const { default: OntologyScreen } = await import("./screens/ontologyScreen.tsx");
    return (route) => route.screen === "ontology" && <OntologyScreen key={route.project} project={route.project} />;
  },
  editor: async () => {
    const { default: EditorScreen } = await import("./editor/editorScreen.tsx");
    return (route) => route.screen === "editor" && <EditorScreen project={route.project} task={route.task} />;
  },
  keys: async () => {
    const { default: KeysScreen } = await import("./screens/keysScreen.tsx");
    return () => <KeysScreen />;
  },
  view: async () => {
    const { default: ViewSettingsScreen } = await import("./screens/viewSettingsScreen.tsx");
    return () => <ViewSettingsScreen />;
  },
  open: async () => () => <NotFound />,
  "not-found": async () => () => <NotFound />,
};

/**
 * The code of a screen, asked for at once and not only when the session is known. No Suspense: React keeps a fallback
 * that it has shown for 300 ms at least, which would be most of the time that opening an image takes.
 */
function useScreen(screen: Route["screen"]): Draw | null {
  const [loaded, setLoaded] = useState<{ readonly screen: Route["screen"]; readonly draw: Draw } | null>(null);
  useEffect(() => {
    let wanted = true;
    SCREENS[screen]().then(
      (draw) => wanted && setLoaded({ screen, draw }),
      (error: unknown) =>
        wanted &&
        setLoaded(() => {
          throw error;
        }),
    );
    return () => {
      wanted = false;
    };
  }, [screen]);
  return loaded?.screen === screen ? loaded.draw : null;
}

/** Trying again helps when the server was away or failed, never when it said no. */
function shouldRetry(failures: number, error: unknown): boolean {
  return failures < 2 && !(error instanceof ApiError && error.status >= 400 && error.status < 500);
}

function createQueries(): QueryClient {
  return new QueryClient({ defaultOptions: { queries: { retry: shouldRetry, staleTime: 5_000 } } });
}

/** Everything but the sign-in link needs a session; without one, the page says how to get in. */
function SignedIn(props: { readonly route: Route }): ReactNode {
  const draw = useScreen(props.route.screen);
  const session = useQuery({ queryKey: ["session"], queryFn: getSession, staleTime: 60_000 });
  if (session.error instanceof ApiError && session.error.status === 401) {
    return <SignInHelp onRetry={() => void session.refetch()} />;
  }
  if (session.error) return <Trouble error={session.error} onRetry={() => void session.refetch()} />;
  if (!session.data || draw === null) {
    return <div className={props.route.screen === "editor" ? "root dark" : "root"} aria-busy="true" />;
  }
  return draw(props.route);
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
