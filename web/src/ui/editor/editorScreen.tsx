// SPDX-License-Identifier: Apache-2.0
import { useQuery } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense, useEffect, useState } from "react";
import { getProject } from "../../api/endpoints.ts";
import type { EditorSession } from "../../editor/session.ts";
import type { EditorPort, Intent } from "../../editor/state.ts";
import { useMedia } from "../media.ts";
import { navigate } from "../navigation.tsx";
import { paths } from "../router.ts";
import { EditorContext, useEditor } from "../state.tsx";
import { oneOf, useStored } from "../stored.ts";
import * as words from "../words.ts";
import { useAreaKeys } from "./areas.ts";
import { Banner } from "./banner.tsx";
import { CanvasArea } from "./canvasArea.tsx";
import { EditorHeader } from "./header.tsx";
import { Hints } from "./hints.tsx";
import { LiveRegion } from "./liveRegion.tsx";
import { Panel, usePanelWidth } from "./panel.tsx";
import { ProjectIdContext } from "./projectId.ts";
import { Rail } from "./rail.tsx";
import { StatusBar } from "./statusBar.tsx";
import { EditorToast } from "./toast.tsx";
import { usePrefetch } from "./usePrefetch.ts";
import { useSession } from "./useSession.ts";
import "../styles/editor.css";
import "../styles/stage.css";
import "../styles/panel.css";
import "../styles/status.css";
import "../styles/narrow.css";

const ShortcutsOverlay = lazy(() => import("./shortcutsOverlay.tsx"));
const CommandPalette = lazy(() => import("./commandPalette.tsx"));

type Overlay = "shortcuts" | "palette" | null;

function usePanelOpen(): readonly [boolean, (open: boolean) => void] {
  const room = useMedia("(min-width: 1180px)");
  const [choice, setChoice] = useStored<"open" | "closed" | "auto">("panel", "auto", oneOf("open", "closed", "auto"));
  const [narrowOpen, setNarrowOpen] = useState(false);
  // Narrow windows start closed whatever was chosen in a wide one, and do not change that choice.
  if (!room) return [narrowOpen, setNarrowOpen];
  return [choice !== "closed", (open) => setChoice(open ? "open" : "closed")];
}

function usePaletteKey(open: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k") {
        event.preventDefault();
        open();
      }
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [open]);
}

function useIntents(port: EditorPort, project: string, page: (intent: Intent) => void): void {
  useEffect(
    () =>
      port.onIntent((intent) => {
        if (intent.kind === "open-task") navigate(paths.editor(project, intent.taskId));
        else if (intent.kind === "task-submitted") {
          navigate(intent.nextTaskId === null ? paths.overview(project) : paths.editor(project, intent.nextTaskId));
        } else page(intent);
      }),
    [port, project, page],
  );
}

function EditorFrame(props: { readonly port: EditorSession; readonly project: string }): ReactNode {
  const { port, project } = props;
  const [panelOpen, setPanelOpen] = usePanelOpen();
  const [width, setWidth] = usePanelWidth();
  const [drawer, setDrawer] = useState<"view" | null>(null);
  const [overlay, setOverlay] = useState<Overlay>(null);
  const projectName = useQuery({ queryKey: ["project", project], queryFn: () => getProject(project) }).data?.name;
  const assetName = useEditor((state) => state.assetName);
  const togglePanel = (): void => setPanelOpen(!panelOpen);
  useIntents(port, project, (intent) => {
    if (intent.kind === "show-shortcuts") setOverlay("shortcuts");
    else if (intent.kind === "toggle-panel") togglePanel();
    else if (intent.kind === "toggle-tone") {
      setDrawer(drawer === "view" && panelOpen ? null : "view");
      setPanelOpen(true);
    }
  });
  usePaletteKey(() => setOverlay("palette"));
  useAreaKeys();
  usePrefetch();
  useEffect(() => {
    document.title = assetName === "" ? words.app.name : words.editor.pageTitle(assetName);
  }, [assetName]);
  return (
    <div className="root dark editor" style={{ "--panel": panelOpen ? `${width}px` : "0px" } as object}>
      <EditorHeader
        project={project}
        projectName={projectName ?? words.editor.project}
        panelOpen={panelOpen}
        onTogglePanel={togglePanel}
        onHelp={() => setOverlay("shortcuts")}
      />
      <Rail />
      <main className="stage" data-area="canvas" aria-label={words.editor.stage}>
        <CanvasArea session={port} project={project} />
        <Banner />
        <EditorToast />
        <Hints />
      </main>
      {panelOpen && <Panel width={width} onWidth={setWidth} drawer={drawer} onDrawer={setDrawer} />}
      <StatusBar onHelp={() => setOverlay("shortcuts")} />
      <LiveRegion />
      <Suspense fallback={null}>
        {overlay === "shortcuts" && <ShortcutsOverlay onClose={() => setOverlay(null)} />}
        {overlay === "palette" && <CommandPalette onClose={() => setOverlay(null)} />}
      </Suspense>
    </div>
  );
}

export default function EditorScreen(props: { readonly project: string; readonly task: string }): ReactNode {
  const port = useSession(props.task);
  if (port === null) return <div className="root dark editor" aria-busy="true" />;
  return (
    <EditorContext value={port}>
      <ProjectIdContext value={props.project}>
        <EditorFrame port={port} project={props.project} />
      </ProjectIdContext>
    </EditorContext>
  );
}
