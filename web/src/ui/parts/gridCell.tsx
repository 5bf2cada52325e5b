// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from "react";

/** A cell of a list whose rows, not cells, take the focus. */
export function GridCell(props: { readonly className: string; readonly children: ReactNode }): ReactNode {
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows of a virtual list are placed absolutely, which a td cannot be
    // biome-ignore lint/a11y/useFocusableInteractive: focus is on the row and on the buttons in the cell
    <div role="gridcell" className={props.className}>
      {props.children}
    </div>
  );
}
