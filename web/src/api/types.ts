// SPDX-License-Identifier: Apache-2.0
/** Shapes of the HTTP interface, as the screens use them. Times are RFC 3339 UTC, fractions 0..1, sizes in px or bytes. */

export interface SessionInfo {
  readonly mode: string;
  readonly user: { readonly id: string; readonly name: string };
  readonly instance: string;
}

export interface Project {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly dataset_id: string;
  readonly created_at: string;
  readonly task_count: number;
  readonly submitted_count: number;
  readonly cover_asset_id: string | null;
  readonly next_task_id: string | null;
  readonly ontology_version: number;
}

export type ClassKind = "thing" | "stuff" | "ignore";

export interface OntologyClass {
  readonly number: number;
  readonly name: string;
  readonly kind: ClassKind;
  readonly layer: string;
  readonly colour: string;
  readonly key: string | null;
  readonly retired: boolean;
}

export interface Ontology {
  readonly version: number;
  readonly layers: readonly { readonly name: string; readonly title: string }[];
  readonly classes: readonly OntologyClass[];
}

export interface Asset {
  readonly id: string;
  readonly dataset_id: string;
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly media_type: string;
  readonly sha256: string;
  readonly byte_size: number;
  readonly created_at: string;
  readonly export_no: number;
}

export interface TaskSummary {
  readonly id: string;
  readonly asset_id: string;
  readonly asset_name: string;
  readonly width: number;
  readonly height: number;
  readonly state: "open" | "submitted";
  readonly position: number;
  readonly labelled_fraction: number | null;
  readonly updated_at: string;
}

export interface TaskPage {
  readonly tasks: readonly TaskSummary[];
  readonly next_cursor: string | null;
}

export interface FormatInfo {
  readonly slug: string;
  readonly title: string;
  readonly description: string;
  readonly can_import: boolean;
  readonly can_export: boolean;
  readonly losses: readonly string[];
}

export interface JobProblem {
  readonly where: string;
  readonly code: string;
  readonly message: string;
}

export interface Job {
  readonly id: string;
  readonly kind: "import" | "export";
  readonly format: string;
  readonly state: "queued" | "running" | "done" | "failed" | "cancelled";
  readonly done: number;
  readonly total: number;
  readonly message: string | null;
  readonly problems: readonly JobProblem[];
  readonly created_at: string;
  readonly finished_at: string | null;
  readonly result: {
    readonly byte_size?: number;
    readonly sha256?: string;
    readonly images?: number;
    readonly name?: string;
  } | null;
}
