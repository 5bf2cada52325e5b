// SPDX-License-Identifier: Apache-2.0
/**
 * Tasks fetched ahead of being opened. Label maps are used only while they are of the revision that the server names
 * at opening: a revision never changes, so what was fetched early is what would be fetched now.
 */
import { BLOCK } from "../editor/leases.ts";
import type { AnnotationPort, IdLeaseDoc, TaskDoc } from "../editor/ports.ts";

const MOST_TASKS = 3;
/** Larger maps are fetched when they are wanted. */
const MOST_BYTES = 8 * 1024 * 1024;

interface WarmTiles {
  readonly pack: Uint8Array;
  readonly revision: number;
}

export class WarmTasks {
  /** By annotation, then layer; the one fetched last comes last. */
  private readonly tiles = new Map<string, Map<string, WarmTiles>>();
  /** Ids for what will be drawn there: a block is leased once for an annotation, whether or not it is opened. */
  private readonly leases = new Map<string, IdLeaseDoc>();
  /** Revision of the head as the server last told. */
  private readonly heads = new Map<string, number>();

  constructor(private readonly server: AnnotationPort) {}

  /** Fetches a task with its label maps and a block of ids. Rejects with PortError. */
  async warm(taskId: string, signal: AbortSignal): Promise<TaskDoc> {
    const task = await this.server.openTask(taskId);
    const { id, revision } = task.annotation;
    const known = this.tiles.get(id);
    const layers = new Map<string, WarmTiles>();
    let bytes = 0;
    for (const { name } of task.ontology.layers) {
      const same = known?.get(name);
      if (signal.aborted) return task;
      const answer = same?.revision === revision ? same : await this.server.fetchTiles(id, name, null);
      bytes += answer.pack.length;
      if (bytes > MOST_BYTES) return task;
      layers.set(name, answer);
    }
    this.tiles.delete(id);
    this.tiles.set(id, layers);
    for (const oldest of this.tiles.keys()) {
      if (this.tiles.size <= MOST_TASKS) break;
      this.tiles.delete(oldest);
    }
    if (task.state === "open" && !this.leases.has(id) && !signal.aborted) {
      this.leases.set(id, await this.server.leaseIds(id, BLOCK));
    }
    return task;
  }

  /** The server's port, with label maps and ids that are here already handed out at once. */
  port(): AnnotationPort {
    const { server } = this;
    return {
      ...server,
      openTask: async (taskId) => {
        const task = await server.openTask(taskId);
        this.heads.set(task.annotation.id, task.annotation.revision);
        return task;
      },
      fetchAnnotation: async (id) => {
        const annotation = await server.fetchAnnotation(id);
        this.heads.set(id, annotation.revision);
        return annotation;
      },
      leaseIds: (id, count) => {
        const lease = this.leases.get(id);
        if (lease === undefined || count !== BLOCK) return server.leaseIds(id, count);
        this.leases.delete(id);
        return Promise.resolve(lease);
      },
      fetchTiles: (id, layer, revision) => {
        const warm = this.tiles.get(id)?.get(layer);
        // Once: whoever asks again does so because something did not fit.
        this.tiles.get(id)?.delete(layer);
        const wanted = revision ?? this.heads.get(id);
        return warm !== undefined && warm.revision === wanted
          ? Promise.resolve(warm)
          : server.fetchTiles(id, layer, revision);
      },
    };
  }
}
