# SPDX-License-Identifier: Apache-2.0
"""Places in a list. A cursor is opaque to callers; for us it is the number of the last row."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query

Cursor = Annotated[str | None, Query(pattern=r"^[0-9]{1,15}$", description="next_cursor of the page before")]
Limit = Annotated[int, Query(ge=1, le=1000)]


def place(cursor: str | None) -> int:
    """Number of the last row that was seen; 0 before the first."""
    return int(cursor) if cursor is not None else 0
