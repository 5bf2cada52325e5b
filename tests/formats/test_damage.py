# SPDX-License-Identifier: Apache-2.0
"""Whatever is done to a data set, a reader ends with a FormatError or with problems: never with another exception."""

from __future__ import annotations

import json
import random
from typing import Any

import numpy as np
import pytest

from intarsia.core.errors import IntarsiaError
from intarsia.formats.base import Format, FormatError, ReadOptions
from intarsia.formats.registry import BUILT_IN

from .dataset import members_of, source_of, written
from .test_every_format import SCENE

READERS = [pytest.param(f, id=f.info.slug) for f in BUILT_IN if f.info.can_import and f.info.can_export]
STRANGE: tuple[Any, ...] = (
    None, True, -1, 0, 1.5, 2**31, 2**64, 1e308, "", "x", "\ud800", "a/../../b", "\x00", "9" * 400,
    [], {}, [[]], [None], {"id": 1},
)  # fmt: skip


def read_all(entry: Format, members: dict[str, bytes]) -> int:
    """Read to the end; the pixels of what came in must belong to segments that came in."""
    result = entry.read(source_of(members), ReadOptions())
    count = 0
    for image in result.images:
        count += 1
        for label_map in image.layers.values():
            assert label_map.size_hw == image.size_hw
            assert set(label_map.areas()) - {0} <= image.segments.keys()
        for segment in image.segments.values():
            assert result.ontology.by_number(segment.class_number) is not None
        assert set(image.numbers) <= image.segments.keys()
    assert all(problem.where and problem.code and problem.message for problem in result.problems.items)
    return count


def damaged_bytes(data: bytes, rng: random.Random) -> bytes:
    kind = rng.randrange(4)
    if not data or kind == 0:
        return data[: rng.randrange(len(data) + 1)]
    at = rng.randrange(len(data))
    if kind == 1:
        return data[:at] + bytes([data[at] ^ (1 << rng.randrange(8))]) + data[at + 1 :]
    if kind == 2:
        return data[:at] + rng.randbytes(rng.randrange(1, 9)) + data[at:]
    return data[:at] + data[at + rng.randrange(1, 40) :]


def changed_json(value: Any, rng: random.Random) -> Any:
    """The same document with one value somewhere in it replaced, dropped or doubled."""
    place: Any = value
    while isinstance(place, dict | list) and place:
        key = rng.choice(list(place)) if isinstance(place, dict) else rng.randrange(len(place))
        inner = place[key]
        if not isinstance(inner, dict | list) or not inner or rng.random() < 0.3:
            action = rng.randrange(4)
            if action == 0:
                del place[key]
            elif action == 1 and isinstance(place, list):
                place.append(inner)
            else:
                place[key] = rng.choice(STRANGE)
            return value
        place = inner
    return value


@pytest.mark.parametrize("entry", READERS)
def test_damaged_bytes_of_any_file(entry: Format) -> None:
    members = members_of(written(entry, SCENE)[0])
    rng = random.Random(1)
    refused = 0
    for _ in range(250):
        name = rng.choice(sorted(members))
        try:
            read_all(entry, {**members, name: damaged_bytes(members[name], rng)})
        except FormatError as error:
            assert error.code and error.message
            refused += 1
    assert 0 < refused < 240, "some damage ends the import, most costs only the file that it hit"


@pytest.mark.parametrize("entry", READERS)
def test_strange_values_in_any_place_of_any_json(entry: Format) -> None:
    members = members_of(written(entry, SCENE)[0])
    names = [name for name in sorted(members) if name.endswith(".json")]
    rng = random.Random(2)
    for _ in range(600):
        name = rng.choice(names)
        document = changed_json(json.loads(members[name]), rng)
        for _ in range(rng.randrange(2)):
            document = changed_json(document, rng)
        try:
            read_all(entry, {**members, name: json.dumps(document).encode()})
        except FormatError as error:
            assert isinstance(error, IntarsiaError) and error.code


@pytest.mark.parametrize("entry", READERS)
def test_files_that_are_missing_or_in_the_place_of_others(entry: Format) -> None:
    members = members_of(written(entry, SCENE)[0])
    whole = read_all(entry, members)
    for name in members:
        rest = {other: data for other, data in members.items() if other != name}
        try:
            assert read_all(entry, rest) <= whole
        except FormatError as error:
            assert error.code
    names = sorted(members)
    order = np.random.default_rng(3).permutation(len(names))
    shuffled = {name: members[names[i]] for name, i in zip(names, order, strict=True)}
    try:
        read_all(entry, shuffled)
    except FormatError as error:
        assert error.code
