// SPDX-License-Identifier: Apache-2.0
/** The editor's door to the review rules: its `ReviewPort` over HTTP. */
import type { ReviewPort } from "../editor/reviewPorts.ts";
import { asPort, forAnnotation } from "./editorServer.ts";
import { answerOf, api } from "./request.ts";

export function createReviewPort(): ReviewPort {
  return {
    // The generated types know no tuples.
    findings: (id) =>
      asPort(
        answerOf<unknown>(api().GET("/api/v1/annotations/{annotation_id}/findings", forAnnotation(id))),
      ) as ReturnType<ReviewPort["findings"]>,
    mend: (id, rule, key, locked) => {
      const options = { ...forAnnotation(id), body: { rule, key, locked: [...locked] } };
      return asPort(
        answerOf<unknown>(api().POST("/api/v1/annotations/{annotation_id}/findings/mend", options)),
      ) as ReturnType<ReviewPort["mend"]>;
    },
  };
}
