// SPDX-License-Identifier: Apache-2.0
/** Routes of review rules that the screens call. The editor's own are in `editorReview.ts`. */
import { answerOf, api } from "./request.ts";
import type { ReviewRule, ReviewSettings } from "./types.ts";

export async function listReviewRules(): Promise<readonly ReviewRule[]> {
  return (await answerOf(api().GET("/api/v1/review-rules"))).rules;
}

export function getReviewSettings(project_id: string): Promise<ReviewSettings> {
  return answerOf(api().GET("/api/v1/projects/{project_id}/review-rules", { params: { path: { project_id } } }));
}

export function putReviewSettings(project_id: string, body: ReviewSettings): Promise<ReviewSettings> {
  return answerOf(api().PUT("/api/v1/projects/{project_id}/review-rules", { params: { path: { project_id } }, body }));
}
