// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef, useState } from "react";
import { fromDrop, type NamedFile } from "./files.ts";

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false;

/** A file dropped beside its place would open instead of the page, and unsent work would be in danger. */
export function useDropGuard(): void {
  useEffect(() => {
    const refuse = (event: DragEvent): void => {
      if (!hasFiles(event) || event.defaultPrevented) return;
      event.preventDefault();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = "none";
    };
    window.addEventListener("dragover", refuse);
    window.addEventListener("drop", refuse);
    return () => {
      window.removeEventListener("dragover", refuse);
      window.removeEventListener("drop", refuse);
    };
  }, []);
}

/** Files may be dropped anywhere on the page. True while some are held over it. */
export function usePageDrop(onFiles: (files: readonly NamedFile[]) => void): boolean {
  const [over, setOver] = useState(false);
  const latest = useRef(onFiles);
  latest.current = onFiles;
  useEffect(() => {
    // Entering a child fires before leaving its parent, so depth tells when the page itself was left.
    let depth = 0;
    const show = (change: number): void => {
      depth = Math.max(0, depth + change);
      setOver(depth > 0);
    };
    const enter = (event: DragEvent): void => (hasFiles(event) ? show(1) : undefined);
    const leave = (event: DragEvent): void => (hasFiles(event) ? show(-1) : undefined);
    const allow = (event: DragEvent): void => (hasFiles(event) ? event.preventDefault() : undefined);
    const drop = (event: DragEvent): void => {
      depth = 0;
      setOver(false);
      if (event.defaultPrevented || event.dataTransfer === null || !hasFiles(event)) return;
      event.preventDefault();
      void fromDrop(event.dataTransfer).then((files) => latest.current(files));
    };
    const handlers = [
      ["dragenter", enter],
      ["dragleave", leave],
      ["dragover", allow],
      ["drop", drop],
    ] as const;
    // On the document, so that the guard on the window comes after it and lets an accepted drop pass.
    for (const [name, handler] of handlers) document.addEventListener(name, handler);
    return () => {
      for (const [name, handler] of handlers) document.removeEventListener(name, handler);
    };
  }, []);
  return over;
}
