# SPDX-License-Identifier: Apache-2.0
"""Edits as JSON are read strictly and written the one way."""

from __future__ import annotations

import copy
import json
import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intarsia.core.edit import Edit, PixelRuns, Segment, SegmentChange
from intarsia.core.edit_json import edit_from_json, edit_to_json
from intarsia.core.errors import CodecError, EditError, IntarsiaError

from .strategies import EDIT_ID

SIZE_HW = (4, 6)
CHANGE = {
    "id": 65_536,
    "before": None,
    "after": {
        "class": 3,
        "crowd": False,
        "instances_unknown": True,
        "answers": {"colour": "red", "parts": [1, None, {"deep": 0.5}]},
        "state": "live",
        "merged_into": None,
    },
}
GOOD: dict[str, Any] = {
    "v": 1,
    "id": EDIT_ID,
    "seq": 12,
    "layer": "main",
    "tool": "pen",
    "assist": None,
    "pixels": PixelRuns.from_runs([(1, 2, 3, 0, 65_536)]).to_base64(),
    "segments": [CHANGE],
}


def read(value: object) -> Edit:
    return edit_from_json(value, size_hw=SIZE_HW)


def test_json_comes_back_the_same() -> None:
    edit = read(json.loads(json.dumps(GOOD)))
    assert edit_to_json(edit) == GOOD
    assert list(edit_to_json(edit)) == list(GOOD)
    assert edit.segments[0] == SegmentChange(
        65_536,
        None,
        Segment(65_536, 3, False, True, {"colour": "red", "parts": [1, None, {"deep": 0.5}]}),
    )
    assert edit.pixels.runs() == [(1, 2, 3, 0, 65_536)]


def with_value(path: list[Any], value: object) -> dict[str, Any]:
    changed = copy.deepcopy(GOOD)
    inner: Any = changed
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return changed


AFTER = ["segments", 0, "after"]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["v"], 2),
        (["v"], True),
        (["extra"], 1),
        (["id"], EDIT_ID.upper()),
        (["id"], "x"),
        (["id"], None),
        (["seq"], 0),
        (["seq"], 1.5),
        (["seq"], 2**53),
        (["seq"], "1"),
        (["layer"], ""),
        (["layer"], "x" * 65),
        (["layer"], "a\nb"),
        (["layer"], "\ud800"),
        (["tool"], ""),
        (["tool"], "Pen!"),
        (["assist"], "model"),
        (["assist"], 5),
        (["pixels"], None),
        (["segments"], {}),
        (["segments"], [CHANGE, CHANGE]),
        (["segments"], [dict(CHANGE, id=9), dict(CHANGE, id=8)]),
        (["segments", 0, "id"], 0),
        (["segments", 0, "id"], 1 << 32),
        (["segments", 0, "after"], None),
        (["segments", 0, "before"], CHANGE["after"]),
        (["segments", 0, "number"], 4),
        ([*AFTER, "class"], 0),
        ([*AFTER, "class"], 65_536),
        ([*AFTER, "class"], True),
        ([*AFTER, "crowd"], 0),
        ([*AFTER, "crowd"], None),
        ([*AFTER, "instances_unknown"], "no"),
        ([*AFTER, "answers"], []),
        ([*AFTER, "answers"], {"q": math.nan}),
        ([*AFTER, "answers"], {"q": math.inf}),
        ([*AFTER, "answers"], {"q": 2**53}),
        ([*AFTER, "answers"], {"q": "\udc00"}),
        ([*AFTER, "answers"], {"q": object()}),
        ([*AFTER, "state"], "gone"),
        ([*AFTER, "state"], "merged"),
        ([*AFTER, "merged_into"], 7),
        ([*AFTER, "area"], 7),
    ],
)
def test_what_is_not_named_by_the_page_is_refused(path: list[Any], value: object) -> None:
    with pytest.raises(EditError) as refused:
        read(with_value(path, value))
    assert refused.value.code == "bad_json"
    assert refused.value.details["field"]


@pytest.mark.parametrize("key", list(GOOD))
def test_no_key_may_be_missing(key: str) -> None:
    with pytest.raises(EditError) as refused:
        read({name: value for name, value in GOOD.items() if name != key})
    assert refused.value.code == "bad_json"


@pytest.mark.parametrize("value", [None, 1, "edit", [], [GOOD]])
def test_an_edit_is_an_object(value: object) -> None:
    with pytest.raises(EditError):
        read(value)


def test_pixels_keep_their_own_codes() -> None:
    for text, code in (("AQ", "bad_base64"), ("Ag==", "bad_version"), ("AQ==", "truncated")):
        with pytest.raises(CodecError) as refused:
            read(with_value(["pixels"], text))
        assert refused.value.code == code
    outside = PixelRuns.from_runs([(4, 0, 1, 0, 1)]).to_base64()
    with pytest.raises(CodecError) as refused:
        read(with_value(["pixels"], outside))
    assert refused.value.code == "out_of_image"


def test_answers_nested_too_deeply_are_refused_without_recursion_errors() -> None:
    deep: Any = 1
    for _ in range(5000):
        deep = [deep]
    with pytest.raises(EditError) as refused:
        read(with_value([*AFTER, "answers"], {"q": deep}))
    assert refused.value.code == "bad_json"


def test_whole_floats_are_the_integers_that_javascript_sees() -> None:
    edit = read(with_value([*AFTER, "answers"], {"a": 2.0, "b": -0.0, "c": 0.25}))
    after = edit.segments[0].after
    assert after is not None
    assert json.dumps(dict(after.answers)) == '{"a": 2, "b": 0, "c": 0.25}'


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 1 << 54) | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


@given(json_values, st.sampled_from([[key] for key in GOOD] + [[*AFTER, key] for key in CHANGE["after"]]))  # type: ignore[attr-defined]
@settings(max_examples=400)
def test_any_json_value_is_read_or_refused_with_a_code(value: object, path: list[Any]) -> None:
    try:
        edit = read(with_value(path, value))
    except IntarsiaError as refused:
        assert refused.code
        return
    assert read(json.loads(json.dumps(edit_to_json(edit)))) == edit


@pytest.mark.parametrize("number", [1e20, -1e300, 2.0**53, 2**53])
def test_whole_numbers_beyond_what_both_languages_keep_are_refused_however_they_are_written(number: float) -> None:
    document = copy.deepcopy(GOOD)
    document["segments"][0]["after"]["answers"] = {"count": number}
    with pytest.raises(EditError) as refused:
        read(document)
    assert refused.value.code == "bad_json"
