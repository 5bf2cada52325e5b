// SPDX-License-Identifier: Apache-2.0
import type { MouseEvent, ReactNode, Ref } from "react";
import { Icon, type IconName } from "./icon.tsx";

interface Props {
  readonly icon: IconName;
  /** Accessible name; shown as title together with `keys`. */
  readonly label: string;
  readonly keys?: string;
  readonly pressed?: boolean;
  /** Why it cannot be used now. The button stays focusable and says it. */
  readonly disabledReason?: string | null;
  readonly inRow?: boolean;
  readonly tabIndex?: number;
  readonly popup?: "menu" | "dialog";
  readonly ref?: Ref<HTMLButtonElement>;
  readonly onPress: (event: MouseEvent<HTMLButtonElement>) => void;
}

export function IconButton(props: Props): ReactNode {
  const disabled = typeof props.disabledReason === "string";
  const named = props.keys ? `${props.label} (${props.keys})` : props.label;
  return (
    <button
      ref={props.ref}
      type="button"
      className={props.inRow ? "icon-button in-row" : "icon-button"}
      aria-label={props.label}
      aria-pressed={props.pressed}
      aria-disabled={disabled || undefined}
      aria-haspopup={props.popup}
      title={disabled ? `${props.label}. ${props.disabledReason}` : named}
      tabIndex={props.tabIndex}
      onClick={(event) => {
        if (!disabled) props.onPress(event);
      }}
    >
      <Icon name={props.icon} />
    </button>
  );
}
