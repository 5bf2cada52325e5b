# SPDX-License-Identifier: Apache-2.0
"""Ids and errors: formats that others store and match on."""

from __future__ import annotations

import pickle
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intarsia.core.errors import EditError, NotFoundError
from intarsia.core.ids import format_id, id_time_ms, parse_id, uuid7


@given(st.integers(0, (1 << 48) - 1), st.binary(min_size=10, max_size=10))
def test_ids_keep_time_and_come_back(time_ms: int, random_bytes: bytes) -> None:
    value = uuid7(time_ms=time_ms, random_bytes=random_bytes)
    assert (value.version, value.variant, id_time_ms(value)) == (7, uuid.RFC_4122, time_ms)
    text = format_id("prj", value)
    assert len(text) == 36
    assert parse_id(text, prefix="prj") == value


def test_the_layout_is_that_of_rfc_9562() -> None:
    # The example of the RFC, appendix A.6; the six highest of the 80 random bits are not used.
    random_bits = 0xCC3 << 62 | 0x18C4DC0C0C07398F
    value = uuid7(time_ms=0x017F22E279B0, random_bytes=random_bits.to_bytes(10, "big"))
    assert str(value) == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"


def test_later_ids_sort_later() -> None:
    late, early = (uuid7(time_ms=ms, random_bytes=bytes(10)) for ms in (2, 1))
    assert format_id("ann", early) < format_id("ann", late)


@pytest.mark.parametrize(
    "text",
    ["", "prj_", "ann_017f22e279b07cc398c4dc0c0c07398f", "prj_017f22e279b07cc398c4dc0c0c07398F",
     "prj_017f22e2-79b0-7cc3-98c4-dc0c0c07398f", "prj_017f22e279b04cc398c4dc0c0c07398f", "prj_" + "0" * 32,
     "prj_017f22e279b07cc398c4dc0c0c07398f\n"],
)  # fmt: skip
def test_what_is_no_id_is_not_found(text: str) -> None:
    with pytest.raises(NotFoundError) as refused:
        parse_id(text, prefix="prj")
    assert refused.value.code == "bad_id"


@pytest.mark.parametrize(("time_ms", "random_bytes"), [(-1, bytes(10)), (1 << 48, bytes(10)), (0, bytes(9))])
def test_parts_that_do_not_fit_are_a_programming_error(time_ms: int, random_bytes: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        uuid7(time_ms=time_ms, random_bytes=random_bytes)


def test_errors_keep_code_and_details_across_processes() -> None:
    error = pickle.loads(pickle.dumps(EditError("stale_pixels", "Load it afresh.", segment=7)))
    assert isinstance(error, EditError)
    assert (error.code, error.message, error.details) == ("stale_pixels", "Load it afresh.", {"segment": 7})
    assert str(error) == "stale_pixels: Load it afresh."
