// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from "react";
import type { Banner as BannerState } from "../../editor/state.ts";
import { Icon } from "../parts/icon.tsx";
import { useEditor, useEditorPort } from "../state.tsx";
import * as words from "../words.ts";
import { commandIds } from "./commandIds.ts";

/** Being offline is said by the save state's own live region; here its count would be read out with every stroke. */
function roleOf(value: BannerState): "status" | "alert" | undefined {
  if (value.kind === "offline") return undefined;
  return words.banner(value).severity === "info" ? "status" : "alert";
}

/** A condition that lasts: one line under the header, the most severe only. */
export function Banner(): ReactNode {
  const port = useEditorPort();
  const value = useEditor((state) => state.banner);
  if (value === null) return null;
  const { text, severity, details } = words.banner(value);
  return (
    <div className="banner" data-severity={severity} role={roleOf(value)}>
      {severity !== "info" && <Icon name="warning" />}
      <span>{text}</span>
      {value.kind === "browser-storage-full" && (
        <button type="button" className="button small" onClick={() => port.run(commandIds.saveNow)}>
          {words.editor.saveNow}
        </button>
      )}
      {details !== undefined && (
        <details>
          <summary>{words.app.details}</summary>
          <code>{details}</code>
        </details>
      )}
    </div>
  );
}
