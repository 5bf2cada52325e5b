# SPDX-License-Identifier: Apache-2.0
"""Parts of an ontology's JSON by type; what does not fit is the error `bad_ontology` with its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from intarsia.core.ontology_check import refuse


def read_object(
    value: object, where: str, *, needed: AbstractSet[str], allowed: AbstractSet[str]
) -> Mapping[str, object]:
    if not isinstance(value, dict) or needed - value.keys() or value.keys() - needed - allowed:
        wanted = ", ".join(sorted(needed | allowed))
        refuse("bad_ontology", f"At {where} an object with the keys {wanted} belongs, and no others.", where)
    return value


def read_list(value: object, where: str) -> list[object]:
    if not isinstance(value, list):
        refuse("bad_ontology", f"At {where} a list belongs.", where)
    return value


def read_text(value: object, where: str) -> str:
    if not isinstance(value, str):
        refuse("bad_ontology", f"At {where} a text belongs.", where)
    return value


def optional_text(value: object, where: str) -> str | None:
    return None if value is None else read_text(value, where)


def read_whole(value: object, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        refuse("bad_ontology", f"At {where} a whole number belongs.", where)
    return value


def optional_number(value: object, where: str) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        refuse("bad_ontology", f"At {where} a number or null belongs.", where)
    return value


def read_flag(value: object, where: str) -> bool:
    if not isinstance(value, bool):
        refuse("bad_ontology", f"At {where} true or false belongs.", where)
    return value


def read_one_of(value: object, where: str, *, known: Sequence[str]) -> str:
    if not isinstance(value, str) or value not in known:
        refuse("bad_ontology", f"At {where} one of {', '.join(known)} belongs.", where)
    return value
