// SPDX-License-Identifier: Apache-2.0
/** What the editor needs from outside to list findings and to mend them. Shapes are those of the interface. */
import type { EditDoc } from "./ports.ts";

export interface FindingDoc {
  readonly key: string;
  readonly rule: string;
  readonly layer: string | null;
  readonly segment_ids: readonly number[];
  readonly item_ids: readonly string[];
  readonly box_xyxy: readonly [number, number, number, number] | null;
  readonly at: readonly [number, number] | null;
  readonly area_px: number;
  readonly values: Readonly<Record<string, unknown>>;
  readonly fixable: boolean;
}

export interface RuleFindingsDoc {
  readonly code: string;
  readonly title: string;
  readonly blocks: boolean;
  readonly total: number;
  readonly findings: readonly FindingDoc[];
}

export interface FindingListDoc {
  readonly revision: number;
  readonly rules: readonly RuleFindingsDoc[];
}

/** Parts of an edit that mends a finding of `revision`. */
export interface MendingDoc {
  readonly revision: number;
  readonly layer: string;
  readonly pixels: string;
  readonly segments: EditDoc["segments"];
  readonly deleted_items: readonly string[];
}

/** All methods reject with `PortError`. */
export interface ReviewPort {
  /** GET /annotations/{n}/findings */
  findings(annotationId: string): Promise<FindingListDoc>;
  /** POST /annotations/{n}/findings/mend */
  mend(annotationId: string, rule: string, key: string, locked: readonly number[]): Promise<MendingDoc>;
}
