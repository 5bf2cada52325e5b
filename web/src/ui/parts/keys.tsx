// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from "react";
import { chordParts } from "../chords.ts";

/** A chord as key caps. */
export function Keys(props: { readonly chord: string }): ReactNode {
  return (
    <span className="keys">
      {chordParts(props.chord).map((part) => (
        <kbd key={part}>{part}</kbd>
      ))}
    </span>
  );
}
