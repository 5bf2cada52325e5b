// SPDX-License-Identifier: Apache-2.0
import { type FormEvent, type ReactNode, useId, useState } from "react";
import type { Geometry } from "../../core/item.ts";
import { objectNumbers as words } from "../objectWords.ts";
import { Dialog } from "../parts/dialog.tsx";
import { useEditor, useEditorPort } from "../state.tsx";
import { app } from "../words.ts";
import { commandIds } from "./commandIds.ts";

/** Numbers of a geometry in the order of its fields; none for those that are lists of vertices. */
function numbersOf(geometry: Geometry): readonly number[] {
  if (geometry.kind === "box") return geometry.box_xyxy;
  if (geometry.kind === "rotated_box") return [...geometry.centre, ...geometry.size_wh, geometry.angle_deg];
  return geometry.kind === "point" ? geometry.point : [];
}

function geometryFrom(kind: Geometry["kind"], numbers: readonly number[]): Geometry {
  const [a, b, c, d, e] = numbers;
  if (kind === "box") return { kind, box_xyxy: [a, b, c, d] };
  if (kind === "rotated_box") return { kind, centre: [a, b], size_wh: [c, d], angle_deg: e };
  return { kind: "point", point: [a, b] };
}

/** The exact numbers of the selected box, rotated box or point: what a drag says roughly. */
export default function ObjectNumbersDialog(props: { readonly onClose: () => void }): ReactNode {
  const port = useEditorPort();
  const form = useId();
  const shape = useEditor((state) => state.objectInHand);
  const [texts, setTexts] = useState(() => (shape === null ? [] : numbersOf(shape.geometry).map(String)));
  if (shape === null) return null;
  const { kind } = shape.geometry;
  const labels = words.fields[kind];
  const numbers = texts.map((text) => (text.trim() === "" ? Number.NaN : Number(text)));
  const wrong = labels[numbers.findIndex((value) => !Number.isFinite(value))];
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (wrong !== undefined) return;
    props.onClose();
    port.run(commandIds.objectSetGeometry, { id: shape.id, geometry: geometryFrom(kind, numbers) });
  };
  const foot = (
    <>
      <button type="button" className="button" onClick={props.onClose}>
        {app.cancel}
      </button>
      <button type="submit" form={form} className="button primary">
        {words.apply}
      </button>
    </>
  );
  return (
    <Dialog title={words.title} dark onClose={props.onClose} foot={foot}>
      <form id={form} className="dialog-form" onSubmit={submit}>
        {labels.map((label, place) => (
          <div className="field" key={label}>
            <label htmlFor={`${form}-${place}`}>{label}</label>
            <input
              id={`${form}-${place}`}
              className="input figure"
              inputMode="decimal"
              autoFocus={place === 0}
              autoComplete="off"
              onFocus={(event) => event.target.select()}
              value={texts[place]}
              onChange={(event) => setTexts(texts.map((text, i) => (i === place ? event.target.value : text)))}
            />
          </div>
        ))}
        {wrong !== undefined && (
          <p className="error-text" role="alert">
            {words.wrong(wrong)}
          </p>
        )}
      </form>
    </Dialog>
  );
}
