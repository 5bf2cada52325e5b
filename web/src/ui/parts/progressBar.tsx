// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from "react";

/** A bar with its words underneath; the words are its name. */
export function ProgressBar(props: {
  readonly label: string;
  readonly value: number;
  readonly max: number;
}): ReactNode {
  const share = props.max > 0 ? Math.min(1, props.value / props.max) : 0;
  return (
    <div className="progress">
      <div
        className="bar"
        role="progressbar"
        aria-label={props.label}
        aria-valuemin={0}
        aria-valuemax={props.max}
        aria-valuenow={props.value}
      >
        <span style={{ width: `${100 * share}%` }} />
      </div>
      <span className="progress-text">{props.label}</span>
    </div>
  );
}
