// SPDX-License-Identifier: Apache-2.0
import { type MouseEvent, type ReactNode, useMemo, useSyncExternalStore } from "react";
import { hrefOf, parseRoute, type Route } from "./router.ts";

const NAVIGATED = "intarsia:navigated";

/** Marks addresses that were reached from inside, so that a screen knows to take the focus. */
const movedState = { moved: true } as const;

export const cameFromInside = (): boolean => (history.state as { moved?: boolean } | null)?.moved === true;

function basePath(): string {
  return new URL(document.baseURI).pathname;
}

function subscribe(listener: () => void): () => void {
  window.addEventListener("popstate", listener);
  window.addEventListener(NAVIGATED, listener);
  return () => {
    window.removeEventListener("popstate", listener);
    window.removeEventListener(NAVIGATED, listener);
  };
}

export function navigate(path: string, options: { readonly replace?: boolean } = {}): void {
  const href = hrefOf(basePath(), path);
  if (options.replace) history.replaceState(movedState, "", href);
  else history.pushState(movedState, "", href);
  window.dispatchEvent(new Event(NAVIGATED));
}

/** Re-reads on path changes only: the fragment holds the view of the editor and must not re-render the screen. */
export function useRoute(): Route {
  const pathname = useSyncExternalStore(subscribe, () => location.pathname);
  return useMemo(() => parseRoute(basePath(), pathname, location.hash), [pathname]);
}

/** What stands after the path, "?v=3"; only a screen that reads it is drawn anew. */
export function useSearch(): string {
  return useSyncExternalStore(subscribe, () => location.search);
}

export function Link(props: {
  readonly to: string;
  readonly className?: string;
  readonly title?: string;
  readonly label?: string;
  readonly current?: boolean;
  readonly children: ReactNode;
}): ReactNode {
  const follow = (event: MouseEvent): void => {
    if (
      event.defaultPrevented ||
      event.button !== 0 ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey
    )
      return;
    event.preventDefault();
    navigate(props.to);
  };
  return (
    <a
      href={hrefOf(basePath(), props.to)}
      className={props.className}
      title={props.title}
      aria-label={props.label}
      aria-current={props.current ? "page" : undefined}
      onClick={follow}
    >
      {props.children}
    </a>
  );
}
