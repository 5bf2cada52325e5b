// SPDX-License-Identifier: Apache-2.0
/** Windows of one browser tell each other that the server holds something new. Works on plain http as well. */
import type { PeerPort } from "../editor/historyPorts.ts";

const nameOf = (annotationId: string): string => `intarsia:${annotationId}`;

/** A browser without channels loses only the speed: the next save, or coming to the front, finds out too. */
export function createPeers(): PeerPort {
  if (typeof BroadcastChannel === "undefined") return { tell: () => undefined, listen: () => () => undefined };
  const open = new Map<string, BroadcastChannel>();
  return {
    tell: (annotationId, revision) => open.get(annotationId)?.postMessage(revision),
    listen: (annotationId, onRevision) => {
      const channel = new BroadcastChannel(nameOf(annotationId));
      open.set(annotationId, channel);
      channel.onmessage = ({ data }: MessageEvent<unknown>) => {
        if (typeof data === "number") onRevision(data);
      };
      return () => {
        channel.close();
        open.delete(annotationId);
      };
    },
  };
}
