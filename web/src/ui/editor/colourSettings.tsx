// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from "react";
import type { ColourBy } from "../../editor/state.ts";
import { hexColour } from "../colour.ts";
import { useEditor, useEditorPort } from "../state.tsx";
import { colours as words } from "../viewWords.ts";
import { commandIds } from "./commandIds.ts";

function Choice(props: {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly { readonly id: string; readonly label: string }[];
  readonly onChange: (id: string) => void;
}): ReactNode {
  return (
    <label className="pair">
      <span className="label">{props.label}</span>
      <select className="input" value={props.value} onChange={(event) => props.onChange(event.currentTarget.value)}>
        {props.choices.map(({ id, label }) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}

function Legend(): ReactNode {
  const legend = useEditor((state) => state.legend);
  const colourBy = useEditor((state) => state.colourBy);
  if (legend === null) return null;
  const nothing = colourBy === "author" ? words.nobodyKnown : words.noAnswer;
  return (
    <ul className="colour-legend" aria-label={words.legend}>
      {legend.map((entry) => (
        <li key={entry.label ?? ""}>
          <span className="swatch small" style={{ background: hexColour(entry.colour) }} />
          <span>{entry.label ?? nothing}</span>
          <span className="quiet-text">{words.segments(entry.segments)}</span>
        </li>
      ))}
    </ul>
  );
}

/** What colours stand for, and which classes and layers are shown. */
export function ColourSettings(): ReactNode {
  const port = useEditorPort();
  const colourBy = useEditor((state) => state.colourBy);
  const questions = useEditor((state) => state.questions);
  const question = useEditor((state) => state.colourQuestion);
  const classes = useEditor((state) => state.classes);
  const onlyClass = useEditor((state) => state.onlyClass);
  const layers = useEditor((state) => state.layers);
  const layer = useEditor((state) => state.layer);
  const kinds = (Object.keys(words.kinds) as ColourBy[]).filter((kind) => kind !== "answer" || questions.length > 0);
  const shownClasses = classes.filter((entry) => entry.layer === layer && !entry.retired);
  const showOnly = (id: string): void => {
    if (id !== "") port.run(commandIds.onlyClass, Number(id));
    else if (onlyClass !== null) port.run(commandIds.onlyClass, onlyClass);
  };
  return (
    <>
      <Choice
        label={words.by}
        value={colourBy}
        choices={kinds.map((id) => ({ id, label: words.kinds[id] }))}
        onChange={(id) => port.run(commandIds.colourBy, id)}
      />
      {colourBy === "answer" && (
        <Choice
          label={words.question}
          value={question ?? ""}
          choices={questions.map(({ id, title }) => ({ id, label: title }))}
          onChange={(id) => port.run(commandIds.colourQuestion, id)}
        />
      )}
      <Legend />
      {layers.length > 1 && (
        <Choice
          label={words.layer}
          value={layer}
          choices={layers.map(({ name, title }) => ({ id: name, label: title }))}
          onChange={(id) => port.run(commandIds.layer, id)}
        />
      )}
      <Choice
        label={words.showOnly}
        value={onlyClass === null ? "" : String(onlyClass)}
        choices={[
          { id: "", label: words.allClasses },
          ...shownClasses.map(({ number, name }) => ({ id: String(number), label: name })),
        ]}
        onChange={showOnly}
      />
    </>
  );
}
