// SPDX-License-Identifier: Apache-2.0
/** The looking-back side of the fake server, and a bus between the tabs of one browser. */
import { fromBase64, toBase64 } from "../../src/core/base64.ts";
import { decodePixels, encodePixels } from "../../src/core/editCodec.ts";
import { LabelMap } from "../../src/core/labelMap.ts";
import { changedPx, PixelRunCollector, type PixelRuns } from "../../src/core/pixelRuns.ts";
import type {
  ComparisonDoc,
  ConflictDoc,
  ConflictSide,
  HistoryPort,
  PeerPort,
  PixelDoc,
  RevisionDoc,
  SegmentAuthorsDoc,
} from "../../src/editor/historyPorts.ts";
import type { AnnotationDoc, EditDoc } from "../../src/editor/ports.ts";
import type { FakeServer } from "./fakeServer.ts";

const AUTHOR = { id: "usr_2", name: "Ana" };
const AT = "2026-05-12T14:02:11Z";

export class FakeHistory implements HistoryPort {
  private edits = 0;

  constructor(private readonly server: FakeServer) {}

  async revision(_annotationId: string, number: number): Promise<RevisionDoc | null> {
    const info = { created_at: AT, author: AUTHOR, kind: "save", edit_count: 1, changed_px: 1 } as const;
    return number === 0 ? null : { number, ...info };
  }

  async annotationAt(_annotationId: string, number: number): Promise<AnnotationDoc> {
    return this.server.stateAt(number).doc;
  }

  /** Ana did what has an odd id, Bo the rest. */
  async authors(): Promise<SegmentAuthorsDoc> {
    const live = this.server.stateAt(this.server.revision).doc.segments.filter(({ state }) => state === "live");
    const bo = { id: "usr_3", name: "Bo" };
    return { revision: this.server.revision, segments: live.map(({ id }) => ({ id, author: id % 2 ? AUTHOR : bo })) };
  }

  async compare(_annotationId: string, before: number, after: number | null): Promise<ComparisonDoc> {
    const to = after ?? this.server.revision;
    const runs = differingRuns(this.mapAt(before), this.mapAt(to));
    const layer = { layer: "main", changed_px: changedPx(runs), pixels: toBase64(encodePixels(runs)) };
    return { before, after: to, layers: [layer], segments: [] };
  }

  async restore(
    _annotationId: string,
    revision: number,
    segmentId: number | null,
  ): Promise<{ revision: number; saved_at: string }> {
    const towards = differingRuns(this.server.map, this.mapAt(revision));
    const kept = new PixelRunCollector();
    for (let i = 0; i < towards.count; i++) {
      if (segmentId !== null && towards.afters[i] !== segmentId) continue;
      kept.push(towards.ys[i], towards.x0s[i], towards.x1s[i], towards.befores[i], towards.afters[i]);
    }
    const runs = kept.toRuns();
    if (runs.count > 0) await this.server.foreignSave([this.editOf(toBase64(encodePixels(runs)))]);
    return { revision: this.server.revision, saved_at: AT };
  }

  async pixel(_annotationId: string, _layer: string, x: number, y: number): Promise<PixelDoc> {
    const owner = this.server.map.get(x, y);
    for (let n = this.server.revision; n > 0; n--) {
      const [before, after] = [this.mapAt(n - 1).get(x, y), this.mapAt(n).get(x, y)];
      if (before === after) continue;
      const change = { revision: n, author: AUTHOR, tool: "brush", created_at: AT, before, after };
      return { segment_id: owner, change };
    }
    return { segment_id: owner, change: null };
  }

  async conflicts(): Promise<readonly ConflictDoc[]> {
    return this.server.conflicts;
  }

  async resolve(_annotationId: string, conflictId: string, choice: ConflictSide): Promise<AnnotationDoc> {
    const at = this.server.conflicts.findIndex((entry) => entry.id === conflictId);
    const entry = this.server.conflicts[at];
    this.server.conflicts[at] = { ...entry, state: "resolved" };
    await this.server.foreignSave(choice === "wanted" ? [this.editOf(entry.pixels)] : []);
    return this.server.fetchAnnotation("ann_1");
  }

  private mapAt(revision: number): LabelMap {
    const { sizeHw } = this.server;
    return revision === 0 ? new LabelMap(sizeHw) : LabelMap.fromPack(this.server.stateAt(revision).pack, sizeHw);
  }

  private editOf(pixels: string): EditDoc {
    decodePixels(fromBase64(pixels), this.server.sizeHw);
    const id = `00000000-0000-4000-9000-${String(++this.edits).padStart(12, "0")}`;
    return { v: 1, id, seq: this.edits, layer: "main", tool: "restore", assist: null, pixels, segments: [] };
  }
}

function differingRuns(before: LabelMap, after: LabelMap): PixelRuns {
  const runs = new PixelRunCollector();
  for (let y = 0; y < before.height; y++) {
    for (let x = 0; x < before.width; x++) runs.push(y, x, x + 1, before.get(x, y), after.get(x, y));
  }
  return runs.toRuns();
}

/** Delivers at once to every other tab; silent unless `on`. */
export class PeerBus {
  on = false;
  private readonly listeners = new Set<(revision: number) => void>();

  port(): PeerPort {
    let mine: ((revision: number) => void) | null = null;
    return {
      tell: (_annotationId, revision) => {
        if (this.on) for (const listener of [...this.listeners]) if (listener !== mine) listener(revision);
      },
      listen: (_annotationId, onRevision) => {
        mine = onRevision;
        this.listeners.add(onRevision);
        return () => this.listeners.delete(onRevision);
      },
    };
  }
}
