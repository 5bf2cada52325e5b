// SPDX-License-Identifier: Apache-2.0
import { type ReactNode, useId } from "react";
import type { FormatInfo } from "../../api/types.ts";
import { data as words } from "../words.ts";

export function FormatSelect(props: {
  readonly formats: readonly FormatInfo[];
  readonly value: string;
  readonly onChange: (slug: string) => void;
}): ReactNode {
  const id = useId();
  const chosen = props.formats.find((format) => format.slug === props.value);
  return (
    <div className="field">
      <label htmlFor={id}>{words.format}</label>
      <select id={id} className="input" value={props.value} onChange={(event) => props.onChange(event.target.value)}>
        {props.formats.map((format) => (
          <option key={format.slug} value={format.slug}>
            {format.title}
          </option>
        ))}
      </select>
      {chosen !== undefined && <p className="quiet-text">{chosen.description}</p>}
    </div>
  );
}
