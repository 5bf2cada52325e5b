# SPDX-License-Identifier: Apache-2.0
"""The system's clock and ids, and how times are written."""

from __future__ import annotations

import os
import threading
import time
from datetime import UTC, datetime

from intarsia.core.ids import format_id, uuid7

_COUNTER_BITS = 12


class SystemClock:
    def now_ms(self) -> int:
        return time.time_ns() // 1_000_000


class UuidIds:
    """UUIDv7 ids; the twelve bits behind the millisecond count up, so that ids of one process sort as made."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._last = 0

    def new(self, prefix: str) -> str:
        with self._turn:
            # It runs ahead of the clock rather than repeat itself.
            self._last = stamp = max((time.time_ns() // 1_000_000) << _COUNTER_BITS, self._last + 1)
        random_bits = int.from_bytes(os.urandom(8), "big") & ((1 << 62) - 1)
        tail = ((stamp & ((1 << _COUNTER_BITS) - 1)) << 62 | random_bits).to_bytes(10, "big")
        return format_id(prefix, uuid7(time_ms=stamp >> _COUNTER_BITS, random_bytes=tail))


def rfc3339(epoch_ms: int) -> str:
    """`2026-05-12T08:30:00.123Z`: UTC, always milliseconds, so that text sorts as time does."""
    moment = datetime.fromtimestamp(epoch_ms // 1000, UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{epoch_ms % 1000:03d}Z"
