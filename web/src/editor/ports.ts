// SPDX-License-Identifier: Apache-2.0
/**
 * What the editor needs from outside, as interfaces. `api/` and the page implement them; tests bring their own.
 *
 * Documents that travel over HTTP keep the shape and the snake_case keys of the interface (`/api/v1`), so that an
 * implementation hands them through as they are. Nothing here knows the DOM, `fetch` or IndexedDB.
 */

import type { Ontology, OntologyClass, Question } from "../core/ontology.ts";
import type { HistoryPort, PeerPort } from "./historyPorts.ts";
import type { ReviewPort } from "./reviewPorts.ts";

/** State of one segment as it travels in an edit (contract/edit.md). */
export interface SegmentStateDoc {
  readonly class: number;
  readonly crowd: boolean;
  readonly instances_unknown: boolean;
  readonly answers: Readonly<Record<string, unknown>>;
  readonly state: "live" | "deleted" | "merged";
  readonly merged_into: number | null;
}

/** A segment as the server lists it: live ones, and the stones of merged and deleted ones. */
export interface SegmentDoc extends SegmentStateDoc {
  readonly id: number;
  readonly number: number | null;
}

/** An item as the server lists it: its state, with its id. */
export type ItemDoc = { readonly id: string } & Readonly<Record<string, unknown>>;

export interface AnnotationDoc {
  readonly id: string;
  readonly task_id: string;
  readonly revision: number; // 0 = no save yet
  readonly updated_at: string | null;
  readonly segments: readonly SegmentDoc[];
  /** Items as contract/items.md says, each with its id; missing: none. */
  readonly items?: readonly ItemDoc[];
  readonly checksums: Readonly<Record<string, string>>;
  readonly open_conflicts: number;
}

export interface OntologyClassDoc {
  readonly number: number;
  readonly name: string;
  readonly kind: "thing" | "stuff" | "ignore";
  readonly layer: string;
  readonly colour: string;
  readonly key: string | null;
  readonly retired: boolean;
  readonly parent?: number | null;
  readonly geometry?: OntologyClass["geometry"];
  readonly priority?: number;
  readonly description?: string;
  readonly questions?: readonly Question[];
}

/** What may be missing has the value that contract/ontology.md gives it. */
export interface OntologyDoc extends Partial<Omit<Ontology, "version" | "layers" | "classes">> {
  readonly version: number;
  readonly layers: readonly { readonly name: string; readonly title: string }[];
  readonly classes: readonly OntologyClassDoc[];
}

export interface TaskDoc {
  readonly id: string;
  readonly project: { readonly id: string; readonly name: string };
  readonly state: "open" | "submitted";
  readonly position: number;
  readonly total: number;
  readonly previous_task_id: string | null;
  readonly next_task_id: string | null;
  readonly asset: { readonly id: string; readonly name: string; readonly width: number; readonly height: number };
  readonly ontology: OntologyDoc;
  readonly annotation: AnnotationDoc;
}

/** One edit as JSON (contract/edit.md). */
export interface EditDoc {
  readonly v: 1;
  readonly id: string;
  readonly seq: number;
  readonly layer: string;
  readonly tool: string;
  readonly assist: string | null;
  readonly pixels: string;
  readonly segments: readonly {
    readonly id: number;
    readonly before: SegmentStateDoc | null;
    readonly after: SegmentStateDoc;
  }[];
  /** Missing when no item changes. */
  readonly items?: readonly { readonly id: string; readonly before: unknown; readonly after: unknown }[];
}

export interface SaveRequestDoc {
  readonly client: string;
  readonly edits: readonly EditDoc[];
}

export interface EditResultDoc {
  readonly id: string;
  readonly status: "applied" | "conflict" | "rejected" | "duplicate";
  readonly code: string | null;
  readonly message: string | null;
  readonly conflict_pixels: number;
  readonly conflict_fields: number;
}

export interface SaveReplyDoc {
  readonly revision: number;
  readonly saved_at: string;
  readonly results: readonly EditResultDoc[];
  readonly numbers: Readonly<Record<string, number>>;
  readonly checksums: Readonly<Record<string, string>>;
  readonly foreign_edits: boolean;
}

/** Half-open range of thing ids. */
export interface IdLeaseDoc {
  readonly start: number;
  readonly end: number;
}

export type PortErrorKind =
  | "network" // no answer at all
  | "signed-out" // 401
  | "forbidden" // 403
  | "not-found" // 404, 410
  | "refused" // any other 4xx: sending the same again will not help
  | "disk-full" // 507, or a server error with code disk_full
  | "server"; // 5xx

