// SPDX-License-Identifier: Apache-2.0
/** A server in memory that keeps the rules of saving: idempotent edits, replay on the head, a result per edit. */

import { type Annotation, newAnnotation } from "../../src/core/annotation.ts";
import { toBase64 } from "../../src/core/base64.ts";
import { editFromJson } from "../../src/core/edit.ts";
import { encodePixels } from "../../src/core/editCodec.ts";
import type { LabelMap } from "../../src/core/labelMap.ts";
import { replay } from "../../src/core/merge.ts";
import { changedPx, type PixelRuns } from "../../src/core/pixelRuns.ts";
import { fieldsToJson } from "../../src/core/segmentJson.ts";
import type { ConflictDoc } from "../../src/editor/historyPorts.ts";
import {
  type AnnotationDoc,
  type AnnotationPort,
  type EditDoc,
  type EditResultDoc,
  type OntologyDoc,
  PortError,
  type SaveReplyDoc,
  type SaveRequestDoc,
  type SegmentDoc,
  type TaskDoc,
} from "../../src/editor/ports.ts";

/** Things have objects of every kind beside their pixels. */
const BOTH = { geometry: ["mask", "box", "rotated_box", "polygon", "polyline", "point"] } as const;

export const RELATIONS = [
  { id: "drives", title: "drives", directed: true, from: [3], to: [1], retired: false },
  { id: "beside", title: "is beside", directed: false, from: [], to: [], retired: false },
];

export const CLASSES = [
  { number: 1, name: "Car", kind: "thing", layer: "main", colour: "#2C9EF3", key: "1", retired: false, ...BOTH },
  { number: 2, name: "Road", kind: "stuff", layer: "main", colour: "#CF5200", key: "2", retired: false },
  { number: 3, name: "Person", kind: "thing", layer: "main", colour: "#1E2BFC", key: "3", retired: false, ...BOTH },
  { number: 4, name: "Void", kind: "ignore", layer: "main", colour: "#72456F", key: "4", retired: false },
] as const;

export class FakeServer implements AnnotationPort {
  readonly requests: SaveRequestDoc[] = [];
  revision = 0;
  ontology: OntologyDoc = {
    version: 1,
    layers: [{ name: "main", title: "Main" }],
    classes: [...CLASSES],
    relations: RELATIONS,
  };
  state: "open" | "submitted" = "open";
  /** Edits whose id is in here are refused with this code. */
  readonly rejects = new Map<string, string>();
  /** Called before a save is looked at; throw a PortError to fail it, or wait to delay it. */
  beforeSave: (request: SaveRequestDoc) => void | Promise<void> = () => undefined;
  /** Called when a save is done and its reply on the way; throw to lose the reply. */
  beforeReply: () => void | Promise<void> = () => undefined;
  leasesFail = false;
  leased = 0;
  head: Annotation;
  private readonly known = new Map<string, { readonly body: string; readonly result: EditResultDoc }>();
  private readonly numbers = new Map<number, number>();
  private readonly seen = new Map<string, number>();
  private nextId = 65_536;
  /** What edits wanted and did not get. */
  readonly conflicts: ConflictDoc[] = [];
  /** State after each revision. */
  private readonly states = new Map<number, { readonly doc: AnnotationDoc; readonly pack: Uint8Array }>();

  constructor(readonly sizeHw: readonly [number, number] = [100, 100]) {
    this.head = newAnnotation(sizeHw, ["main"]);
  }

  get map(): LabelMap {
    return this.head.layers.get("main")!;
  }

  async openTask(taskId: string): Promise<TaskDoc> {
    return {
      id: taskId,
      project: { id: "prj_1", name: "Street" },
      state: this.state,
      position: 1,
      total: 2,
      previous_task_id: null,
      next_task_id: "tsk_2",
      asset: { id: "ast_1", name: "street.jpg", width: this.sizeHw[1], height: this.sizeHw[0] },
      ontology: this.ontology,
      annotation: await this.fetchAnnotation("ann_1"),
    };
  }

  async fetchAnnotation(annotationId: string): Promise<AnnotationDoc> {
    const segments = [...this.head.segments].map(([id, fields]) => {
      const json = fieldsToJson(fields) as unknown as Omit<SegmentDoc, "id" | "number">;
      return { id, number: this.numbers.get(id) ?? null, ...json };
    });
    return {
      id: annotationId,
      task_id: "tsk_1",
      revision: this.revision,
      updated_at: null,
      segments,
      items: [...this.head.items].map(([id, state]) => ({ id, ...state })),
      checksums: { main: this.map.checksum("main") },
      open_conflicts: this.conflicts.filter((entry) => entry.state === "open").length,
    };
  }

