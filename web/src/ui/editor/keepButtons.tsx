// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from "react";
import type { ConflictInfo } from "../../editor/state.ts";
import { useEditorPort } from "../state.tsx";
import * as words from "../words.ts";
import { commandIds } from "./commandIds.ts";

/** The buttons of one conflict; which of them is "mine" depends on who looks. */
export function KeepButtons(props: { readonly conflict: ConflictInfo }): ReactNode {
  const port = useEditorPort();
  const { conflict } = props;
  const sides = words.sides(conflict);
  const order = conflict.mine === "wanted" ? (["wanted", "head"] as const) : (["head", "wanted"] as const);
  return order.map((choice) => (
    <button
      key={choice}
      type="button"
      className="button small"
      onClick={() => port.run(commandIds.conflictKeep, { choice, id: conflict.id })}
    >
      {words.conflicts.keep(sides[choice])}
    </button>
  ));
}
