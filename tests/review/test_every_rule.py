# SPDX-License-Identifier: Apache-2.0
"""What every rule in the registry keeps to, found by itself."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from intarsia.core.label_map import LabelMap
from intarsia.core.segment import JsonValue
from intarsia.review.base import FixableRule, Rule
from intarsia.review.registry import all_rules
from intarsia.review.settings import default_settings
from tests.review.scenes import subject

RULES = all_rules()
EASY: dict[str, dict[str, JsonValue]] = {
    "unlabelled": {"all_layers": True},
    "island": {"below_px": 30},
    "hole": {"below_px": 60},
    "sliver": {"below_px": 60, "width_px": 3.0},
    "touches_edge": {"classes": [1, 3]},
    "thin_bridge": {"width_px": 1, "lobe_px": 4},
}


def parameters_of(rule: Rule) -> dict[str, JsonValue]:
    return {**default_settings(rule).parameters, **EASY.get(rule.info.code, {})}


@st.composite
def maps(draw: st.DrawFn) -> NDArray[np.uint32]:
    height, width = draw(st.integers(1, 16)), draw(st.integers(1, 16))
    ids = np.zeros((height, width), np.uint32)
    known = st.sampled_from([0, 1, 2, 65_536, 65_537, 65_538])
    for _ in range(draw(st.integers(0, 9))):
        y, x = draw(st.integers(0, height - 1)), draw(st.integers(0, width - 1))
        ids[y : y + draw(st.integers(1, height)), x : x + draw(st.integers(1, width))] = draw(known)
    return ids


def test_codes_are_unique_and_parameters_within_their_own_bounds() -> None:
    assert len({rule.info.code for rule in RULES}) == len(RULES)
    for rule in RULES:
        for entry in rule.info.parameters:
            if entry.kind in ("integer", "number"):
                assert entry.minimum is not None and entry.maximum is not None
                assert isinstance(entry.default, (int, float))
                assert entry.minimum <= entry.default <= entry.maximum


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.info.code)
@given(ids=maps())
@settings(max_examples=60)
def test_findings_are_repeatable_lie_in_their_place_and_change_nothing(rule: Rule, ids: NDArray[np.uint32]) -> None:
    looked_at = subject(ids)
    found = list(rule.check(looked_at, parameters_of(rule)))
    assert found == list(rule.check(subject(ids), parameters_of(rule)))
    assert len({finding.key for finding in found}) == len(found)
    assert np.array_equal(looked_at.annotation.layers["main"].to_array(), ids)
    height, width = ids.shape
    for finding in found:
        assert finding.rule == rule.info.code
        if finding.segment_ids == ():
            assert finding.rule in ("unlabelled", "missing_answer")
        if finding.at is None or finding.box_xyxy is None:
            assert finding.item_ids
            continue
        x, y = finding.at
        x0, y0, x1, y1 = finding.box_xyxy
        assert 0 <= x0 <= x < x1 <= width and 0 <= y0 <= y < y1 <= height


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.info.code)
def test_a_clean_image_is_silent(rule: Rule) -> None:
    ids = np.full((60, 80), 1, np.uint32)
    ids[20:40, 20:50] = 65_536
    clean = parameters_of(rule)
    if "classes" in clean:
        clean["classes"] = [3]
    if "all_layers" in clean:
        clean["all_layers"] = False
    assert list(rule.check(subject(ids), clean)) == []


@pytest.mark.parametrize(
    "rule", [rule for rule in RULES if isinstance(rule, FixableRule)], ids=lambda rule: rule.info.code
)
@given(ids=maps(), locked=st.sets(st.sampled_from([1, 2, 65_536, 65_537]), max_size=2))
@settings(max_examples=100)
def test_a_fix_mends_its_finding_and_leaves_locked_segments(
    rule: FixableRule, ids: NDArray[np.uint32], locked: set[int]
) -> None:
    before = subject(ids)
    for finding in list(rule.check(before, parameters_of(rule)))[:4]:
        fix = rule.fix(before, finding, parameters_of(rule), locked)
        if fix is None:
            continue
        old: LabelMap = before.annotation.layers[fix.layer]
        assert fix.pixels.run_count > 0
        assert not fix.pixels.ids() & locked
        assert 0 not in fix.pixels.after.tolist()
        x, y = finding.at or (-1, -1)
        new = old.with_pixels(fix.pixels)
        assert new.get(x, y) != old.get(x, y)
        for run_y, x0, length, was, _ in fix.pixels.runs():
            assert (old.to_array()[run_y, x0 : x0 + length] == was).all()
        left = set(new.areas()) - {0}
        for change in fix.segments:
            assert change.after is not None and change.after.state == "deleted" and change.id not in left
        after = subject(new.to_array()) if fix.layer == "main" else subject(ids, new.to_array())
        assert finding.key not in {again.key for again in rule.check(after, parameters_of(rule))}
    assert rule.info.fixable
