# SPDX-License-Identifier: Apache-2.0
"""Class tables say line and field of what is wrong, and never let two meanings share a value."""

from __future__ import annotations

import json

import pytest

from intarsia.formats.base import FormatError
from intarsia.formats.class_table import ClassEntry, parse_class_table


def test_json_and_csv_say_the_same() -> None:
    from_json = parse_class_table(
        json.dumps(
            {
                "unlabelled": 255,
                "classes": [
                    {"index": 0, "name": "Sky", "kind": "stuff", "colour": "#8080a0"},
                    {"index": 1, "name": "Ä, b", "kind": "thing"},
                ],
            }
        ).encode(),
        where="t.json",
    )
    text = '\ufeffindex,name,kind,colour\r\n0,Sky,stuff,#8080a0\r\n1,"Ä, b",thing,\r\n255,none,unlabelled,\r\n'
    assert parse_class_table(text.encode(), where="t.csv") == from_json
    assert from_json.entries[0] == ClassEntry(0, "Sky", "stuff", "#8080A0")
    assert from_json.unlabelled == 255


@pytest.mark.parametrize(
    ("table", "code", "where"),
    [
        ({}, "missing_field", "t.json: classes"),
        ({"classes": []}, "empty_class_table", "t.json"),
        ({"unlabelled": None, "classes": []}, "empty_class_table", "t.json"),
        ({"classes": [7]}, "bad_field", "t.json: classes[0]"),
        ({"classes": [{"name": "a"}]}, "missing_field", "t.json: classes[0]: index"),
        ({"classes": [{"index": 1}]}, "missing_field", "t.json: classes[0]: name"),
        ({"classes": [{"index": -1, "name": "a"}]}, "bad_field", "t.json: classes[0]: index"),
        ({"classes": [{"index": 65_536, "name": "a"}]}, "bad_field", "t.json: classes[0]: index"),
        ({"classes": [{"index": 1, "name": "a", "kind": "object"}]}, "bad_field", "t.json: classes[0]: kind"),
        ({"classes": [{"index": 1, "name": "a", "colour": "red"}]}, "bad_field", "t.json: classes[0]: colour"),
        ({"classes": [{"index": 1, "name": "a"}, {"index": 1, "name": "b"}]}, "duplicate_index", "t.json"),
        ({"classes": [{"index": 1, "name": "a"}, {"index": 2, "name": "a"}]}, "duplicate_name", "t.json"),
        ({"unlabelled": 1, "classes": [{"index": 1, "name": "a"}]}, "duplicate_index", "t.json"),
        ({"unlabelled": "0", "classes": [{"index": 1, "name": "a"}]}, "bad_field", "t.json: unlabelled"),
    ],
)
def test_faults_of_json_are_told_by_field(table: object, code: str, where: str) -> None:
    with pytest.raises(FormatError) as caught:
        parse_class_table(json.dumps(table).encode(), where="t.json")
    assert (caught.value.code, caught.value.where) == (code, where)


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        ("name,kind\nSky,stuff\n", "bad_field", "t.csv: line 2: index"),
        ("index,name\nx,Sky\n", "bad_field", "t.csv: line 2: index"),
        ("index,name\n1,Sky\n2,\n", "bad_field", "t.csv: line 3: name"),
        ("index,name,kind\n1,Sky,void\n", "bad_field", "t.csv: line 2: kind"),
        ("index,name,kind\n1,a,unlabelled\n2,b,unlabelled\n", "bad_field", "t.csv: line 3: kind"),
        ('index,name\n1,"Sky\n', "bad_csv", "t.csv"),
        ("", "empty_class_table", "t.csv"),
    ],
)
def test_faults_of_csv_are_told_by_line(text: str, code: str, where: str) -> None:
    with pytest.raises(FormatError) as caught:
        parse_class_table(text.encode(), where="t.csv")
    assert (caught.value.code, caught.value.where) == (code, where)


def test_a_csv_that_is_no_text_is_refused() -> None:
    with pytest.raises(FormatError) as caught:
        parse_class_table(b"\xff\xfe\x00", where="t.csv")
    assert caught.value.code == "bad_csv"
