// SPDX-License-Identifier: Apache-2.0
import type { ReactNode, RefObject } from "react";
import { Menu, MenuItem } from "react-aria-components/Menu";
import { Popover } from "react-aria-components/Popover";
import type { Choice } from "./menuButton.tsx";

/** The open menu of a `MenuButton`. */
export default function ChoiceMenu(props: {
  readonly label: string;
  readonly choices: readonly Choice[];
  readonly current?: string;
  readonly dark?: boolean;
  readonly trigger: RefObject<HTMLElement | null>;
  readonly onChoose: (id: string) => void;
  readonly onClose: () => void;
}): ReactNode {
  return (
    <Popover
      className={props.dark ? "popover dark" : "popover"}
      triggerRef={props.trigger}
      offset={4}
      isOpen
      onOpenChange={(open) => {
        if (!open) props.onClose();
      }}
    >
      <Menu
        autoFocus="first"
        className="menu"
        aria-label={props.label}
        items={props.choices}
        selectionMode={props.current === undefined ? "none" : "single"}
        selectedKeys={props.current === undefined ? [] : [props.current]}
        disallowEmptySelection
        onAction={(key) => props.onChoose(String(key))}
        onClose={props.onClose}
      >
        {(choice) => (
          <MenuItem id={choice.id} className="menu-item" textValue={choice.label}>
            <span>{choice.label}</span>
            {choice.hint !== undefined && <small>{choice.hint}</small>}
          </MenuItem>
        )}
      </Menu>
    </Popover>
  );
}
