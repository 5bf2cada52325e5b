// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from "react";

export function Check(props: {
  readonly label: string;
  readonly on: boolean;
  readonly onChange: () => void;
}): ReactNode {
  return (
    <label className="check">
      <input type="checkbox" checked={props.on} onChange={props.onChange} />
      <span>{props.label}</span>
    </label>
  );
}
