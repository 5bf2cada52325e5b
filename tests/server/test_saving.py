# SPDX-License-Identifier: Apache-2.0
"""Saving: what is answered to each kind of edit, and that the head then is what the core says."""

from __future__ import annotations

from intarsia.core.label_map import LabelMap

from .drive import CAR, Api, new_segment, paint


def test_a_stroke_is_saved_and_read_back_to_the_bit(api: Api) -> None:
    task = api.task()
    car = api.lease(task)
    empty = LabelMap.empty(task.size_hw)
    pixels = paint(empty, (200, 100, 300, 270), car)

    reply = api.save(task, api.edit(pixels, new_segment(car, CAR)))

    expected = empty.with_pixels(pixels)
    assert [result["status"] for result in reply["results"]] == ["applied"]
    assert reply["revision"] == 1
    assert reply["numbers"] == {str(car): 1}
    assert reply["checksums"] == {"main": expected.checksum("main")}
    assert reply["foreign_edits"] is False
    assert api.tiles(task) == expected
    detail = api.get(f"/annotations/{task.annotation}")
    assert detail["checksums"] == {"main": expected.checksum("main"), "parts": empty.checksum("parts")}
    assert detail["segments"] == [
        {
            "id": car,
            "number": 1,
            "class": CAR,
            "crowd": False,
            "instances_unknown": False,
            "answers": {},
            "state": "live",
            "merged_into": None,
        }
    ]
