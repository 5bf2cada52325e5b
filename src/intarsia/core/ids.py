# SPDX-License-Identifier: Apache-2.0
"""Ids of things outside label maps: a UUIDv7 behind a prefix, `prj_0189…`, as 32 hex digits.

No clock and no random source in here: the caller passes both. Hyphens are left out of the text because in addresses a
readable name may follow an id after a hyphen.
"""

from __future__ import annotations

import re
import uuid

from intarsia.core.errors import NotFoundError

_RANDOM_BYTES = 10
_TEXT = re.compile(r"([a-z]{2,8})_([0-9a-f]{32})")


def uuid7(*, time_ms: int, random_bytes: bytes) -> uuid.UUID:
    """UUIDv7 (RFC 9562) of a Unix time in ms and 10 random bytes, of which 74 bits are used."""
    if not 0 <= time_ms < 1 << 48:
        raise ValueError(f"time_ms must fit 48 bits, not {time_ms}")
    if len(random_bytes) != _RANDOM_BYTES:
        raise ValueError(f"{_RANDOM_BYTES} random bytes are needed, not {len(random_bytes)}")
    random_bits = int.from_bytes(random_bytes, "big")
    high, low = (random_bits >> 62) & 0xFFF, random_bits & ((1 << 62) - 1)
    return uuid.UUID(int=time_ms << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low)


def format_id(prefix: str, value: uuid.UUID) -> str:
    """Text of an id: prefix, underscore, 32 hex digits."""
    return f"{prefix}_{value.hex}"


def parse_id(text: str, *, prefix: str) -> uuid.UUID:
    """UUIDv7 of an id with this prefix; raises `NotFoundError` `bad_id`, for what cannot exist is not found."""
    match = _TEXT.fullmatch(text)
    value = uuid.UUID(hex=match[2]) if match and match[1] == prefix else None
    if value is None or value.version != 7 or value.variant != uuid.RFC_4122:
        raise NotFoundError("bad_id", f"{text[:80]!r} is not an id of this kind. Check the address.", prefix=prefix)
    return value


def id_time_ms(value: uuid.UUID) -> int:
    """Unix time in ms at which a UUIDv7 was made."""
    return value.int >> 80
