// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from "react";
import { Button } from "react-aria-components/Button";
import { Menu, MenuItem, MenuTrigger } from "react-aria-components/Menu";
import { Popover } from "react-aria-components/Popover";

export interface Choice {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
}

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
  return (
    <MenuTrigger>
      <Button className={props.className} aria-label={props.label}>
        {props.children}
      </Button>
      <Popover className={props.dark ? "popover dark" : "popover"} offset={4}>
        <Menu
          className="menu"
          aria-label={props.label}
          items={props.choices}
          selectionMode={props.current === undefined ? "none" : "single"}
          selectedKeys={props.current === undefined ? [] : [props.current]}
          disallowEmptySelection
          onAction={(key) => props.onChoose(String(key))}
        >
          {(choice) => (
            <MenuItem id={choice.id} className="menu-item" textValue={choice.label}>
              <span>{choice.label}</span>
              {choice.hint !== undefined && <small>{choice.hint}</small>}
            </MenuItem>
          )}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
