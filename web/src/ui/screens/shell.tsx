// SPDX-License-Identifier: Apache-2.0
import { type ReactNode, useEffect, useRef } from "react";
import type { Project } from "../../api/types.ts";
import { keyWords } from "../keyWords.ts";
import { cameFromInside, Link } from "../navigation.tsx";
import { Icon, type IconName } from "../parts/icon.tsx";
import { reviewWords } from "../reviewWords.ts";
import { paths } from "../router.ts";
import { settingsWords } from "../settingsWords.ts";
import * as words from "../words.ts";
import "../styles/app.css";

type Place = "home" | "overview" | "data" | "ontology" | "review-settings" | "keys" | "view";

function NavItem(props: {
  readonly to: string;
  readonly icon: IconName;
  readonly label: string;
  readonly here: boolean;
}): ReactNode {
  return (
    <li>
      <Link to={props.to} className="nav-item" current={props.here} title={props.label}>
        <Icon name={props.icon} />
        <span>{props.label}</span>
      </Link>
    </li>
  );
}

/** Frame of every page but the editor: navigation at the left, a bar with the title, the page. */
export function Shell(props: {
  readonly place: Place;
  readonly title: string;
  readonly project?: Pick<Project, "id" | "name">;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}): ReactNode {
  const { place, project } = props;
  const content = useRef<HTMLElement>(null);
  // After a link inside the application the focus would be nowhere: screen readers start at the new content.
  useEffect(() => {
    if (cameFromInside()) content.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div className="root shell">
      <a className="skip" href={`${location.pathname}#content`}>
        {words.app.skip}
      </a>
      <nav className="nav" aria-label={words.app.navigation}>
        <p className="brand">{words.app.name}</p>
        <ul>
          <NavItem to={paths.home()} icon="home" label={words.app.home} here={place === "home"} />
        </ul>
        {project !== undefined && (
          <>
            <p className="nav-project" title={project.name}>
              {project.name}
            </p>
            <ul>
              <NavItem
                to={paths.overview(project.id)}
                icon="grid"
                label={words.overview.title}
                here={place === "overview"}
              />
              <NavItem
                to={paths.ontology(project.id, null)}
                icon="rows"
                label={words.ontology}
                here={place === "ontology"}
              />
              <NavItem to={paths.data(project.id)} icon="swap" label={words.data.title} here={place === "data"} />
              <NavItem
                to={paths.reviewSettings(project.id)}
                icon="flag"
                label={reviewWords.title}
                here={place === "review-settings"}
              />
            </ul>
          </>
        )}
        <ul className="nav-mine">
          <NavItem to={paths.me("keys")} icon="keyboard" label={keyWords.title} here={place === "keys"} />
          <NavItem to={paths.me("view")} icon="sliders" label={settingsWords.title} here={place === "view"} />
        </ul>
      </nav>
      <header className="topbar">
        <h1>{props.title}</h1>
        <div className="topbar-end">{props.actions}</div>
      </header>
      <main ref={content} id="content" className="content" tabIndex={-1}>
        {props.children}
      </main>
    </div>
  );
}
