// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from "react";
import { IconButton } from "../parts/iconButton.tsx";
import * as words from "../words.ts";
import { DisplaySettings } from "./displaySettings.tsx";
import { LabelSettings } from "./labelSettings.tsx";
import { ToneSettings } from "./toneSettings.tsx";
import "../styles/view.css";

/** Replaces the panel's lists while open; never a second column. */
export default function ViewDrawer(props: { readonly onBack: () => void }): ReactNode {
  return (
    <div className="drawer">
      <div className="panel-head">
        <IconButton icon="back" label={words.view.back} onPress={props.onBack} />
        <h2>{words.view.title}</h2>
      </div>
      <div className="drawer-body">
        <ToneSettings />
        <LabelSettings />
        <DisplaySettings />
      </div>
    </div>
  );
}
