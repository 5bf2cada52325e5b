# SPDX-License-Identifier: Apache-2.0
"""Names in, names out: never a way out of the folder, never two images under one name, never a name no disk takes."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intarsia.formats.member_names import UniqueNames, portable_name, stem_of
from intarsia.formats.photo import fitting_name

CLASHING = ["a.png", "A.PNG", "a.jpg", "ä.png", "a\u0308.png", "b/a.png", "a~2.png"]
any_text = st.text(max_size=300)


@given(any_text)
def test_a_portable_name_is_always_a_good_member_name_and_stays_as_it_is(name: str) -> None:
    made = portable_name(name)
    for part in made.split("/"):
        assert part not in ("", ".", "..") and not part.endswith((" ", ".")) and not part.startswith(".")
        assert len(part.encode()) <= 180
        assert not set(part) & set('<>:"|?*\\\x00\n\u202e')
    assert portable_name(made) == made


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("street 1.jpg", "street 1.jpg"),
        ("übung/猫.png", "übung/猫.png"),
        ("CON.png", "_CON.png"),
        ("nul", "_nul"),
        ("a:b?.jpg", "a_b_.jpg"),
        ("/etc/passwd", "etc/passwd"),
        ("../../x.png", "x.png"),
        (".hidden", "_hidden"),
        ("dots...", "dots"),
        ("", "_"),
        ("gpj\u202eexe.jpg", "gpj_exe.jpg"),
    ],
)
def test_how_names_are_made_portable(name: str, made: str) -> None:
    assert portable_name(name) == made


def test_a_long_name_keeps_its_extension() -> None:
    made = portable_name("ä" * 300 + ".jpg")
    assert made.endswith("ä.jpg") and len(made.encode()) <= 180


@given(
    st.lists(st.sampled_from(["a.png", "A.PNG", "a.jpg", "ä.png", "a\u0308.png", "b/a.png", "a~2.png"]), max_size=12)
)
def test_stems_never_clash_also_by_case_alone_or_by_the_way_an_umlaut_is_written(names: list[str]) -> None:
    unique = UniqueNames()
    taken = [unique.take(name, export_no=i) for i, name in enumerate(names, start=1)]
    keys = [unicodedata.normalize("NFC", stem_of(name)).casefold() for name in taken]
    assert len(set(keys)) == len(names)
    again = UniqueNames()
    assert [again.take(name, export_no=i) for i, name in enumerate(names, start=1)] == taken


@pytest.mark.parametrize(
    ("name", "media_type", "fitting"),
    [
        ("a.jpg", "image/jpeg", "a.jpg"),
        ("a.JPEG", "image/jpeg", "a.JPEG"),
        ("turned.jpg", "image/png", "turned.png"),
        ("scan.tiff", "image/png", "scan.png"),
        ("no extension", "image/png", "no extension.png"),
        ("v1.2", "image/png", "v1.2.png"),
        ("a.jpg", None, "a.jpg"),
    ],
)
def test_the_extension_says_what_the_bytes_are(name: str, media_type: str | None, fitting: str) -> None:
    assert fitting_name(name, media_type) == fitting
