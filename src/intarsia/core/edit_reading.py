# SPDX-License-Identifier: Apache-2.0
"""Strict reading of the values inside an edit's JSON; what is wrong is `bad_json` with the place as `field`."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import NoReturn

from intarsia.core.errors import EditError
from intarsia.core.segment import JsonValue

# What both languages hold exactly.
SAFE_INTEGER_MAX = 2**53 - 1
_ANSWER_DEPTH_MAX = 16


def refuse(where: str, what: str) -> NoReturn:
    raise EditError("bad_json", f"The edit could not be read at {where}: {what} It was not applied.", field=where)


def mapping(
    value: object, keys: frozenset[str], where: str, *, optional: frozenset[str] = frozenset()
) -> Mapping[str, object]:
    """A dict with all of `keys`, and of others at most those of `optional`."""
    if not isinstance(value, dict):
        refuse(where, "An object belongs here.")
    unknown = sorted(str(key) for key in value.keys() - keys - optional)
    missing = sorted(keys - value.keys())
    if unknown or missing:
        refuse(
            where, f"Unknown keys: {', '.join(unknown[:5]) or 'none'}; missing keys: {', '.join(missing) or 'none'}."
        )
    return value


def integer(value: object, where: str, low: int, high: int) -> int:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        refuse(where, f"A whole number from {low} to {high} belongs here.")
    return value


def boolean(value: object, where: str) -> bool:
    if not isinstance(value, bool):
        refuse(where, "true or false belongs here.")
    return value


def string(value: object, where: str) -> str:
    if not isinstance(value, str):
        refuse(where, "A text belongs here.")
    if any(0xD800 <= ord(char) <= 0xDFFF for char in value):
        refuse(where, "The text holds half a character.")
    return value


def text(value: object, where: str, pattern: re.Pattern[str], what: str) -> str:
    found = string(value, where)
    if not pattern.fullmatch(found):
        refuse(where, f"It is {what}.")
    return found


def json_value(value: object, where: str, depth: int) -> JsonValue:
    """The value, with whole floats as ints, so that both languages see one number."""
    if depth < 0:
        refuse(where, "Answers are nested too deeply.")
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return string(value, where)
    if isinstance(value, int | float):
        return number(value, where)
    if isinstance(value, list):
        return [json_value(item, where, depth - 1) for item in value]
    if isinstance(value, dict):
        return {string(key, where): json_value(item, where, depth - 1) for key, item in value.items()}
    refuse(where, "A JSON value belongs here.")


def answers(value: object, where: str) -> dict[str, JsonValue]:
    """Answers by question."""
    found = json_value(value, where, _ANSWER_DEPTH_MAX)
    if not isinstance(found, dict):
        refuse(where, "Answers are an object, by question.")
    return found


def number(value: int | float, where: str) -> int | float:
    if isinstance(value, float):
        if not math.isfinite(value):
            refuse(where, "A number is finite.")
        # Beyond 2^53 every float is whole; JavaScript writes it as an integer, so that it would not come back here.
        if not value.is_integer():
            return value
        value = int(value)
    if abs(value) > SAFE_INTEGER_MAX:
        refuse(where, "A whole number stays below 2^53.")
    return value
