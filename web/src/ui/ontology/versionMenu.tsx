// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from "react";
import type { OntologyVersion } from "../../api/types.ts";
import { navigate } from "../navigation.tsx";
import { ontologyWords as words } from "../ontologyWords.ts";
import { paths } from "../router.ts";

const moment = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
});

export const versionTime = (iso: string): string => moment.format(new Date(iso));

/** Which version is shown; another one has an address of its own. */
export function VersionMenu(props: {
  readonly project: string;
  readonly shown: number;
  readonly versions: readonly OntologyVersion[];
}): ReactNode {
  const newest = props.versions[0]?.version ?? props.shown;
  return (
    <select
      className="input"
      aria-label={words.versions}
      value={props.shown}
      onChange={(event) => {
        const version = Number(event.target.value);
        navigate(paths.ontology(props.project, version === newest ? null : version));
      }}
    >
      {props.versions.map((entry) => (
        <option key={entry.version} value={entry.version}>
          {words.versionOf(entry.version, entry.version === newest)} · {versionTime(entry.created_at)} ·{" "}
          {entry.author_name}
        </option>
      ))}
    </select>
  );
}
