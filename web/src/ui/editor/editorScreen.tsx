// SPDX-License-Identifier: Apache-2.0
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { getProject, reopenTask } from "../../api/endpoints.ts";
import type { EditorSession } from "../../editor/session.ts";
import type { EditorPort, Intent } from "../../editor/state.ts";
import { useMedia } from "../media.ts";
import { navigate } from "../navigation.tsx";
import { deferred, Later } from "../parts/deferred.tsx";
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
import { type Drawer, Panel, usePanelWidth } from "./panel.tsx";
import { ProjectIdContext } from "./projectId.ts";
import type { AskedFor } from "./questionsPanel.tsx";
import { Rail } from "./rail.tsx";
import { StatusBar } from "./statusBar.tsx";
import { EditorToast, type PageToast } from "./toast.tsx";
import { useAddress } from "./useAddress.ts";
import { usePrefetch } from "./usePrefetch.ts";
import { useSession } from "./useSession.ts";
import "../styles/editor.css";
import "../styles/aids.css";
import "../styles/stage.css";
import "../styles/panel.css";
import "../styles/history.css";
import "../styles/status.css";
import "../styles/narrow.css";
import "../styles/hand.css";

const shortcutsOverlay = deferred(() => import("./shortcutsOverlay.tsx"));
const thumbStrip = deferred(() => import("./thumbStrip.tsx"));
const commandPalette = deferred(() => import("./commandPalette.tsx"));
const fillGapsDialog = deferred(() => import("./fillGapsDialog.tsx"));
const partClassDialog = deferred(() => import("./partClassDialog.tsx"));
const objectNumbersDialog = deferred(() => import("./objectNumbersDialog.tsx"));
const relateDialog = deferred(() => import("./relateDialog.tsx"));
const islandsDialog = deferred(() => import("./islandsDialog.tsx"));

type Overlay =
  | "shortcuts"
  | "palette"
  | "classes"
  | "fill-gaps"
  | "remove-islands"
  | "relate"
  | "object-numbers"
  | "class-of-part"
  | null;

function usePanelOpen(): readonly [boolean, (open: boolean) => void] {
  const room = useMedia("(min-width: 1180px) and (pointer: fine)");
  const [choice, setChoice] = useStored<"open" | "closed" | "auto">("panel", "auto", oneOf("open", "closed", "auto"));
  const [narrowOpen, setNarrowOpen] = useState(false);
  // Narrow windows start closed whatever was chosen in a wide one, and do not change that choice.
  if (!room) return [narrowOpen, setNarrowOpen];
  return [choice !== "closed", (open) => setChoice(open ? "open" : "closed")];
}

type CutPart = Extract<Intent, { readonly kind: "class-of-part" }>;
type Submitted = Extract<Intent, { readonly kind: "task-submitted" }>;

function useIntents(
  port: EditorPort,
  project: string,
  onSubmitted: (intent: Submitted) => void,
  page: (intent: Intent) => void,
): void {
  useEffect(
    () =>
      port.onIntent((intent) => {
        if (intent.kind === "open-task") navigate(paths.editor(project, intent.taskId));
        else if (intent.kind === "task-submitted") {
          onSubmitted(intent);
          navigate(intent.nextTaskId === null ? paths.overview(project) : paths.editor(project, intent.nextTaskId));
        } else page(intent);
      }),
    [port, project, onSubmitted, page],
  );
}

