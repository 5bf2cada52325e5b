# SPDX-License-Identifier: Apache-2.0
"""What each rule finds, on pictures small enough to see it."""

from __future__ import annotations

import numpy as np
import pytest

from intarsia.core.components import components
from intarsia.review.base import ReviewError
from intarsia.review.registry import find_rule
from intarsia.review.reviewing import mend, review
from intarsia.review.settings import settings_from_json, settings_to_json
from intarsia.review.sliver import mean_width_px
from tests.review.scenes import subject

GAPS = """
ssssss
ss..ss
ssss.s
vvvvvv
"""


def results(picture: str, **given: object) -> dict[str, list[tuple[int, ...]]]:
    settings = settings_from_json(given)
    return {
        result.code: [(*(finding.at or ()), finding.area_px) for finding in result.findings]
        for result in review(subject(picture), settings)
    }


def test_gaps_are_parts_and_ignore_covers() -> None:
    assert results(GAPS)["unlabelled"] == [(3, 1, 2), (4, 2, 1)]
    larger = results(GAPS, unlabelled={"parameters": {"min_px": 2}})
    assert larger["unlabelled"] == [(3, 1, 2)]


def test_further_layers_may_stay_empty_unless_asked() -> None:
    codes = review(subject("ss ss"), settings_from_json({"unlabelled": {"parameters": {"all_layers": True}}}))
    assert next(result for result in codes if result.code == "unlabelled").total == 1
    assert results("ss ss")["unlabelled"] == []


def test_an_island_is_never_the_largest_part() -> None:
    picture = "aasa aass ssss"
    found = results(picture, island={"parameters": {"below_px": 5}})
    assert found["island"] == [(3, 0, 1)]
    spared = results(picture, island={"parameters": {"below_px": 5, "except_classes": [3]}})
    assert spared["island"] == []


def test_a_hole_has_one_neighbour_and_not_the_edge() -> None:
    picture = "aaaaa abbsa abssa aaaaa saaab"
    assert results(picture)["hole"] == []
    assert results("aaaa abba aaaa")["hole"] == [(2, 1, 2)]


def test_the_width_of_a_straight_strip_is_exact() -> None:
    for width, length in ((1, 30), (2, 17), (3, 40)):
        ids = np.ones((width, length), np.uint32)
        assert mean_width_px(components(ids)[0]) == pytest.approx(width)


def test_a_sliver_is_long() -> None:
    strip = ["s" * 12] * 3 + ["b" * 12] + ["s" * 12] * 3
    assert results(" ".join(strip))["sliver"] == [(6, 3, 12)]
    dot = ["s" * 10] * 4 + ["sssssbssss"] + ["s" * 10] * 4
    assert results(" ".join(dot))["sliver"] == []


def test_touching_the_edge_is_asked_by_class() -> None:
    picture = "ssss assa ssss"
    found = results(picture, touches_edge={"parameters": {"classes": [3]}})
    assert found["touches_edge"] == [(0, 1, 2)]
    assert results(picture)["touches_edge"] == []


def test_a_class_of_another_layer_and_a_retired_one_are_named() -> None:
    found = results("sswt sswt")
    assert found["wrong_layer"] == [(2, 0, 2)]
    assert found["retired_class"] == [(3, 0, 2)]


def test_a_neck_between_lobes_is_a_bridge() -> None:
    rows = ["aaaassssaaaa"] * 2 + ["aaaaaaaaaaaa"] + ["aaaassssaaaa"] * 2
    on = {"on": True, "parameters": {"width_px": 1, "lobe_px": 12}}
    found = results(" ".join(rows), thin_bridge=on)
    assert [(x, y) for x, y, _ in found["thin_bridge"]] == [(5, 2)]
    wide = ["aaaassssaaaa"] + ["aaaaaaaaaaaa"] * 3 + ["aaaassssaaaa"]
    assert results(" ".join(wide), thin_bridge=on)["thin_bridge"] == []


def test_a_mended_island_goes_to_its_neighbour_and_a_vanished_thing_is_deleted() -> None:
    looked_at = subject("ssss sbss ssss")
    settings = settings_from_json({})
    hole = next(result for result in review(looked_at, settings) if result.code == "hole").findings[0]
    fix = mend(looked_at, settings, rule="hole", key=hole.key)
    assert fix.pixels.runs() == [(1, 1, 1, 65_537, 1)]
    assert [(change.id, change.after.state) for change in fix.segments if change.after] == [(65_537, "deleted")]


def test_a_finding_that_went_away_and_one_that_needs_a_decision_are_refused() -> None:
    settings = settings_from_json({"touches_edge": {"parameters": {"classes": [3]}}})
    with pytest.raises(ReviewError, match="no longer") as gone:
        mend(subject("ss ss"), settings, rule="unlabelled", key="unlabelled:main::9,9:")
    assert gone.value.code == "not_found_again"
    looked_at = subject("as ss")
    finding = next(result for result in review(looked_at, settings) if result.code == "touches_edge").findings[0]
    with pytest.raises(ReviewError) as undecided:
        mend(looked_at, settings, rule="touches_edge", key=finding.key)
    assert undecided.value.code == "not_fixable"


@pytest.mark.parametrize(
    ("given", "code", "names"),
    [
        ({"gapss": {}}, "unknown_rule", "gapss"),
        ({"island": {"parameters": {"below": 3}}}, "bad_parameter", "island.below"),
        ({"island": {"parameters": {"below_px": 1}}}, "bad_parameter", "island.below_px"),
        ({"island": {"parameters": {"below_px": 4.5}}}, "bad_parameter", "whole number"),
        ({"sliver": {"parameters": {"width_px": float("nan")}}}, "bad_parameter", "sliver.width_px"),
        ({"touches_edge": {"parameters": {"classes": "3"}}}, "bad_parameter", "class numbers"),
        ({"unlabelled": {"on": 1}}, "bad_parameter", "true or false"),
        ({"unlabelled": {"parameters": {"all_layers": 1}}}, "bad_parameter", "true or false"),
        ({"unlabelled": {"stops": True}}, "bad_parameter", "on, blocks and parameters"),
    ],
)
def test_bad_settings_name_the_rule_and_the_parameter(given: dict[str, object], code: str, names: str) -> None:
    with pytest.raises(ReviewError, match=names) as refused:
        settings_from_json(given)
    assert refused.value.code == code


def test_settings_come_back_from_json() -> None:
    settings = settings_from_json({"island": {"on": False, "blocks": True, "parameters": {"below_px": 9}}})
    assert settings_from_json(settings_to_json(settings)) == settings
    assert settings["island"].parameters == {"below_px": 9, "except_classes": []}
    assert find_rule("island").info.fixable
