# SPDX-License-Identifier: Apache-2.0
"""Segments of classes that must lie wholly inside the image, and yet reach its edge."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from intarsia.review.base import Finding, Parameter, Parameters, RuleInfo, class_numbers
from intarsia.review.subject import Subject


class TouchesEdge:
    info = RuleInfo(
        code="touches_edge",
        title="Touches the edge of the image",
        why="Cut-off objects have no true size or shape.",
        parameters=(Parameter("classes", "Classes that may not", "classes", []),),
    )

    def check(self, subject: Subject, parameters: Parameters) -> Iterator[Finding]:
        chosen = class_numbers(parameters, "classes")
        for layer in subject.layers if chosen else ():
            height, width = layer.ids.shape
            frame = (layer.ids[0], layer.ids[-1], layer.ids[:, 0], layer.ids[:, -1])
            for segment_id in np.unique(np.concatenate(frame)).tolist():
                segment = subject.segment(segment_id)
                if segment is None or segment.class_number not in chosen:
                    continue
                ys, xs = np.nonzero(layer.ids == segment_id)
                on_frame = (ys == 0) | (xs == 0) | (ys == height - 1) | (xs == width - 1)
                first = int(np.argmax(on_frame))
                yield Finding(
                    self.info.code,
                    layer=layer.name,
                    segment_ids=(segment_id,),
                    box_xyxy=(int(xs.min()), int(ys.min()), int(xs.max()) + 1, int(ys.max()) + 1),
                    at=(int(xs[first]), int(ys[first])),
                    area_px=int(ys.size),
                    values={"edge_px": int(on_frame.sum())},
                )
