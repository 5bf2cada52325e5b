# SPDX-License-Identifier: Apache-2.0
"""Golden vectors: ours are up to date, and those of the other core are answered alike."""

from __future__ import annotations

import json
from typing import Any

import pytest
from gen_vectors import PAGES, VECTORS, text_of
from vector_answers import answer
from vector_shapes import answered

CODES = {
    "tile_codec": "truncated bad_version bad_header wrong_size trailing_bytes bad_index bad_length not_maximal "
    "bad_palette bad_magic bad_tile_index",
    "raster": "coordinate_not_finite ring_too_short radius_out_of_range size_out_of_range",
    "edit": "truncated bad_version bad_varint too_many_runs bad_pair out_of_image not_maximal trailing_bytes "
    "bad_base64 bad_json stale_pixels not_composable alias_cycle unknown_layer unknown_segment wrong_layer "
    "stuff_id_mismatch unknown_class id_not_leased",
    "vector_view": "open_partition size_out_of_range",
    "regions": "out_of_image",
    "statistics": "",
    "ontology": "bad_ontology bad_layer duplicate_layer duplicate_class_number duplicate_class_name duplicate_key "
    "bad_class_number bad_class_name bad_class_kind unknown_layer bad_colour bad_key bad_geometry bad_priority "
    "bad_description unknown_parent parent_cycle bad_question bad_option duplicate_option duplicate_question "
    "bad_default too_deep bad_relation duplicate_relation unknown_class bad_protection duplicate_protection "
    "layer_removed class_removed class_kind_changed class_layer_changed question_removed option_removed "
    "relation_removed question_kind_changed question_moved bad_answer",
    "rle": "bad_rle_string bad_counts size_out_of_range",
    "items": "bad_json bad_geometry not_composable stale_item unknown_item",
}


# The server alone decides what follows a version; the browser reads these documents.
BOTH_WAYS = [page for page in PAGES if page != "ontology"]


@pytest.mark.parametrize("page", PAGES)
def test_the_files_are_what_the_core_writes_now(page: str) -> None:
    written = (VECTORS / page / "python.json").read_text(encoding="utf-8")
    assert written == text_of(page), "run scripts/vectors/gen_vectors.py when the change is meant"


@pytest.mark.parametrize("page", PAGES)
def test_every_code_of_the_page_has_a_case(page: str) -> None:
    cases = json.loads((VECTORS / page / "python.json").read_text(encoding="utf-8"))["cases"]
    assert set(CODES[page].split()) <= {case["expected"].get("error") for case in cases}


@pytest.mark.parametrize("page", BOTH_WAYS)
def test_the_other_core_is_answered_alike(page: str) -> None:
    file: dict[str, Any] = json.loads((VECTORS / page / "typescript.json").read_text(encoding="utf-8"))
    assert (file["page"], file["writer"]) == (page, "typescript")
    assert file["cases"]
    differing = []
    for case in file["cases"]:
        ours = answered(case, lambda given: answer(page, given))
        if ours["expected"] != case["expected"]:
            differing.append({"name": case["name"], "ours": ours["expected"], "theirs": case["expected"]})
    assert differing == []
