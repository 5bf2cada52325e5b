// SPDX-License-Identifier: Apache-2.0
import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from "react";
import { useMedia } from "../media.ts";
import { type Deferred, deferred, Later } from "../parts/deferred.tsx";
import { IconButton } from "../parts/iconButton.tsx";
import { questionWords } from "../questionWords.ts";
import { useEditor, useKeyText } from "../state.tsx";
import { numberIn, useStored } from "../stored.ts";
import * as words from "../words.ts";
import { ClassList } from "./classList.tsx";
import { panelWidth } from "./panelWidth.ts";
import type { AskedFor } from "./questionsPanel.tsx";
import { SegmentSection } from "./segmentSection.tsx";

const questionsPanel = deferred(() => import("./questionsPanel.tsx"));
// Drawers are not needed for the first stroke.
const drawers: Readonly<Record<Drawer, Deferred<{ readonly onBack: () => void }>>> = {
  view: deferred(() => import("./viewDrawer.tsx")),
  history: deferred(() => import("./historyDrawer.tsx")),
  conflicts: deferred(() => import("./conflictsDrawer.tsx")),
  findings: deferred(() => import("./findingsDrawer.tsx")),
};

export type Drawer = "view" | "history" | "conflicts" | "findings";

/** Only where something is asked. */
function QuestionsSection(props: { readonly asked: AskedFor; readonly bare?: boolean }): ReactNode {
  const some = useEditor(({ questionnaires }) => questionnaires.selection !== null || questionnaires.image !== null);
  return some ? <Later of={questionsPanel} {...props} /> : null;
}

interface DrawerButtons {
  readonly onDrawer: (drawer: Drawer | null) => void;
}

function DrawerIcons({ onDrawer }: DrawerButtons): ReactNode {
  const viewKey = useKeyText("view.tone");
  return (
    <span className="panel-icons">
      <IconButton icon="history" label={words.history.open} onPress={() => onDrawer("history")} />
      <IconButton icon="sliders" label={words.view.open} keys={viewKey} onPress={() => onDrawer("view")} />
    </span>
  );
}

function ClassSection(props: DrawerButtons): ReactNode {
  return (
    <section className="panel-section classes" aria-labelledby="classes-title">
      <div className="panel-head">
        <h2 id="classes-title">{words.classes.title}</h2>
        <DrawerIcons onDrawer={props.onDrawer} />
      </div>
      <ClassList />
    </section>
  );
}

type TabId = "classes" | "segments" | "questions";

/** In low windows the two lists share one place. */
function Tabbed(props: DrawerButtons & { readonly asked: AskedFor }): ReactNode {
  const [chosen, setTab] = useState<TabId>(props.asked.times > 0 ? "questions" : "classes");
  const [answered, setAnswered] = useState(props.asked.times);
  if (answered !== props.asked.times) {
    setAnswered(props.asked.times);
    setTab("questions");
  }
  const some = useEditor(({ questionnaires }) => questionnaires.selection !== null || questionnaires.image !== null);
  const tab = chosen === "questions" && !some ? "segments" : chosen;
  const total = useEditor((state) => state.segments.length);
  const tabs: readonly { readonly id: TabId; readonly label: string; readonly name?: string }[] = [
    { id: "classes", label: words.classes.title },
    { id: "segments", label: words.segments.tab(total) },
    ...(some ? ([{ id: "questions", label: "?", name: questionWords.title }] as const) : []),
  ];
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    const at = tabs.findIndex(({ id }) => id === tab) + (event.key === "ArrowRight" ? 1 : tabs.length - 1);
    const other = tabs[at % tabs.length].id;
    setTab(other);
    event.currentTarget.querySelector<HTMLElement>(`#tab-${other}`)?.focus();
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <>
      <div className="panel-tabs">
        <div role="tablist" aria-label={words.editor.complementary} onKeyDown={onKeyDown}>
          {tabs.map(({ id, label, name }) => (
            <button
              key={id}
              type="button"
              role="tab"
              id={`tab-${id}`}
              aria-selected={tab === id}
              aria-controls="panel-tab"
              aria-label={name}
              title={name ?? label}
              tabIndex={tab === id ? 0 : -1}
              onClick={() => setTab(id)}
            >
              {label}
            </button>
          ))}
        </div>
        <DrawerIcons onDrawer={props.onDrawer} />
      </div>
      <div className="panel-tab" id="panel-tab" role="tabpanel" aria-labelledby={`tab-${tab}`}>
        {tab === "segments" ? (
          <SegmentSection bare />
        ) : tab === "questions" ? (
          <QuestionsSection asked={props.asked} bare />
        ) : (
          <section className="panel-section classes" aria-label={words.classes.title}>
            <ClassList />
          </section>
        )}
      </div>
    </>
  );
}