  async fetchTiles(
    _annotationId = "",
    _layer = "",
    revision: number | null = null,
  ): Promise<{ readonly pack: Uint8Array; readonly revision: number }> {
    if (revision !== null) return { pack: this.stateAt(revision).pack, revision };
    return { pack: this.map.toPack(), revision: this.revision };
  }

  stateAt(revision: number): { readonly doc: AnnotationDoc; readonly pack: Uint8Array } {
    const state = this.states.get(revision);
    if (state === undefined) throw new PortError("not-found", 404, "no_revision", `There is no revision ${revision}.`);
    return state;
  }

  /** Ends a revision: keeps its state, so that one can look back. */
  async closeRevision(): Promise<void> {
    this.revision++;
    this.states.set(this.revision, { doc: await this.fetchAnnotation("ann_1"), pack: this.map.toPack() });
  }

  async save(_annotationId: string, request: SaveRequestDoc): Promise<SaveReplyDoc> {
    this.requests.push(request);
    await this.beforeSave(request);
    const foreign = (this.seen.get(request.client) ?? this.revision) !== this.revision;
    const results = request.edits.map((edit) => this.take(edit));
    const numbers = this.giveNumbers(request.edits);
    if (results.some((result) => result.status === "applied" || result.status === "conflict")) {
      await this.closeRevision();
    }
    this.seen.set(request.client, this.revision);
    await this.beforeReply();
    return {
      revision: this.revision,
      saved_at: "2026-05-01T00:00:00Z",
      results,
      numbers,
      checksums: { main: this.map.checksum("main") },
      foreign_edits: foreign,
    };
  }

  async leaseIds(_annotationId: string, count: number): Promise<{ readonly start: number; readonly end: number }> {
    if (this.leasesFail) throw new PortError("network", 0, "unreachable", "no network");
    const start = this.nextId;
    this.nextId += count;
    this.leased += count;
    return { start, end: this.nextId };
  }

  async submit(taskId: string): Promise<TaskDoc> {
    this.state = "submitted";
    return this.openTask(taskId);
  }

  async reopen(taskId: string): Promise<TaskDoc> {
    this.state = "open";
    return this.openTask(taskId);
  }

  imageUrl(assetId: string): string {
    return `/image/${assetId}`;
  }

  /** Someone else saves these edits. */
  async foreignSave(edits: readonly EditDoc[]): Promise<void> {
    for (const edit of edits) this.take(edit);
    await this.closeRevision();
  }

  private take(doc: EditDoc): EditResultDoc {
    const body = JSON.stringify(doc);
    const known = this.known.get(doc.id);
    if (known !== undefined) return { ...known.result, status: known.body === body ? "duplicate" : "rejected" };
    const code = this.rejects.get(doc.id);
    const nothing = { conflict_pixels: 0, conflict_fields: 0 };
    if (code !== undefined) return { id: doc.id, status: "rejected", code, message: "not taken", ...nothing };
    const { conflictPixels, conflictFields, conflictItems } = replay(this.head, editFromJson(doc, this.sizeHw));
    const result: EditResultDoc = {
      id: doc.id,
      status: conflictPixels.count + conflictFields.length + conflictItems.length > 0 ? "conflict" : "applied",
      code: null,
      message: null,
      conflict_pixels: changedPx(conflictPixels),
      conflict_fields: conflictFields.length + conflictItems.length,
    };
    this.known.set(doc.id, { body, result });
    if (result.status === "conflict") this.conflicts.push(this.conflictOf(doc, conflictPixels));
    return result;
  }

  private conflictOf(doc: EditDoc, pixels: PixelRuns): ConflictDoc {
    const author = { id: "usr_1", name: "Local owner" };
    return {
      id: `cnf_${this.conflicts.length + 1}`,
      edit_id: doc.id,
      layer: doc.layer,
      pixels: toBase64(encodePixels(pixels)),
      pixel_count: changedPx(pixels),
      created_at: "2026-05-01T00:00:00Z",
      fields: [],
      state: "open",
      author,
      head_author: author,
      yours: ["head", "wanted"],
    };
  }

  private giveNumbers(edits: readonly EditDoc[]): Record<string, number> {
    const given: Record<string, number> = {};
    for (const change of edits.flatMap((edit) => edit.segments)) {
      if (this.numbers.has(change.id) || !this.head.segments.has(change.id)) continue;
      this.numbers.set(change.id, this.numbers.size + 1);
      given[change.id] = this.numbers.get(change.id)!;
    }
    return given;
  }
}
