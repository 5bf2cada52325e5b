// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from "react";
import { Dialog as AriaDialog } from "react-aria-components/Dialog";
import { Heading } from "react-aria-components/Heading";
import { Modal, ModalOverlay } from "react-aria-components/Modal";
import { app } from "../words.ts";
import { IconButton } from "./iconButton.tsx";

/** A modal dialog; Escape, the veil and the cross close it. `foot` holds its buttons. */
export function Dialog(props: {
  readonly title: string;
  readonly wide?: boolean;
  readonly dark?: boolean;
  readonly onClose: () => void;
  readonly foot?: ReactNode;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <ModalOverlay
      className={props.dark ? "veil dark" : "veil"}
      isOpen
      isDismissable
      onOpenChange={(open) => {
        if (!open) props.onClose();
      }}
    >
      <Modal className={props.wide ? "dialog wide" : "dialog"}>
        <AriaDialog>
          <div className="dialog-head">
            <Heading slot="title" level={2}>
              {props.title}
            </Heading>
            <IconButton icon="close" label={app.close} onPress={props.onClose} />
          </div>
          <div className="dialog-body">{props.children}</div>
          {props.foot !== undefined && <div className="dialog-foot">{props.foot}</div>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