/** The one error that an `AnnotationPort` throws. `status` is 0 when there was no answer. */
export class PortError extends Error {
  constructor(
    readonly kind: PortErrorKind,
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = "PortError";
  }
}

/** The server, as far as the editor talks to it. All methods reject with `PortError`. */
export interface AnnotationPort {
  /** GET /tasks/{t} */
  openTask(taskId: string): Promise<TaskDoc>;
  /** GET /annotations/{n} */
  fetchAnnotation(annotationId: string): Promise<AnnotationDoc>;
  /** GET /annotations/{n}/tiles: the pack (uncompressed bytes) and the revision that it belongs to. Null: head. */
  fetchTiles(
    annotationId: string,
    layer: string,
    revision: number | null,
  ): Promise<{ readonly pack: Uint8Array; readonly revision: number }>;
  /** POST /annotations/{n}/edits */
  save(annotationId: string, request: SaveRequestDoc): Promise<SaveReplyDoc>;
  /** POST /annotations/{n}/leases */
  leaseIds(annotationId: string, count: number): Promise<IdLeaseDoc>;
  /** POST /tasks/{t}/submit */
  submit(taskId: string): Promise<TaskDoc>;
  /** POST /tasks/{t}/reopen */
  reopen(taskId: string): Promise<TaskDoc>;
  /** Address of the browser-decodable image, under whatever sub-path the page runs. */
  imageUrl(assetId: string): string;
}

/** An edit waiting for the server's word, as kept in this browser. */
export interface OutboxRecord {
  readonly annotationId: string;
  readonly tab: string; // who looks after it now
  readonly client: string; // session that made it; with `seq` unique, stays when another tab adopts it
  readonly seq: number;
  readonly edit: EditDoc;
}

/** Thrown by `put` when the browser has no room or no storage; the edit is then only in memory. */
export class OutboxFullError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "OutboxFullError";
  }
}

/**
 * Durable keep of unsaved edits, one box per (annotation, tab). A promise that resolves means: on disk.
 * A box whose owner has not shown itself for `staleMs` is an orphan and may be adopted by exactly one tab.
 */
export interface OutboxPort {
  put(record: OutboxRecord): Promise<void>;
  /** Forgets acknowledged edits; unknown ids are fine. */
  remove(annotationId: string, editIds: readonly string[]): Promise<void>;
  /** Puts aside an edit that the server will never take, with its reason, for the user to look at or export. */
  setAside(record: OutboxRecord, reason: { readonly code: string; readonly message: string }): Promise<void>;
  /** Says "tab is alive" (or with `nowMs` 0: "tab has gone"). */
  heartbeat(annotationId: string, tab: string, nowMs: number): Promise<void>;
  /** Moves all edits of orphaned tabs to `tab` in one transaction; gives them in (client, seq) order. */
  adopt(annotationId: string, tab: string, nowMs: number, staleMs: number): Promise<readonly OutboxRecord[]>;
  /** Keeps an edit so that it can be undone after a reload; `place` orders the trail. Losing it is harmless. */
  keepTrail(annotationId: string, place: number, edit: EditDoc): Promise<void>;
  dropTrail(annotationId: string, places: readonly number[]): Promise<void>;
  /** Oldest first. */
  readTrail(annotationId: string): Promise<readonly { readonly place: number; readonly edit: EditDoc }[]>;
  /** Number of edits of this annotation that other, still living tabs look after. */
  countForeign(annotationId: string, tab: string): Promise<number>;
}

export interface ClockPort {
  /** Milliseconds since 1970, wall clock. */
  nowMs(): number;
  /** Milliseconds, monotonic. */
  monotonicMs(): number;
}

export type TimerHandle = number | object;

export interface TimerPort {
  after(delayMs: number, callback: () => void): TimerHandle;
  cancel(handle: TimerHandle): void;
}

export interface RandomPort {
  /** A random (version 4) UUID in lower case. */
  uuid(): string;
  /** Uniform in [0, 1), for jitter. */
  unit(): number;
}

/** Small things kept per user between sessions: last class, tool sizes, opacity. Losing them is harmless. */
export interface PreferencePort {
  read(key: string): string | null;
  write(key: string, value: string): void;
}

export interface EditorPorts {
  readonly annotations: AnnotationPort;
  readonly history: HistoryPort;
  readonly review: ReviewPort;
  readonly peers: PeerPort;
  readonly outbox: OutboxPort;
  readonly clock: ClockPort;
  readonly timers: TimerPort;
  readonly random: RandomPort;
  readonly preferences: PreferencePort;
}
