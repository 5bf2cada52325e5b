// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from "react";
import { browserPreferences } from "../../api/browserPorts.ts";
import { FINGER, PEN_PRESSURE, storedFillOpacity, storeFillOpacity } from "../../editor/preferences.ts";
import { Segmented } from "../parts/segmented.tsx";
import { settingsWords as words } from "../settingsWords.ts";
import { oneOf, useStored } from "../stored.ts";
import { Shell } from "./shell.tsx";
import "../styles/settings.css";

/** One setting: what it is about, its choices, and what they mean where the words alone do not say it. */
function Setting<T extends string>(props: {
  readonly preference: string;
  readonly fallback: T;
  readonly label: string;
  readonly choices: Readonly<Record<T, string>>;
  readonly hint?: string;
}): ReactNode {
  const ids = Object.keys(props.choices) as T[];
  const [value, setValue] = useStored<T>(props.preference, props.fallback, oneOf(...ids));
  return (
    <div className="setting">
      <span className="setting-name">{props.label}</span>
      <Segmented
        label={props.label}
        value={value}
        choices={ids.map((id) => ({ id, label: props.choices[id] }))}
        onChange={setValue}
      />
      {props.hint !== undefined && <p className="quiet-text">{props.hint}</p>}
    </div>
  );
}

const STANDARD_FILL = 0.45;
const STRONG_FILL = 0.6;

/** The fill is the editor's own preference, which its slider moves as well. */
function FillSetting(): ReactNode {
  const [, told] = useStored<string>("fill-told", "", (text) => text);
  const strong = (storedFillOpacity(browserPreferences) ?? STANDARD_FILL) >= STRONG_FILL;
  return (
    <div className="setting">
      <span className="setting-name">{words.colours}</span>
      <Segmented
        label={words.colours}
        value={strong ? "blind" : "standard"}
        choices={(["standard", "blind"] as const).map((id) => ({ id, label: words.colourModes[id] }))}
        onChange={(id) => {
          storeFillOpacity(browserPreferences, id === "blind" ? STRONG_FILL : STANDARD_FILL);
          told(id);
        }}
      />
      <p className="quiet-text">{words.coloursHint}</p>
    </div>
  );
}

/** `/me/view`: how the interface looks, and how hand, finger and pen are understood. */
export default function ViewSettingsScreen(): ReactNode {
  return (
    <Shell place="view" title={words.title}>
      <div className="settings">
        <p className="lead-text">{words.lead}</p>
        <section aria-labelledby="look-title">
          <h2 id="look-title">{words.look}</h2>
          <Setting
            preference="theme"
            fallback="auto"
            label={words.theme}
            choices={words.themes}
            hint={words.themeHint}
          />
          <Setting
            preference="contrast"
            fallback="auto"
            label={words.contrast}
            choices={words.contrasts}
            hint={words.contrastHint}
          />
          <Setting preference="motion" fallback="auto" label={words.motion} choices={words.motions} />
          <FillSetting />
        </section>
        <section aria-labelledby="input-title">
          <h2 id="input-title">{words.input}</h2>
          <Setting preference="hand" fallback="right" label={words.hand} choices={words.hands} hint={words.handHint} />
          <Setting
            preference={FINGER}
            fallback="auto"
            label={words.finger}
            choices={words.fingers}
            hint={words.fingerHint}
          />
          <Setting preference={PEN_PRESSURE} fallback="off" label={words.pressure} choices={words.pressures} />
        </section>
      </div>
    </Shell>
  );
}
