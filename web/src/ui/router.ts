// SPDX-License-Identifier: Apache-2.0
/** Which screen an address means. Paths are relative to the base the server wrote, so any sub-path works. */

export type Route =
  | { readonly screen: "home" }
  | { readonly screen: "open"; readonly token: string; readonly next: string }
  | { readonly screen: "overview"; readonly project: string }
  | { readonly screen: "data"; readonly project: string }
  | { readonly screen: "ontology"; readonly project: string }
  | { readonly screen: "review-settings"; readonly project: string }
  | { readonly screen: "editor"; readonly project: string; readonly task: string }
  | { readonly screen: "keys" }
  | { readonly screen: "view" }
  | { readonly screen: "not-found" };

const ID = /^[a-z]{3}_(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9A-Za-z]+)/;

/** Ids may carry a readable slug after "-" which is ignored: `tsk_01ab-street` is `tsk_01ab`. Null: not an id. */
function idOf(part: string): string | null {
  return ID.exec(part)?.[0] ?? null;
}

/** Only a path inside this site may follow sign-in; anything else would be an open redirect. */
function safeNext(next: string | null): string {
  return next?.startsWith("/") && !next.startsWith("//") && !next.includes("\\") ? next : "/";
}

/** `basePath` begins and ends with "/"; `pathname` is absolute; `hash` includes its "#". */
export function parseRoute(basePath: string, pathname: string, hash: string): Route {
  const inside = pathname.startsWith(basePath)
    ? pathname.slice(basePath.length)
    : pathname === basePath.slice(0, -1)
      ? ""
      : null;
  if (inside === null) return { screen: "not-found" };
  const parts = inside.split("/").filter((part) => part !== "");
  if (parts.length === 0 || (parts.length === 1 && parts[0] === "index.html")) return { screen: "home" };
  if (parts.length === 1 && parts[0] === "open") {
    const fragment = new URLSearchParams(hash.replace(/^#/, ""));
    return { screen: "open", token: fragment.get("token") ?? "", next: safeNext(fragment.get("next")) };
  }
  if (parts.length === 2 && parts[0] === "me" && (parts[1] === "keys" || parts[1] === "view")) {
    return { screen: parts[1] };
  }
  if (parts[0] !== "p" || parts.length === 1) return { screen: "not-found" };
  return projectRoute(parts.slice(1));
}

function projectRoute(parts: readonly string[]): Route {
  const project = idOf(parts[0]);
  if (project === null) return { screen: "not-found" };
  if (parts.length === 1) return { screen: "overview", project };
  if (parts.length === 2 && parts[1] === "data") return { screen: "data", project };
  if (parts.length === 2 && parts[1] === "ontology") return { screen: "ontology", project };
  if (parts.length === 3 && parts[1] === "settings" && parts[2] === "review") {
    return { screen: "review-settings", project };
  }
  const task = parts.length === 3 && parts[1] === "t" ? idOf(parts[2]) : null;
  return task === null ? { screen: "not-found" } : { screen: "editor", project, task };
}

export const paths = {
  home: (): string => "/",
  me: (section: "keys" | "view"): string => `/me/${section}`,
  overview: (project: string): string => `/p/${project}`,
  data: (project: string): string => `/p/${project}/data`,
  /** `version` null: the newest. */
  ontology: (project: string, version: number | null): string =>
    version === null ? `/p/${project}/ontology` : `/p/${project}/ontology?v=${version}`,
  reviewSettings: (project: string): string => `/p/${project}/settings/review`,
  editor: (project: string, task: string): string => `/p/${project}/t/${task}`,
};

/** Absolute address of an app path ("/p/…") below the base. */
export function hrefOf(basePath: string, path: string): string {
  return basePath + path.replace(/^\//, "");
}
