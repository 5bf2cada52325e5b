// SPDX-License-Identifier: Apache-2.0
import { type KeyboardEvent, type ReactNode, useRef, useState } from "react";
import { deferred, Later } from "./deferred.tsx";

export interface Choice {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
}

// The menu's code is not needed for the first stroke.
const menu = deferred(() => import("./choiceMenu.tsx"));

/** A button that opens a menu of choices, one of which may be the current one. */
export function MenuButton(props: {
  readonly label: string;
  readonly className: string;
  readonly choices: readonly Choice[];
  readonly current?: string;
  readonly dark?: boolean;
  readonly onChoose: (id: string) => void;
  readonly children: ReactNode;
}): ReactNode {
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    setOpen(true);
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        className={props.className}
        aria-label={props.label}
        title={props.label}
        aria-haspopup="menu"
        aria-expanded={open}
        onPointerEnter={menu.preload}
        onFocus={menu.preload}
        onKeyDown={onKeyDown}
        onClick={() => setOpen(true)}
      >
        {props.children}
      </button>
      {open && (
        <Later
          of={menu}
          label={props.label}
          choices={props.choices}
          current={props.current}
          dark={props.dark}
          trigger={button}
          onChoose={props.onChoose}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
