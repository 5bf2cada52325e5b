# SPDX-License-Identifier: Apache-2.0
"""JSON in and out: strict reading that names file and field, writing that gives the same bytes each time."""

from __future__ import annotations

import json
import math
from typing import Any, NoReturn

from intarsia.formats.base import FormatError, Source
from intarsia.formats.sources import read_member

JSON_BYTES_MAX = 512 * 2**20
JsonObject = dict[str, Any]


def read_json_object(source: Source, name: str, *, limit_bytes: int = JSON_BYTES_MAX) -> JsonObject:
    """The object in a JSON member. Raises FormatError ``bad_json`` for anything but one well-formed object."""
    return parse_json_object(read_member(source, name, limit_bytes=limit_bytes), where=name)


def parse_json_object(data: bytes, *, where: str) -> JsonObject:
    def no_constant(text: str) -> NoReturn:
        raise ValueError(f"{text} is not a JSON number")

    def no_duplicates(pairs: list[tuple[str, Any]]) -> JsonObject:
        found = dict(pairs)
        if len(found) != len(pairs):
            names = [key for key, _ in pairs]
            twice = sorted({key for key in names if names.count(key) > 1}) if len(names) < 1000 else ["…"]
            raise ValueError(f"key {twice[0]!r} stands twice in one object")
        return found

    try:
        value = json.loads(data.decode("utf-8-sig"), parse_constant=no_constant, object_pairs_hook=no_duplicates)
    except UnicodeDecodeError as error:
        raise FormatError("bad_json", f"not UTF-8 at byte {error.start}", where=where) from error
    except RecursionError:
        raise FormatError("bad_json", "nested too deeply", where=where) from None
    except ValueError as error:
        raise FormatError("bad_json", f"not valid JSON: {error}", where=where) from error
    if not isinstance(value, dict):
        raise FormatError("bad_json", f"an object is expected, not {_kind(value)}", where=where)
    return value


def _kind(value: object) -> str:
    kinds = {dict: "an object", list: "a list", str: "text", bool: "true or false", type(None): "null"}
    return kinds.get(type(value), f"the number {str(value)[:40]}")


def _bad(where: str, key: str, expected: str, value: object) -> FormatError:
    return FormatError("bad_field", f"{expected} is expected, not {_kind(value)}", where=f"{where}: {key}")


def list_field(obj: JsonObject, key: str, *, where: str) -> list[Any]:
    if key not in obj:
        raise FormatError("missing_field", "this list is missing", where=f"{where}: {key}")
    if not isinstance(obj[key], list):
        raise _bad(where, key, "a list", obj[key])
    return list(obj[key])


def object_item(value: object, *, where: str) -> JsonObject:
    if not isinstance(value, dict):
        raise FormatError("bad_field", f"an object is expected, not {_kind(value)}", where=where)
    return value


def int_field(obj: JsonObject, key: str, *, where: str, low: int = 0, high: int = 2**53) -> int:
    """A whole number, also when written as 20.0. Raises ``missing_field`` or ``bad_field``."""
    if key not in obj:
        raise FormatError("missing_field", "this number is missing", where=f"{where}: {key}")
    value = obj[key]
    if isinstance(value, float) and math.isfinite(value) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise _bad(where, key, "a whole number", obj[key])
    if not low <= value <= high:
        raise FormatError("bad_field", f"{str(value)[:40]} is not between {low} and {high}", where=f"{where}: {key}")
    return value


def text_field(obj: JsonObject, key: str, *, where: str) -> str:
    """Non-empty text that is valid Unicode. Raises ``missing_field`` or ``bad_field``."""
    if key not in obj:
        raise FormatError("missing_field", "this text is missing", where=f"{where}: {key}")
    value = obj[key]
    if not isinstance(value, str):
        raise _bad(where, key, "text", value)
    if not value.strip() or any("\ud800" <= c <= "\udfff" for c in value):
        raise FormatError("bad_field", "the text is empty or not valid Unicode", where=f"{where}: {key}")
    return value


def dump_json(value: object) -> bytes:
    """Readable, stable JSON: two spaces, keys in the order given, one newline at the end."""
    return (json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode("utf-8")


def dump_line(value: object) -> bytes:
    """One compact line, for records of which there are many."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode("utf-8")
