// SPDX-License-Identifier: Apache-2.0
import { type FormEvent, type ReactNode, useId, useState } from "react";
import { objects as words } from "../objectWords.ts";
import { Choices } from "../parts/choices.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { useEditor, useEditorPort } from "../state.tsx";
import { app } from "../words.ts";
import { commandIds } from "./commandIds.ts";

/** Every relation that the ontology allows between the two selected things, both ways round where it has a direction. */
export default function RelateDialog(props: { readonly onClose: () => void }): ReactNode {
  const port = useEditorPort();
  const form = useId();
  const found = useEditor((state) => state.relateChoices);
  const [at, setAt] = useState("0");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    props.onClose();
    const choice = found[Number(at)];
    if (choice !== undefined) port.run(commandIds.relationMake, choice);
  };
  const foot = (
    <>
      <button type="button" className="button" onClick={props.onClose}>
        {app.cancel}
      </button>
      <button type="submit" form={form} className="button primary">
        {words.relate}
      </button>
    </>
  );
  return (
    <Dialog title={words.relateTitle} dark onClose={props.onClose} foot={foot}>
      <form id={form} className="dialog-form" onSubmit={submit}>
        <Choices
          label={words.relateHow}
          value={at}
          choices={found.map((choice, place) => ({ id: String(place), label: choice.text }))}
          onChange={setAt}
          autoFocus
        />
      </form>
    </Dialog>
  );
}
