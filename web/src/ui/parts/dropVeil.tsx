// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from "react";
import { Icon } from "./icon.tsx";

/** Over the whole page while files are held above it. */
export function DropVeil(props: { readonly text: string }): ReactNode {
  return (
    <div className="drop-veil" aria-hidden="true">
      <Icon name="upload" /> {props.text}
    </div>
  );
}
