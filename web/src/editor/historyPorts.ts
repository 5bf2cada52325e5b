// SPDX-License-Identifier: Apache-2.0
/** What the editor needs from outside to look back and to settle conflicts. Shapes are those of the interface. */
import type { AnnotationDoc } from "./ports.ts";

export interface AuthorDoc {
  readonly id: string;
  readonly name: string;
}

export interface RevisionDoc {
  readonly number: number;
  readonly created_at: string;
  readonly author: AuthorDoc;
  readonly kind: "save" | "restore" | "import" | "submit";
  readonly edit_count: number;
  readonly changed_px: number;
}

export interface ComparisonDoc {
  readonly before: number;
  readonly after: number;
  /** `pixels`: run bytes before → after as base64; null when there are too many runs to send. */
  readonly layers: readonly { readonly layer: string; readonly changed_px: number; readonly pixels: string | null }[];
  readonly segments: readonly { readonly id: number }[];
}

export interface PixelDoc {
  readonly segment_id: number;
  readonly change: {
    readonly revision: number;
    readonly author: AuthorDoc;
    readonly tool: string;
    readonly created_at: string;
    readonly before: number;
    readonly after: number;
  } | null;
}

export interface SegmentAuthorsDoc {
  readonly revision: number;
  readonly segments: readonly { readonly id: number; readonly author: AuthorDoc }[];
}

export type ConflictSide = "head" | "wanted";

export interface ConflictDoc {
  readonly id: string;
  readonly edit_id: string;
  readonly layer: string;
  /** Run bytes as base64: before = what the head kept, after = what was wanted. */
  readonly pixels: string;
  readonly pixel_count: number;
  readonly created_at: string;
  /** Of a segment or of an item (contract/items.md); the other id is null. */
  readonly fields: readonly {
    readonly segment_id: number | null;
    readonly item_id: string | null;
    readonly field: string;
    readonly head: unknown;
    readonly wanted: unknown;
  }[];
  readonly state: "open" | "resolved";
  readonly author: AuthorDoc;
  readonly head_author: AuthorDoc | null;
  readonly yours: readonly ConflictSide[];
}

/** All methods reject with `PortError`. */
export interface HistoryPort {
  /** The newest revision that is not after `number`; null before the first save. */
  revision(annotationId: string, number: number): Promise<RevisionDoc | null>;
  /** GET /annotations/{n}/revisions/{number} */
  annotationAt(annotationId: string, number: number): Promise<AnnotationDoc>;
  /** GET /annotations/{n}/compare; `after` null: the newest. */
  compare(annotationId: string, before: number, after: number | null): Promise<ComparisonDoc>;
  /** POST /annotations/{n}/restore; `segmentId` null: everything. */
  restore(
    annotationId: string,
    revision: number,
    segmentId: number | null,
  ): Promise<{ readonly revision: number; readonly saved_at: string }>;
  /** GET /annotations/{n}/pixel */
  pixel(annotationId: string, layer: string, x: number, y: number): Promise<PixelDoc>;
  /** GET /annotations/{n}/authors: who worked on each segment last. */
  authors(annotationId: string): Promise<SegmentAuthorsDoc>;
  /** GET /annotations/{n}/conflicts */
  conflicts(annotationId: string): Promise<readonly ConflictDoc[]>;
  /** POST /annotations/{n}/conflicts/{c}/resolve */
  resolve(annotationId: string, conflictId: string, choice: ConflictSide): Promise<AnnotationDoc>;
}

/** Other windows of this browser that have the same annotation open. */
export interface PeerPort {
  /** Tells them that the server now holds this revision. */
  tell(annotationId: string, revision: number): void;
  /** Returns how to stop listening. */
  listen(annotationId: string, onRevision: (revision: number) => void): () => void;
}
