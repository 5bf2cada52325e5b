// SPDX-License-Identifier: Apache-2.0
/** Short names for the shapes of the HTTP interface. Times are RFC 3339 UTC, fractions 0..1, sizes in px or bytes. */
import type { components } from "./generated/schema.ts";

type Schemas = components["schemas"];

export type Asset = Schemas["Asset"];
export type ClassKind = Schemas["ClassDef"]["kind"];
export type FormatInfo = Schemas["Format"];
export type Job = Schemas["Job"];
export type Ontology = Schemas["Ontology"];
export type OntologyClass = Schemas["ClassDef"];
export type OntologyChange = Schemas["OntologyChange"];
export type OntologyImpact = Schemas["OntologyImpact"];
export type OntologyTemplate = Schemas["OntologyTemplate"];
export type OntologyVersion = Schemas["OntologyVersion"];
export type Project = Schemas["Project"];
export type ReviewRule = Schemas["ReviewRule"];
export type ReviewSettings = Schemas["ReviewSettings"];
export type Revision = Schemas["Revision"];
export type RevisionPage = Schemas["RevisionPage"];
export type RuleParameter = Schemas["RuleParameter"];
export type RuleSettings = Schemas["RuleSettings"];
export type SaveRequest = Schemas["SaveRequest"];
export type SessionInfo = Schemas["Session"];
export type TaskDetail = Schemas["TaskDetail"];
export type TaskPage = Schemas["TaskPage"];
export type TaskSummary = Schemas["TaskSummary"];
