# SPDX-License-Identifier: Apache-2.0
"""What can be read and written, from the formats' own descriptors."""

from __future__ import annotations

from collections.abc import Sequence

from intarsia.core.errors import IntarsiaError
from intarsia.core.permissions import Action, Actor
from intarsia.formats.base import Format, FormatError, FormatInfo
from intarsia.formats.registry import all_formats, find_format
from intarsia.server.use_cases.loading import allow_collection


def list_formats(actor: Actor) -> Sequence[FormatInfo]:
    allow_collection(actor, Action.FORMAT_LIST, "format")
    return [entry.info for entry in all_formats()]


def require_format(slug: str, *, to_import: bool) -> Format:
    """The format of that name, when it can do what is asked. Raises IntarsiaError `unknown_format`."""
    try:
        found = find_format(slug)
    except FormatError as error:
        raise IntarsiaError("unknown_format", f"{error.message}. Nothing was started.") from error
    if not (found.info.can_import if to_import else found.info.can_export):
        verb = "import" if to_import else "export"
        raise IntarsiaError("unknown_format", f"{found.info.title} cannot {verb}. Nothing was started.")
    return found
