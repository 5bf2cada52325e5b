# SPDX-License-Identifier: Apache-2.0
"""Ids of segments in a format: their own small numbers, or dense ones when those do not fit, with a table beside."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from intarsia.formats.base import LabelledImage, Sink
from intarsia.formats.writers import SpooledRecords

NUMBERS_NAME = "numbers.csv"


@dataclass(frozen=True, slots=True)
class SegmentIds:
    """Id in the format by segment id. ``renumbered``: they are not the segments' numbers."""

    ids: Mapping[int, int]
    renumbered: bool


def segment_ids(image: LabelledImage, *, highest: int, void_classes: Collection[int] = ()) -> SegmentIds:
    """Ids 1..``highest`` of all live segments but those of ``void_classes``, unique within the image.

    Either every id is the segment's number or, when one is missing, out of range or doubled, all are 1, 2, … in the
    order of their numbers. Dense ids may pass ``highest``; what to do then is the format's affair.
    """
    live = sorted(s.id for s in image.segments.values() if s.state == "live" and s.class_number not in void_classes)
    given = [image.numbers.get(segment_id) for segment_id in live]
    if all(number is not None and 1 <= number <= highest for number in given) and len(set(given)) == len(given):
        return SegmentIds({key: number for key, number in zip(live, given, strict=True) if number is not None}, False)
    order = sorted(zip(given, live, strict=True), key=lambda pair: (pair[0] is None, pair[0] or 0, pair[1]))
    return SegmentIds({segment_id: place for place, (_, segment_id) in enumerate(order, start=1)}, True)


class NumberTable:
    """Rows of ``numbers.csv``, kept on disk: image, id in the format, the segment's own number and id."""

    def __init__(self, rows: SpooledRecords, *, id_column: str) -> None:
        self._rows = rows
        self._id_column = id_column

    def add(self, image: LabelledImage, file_name: str, ids: SegmentIds) -> None:
        for segment_id, written_id in ids.ids.items():
            self._rows.add([file_name, written_id, image.numbers.get(segment_id), segment_id])

    def write(self, sink: Sink) -> None:
        """Write the table; without rows there is none."""
        if not self._rows.count:
            return
        text = io.StringIO()
        table = csv.writer(text, lineterminator="\n")
        table.writerow(["file_name", self._id_column, "number", "segment_id"])
        for row in self._rows.records():
            table.writerow(["" if value is None else value for value in row])
        sink.write(NUMBERS_NAME, text.getvalue().encode("utf-8"))
