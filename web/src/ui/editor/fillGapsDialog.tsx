// SPDX-License-Identifier: Apache-2.0
import { type FormEvent, type ReactNode, useId, useState } from "react";
import { takesPixels } from "../../core/ontology.ts";
import type { ClassInfo } from "../../editor/state.ts";
import { fillGaps as words } from "../partitionWords.ts";
import { type Choice, Choices } from "../parts/choices.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { useEditor, useEditorPort } from "../state.tsx";
import { app } from "../words.ts";
import { commandIds } from "./commandIds.ts";

type How = "nearest" | "stuff" | "thing";

/** Classes that can take the gaps of the layer in view; the current one first. */
function useTakers(): { readonly stuff: readonly ClassInfo[]; readonly things: readonly ClassInfo[] } {
  const classes = useEditor((state) => state.classes);
  const current = useEditor((state) => state.currentClass);
  const locked = useEditor((state) => state.lockedClasses);
  const layer = (classes.find((entry) => entry.number === current) ?? classes[0])?.layer;
  const open = classes.filter(
    (entry) => entry.layer === layer && !entry.retired && takesPixels(entry) && !locked.has(entry.number),
  );
  const ordered = [...open].sort((a, b) => Number(b.number === current) - Number(a.number === current));
  return {
    stuff: ordered.filter((entry) => entry.kind !== "thing"),
    things: ordered.filter((entry) => entry.kind === "thing"),
  };
}

function ClassField(props: {
  readonly label: string;
  readonly classes: readonly ClassInfo[];
  readonly value: number | undefined;
  readonly onChange: (classNumber: number) => void;
}): ReactNode {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      <select
        id={id}
        className="input"
        value={props.value}
        onChange={(event) => props.onChange(Number(event.target.value))}
      >
        {props.classes.map((entry) => (
          <option key={entry.number} value={entry.number}>
            {entry.name}
          </option>
        ))}
      </select>
    </div>
  );
}

/** How the unlabelled rest shall be filled: by neighbours, as one class, as a new thing. */
export default function FillGapsDialog(props: { readonly onClose: () => void }): ReactNode {
  const port = useEditorPort();
  const form = useId();
  const { labelledPx, totalPx } = useEditor((state) => state.coverage);
  const gaps = useEditor((state) => state.gaps);
  const takers = useTakers();
  const [how, setHow] = useState<How>("nearest");
  const [stuff, setStuff] = useState(takers.stuff[0]?.number);
  const [thing, setThing] = useState(takers.things[0]?.number);
  const choices: readonly Choice<How>[] = [
    { id: "nearest", label: words.nearest, hint: words.nearestHint },
    ...(stuff === undefined ? [] : [{ id: "stuff", label: words.stuff, hint: words.stuffHint } as const]),
    ...(thing === undefined ? [] : [{ id: "thing", label: words.thing, hint: words.thingHint } as const]),
  ];
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    props.onClose();
    const classNumber = how === "stuff" ? stuff : thing;
    port.run(commandIds.gapsFill, how === "nearest" ? { how } : { how: "class", classNumber });
  };
  const foot = (
    <>
      <button type="button" className="button" onClick={props.onClose}>
        {app.cancel}
      </button>
      <button type="submit" form={form} className="button primary">
        {words.run}
      </button>
    </>
  );
  return (
    <Dialog title={words.title} dark onClose={props.onClose} foot={foot}>
      <form id={form} className="dialog-form" onSubmit={submit}>
        <p>{words.state(totalPx - labelledPx, totalPx, gaps)}</p>
        <Choices label={words.how} value={how} choices={choices} onChange={setHow} autoFocus />
        {how === "stuff" && (
          <ClassField label={words.stuffClass} classes={takers.stuff} value={stuff} onChange={setStuff} />
        )}
        {how === "thing" && (
          <ClassField label={words.thingClass} classes={takers.things} value={thing} onChange={setThing} />
        )}
      </form>
    </Dialog>
  );
}
