// SPDX-License-Identifier: Apache-2.0
import { type KeyboardEvent, memo, type ReactNode, useEffect, useRef, useState } from "react";
import { ownerOf, type Rebinding } from "../../editor/keyBindings.ts";
import { refusalOf } from "../../editor/reservedKeys.ts";
import type { CommandInfo } from "../../editor/state.ts";
import { chordText } from "../chords.ts";
import { keyRefused, keyWords as words } from "../keyWords.ts";
import { Keys } from "../parts/keys.tsx";
import { pressedChord } from "./pressedChord.ts";

/** A command's key is being changed: waiting for the press, or asking what to do about a conflict. */
interface Change {
  readonly from: string | null;
  readonly refused: string | null;
  readonly conflict: { readonly chord: string; readonly owner: CommandInfo } | null;
}

function Capture(props: {
  readonly command: CommandInfo;
  readonly change: Change;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onSettle: (to: string | null, other: Rebinding["other"]) => void;
  readonly onCancel: () => void;
}): ReactNode {
  const { change } = props;
  const first = useRef<HTMLButtonElement>(null);
  // The focus follows: first to the place that listens, then to the answer that loses nothing.
  const asking = change.conflict !== null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question is another place for the focus
  useEffect(() => first.current?.focus(), [asking]);
  if (change.conflict !== null) {
    const { chord, owner } = change.conflict;
    return (
      <div className="key-change" role="alert">
        <p>{words.taken(chordText(chord), owner.title)}</p>
        <div className="key-answers">
          {change.from !== null && (
            <button ref={first} type="button" className="button small" onClick={() => props.onSettle(chord, "swap")}>
              {words.swap}
            </button>
          )}
          <button
            ref={change.from === null ? first : undefined}
            type="button"
            className="button small"
            onClick={() => props.onSettle(chord, "take")}
          >
            {words.take}
          </button>
          <button type="button" className="button small plain" onClick={props.onCancel}>
            {words.cancel}
          </button>
        </div>
      </div>
    );
  }
  return (
    <div className="key-change">
      {change.refused !== null && <p role="alert">{change.refused}</p>}
      <div className="key-answers">
        <button
          ref={first}
          type="button"
          className="button small listening"
          aria-label={words.pressFor(props.command.title)}
          onKeyDown={props.onKeyDown}
        >
          {words.press}
        </button>
        {change.from !== null && (
          <button type="button" className="button small" onClick={() => props.onSettle(null, "take")}>
            {words.remove}
          </button>
        )}
        <button type="button" className="button small plain" onClick={props.onCancel}>
          {words.cancel}
        </button>
      </div>
    </div>
  );
}

function KeyRowView(props: {
  readonly command: CommandInfo;
  /** All of them, to find who has a key. */
  readonly commands: readonly CommandInfo[];
  readonly changed: boolean;
  readonly onRebind: (rebinding: Rebinding) => void;
  readonly onRestore: (id: string) => void;
}): ReactNode {
  const { command } = props;
  const [change, setChange] = useState<Change | null>(null);
  const row = useRef<HTMLLIElement>(null);
  const close = (): void => {
    setChange(null);
    row.current?.focus();
  };
  const start = (from: string | null): void => setChange({ from, refused: null, conflict: null });
  const settle = (to: string | null, other: Rebinding["other"]): void => {
    if (change !== null) props.onRebind({ id: command.id, from: change.from, to, other });
    close();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (change === null) return;
    // Tab and Escape lead out of here, as everywhere.
    if (event.key === "Tab") return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Escape") {
      close();
      return;
    }
    const pressed = pressedChord(event);
    if (pressed === null) return;
    const refusal = refusalOf(pressed.chord, pressed.alt);
    if (refusal !== null) {
      setChange({ ...change, refused: keyRefused(chordText(pressed.chord ?? event.key), refusal) });
      return;
    }
    const chord = pressed.chord!;
    const owner = ownerOf(props.commands, chord);
    if (owner === null || owner.id === command.id) settle(chord, "take");
    else setChange({ ...change, refused: null, conflict: { chord, owner } });
  };
  return (
    <li ref={row} className="key-row" tabIndex={-1} data-command={command.id}>
      <span>{command.title}</span>
      <span className="key-list">
        {command.keys.map((chord) => (
          <button
            key={chord}
            type="button"
            className="key-button"
            title={words.change(chordText(chord), command.title)}
            onClick={() => start(chord)}
          >
            <span className="visually-hidden">{words.changeBefore} </span>
            <Keys chord={chord} />
            <span className="visually-hidden"> {words.changeAfter(command.title)}</span>
          </button>
        ))}
        {command.keys.length === 0 && (
          <button
            type="button"
            className="key-button empty"
            aria-label={words.add(command.title)}
            onClick={() => start(null)}
          >
            {words.addShort}
          </button>
        )}
        {command.hold && command.keys.length > 0 && <small>{words.hold}</small>}
        {props.changed && (
          <button
            type="button"
            className="key-button empty"
            aria-label={words.restore(command.title)}
            onClick={() => props.onRestore(command.id)}
          >
            {words.restoreShort}
          </button>
        )}
      </span>
      {change !== null && (
        <Capture command={command} change={change} onKeyDown={onKeyDown} onSettle={settle} onCancel={close} />
      )}
    </li>
  );
}

export const KeyRow = memo(KeyRowView);
