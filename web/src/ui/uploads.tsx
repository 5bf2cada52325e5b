// SPDX-License-Identifier: Apache-2.0
/** Images on their way to a project. Lives above the screens, so that changing the page does not stop it. */
import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, use, useMemo, useSyncExternalStore } from "react";
import { uploadAsset } from "../api/upload.ts";
import { looksLikeImage, type NamedFile } from "./files.ts";
import { UploadQueue, type UploadState, type UploadTarget } from "./uploadQueue.ts";
import { uploads as words } from "./words.ts";

const UploadContext = createContext<UploadQueue | null>(null);

export function UploadProvider(props: { readonly children: ReactNode }): ReactNode {
  const queries = useQueryClient();
  const queue = useMemo(
    () =>
      new UploadQueue({
        send: (target, file, onProgress, signal) =>
          uploadAsset(target, { name: file.path, blob: file.file }, { onProgress, signal }).then(() => undefined),
        added: (target) => {
          void queries.invalidateQueries({ queryKey: ["tasks", target.project] });
          void queries.invalidateQueries({ queryKey: ["project", target.project] });
          void queries.invalidateQueries({ queryKey: ["projects"] });
        },
      }),
    [queries],
  );
  return <UploadContext value={queue}>{props.children}</UploadContext>;
}

const refusal = (file: NamedFile): string | null => (looksLikeImage(file) ? null : words.notAnImage);

export interface Uploads {
  readonly state: UploadState;
  readonly add: (target: UploadTarget, files: readonly NamedFile[]) => void;
  readonly stop: () => void;
  readonly retry: () => void;
  readonly dismiss: () => void;
}

export function useUploads(): Uploads {
  const queue = use(UploadContext);
  if (queue === null) throw new Error("useUploads outside of its provider");
  const state = useSyncExternalStore(queue.subscribe, queue.getState);
  const add = (target: UploadTarget, files: readonly NamedFile[]): void => queue.add(target, files, refusal);
  return { state, add, stop: queue.stop, retry: queue.retry, dismiss: queue.dismiss };
}
