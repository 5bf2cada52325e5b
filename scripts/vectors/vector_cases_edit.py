# SPDX-License-Identifier: Apache-2.0
"""Golden cases of contract/edit.md: apply, bytes, JSON, invert and compose."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from vector_shapes import Case, case, changes_to_json, map_runs, to_base64

from intarsia.core import raster
from intarsia.core.edit import PixelRuns
from intarsia.core.segment import Segment, SegmentChange

EDIT_ID = "01890a5d-ac96-774b-bcce-b302099a8057"
MAX_ID = (1 << 32) - 1
CAR, BUS = 65_536, 65_537


def edit_json(runs: list[tuple[int, int, int, int, int]], *changes: SegmentChange, **other: Any) -> dict[str, Any]:
    return {
        "v": 1,
        "id": EDIT_ID,
        "seq": 1,
        "layer": "main",
        "tool": "pen",
        "assist": None,
        "pixels": PixelRuns.from_runs(runs).to_base64(),
        "segments": changes_to_json(changes),
        **other,
    }


def apply_cases() -> Iterator[Case]:
    ids = np.zeros((6, 8), np.uint32)
    ids[1:5, 2:5] = CAR
    ids[3:, 4:7] = 5
    ids[0, 0] = MAX_ID
    region = [list(run) for run in raster.stroke([(200, 300), (1700, 1300)], radius_fixed=500, size_hw=(6, 8)).runs()]
    base = {"do": "apply", "size_hw": [6, 8], "map": map_runs(ids), "region": region}
    rules: list[tuple[str, str, int, str, list[int], list[int]]] = [
        ("behind", "takes unlabelled pixels alone", BUS, "behind", [], []),
        ("behind_own", "a segment continues behind others", CAR, "behind", [], []),
        ("over", "takes from all", BUS, "over", [], []),
        ("over_own", "pixels that it owns already are no change", CAR, "over", [], []),
        ("inside", "within one host", BUS, "inside", [], [CAR]),
        ("inside_0", "0 may be a host", BUS, "inside", [], [0, 5]),
        ("inside_nothing", "an empty host set is an empty edit", BUS, "inside", [], []),
        ("erase", "0 erases", 0, "over", [], []),
        ("erase_behind", "behind takes nothing from 0 for 0", 0, "behind", [], []),
        ("erase_inside", "erases one host", 0, "inside", [], [5]),
        ("locked", "a locked segment loses nothing", BUS, "over", [CAR, MAX_ID], []),
        ("locked_self", "a locked segment gains nothing", CAR, "over", [CAR], []),
        ("locked_0", "0 is never locked", BUS, "over", [0], []),
        ("locked_0_erase", "erasing is not locked by 0", 0, "over", [0, 5], []),
        ("locked_host", "a lock counts within hosts too", BUS, "inside", [5], [5, CAR]),
        ("max_id", "the largest id", MAX_ID, "over", [], []),
    ]
    for name, why, segment, mode, locked, hosts in rules:
        yield case(f"apply_{name}", why, **base, segment=segment, mode=mode, locked=locked, hosts=hosts)
    empty = {**base, "region": []}
    yield case("apply_no_region", "no pixels, no bytes", **empty, segment=BUS, mode="over", locked=[], hosts=[])
    wide = np.zeros((3, 600), np.uint32)
    wide[:, 100:400] = CAR
    runs = [[y, 3, 597] for y in range(3)]
    yield case(
        "apply_across_tiles", "runs pass over tile borders", do="apply", size_hw=[3, 600], map=map_runs(wide),
        region=runs, segment=BUS, mode="over", locked=[], hosts=[],
    )  # fmt: skip


def byte_cases() -> Iterator[Case]:
    """Bytes in an image of 3 × 4 px."""
    texts: list[tuple[str, str, bytes]] = [
        ("nothing", "no pixels", b""),
        ("one_run", "the plainest", b"\1\1\0\7\1\1\1\1\0"),
        ("two_runs_touch", "touching runs of two pairs", b"\1\2\0\7\0\6\2\0\0\0\0\0\0\0\1"),
        ("gap", "dx counts from the end of the run before", b"\1\1\0\7\2\2\1\0\0\0\1\0\0"),
        ("max_id", "five bytes a number", b"\1\1\xff\xff\xff\xff\x0f\0\1\0\0\0\0"),
        ("only_version", "truncated", b"\1"),
        ("pairs_missing", "truncated: fewer pairs than promised", b"\1\5\0\1"),
        ("many_pairs", "truncated: 2^32 - 1 pairs promised", b"\1\xff\xff\xff\xff\x0f\0\1"),
        ("cut_number", "truncated within a number", b"\1\1\0\x80"),
        ("version", "bad_version", b"\2\1\0\7\1\0\0\0\0"),
        ("long_number", "bad_varint: six bytes", b"\1\x80\x80\x80\x80\x80\0"),
        ("endless_number", "bad_varint: five bytes without an end", b"\1\xff\xff\xff\xff\xff"),
        ("not_shortest", "bad_varint: 1 in two bytes", b"\1\x81\0\0\7\1\0\0\0\0"),
        ("beyond_32_bits", "bad_varint", b"\1\1\0\xff\xff\xff\xff\x1f\1\0\0\0\0"),
        ("runs_missing", "too_many_runs: two promised, bytes for one", b"\1\1\0\7\2\0\0\0\0"),
        ("runs_beyond_limit", "too_many_runs", b"\1\1\0\7\xff\xff\xff\xff\x0f\0\0\0\0"),
        ("same_before_and_after", "bad_pair", b"\1\1\7\7\1\0\0\0\0"),
        ("pair_twice", "bad_pair", b"\1\2\0\7\0\7\1\0\0\0\0"),
        ("pair_order", "bad_pair: the second pair is used first", b"\1\2\0\7\0\6\1\0\0\0\1"),
        ("pair_index", "bad_pair: an index out of range", b"\1\1\0\7\1\0\0\0\1"),
        ("pair_unused", "bad_pair", b"\1\2\0\7\0\6\1\0\0\0\0"),
        ("no_runs", "bad_pair: an edit without pixels has no bytes", b"\1\0\0"),
        ("below", "out_of_image", b"\1\1\0\7\1\3\0\0\0"),
        ("right", "out_of_image", b"\1\1\0\7\1\0\4\0\0"),
        ("right_by_length", "out_of_image", b"\1\1\0\7\1\0\2\2\0"),
        ("right_second", "out_of_image: the second run of a row", b"\1\1\0\7\2\0\0\1\0\0\1\1\0"),
        ("far_right", "out_of_image: sums beyond 32 bits", b"\1\1\0\7\1\0" + b"\xff\xff\xff\xff\x0f" * 2 + b"\0"),
        ("mergeable", "not_maximal", b"\1\1\0\7\2\0\0\0\0\0\0\0\0"),
        ("trailing", "trailing_bytes", b"\1\1\0\7\1\0\0\0\0\0"),
        ("unused_and_trailing", "bad_pair is judged before trailing_bytes", b"\1\2\0\7\0\6\1\0\0\0\0\0"),
        ("first_of_two", "bad_pair of the first run, before out_of_image of the second", b"\1\1\0\7\2\0\0\0\1\3\0\0\0"),
    ]
    for name, why, data in texts:
        yield case(f"bytes_{name}", why, do="decode_pixels", size_hw=[3, 4], bytes=to_base64(data))
    for name, text in (
        ("unpadded", "AQ"),
        ("space", "AQ ="),
        ("url", "-_=="),
        ("bits", "AR=="),
        ("joined", "AQ==AQ=="),
    ):
        yield case(f"base64_{name}", "bad_base64", do="decode_pixels", size_hw=[3, 4], bytes=text)


def exact_cases() -> Iterator[Case]:
    base: dict[str, Any] = {"do": "apply_edit", "size_hw": [2, 3], "map": [[0, 2], [5, 4]]}
    yield case(
        "exact", "every pixel holds its before", **base, pixels=[[0, 1, 1, 0, 7], [0, 2, 1, 5, 7], [1, 0, 2, 5, 0]]
    )
    yield case("exact_nothing", "no pixels", **base, pixels=[])
    yield case("exact_stale", "stale_pixels: one of two pixels holds another id", **base, pixels=[[0, 1, 2, 0, 7]])


def json_cases() -> Iterator[Case]:
    car = Segment(CAR, 3, answers={"colour": "red", "parts": [1, None, {"deep": 0.5}]})
    good = edit_json([(1, 0, 2, 0, CAR)], SegmentChange(CAR, None, car), assist="sam/2.1")
    size = {"do": "read_edit", "size_hw": [2, 3]}
    yield case("json", "read and written the same", **size, edit=good)
    yield case("json_empty", "no pixels, no segments", **size, edit=edit_json([]))
    undone = edit_json([], SegmentChange(CAR, car, None))
    yield case("json_after_null", "the inverse of a creation", **size, edit=undone)
    after = good["segments"][0]["after"]

    def fields(**changes: Any) -> dict[str, Any]:
        return {**good, "segments": [{"id": CAR, "before": None, "after": {**after, **changes}}]}

    bad: list[tuple[str, Any]] = [
        ("not_an_object", [good]),
        ("version_2", {**good, "v": 2}),
        ("unknown_key", {**good, "author": "me"}),
        ("missing_key", {key: value for key, value in good.items() if key != "assist"}),
        ("id_upper_case", {**good, "id": EDIT_ID.upper()}),
        ("seq_0", {**good, "seq": 0}),
        ("seq_text", {**good, "seq": "1"}),
        ("seq_fraction", {**good, "seq": 1.5}),
        ("layer_empty", {**good, "layer": ""}),
        ("layer_65", {**good, "layer": "x" * 65}),
        ("tool_empty", {**good, "tool": ""}),
        ("assist_without_version", {**good, "assist": "sam"}),
        ("pixels_null", {**good, "pixels": None}),
        ("segments_object", {**good, "segments": {}}),
        ("segment_id_0", {**good, "segments": [{"id": 0, "before": None, "after": after}]}),
        ("segment_id_2_32", {**good, "segments": [{"id": 1 << 32, "before": None, "after": after}]}),
        ("both_null", {**good, "segments": [{"id": CAR, "before": None, "after": None}]}),
        ("no_change", {**good, "segments": [{"id": CAR, "before": after, "after": after}]}),
        ("segment_twice", {**good, "segments": good["segments"] * 2}),
        ("segment_key", {**good, "segments": [{**good["segments"][0], "number": 1}]}),
        ("class_0", fields(**{"class": 0})),
        ("class_65536", fields(**{"class": 65_536})),
        ("crowd_number", fields(crowd=0)),
        ("answers_list", fields(answers=[])),
        ("answer_beyond_2_53", fields(answers={"q": 1 << 53})),
        ("state_unknown", fields(state="gone")),
        ("merged_into_nothing", fields(state="merged")),
        ("live_merged_into", fields(merged_into=7)),
        ("unknown_field", fields(area=7)),
    ]
    for name, value in bad:
        yield case(f"json_{name}", "bad_json", **size, edit=value)
    yield case("json_pixels_base64", "bad_base64", **size, edit={**good, "pixels": "AQ"})
    yield case("json_pixels_outside", "out_of_image", **size, edit=edit_json([(2, 0, 1, 0, CAR)]))


def invert_and_compose_cases() -> Iterator[Case]:
    car, bus = Segment(CAR, 3), Segment(CAR, 4, crowd=True)
    first = edit_json([(0, 0, 4, 0, CAR), (1, 1, 2, 5, CAR)], SegmentChange(CAR, None, car))
    second = edit_json([(0, 1, 2, CAR, 0), (0, 5, 1, 0, 5), (1, 1, 2, CAR, BUS)], SegmentChange(CAR, car, bus))
    size = {"size_hw": [3, 8]}
    yield case("invert", "before and after change places; pairs are numbered anew", do="invert", **size, edit=first)
    yield case("invert_nothing", "an empty edit is its own inverse", do="invert", **size, edit=edit_json([]))
    yield case("compose", "pixels that end as they began vanish", do="compose", **size, first=first, second=second)
    inverse = edit_json([(0, 0, 4, CAR, 0), (1, 1, 2, CAR, 5)], SegmentChange(CAR, car, None))
    yield case(
        "compose_inverse", "an edit and its inverse are nothing", do="compose", **size, first=first, second=inverse
    )
    apart = edit_json([(2, 0, 1, 0, 5), (2, 2, 1, 0, 5)])
    between = edit_json([(2, 1, 1, 0, 5)])
    yield case("compose_joins", "runs that meet become one", do="compose", **size, first=apart, second=between)
    yield case("compose_split", "a run is cut where the second covers part of it", do="compose", **size,
               first=edit_json([(0, 0, 8, 0, CAR)]), second=edit_json([(0, 2, 3, CAR, 5)]))  # fmt: skip
    yield case("compose_pixels_differ", "not_composable", do="compose", **size, first=first,
               second=edit_json([(0, 3, 2, 0, 9)]))  # fmt: skip
    other = edit_json([], SegmentChange(CAR, bus, car))
    yield case("compose_segments_differ", "not_composable", do="compose", **size, first=first, second=other)
    elsewhere = edit_json([], layer="parts")
    yield case("compose_layers", "not_composable", do="compose", **size, first=first, second=elsewhere)


def cases() -> Iterator[Case]:
    yield from apply_cases()
    yield from byte_cases()
    yield from exact_cases()
    yield from json_cases()
    yield from invert_and_compose_cases()
