// SPDX-License-Identifier: Apache-2.0
/** The editor's door to what was: its `HistoryPort` over HTTP. */
import type { HistoryPort, RevisionDoc } from "../editor/historyPorts.ts";
import { asPort, forAnnotation } from "./editorServer.ts";
import { answerOf, api } from "./request.ts";

async function revisionUpTo(annotationId: string, number: number): Promise<RevisionDoc | null> {
  const { params } = forAnnotation(annotationId);
  const query = { cursor: String(number + 1), limit: 1 };
  const page = await answerOf(
    api().GET("/api/v1/annotations/{annotation_id}/revisions", { params: { ...params, query } }),
  );
  return page.revisions[0] ?? null;
}

export function createHistoryPort(): HistoryPort {
  return {
    revision: (id, number) => asPort(revisionUpTo(id, number)),
    annotationAt: (annotation_id, number) =>
      asPort(
        answerOf(
          api().GET("/api/v1/annotations/{annotation_id}/revisions/{number}", {
            params: { path: { annotation_id, number } },
          }),
        ),
      ),
    compare: (annotation_id, before, after) => {
      const query = { from: before, ...(after === null ? {} : { to: after }) };
      const params = { path: { annotation_id }, query };
      return asPort(answerOf(api().GET("/api/v1/annotations/{annotation_id}/compare", { params })));
    },
    restore: (id, revision, segment_id) => {
      const options = { ...forAnnotation(id), body: { revision, segment_id } };
      return asPort(answerOf(api().POST("/api/v1/annotations/{annotation_id}/restore", options)));
    },
    pixel: (annotation_id, layer, x, y) => {
      const params = { path: { annotation_id }, query: { layer, x, y } };
      return asPort(answerOf(api().GET("/api/v1/annotations/{annotation_id}/pixel", { params })));
    },
    authors: (id) => asPort(answerOf(api().GET("/api/v1/annotations/{annotation_id}/authors", forAnnotation(id)))),
    conflicts: async (id) => {
      const found = api().GET("/api/v1/annotations/{annotation_id}/conflicts", forAnnotation(id));
      return (await asPort(answerOf(found))).conflicts;
    },
    resolve: (annotation_id, conflict_id, choice) =>
      asPort(
        answerOf(
          api().POST("/api/v1/annotations/{annotation_id}/conflicts/{conflict_id}/resolve", {
            params: { path: { annotation_id, conflict_id } },
            body: { choice },
          }),
        ),
      ),
  };
}