function EditorFrame(props: {
  readonly port: EditorSession;
  readonly project: string;
  readonly toast: PageToast | null;
  readonly onSubmitted: (intent: Submitted) => void;
}): ReactNode {
  const { port, project } = props;
  const [panelOpen, setPanelOpen] = usePanelOpen();
  const coarse = useMedia("(pointer: coarse)");
  const [width, setWidth] = usePanelWidth();
  const [drawer, setDrawer] = useState<Drawer | null>(null);
  const [asked, setAsked] = useState<AskedFor>({ of: "selection", times: 0 });
  const [overlay, setOverlay] = useState<Overlay>(null);
  const [part, setPart] = useState<CutPart | null>(null);
  const projectName = useQuery({ queryKey: ["project", project], queryFn: () => getProject(project) }).data?.name;
  const assetName = useEditor((state) => state.assetName);
  const togglePanel = (): void => setPanelOpen(!panelOpen);
  const toggleDrawer = (which: Drawer): void => {
    setDrawer(drawer === which && panelOpen ? null : which);
    setPanelOpen(true);
  };
  useIntents(port, project, props.onSubmitted, (intent) => {
    if (intent.kind === "show-shortcuts") setOverlay("shortcuts");
    else if (intent.kind === "show-palette") setOverlay("palette");
    else if (intent.kind === "find-class") setOverlay("classes");
    else if (intent.kind === "fill-gaps" || intent.kind === "remove-islands") setOverlay(intent.kind);
    else if (intent.kind === "relate" || intent.kind === "object-numbers") setOverlay(intent.kind);
    else if (intent.kind === "class-of-part") {
      setPart(intent);
      setOverlay(intent.kind);
    } else if (intent.kind === "toggle-panel") togglePanel();
    else if (intent.kind === "toggle-tone") toggleDrawer("view");
    else if (intent.kind === "toggle-history") toggleDrawer("history");
    else if (intent.kind === "show-questions") {
      setAsked({ of: intent.of, times: asked.times + 1 });
      setDrawer(null);
      setPanelOpen(true);
    } else if (intent.kind === "show-conflicts" || intent.kind === "show-findings") {
      setDrawer(intent.kind === "show-conflicts" ? "conflicts" : "findings");
      setPanelOpen(true);
    }
  });
  useAreaKeys();
  usePrefetch();
  useAddress(port);
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
        <EditorToast page={props.toast} />
        <Hints />
        {coarse && <Later of={thumbStrip} />}
      </main>
      {panelOpen && <Panel width={width} onWidth={setWidth} drawer={drawer} onDrawer={setDrawer} asked={asked} />}
      <StatusBar onHelp={() => setOverlay("shortcuts")} />
      <LiveRegion />
      {overlay === "shortcuts" && <Later of={shortcutsOverlay} onClose={() => setOverlay(null)} />}
      {overlay === "fill-gaps" && <Later of={fillGapsDialog} onClose={() => setOverlay(null)} />}
      {overlay === "class-of-part" && part !== null && (
        <Later of={partClassDialog} part={part} onClose={() => setOverlay(null)} />
      )}
      {overlay === "object-numbers" && <Later of={objectNumbersDialog} onClose={() => setOverlay(null)} />}
      {overlay === "relate" && <Later of={relateDialog} onClose={() => setOverlay(null)} />}
      {overlay === "remove-islands" && <Later of={islandsDialog} onClose={() => setOverlay(null)} />}
      {overlay === "classes" && <Later of={commandPalette} onlyClasses onClose={() => setOverlay(null)} />}
      {overlay === "palette" && <Later of={commandPalette} onClose={() => setOverlay(null)} />}
    </div>
  );
}

export default function EditorScreen(props: { readonly project: string; readonly task: string }): ReactNode {
  const port = useSession(props.task);
  const [done, setDone] = useState<Submitted | null>(null);
  const { project } = props;
  const toast = useMemo<PageToast | null>(() => {
    if (done === null) return null;
    const forget = (): void => setDone(null);
    const reopen = (): void => {
      forget();
      // Also when it fails: the image then says itself that it is done, and offers to reopen it.
      void reopenTask(done.taskId).finally(() => navigate(paths.editor(project, done.taskId)));
    };
    return { text: words.editor.isDone(done.name), label: words.editor.reopen, onAction: reopen, onDismiss: forget };
  }, [done, project]);
  if (port === null) return <div className="root dark editor" aria-busy="true" />;
  return (
    <EditorContext value={port}>
      <ProjectIdContext value={project}>
        <EditorFrame port={port} project={project} toast={toast} onSubmitted={setDone} />
      </ProjectIdContext>
    </EditorContext>
  );
}
