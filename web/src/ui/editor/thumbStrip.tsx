// SPDX-License-Identifier: Apache-2.0
import type { PointerEvent, ReactNode } from "react";
import { Icon, type IconName } from "../parts/icon.tsx";
import { IconButton } from "../parts/iconButton.tsx";
import { thumbWords as words } from "../settingsWords.ts";
import { useEditor, useEditorPort } from "../state.tsx";
import { commandIds } from "./commandIds.ts";

/** As long as the thumb rests on it, the command lends what it does. A click, by keyboard or switch, runs it. */
function HoldButton(props: { readonly commandId: string; readonly icon: IconName; readonly label: string }): ReactNode {
  const port = useEditorPort();
  const { commandId } = props;
  const down = (event: PointerEvent<HTMLElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId);
    port.hold(commandId, true);
  };
  const up = (): void => port.hold(commandId, false);
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={props.label}
      title={props.label}
      onPointerDown={down}
      onPointerUp={up}
      onPointerCancel={up}
      onLostPointerCapture={up}
      onContextMenu={(event) => event.preventDefault()}
      // A pointer has already held it; only a click without one (detail 0) means: switch.
      onClick={(event) => event.detail === 0 && port.run(commandId)}
    >
      <Icon name={props.icon} />
    </button>
  );
}

/** Held keys and the commonest taps, for whoever has no keyboard: beside the thumb of the other hand. */
export default function ThumbStrip(): ReactNode {
  const port = useEditorPort();
  const readOnly = useEditor((state) => state.readOnly);
  const outline = useEditor((state) => state.outlineOpen);
  return (
    <section className="thumb-strip" aria-label={words.strip}>
      <HoldButton commandId="view.pan" icon="hand" label={words.pan} />
      {!readOnly && (
        <>
          <HoldButton commandId="mode.swap" icon="swap" label={words.mode} />
          <HoldButton commandId="tool.eraser" icon="eraser" label={words.erase} />
          <IconButton icon="undo" label={words.undo} onPress={() => port.run(commandIds.undo)} />
          <IconButton icon="redo" label={words.redo} onPress={() => port.run(commandIds.redo)} />
          {outline && (
            <IconButton icon="check" label={words.finish} onPress={() => port.run(commandIds.outlineFinish)} />
          )}
        </>
      )}
    </section>
  );
}
