// SPDX-License-Identifier: Apache-2.0
import { type DragEvent, type ReactNode, useRef, useState } from "react";
import { fromDrop, fromList, type NamedFile } from "../files.ts";
import { Icon } from "./icon.tsx";

export interface Chooser {
  readonly label: string;
  readonly accept?: string;
  readonly folder?: boolean;
}

/** A place for files: drop on it, or use one of its buttons. */
export function DropField(props: {
  readonly text: string;
  readonly choosers: readonly Chooser[];
  readonly onFiles: (files: readonly NamedFile[]) => void;
  readonly children?: ReactNode;
}): ReactNode {
  const [over, setOver] = useState(false);
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    setOver(false);
    void fromDrop(event.dataTransfer).then(props.onFiles);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping has the buttons inside as its equal
    <div
      className="drop-field"
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <Icon name="upload" />
      <span>{props.text}</span>
      <span className="drop-choosers">
        {props.choosers.map((chooser) => (
          <FileButton key={chooser.label} chooser={chooser} onFiles={props.onFiles} />
        ))}
      </span>
      {props.children}
    </div>
  );
}

export function FileButton(props: {
  readonly chooser: Chooser;
  readonly primary?: boolean;
  readonly onFiles: (files: readonly NamedFile[]) => void;
}): ReactNode {
  const input = useRef<HTMLInputElement>(null);
  const { chooser } = props;
  return (
    <>
      <button
        type="button"
        className={props.primary ? "button primary" : "button small"}
        onClick={() => input.current?.click()}
      >
        {chooser.label}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept={chooser.accept}
        aria-label={chooser.label}
        {...(chooser.folder ? { webkitdirectory: "" } : {})}
        onChange={(event) => {
          if (event.target.files !== null) props.onFiles(fromList(event.target.files));
          event.target.value = "";
        }}
      />
    </>
  );
}
