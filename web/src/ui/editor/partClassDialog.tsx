// SPDX-License-Identifier: Apache-2.0
import { type FormEvent, type ReactNode, useId, useState } from "react";
import { takesPixels } from "../../core/ontology.ts";
import { partClass as words } from "../borderWords.ts";
import { Dialog } from "../parts/dialog.tsx";
import { useEditor, useEditorPort } from "../state.tsx";
import { app } from "../words.ts";
import { commandIds } from "./commandIds.ts";

/** The knife on stuff: what the smaller part shall be, as it cannot be a second segment of the same class. */
export default function PartClassDialog(props: {
  readonly part: { readonly classNumber: number; readonly partPx: number };
  readonly onClose: () => void;
}): ReactNode {
  const port = useEditorPort();
  const ids = { form: useId(), classes: useId() };
  const { classNumber, partPx } = props.part;
  const classes = useEditor((state) => state.classes);
  const current = useEditor((state) => state.currentClass);
  const locked = useEditor((state) => state.lockedClasses);
  const own = classes.find((entry) => entry.number === classNumber);
  const takers = classes.filter(
    (entry) =>
      entry.layer === own?.layer &&
      entry.number !== classNumber &&
      !entry.retired &&
      takesPixels(entry) &&
      !locked.has(entry.number),
  );
  const [chosen, setChosen] = useState((takers.find((entry) => entry.number === current) ?? takers[0])?.number);
  const cancel = (): void => {
    props.onClose();
    port.run(commandIds.knifeClass, null);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    props.onClose();
    port.run(commandIds.knifeClass, chosen ?? null);
  };
  const foot = (
    <>
      <button type="button" className="button" onClick={cancel}>
        {app.cancel}
      </button>
      {chosen !== undefined && (
        <button type="submit" form={ids.form} className="button primary">
          {words.run}
        </button>
      )}
    </>
  );
  return (
    <Dialog title={words.title} dark onClose={cancel} foot={foot}>
      <form id={ids.form} className="dialog-form" onSubmit={submit}>
        <p>{words.lead(own?.name ?? words.unknown)}</p>
        {chosen === undefined ? (
          <p className="quiet-text">{words.noOther}</p>
        ) : (
          <div className="field">
            <label htmlFor={ids.classes}>{words.classOf(partPx)}</label>
            <select
              id={ids.classes}
              className="input"
              // biome-ignore lint/a11y/noAutofocus: the question is what the dialog is there for
              autoFocus
              value={chosen}
              onChange={(event) => setChosen(Number(event.target.value))}
            >
              {takers.map((entry) => (
                <option key={entry.number} value={entry.number}>
                  {entry.name}
                </option>
              ))}
            </select>
          </div>
        )}
      </form>
    </Dialog>
  );
}
