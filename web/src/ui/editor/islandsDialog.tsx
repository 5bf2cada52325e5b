// SPDX-License-Identifier: Apache-2.0
import { type FormEvent, type ReactNode, useId, useState } from "react";
import { islands as words } from "../partitionWords.ts";
import { Choices } from "../parts/choices.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { useEditor, useEditorPort } from "../state.tsx";
import { app } from "../words.ts";
import { commandIds } from "./commandIds.ts";

const usualPx = "64";
const mostPx = 1_000_000;

/** Which islands shall go: under how many pixels, and of what. */
export default function IslandsDialog(props: { readonly onClose: () => void }): ReactNode {
  const port = useEditorPort();
  const ids = { form: useId(), below: useId(), wrong: useId() };
  const selected = useEditor((state) => state.segments.filter((row) => row.selected).length);
  const [text, setText] = useState(usualPx);
  const [where, setWhere] = useState<"selection" | "image">(selected > 0 ? "selection" : "image");
  const [wrong, setWrong] = useState(false);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const belowPx = Number(text);
    if (!Number.isInteger(belowPx) || belowPx < 1 || belowPx > mostPx) {
      setWrong(true);
      return;
    }
    props.onClose();
    port.run(commandIds.islandsRemove, { belowPx, of: where });
  };
  const foot = (
    <>
      <button type="button" className="button" onClick={props.onClose}>
        {app.cancel}
      </button>
      <button type="submit" form={ids.form} className="button primary">
        {words.run}
      </button>
    </>
  );
  return (
    <Dialog title={words.title} dark onClose={props.onClose} foot={foot}>
      <form id={ids.form} className="dialog-form" onSubmit={submit}>
        <p className="quiet-text">{words.lead}</p>
        <div className="field">
          <label htmlFor={ids.below}>{words.below}</label>
          <span className="with-unit">
            <input
              id={ids.below}
              className="input figure"
              autoFocus
              inputMode="numeric"
              autoComplete="off"
              value={text}
              aria-invalid={wrong}
              aria-describedby={wrong ? ids.wrong : undefined}
              onFocus={(event) => event.target.select()}
              onChange={(event) => {
                setText(event.target.value);
                setWrong(false);
              }}
            />
            {words.unit}
          </span>
          {wrong && (
            <p id={ids.wrong} className="error-text" role="alert">
              {words.wrong(mostPx)}
            </p>
          )}
        </div>
        {selected > 0 && (
          <Choices
            label={words.where}
            value={where}
            choices={[
              { id: "selection", label: words.selection(selected) },
              { id: "image", label: words.image },
            ]}
            onChange={setWhere}
          />
        )}
      </form>
    </Dialog>
  );
}