/** 1 where the panel is at the right and grows to the left; −1 in the left-handed layout. */
const side = (): 1 | -1 => (document.documentElement.dataset.hand === "left" ? -1 : 1);

function ResizeHandle(props: { readonly width: number; readonly onWidth: (width: number | null) => void }): ReactNode {
  const start = useRef<{ readonly x: number; readonly width: number } | null>(null);
  const onPointerDown = (event: PointerEvent<HTMLElement>): void => {
    start.current = { x: event.clientX, width: props.width };
    event.currentTarget.setPointerCapture(event.pointerId);
    event.preventDefault();
  };
  const onPointerMove = (event: PointerEvent): void => {
    if (start.current !== null)
      props.onWidth(panelWidth.clamp(start.current.width + side() * (start.current.x - event.clientX)));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const left = event.key === "ArrowLeft";
    const step = left || event.key === "ArrowRight" ? side() * (left ? panelWidth.keyStep : -panelWidth.keyStep) : 0;
    if (step === 0) return;
    props.onWidth(panelWidth.clamp(props.width + step));
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: an hr cannot be focused and moved
    <div
      className="panel-resize"
      role="separator"
      aria-orientation="vertical"
      aria-label={words.editor.resizePanel}
      aria-valuemin={panelWidth.min}
      aria-valuemax={panelWidth.max}
      aria-valuenow={props.width}
      tabIndex={0}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        start.current = null;
      }}
      onLostPointerCapture={() => {
        start.current = null;
      }}
      onDoubleClick={() => props.onWidth(null)}
      onKeyDown={onKeyDown}
    />
  );
}

/** Width: the user's, else the one that suits the window. */
export function usePanelWidth(): readonly [number, (width: number | null) => void] {
  const wide = useMedia(panelWidth.wideQuery);
  const [stored, setStored] = useStored<number>("panel-width", 0, numberIn(panelWidth.min, panelWidth.max));
  const width = stored === 0 ? (wide ? panelWidth.wide : panelWidth.narrow) : stored;
  return [width, (next) => setStored(next ?? 0)];
}

export function Panel(props: {
  readonly width: number;
  readonly onWidth: (width: number | null) => void;
  readonly drawer: Drawer | null;
  readonly onDrawer: (drawer: Drawer | null) => void;
  readonly asked: AskedFor;
}): ReactNode {
  const low = useMedia("(max-height: 759px)");
  const back = (): void => props.onDrawer(null);
  const drawn = props.drawer === null ? null : drawers[props.drawer];
  return (
    <aside className="panel" aria-label={words.editor.complementary} data-area="panel">
      {drawn !== null ? (
        <Later of={drawn} onBack={back} />
      ) : low ? (
        <Tabbed onDrawer={props.onDrawer} asked={props.asked} />
      ) : (
        <>
          <ClassSection onDrawer={props.onDrawer} />
          <SegmentSection />
          <QuestionsSection asked={props.asked} />
        </>
      )}
      <ResizeHandle width={props.width} onWidth={props.onWidth} />
    </aside>
  );
}
